import assert from "node:assert/strict";
import { test } from "node:test";
import { diffWords, type Change } from "./diff.ts";

const only = (changes: Change[], ...kinds: Change["kind"][]): string =>
  changes.filter(({ kind }) => kinds.includes(kind)).map(({ text }) => text).join("");

test("a changed word is removed and added", () => {
  assert.deepEqual(diffWords("the big result", "the huge result"), [
    { kind: "same", text: "the " },
    { kind: "removed", text: "big" },
    { kind: "added", text: "huge" },
    { kind: "same", text: " result" },
  ]);
});

test("equal texts have no change, empty ones nothing", () => {
  assert.deepEqual(diffWords("a b", "a b"), [{ kind: "same", text: "a b" }]);
  assert.deepEqual(diffWords("", ""), []);
});

test("both texts can be read back from any diff", () => {
  const words = ["a", "b", "c", " ", "\n", "é", "中", ","];
  let seed = 7;
  const pick = (): string => words[(seed = (seed * 1103515245 + 12345) % 2147483648) % words.length] ?? "";
  for (let round = 0; round < 200; round += 1) {
    const before = Array.from({ length: round % 17 }, pick).join("");
    const after = Array.from({ length: (round * 3) % 19 }, pick).join("");
    const changes = diffWords(before, after);
    assert.equal(only(changes, "same", "removed"), before);
    assert.equal(only(changes, "same", "added"), after);
  }
});

test("two long texts without a common word are replaced as a whole", () => {
  const before = Array.from({ length: 3000 }, (_word, index) => `a${index}`).join(" ");
  const after = Array.from({ length: 3000 }, (_word, index) => `b${index}`).join("-");
  assert.deepEqual(diffWords(before, after).map(({ kind }) => kind), ["removed", "added"]);
});
