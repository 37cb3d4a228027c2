import assert from "node:assert/strict";
import { test } from "node:test";
import { apart, gradeSentence, percent, short } from "./grade.ts";
import { filtersOf, receivedWords, toneOf } from "./team-figures.ts";

test("rings at one place stand side by side, around it or inside the track's ends", () => {
  assert.deepEqual(apart([0.5, 0.5]).map(({ shift }) => shift), [-0.5, 0.5]);
  assert.deepEqual(apart([1, 1, 0]).map(({ shift }) => shift), [0, -1, 0]);
});

test("a grade is told in one sentence with what each reviewer gave", () => {
  assert.equal(gradeSentence(0.782, [0.7, 0.81], false), "Grade 78 of 100. 2 reviewers gave 70 and 81.");
  assert.equal(gradeSentence(0.9, [], true), "Grade 90 of 100, set by the course team.");
  assert.equal(gradeSentence(null, [], false), "No grade yet.");
});

test("numbers are short", () => {
  assert.deepEqual([percent(0.456), short(2.5), short(3)], ["46", "2.5", "3"]);
});

test("works are told by their reviews, whatever is wanted", () => {
  assert.deepEqual([0, 1, 2, 3].map((index) => receivedWords(index, 3)), ["without a review", "with 1", "with 2", "with 3 or more"]);
  assert.deepEqual([0, 1].map((index) => toneOf(index, 1)), [0, 3]);
  assert.deepEqual([0, 1, 2, 3, 4, 5].map((index) => toneOf(index, 5)), [0, 1, 1, 2, 2, 3]);
});

test("once reviews are closed the team filters by what needs it, not by what waits for peers", () => {
  const counts = { submissions: 4, waiting: 2, settled: 1, needs_team: 0, by_received: [0, 2, 2] };
  const names = (needed: number, chosen: Parameters<typeof filtersOf>[1] = "all"): string[] =>
    filtersOf({ ...counts, needs_team: needed }, chosen).map(([name]) => name);
  assert.deepEqual(names(0), ["all", "waiting", "reviewed", "settled"]);
  assert.deepEqual(names(3), ["all", "needs_team", "settled"]);
  assert.deepEqual(names(3, "waiting"), ["all", "waiting", "needs_team", "settled"]);
});
