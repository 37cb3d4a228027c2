import assert from "node:assert/strict";
import { test } from "node:test";
import { calledBefore } from "./calling.ts";

test("a name is what stands between an @ and the caret, at the start of a word", () => {
  assert.equal(calledBefore("Hello @Am", 9), "Am");
  assert.equal(calledBefore("(@Élodie d’A", 12), "Élodie d’A");
  assert.equal(calledBefore("write to me@school.org", 22), "");
  assert.equal(calledBefore("@", 1), "");
});

test("a caret that moved back shortens what a choice replaces", () => {
  assert.equal(calledBefore("Hello @Amina", 9), "Am");
  assert.equal(calledBefore("Hello @Amina", 5), "");
});
