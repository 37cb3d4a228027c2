import assert from "node:assert/strict";
import { test } from "node:test";
import { changedPart } from "./retype.ts";

const CASES: readonly (readonly [string, string])[] = [
  ["", "new"], ["old", ""], ["a bold word", "a **bold** word"], ["aa", "aaa"], ["same", "same"], ["one\ntwo", "- one\n- two"],
];

test("putting the changed part in place of the old one gives the new text", () => {
  for (const [before, after] of CASES) {
    const { text, start, end } = changedPart(before, after);
    assert.equal(before.slice(0, start) + text + before.slice(end), after);
  }
});

test("what is the same is not retyped", () => {
  assert.deepEqual(changedPart("a word", "a longer word"), { text: "longer ", start: 2, end: 2 });
});
