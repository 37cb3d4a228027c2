import assert from "node:assert/strict";
import { test } from "node:test";
import { countOfFields, isAsking, named, NO_FILTERS, requestOf, restored } from "./filters.ts";

test("only what is asked for is sent", () => {
  assert.deepEqual(requestOf(NO_FILTERS), {});
  assert.deepEqual(requestOf({ ...NO_FILTERS, query: " median ", unanswered: true }), { query: "median", unanswered: true });
});

test("both days are in", () => {
  const { since, until } = requestOf({ ...NO_FILTERS, since: "2026-11-24", until: "2026-11-24" });
  assert.equal(since, new Date(2026, 10, 24).getTime() / 1000);
  assert.equal(Number(until) - Number(since), 86_400);
});

test("half a day is no day", () => {
  assert.deepEqual(requestOf({ ...NO_FILTERS, since: "2026-11" }), {});
});

test("blanks ask for nothing", () => {
  assert.equal(isAsking({ ...NO_FILTERS, query: "  ", author: " " }), false);
  assert.equal(isAsking({ ...NO_FILTERS, mine: true }), true);
});

test("who finds nothing is told what was looked for", () => {
  const filters = { ...NO_FILTERS, query: "median", kind: "question" as const, author: "Ami" };
  assert.deepEqual(named(filters), ["“median”", "Questions", "Begun by “Ami”"]);
  assert.equal(countOfFields(filters), 1);
});

test("what the history kept comes back, and nothing else", () => {
  const filters = { ...NO_FILTERS, query: "median", mine: true };
  assert.deepEqual(restored(JSON.parse(JSON.stringify(filters))), filters);
  for (const other of [null, 7, "x", { query: 7, kind: "other", mine: "yes" }]) assert.deepEqual(restored(other), NO_FILTERS);
});
