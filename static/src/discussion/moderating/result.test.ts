import assert from "node:assert/strict";
import { test } from "node:test";
import { resultOf, undone } from "./result.ts";

const PLACES = { here: "h", place: "Week 2" };

test("what changed is said, and taken back for those alone", () => {
  const result = resultOf({ action: "close", on: true }, { changed: ["a", "b"], refused: 1 }, PLACES);
  assert.equal(result.message, "2 threads closed. 1 could not be changed.");
  assert.deepEqual(result.undo, { threads: ["a", "b"], act: { action: "close", on: false } });
});

test("what was moved comes back to where it was", () => {
  const result = resultOf({ action: "move", on: true, to: "t" }, { changed: ["a"], refused: 0 }, PLACES);
  assert.equal(result.message, "1 thread moved to “Week 2”.");
  assert.equal(result.undo?.act.to, "h");
});

test("where nothing changed there is nothing to take back", () => {
  assert.equal(resultOf({ action: "pin", on: true }, { changed: [], refused: 0 }, PLACES).undo, null);
  assert.equal(undone({ changed: ["a"], refused: 0 }).undo, null);
});
