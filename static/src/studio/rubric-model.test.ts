import assert from "node:assert/strict";
import { test } from "node:test";
import {
  describeOptions, inserted, moved, newCriterion, nextPoints, readRubric, sharedEvenly, storedRubric, sumOfShares,
  withOption, type Rubric,
} from "./rubric-model.ts";

let count = 0;
const newId = (): string => `new${(count += 1)}`;
const rubric = (...weights: string[]): Rubric => weights.map((weight, index) => ({ ...newCriterion(newId), id: `c${index}`, weight }));

test("what the course holds comes back as it was, numbers as numbers", () => {
  const stored = [{ id: "a", name: "Protocol", prompt: "", weight: 30, options: [{ id: "o", name: "No", explanation: "", points: 0 }] }];
  assert.deepEqual(storedRubric(readRubric(stored, newId)), stored);
});

test("nonsense from a course is left out, and what is missing is empty", () => {
  assert.deepEqual(readRubric("nonsense", newId), []);
  const [row] = readRubric([7, null, { name: "Only a name", options: "none" }], newId);
  assert.deepEqual([row?.name, row?.weight, row?.options], ["Only a name", "", []]);
  assert.match(row?.id ?? "", /^new/);
});

test("a comma is a point, and what is no number is sent as typed", () => {
  const weights = storedRubric(rubric("33,5", "half", "")).map((row) => (row as { weight: unknown }).weight);
  assert.deepEqual(weights, [33.5, "half", ""]);
});

test("things move by one place and stop at the ends", () => {
  assert.deepEqual(moved(["a", "b", "c"], 1, -1), ["b", "a", "c"]);
  const items = ["a", "b"];
  assert.equal(moved(items, 1, 1), items);
});

test("the sum of shares is shown, and says whether it is 100", () => {
  assert.deepEqual(sumOfShares(rubric("30", "50", "20")), { words: "30 + 50 + 20 = 100 %", isWhole: true });
  assert.deepEqual(sumOfShares(rubric("33,3", "66,7")), { words: "33.3 + 66.7 = 100 %", isWhole: true });
  assert.equal(sumOfShares(rubric("33.33", "33.33", "33.33")).isWhole, true);
  assert.equal(sumOfShares(rubric("50", "49.9")).isWhole, false);
  assert.deepEqual(sumOfShares(rubric("30", "half")), { words: "30 + 0 = 30 %", isWhole: false });
});

test("sharing evenly always makes 100", () => {
  for (const n of [1, 2, 3, 7]) {
    const weights = sharedEvenly(rubric(...Array.from({ length: n }, () => ""))).map(({ weight }) => Number(weight));
    assert.equal(weights.reduce((sum, weight) => sum + weight, 0), 100);
    assert.ok(Math.max(...weights) - Math.min(...weights) <= 1);
  }
});

test("options are told by number and range; the next one gets a point more", () => {
  const options = [{ id: "a", name: "", explanation: "", points: "0" }, { id: "b", name: "", explanation: "", points: "3" }];
  assert.equal(describeOptions(options), "2 options, 0 to 3 points");
  assert.equal(describeOptions([]), "0 options");
  assert.equal(nextPoints(options), "4");
});

test("what was removed comes back to its place, beside what was changed meanwhile", () => {
  const [row] = rubric("30");
  const [first, second] = row!.options;
  const later = [{ ...row!, name: "Typed since", options: [second!] }, newCriterion(newId)];
  const [restored] = withOption(later, row!.id, 0, first!);
  assert.deepEqual([restored?.name, restored?.options], ["Typed since", [first, second]]);
  assert.deepEqual(inserted(["a", "c"], 1, "b"), ["a", "b", "c"]);
  assert.deepEqual(inserted(["a"], 5, "b"), ["a", "b"]);
});
