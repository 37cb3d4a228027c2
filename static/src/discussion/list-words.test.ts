import assert from "node:assert/strict";
import { test } from "node:test";
import { counted, lede } from "./list-words.ts";
import { thread } from "./samples.ts";

test("what is new is counted only where the whole list is there", () => {
  const threads = [thread("a", { is_unread: true }), thread("b")];
  assert.equal(lede(threads, 2, true), "2 threads, 1 with something new for you");
  assert.equal(lede(threads, 50, false), "50 threads");
  assert.equal(lede([], 0, true), "Questions and exchanges about this unit");
});

test("an order that leaves threads out does not say how many there are", () => {
  assert.equal(counted(3, 50, "unanswered"), "3 threads shown");
  assert.equal(counted(20, 50, "votes"), "20 of 50 threads");
  assert.equal(counted(7, 6, "activity"), "7 of 7 threads");
});
