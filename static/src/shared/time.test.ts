import assert from "node:assert/strict";
import { test } from "node:test";
import { setLanguage } from "./i18n.ts";
import { describeTime, fullTime } from "./time.ts";

const NOW = new Date(2026, 10, 24, 9, 0);
const at = (...parts: [number, number, number, number, number]): string => describeTime(new Date(...parts), NOW);

test("the scale from now to a date", () => {
  assert.equal(describeTime(new Date(NOW.getTime() - 59_000), NOW), "now");
  assert.equal(at(2026, 10, 24, 8, 48), "12 min ago");
  assert.equal(at(2026, 10, 24, 6, 0), "3 h ago");
  assert.equal(at(2026, 10, 23, 18, 2), "yesterday");
  assert.equal(at(2026, 10, 22, 23, 0), "2 days ago");
  assert.equal(at(2026, 10, 17, 9, 0), "7 days ago");
  assert.equal(at(2026, 10, 12, 9, 0), "12 Nov");
  assert.equal(at(2025, 10, 12, 9, 0), "12 Nov 2025");
});

test("a few hours stay hours across midnight", () => {
  assert.equal(describeTime(new Date(2026, 10, 23, 22, 0), new Date(2026, 10, 24, 1, 0)), "3 h ago");
});

test("a clock that is ahead says now", () => {
  assert.equal(at(2026, 10, 24, 9, 5), "now");
});

test("the full moment names month and clock", () => {
  assert.equal(fullTime(new Date(2026, 10, 24, 8, 20)), "24 November 2026, 08:20");
  setLanguage("fr", {});
  assert.equal(fullTime(new Date(2026, 10, 24, 8, 20)), "24 novembre 2026, 08:20");
  setLanguage("en", {});
});
