import assert from "node:assert/strict";
import { test } from "node:test";
import { countFilled, EMPTY_REVIEW, isEmptyReview, missingIn, newerDraft, optionOfKey } from "./rubric.ts";
import { criterion } from "./samples.ts";
import type { ReviewDraft } from "./types.ts";

const criteria = [criterion("c1"), criterion("c2")];
const draft = (more: Partial<ReviewDraft>): ReviewDraft => ({ ...EMPTY_REVIEW, ...more });

test("option and comment are missing, in the rubric's order", () => {
  const fields = missingIn(draft({ scores: { c1: "o2" }, comments: { c2: "Fine." } }), criteria).map(({ field }) => field);
  assert.deepEqual(fields, ["comments.c1", "scores.c2"]);
});

test("an option that the rubric no longer has is missing", () => {
  assert.deepEqual(missingIn(draft({ scores: { c1: "gone" }, comments: { c1: "x" } }), [criterion("c1")]).map(({ field }) => field), ["scores.c1"]);
});

test("blank comments do not count", () => {
  assert.equal(countFilled(draft({ scores: { c1: "o1", c2: "o1" }, comments: { c1: "Good.", c2: "  \n" } }), criteria), 1);
});

test("digits choose by place, and only as far as there are options", () => {
  assert.equal(optionOfKey("2", criterion("c1"))?.id, "o2");
  assert.equal(optionOfKey("4", criterion("c1")), undefined);
  assert.equal(optionOfKey("0", criterion("c1")), undefined);
});

test("the newer draft wins, wherever it was kept", () => {
  const remote = { ...draft({ overall: "server" }), saved_at: "2026-11-16T09:00:00Z" };
  const at = Date.parse(remote.saved_at);
  assert.equal(newerDraft(remote, { ...draft({ overall: "here" }), at: at + 1 }).overall, "here");
  assert.equal(newerDraft(remote, { ...draft({ overall: "here" }), at: at - 1 }).overall, "server");
  assert.equal(newerDraft(null, null), EMPTY_REVIEW);
});

test("a review without a choice and a word is empty", () => {
  assert.ok(isEmptyReview(draft({ comments: { c1: " " } })));
  assert.ok(!isEmptyReview(draft({ scores: { c1: "o1" } })));
});
