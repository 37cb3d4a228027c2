import assert from "node:assert/strict";
import { test } from "node:test";
import { initials } from "./people.ts";

test("two graphemes of the shown name", () => {
  const names = ["Amina", "Léa", "Ada Lovelace", "Learner 12", "أمينة", "李", "", "👩‍🔬 Lab"];
  assert.deepEqual(names.map(initials), ["AM", "LÉ", "AL", "12", "أم", "李", "", "👩‍🔬L"]);
});
