import assert from "node:assert/strict";
import { test } from "node:test";
import { withTag } from "./tag-line.ts";

test("a chosen tag takes the place of the one that was begun", () => {
  assert.equal(withTag("mean, sam", "sample size"), "mean, sample size, ");
  assert.equal(withTag("", "mean"), "mean, ");
  assert.equal(withTag("mean, ", "variance"), "mean, variance, ");
});
