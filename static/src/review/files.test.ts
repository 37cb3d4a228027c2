import assert from "node:assert/strict";
import { test } from "node:test";
import { formatBytes } from "../shared/sizes.ts";
import { describeRules, refusalOf } from "./files.ts";
import { activity } from "./samples.ts";

const rules = activity().files;

test("a file of a type that is taken, not empty and not too large, passes", () => {
  assert.equal(refusalOf({ name: "Report.PDF", size: 10 }, rules, 0), "");
});

test("each refusal says what is wrong and what would do", () => {
  assert.equal(refusalOf({ name: "a.exe", size: 10 }, rules, 0), "“a.exe” is not of a type that is taken here: PDF and PNG.");
  assert.equal(refusalOf({ name: "a.pdf", size: 0 }, rules, 0), "“a.pdf” is empty.");
  assert.equal(refusalOf({ name: "a.pdf", size: 12_300_000 }, rules, 0), "“a.pdf” has 12 MB; at most 10 MB fit.");
  assert.equal(refusalOf({ name: "a.pdf", size: 10 }, rules, 2), "“a.pdf” is one too many: 2 files fit.");
});

test("the rules are one sentence", () => {
  assert.equal(describeRules(rules), "PDF and PNG, up to 10 MB each, at most 2 files.");
});

test("sizes have at most one decimal", () => {
  assert.deepEqual([812, 4_000, 1_440_000, 96_400].map(formatBytes), ["812 bytes", "4 kB", "1.4 MB", "96 kB"]);
});
