import assert from "node:assert/strict";
import { test } from "node:test";
import { Pulse } from "./pulse.ts";

const even = (): number => 0.5;

test("looks slow down to a minute while nothing comes", () => {
  const pulse = new Pulse(8_000, even);
  const delays = Array.from({ length: 8 }, () => {
    const { delay } = pulse;
    pulse.answered(8_000, false);
    return delay;
  });
  assert.deepEqual(delays.slice(0, 3), [8_000, 12_000, 18_000]);
  assert.equal(delays.at(-1), 60_000);
});

test("news, or a reader who does something, brings the first pace back", () => {
  const pulse = new Pulse(8_000, even);
  pulse.answered(8_000, false);
  pulse.answered(8_000, true);
  assert.equal(pulse.delay, 8_000);
  pulse.answered(8_000, false);
  pulse.quicken();
  assert.equal(pulse.delay, 8_000);
});

test("the server sets the pace, also a slower one than a minute, or none", () => {
  const pulse = new Pulse(8_000, even);
  pulse.answered(30_000, true);
  assert.equal(pulse.delay, 30_000);
  pulse.answered(300_000, true);
  assert.equal(pulse.delay, 300_000);
  pulse.answered(0, true);
  assert.equal(pulse.delay, null);
});

test("a failure doubles the wait", () => {
  const pulse = new Pulse(8_000, even);
  pulse.failed();
  assert.equal(pulse.delay, 16_000);
});

test("no two pages ask in step, and none later than ten seconds", () => {
  assert.equal(new Pulse(8_000, () => 0).delay, 6_400);
  assert.ok((new Pulse(8_000, () => 0.999).delay ?? 0) < 10_000);
});
