import assert from "node:assert/strict";
import { test } from "node:test";
import { countMounted, dealSpans, MAX_MOUNTED, spanOf, widenSpan, type Spans } from "./comment-spans.ts";
import { post } from "./samples.ts";
import type { Post } from "./types.ts";

function response(id: string, comments: number): Post {
  const list = Array.from({ length: comments }, (_comment, index) => post(`${id}${index}`, index, { depth: 2, parent: id }));
  return post(id, 1, { comments: list });
}

const many = Array.from({ length: 20 }, (_response, index) => response(`r${index}`, 10));
const fresh: Spans = new Map();

test("few comments are all shown", () => {
  const tops = [response("a", 3), response("b", 0)];
  const spans = dealSpans(tops, fresh);
  assert.deepEqual(spanOf(spans, tops[0]!), { from: 0, to: 3 });
  assert.equal(countMounted(tops, spans), 6);
});

test("a full page is dealt out evenly and never over the limit", () => {
  const spans = dealSpans(many, fresh);
  assert.equal(countMounted(many, spans), MAX_MOUNTED);
  const sizes = many.map((top) => spanOf(spans, top).to);
  assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1);
});

test("what the reader opened stays open when more is dealt", () => {
  const tops = [response("a", 10), response("b", 10)];
  const spans = dealSpans(tops, new Map([["a", { from: 0, to: 1 }]]));
  assert.deepEqual(spanOf(spans, tops[0]!), { from: 0, to: 1 });
  assert.deepEqual(spanOf(spans, tops[1]!), { from: 0, to: 10 });
});

test("what left the page is forgotten", () => {
  assert.equal(dealSpans([], new Map([["gone", { from: 0, to: 5 }]])).size, 0);
});

test("widening takes from those below first", () => {
  const spans = widenSpan(many, dealSpans(many, fresh), "r10", { from: 0, to: 10 });
  assert.equal(countMounted(many, spans), MAX_MOUNTED);
  assert.deepEqual(spanOf(spans, many[10]!), { from: 0, to: 10 });
  assert.equal(spanOf(spans, many[19]!).to, 0);
  assert.ok(spanOf(spans, many[0]!).to > 0);
});

test("one response alone slides along its comments", () => {
  const tops = [response("a", 100)];
  const down = widenSpan(tops, fresh, "a", { from: 0, to: 100 });
  assert.deepEqual(spanOf(down, tops[0]!), { from: 42, to: 100 });
  const up = widenSpan(tops, down, "a", { from: 32, to: 100 }, "first");
  assert.deepEqual(spanOf(up, tops[0]!), { from: 32, to: 90 });
});
