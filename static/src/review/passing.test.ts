import assert from "node:assert/strict";
import { test } from "node:test";
import { afterPassing } from "./passing.ts";
import { NOW, state, submission } from "./samples.ts";

test("who passed a work on is promised another one only where there is one", () => {
  assert.match(afterPassing(state({ mine: { submission } }), NOW), /Another work is there/);
  assert.match(afterPassing(state({ waiting: { why: "none_waiting", at: null } }), NOW), /look again later/);
  assert.match(afterPassing(state({ waiting: { why: "closed", at: "2026-11-15T09:00:00Z" } }), NOW), /closed on 15 November/);
  assert.equal(afterPassing(state({ waiting: { why: "all_given", at: null } }), NOW), "It waits for somebody else.");
});
