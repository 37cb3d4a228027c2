import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_FILTERS, resultSentence, withPage } from "./filters.ts";
import type { Card, Found } from "./types.ts";

const card = (id: string): Card => ({ id }) as Card;
const found = (more: Partial<Found>): Found => ({ people: [], count: 0, next: null, skills: [], sorted_by: "recent", ...more });

test("the order is said as it is", () => {
  const sentence = (sorted_by: Found["sorted_by"]): string => resultSentence(found({ count: 2, sorted_by }), NO_FILTERS);
  assert.equal(sentence("recent"), "2 people. The newest cards come first.");
  assert.equal(sentence("name"), "2 people. Those whose name matches come first.");
});

test("a further page adds its people, and the count stays that of all", () => {
  const before = found({ people: [card("a"), card("b")], count: 200, next: "x:0" });
  const { people, count, next } = withPage(before, found({ people: [card("b"), card("c")], count: 57 }));
  assert.deepEqual([people.map(({ id }) => id), count, next], [["a", "b", "c"], 200, null]);
});
