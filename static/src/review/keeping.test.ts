import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Refused, Unreachable } from "../shared/errors.ts";
import { Keeping, type Kept } from "./keeping.ts";
import { EMPTY_REVIEW } from "./rubric.ts";
import type { ReviewDraft } from "./types.ts";

const draft = (overall: string): ReviewDraft => ({ ...EMPTY_REVIEW, overall });
let local: string[] = [];
let remote: string[] = [];
let told: Kept[] = [];
let refusals: string[] = [];
let failure: Error | null = null;

mock.timers.enable({ apis: ["setTimeout"] });
beforeEach(() => {
  local = [], remote = [], told = [], refusals = [], failure = null;
});

function keeping(): Keeping {
  return new Keeping({
    keep: ({ overall }) => (local.push(overall), true),
    save: async ({ overall }) => {
      if (failure) throw failure;
      remote.push(overall);
    },
    tell: (kept) => told.push(kept),
    refused: ({ code }) => refusals.push(code),
  });
}

/** Let time pass, and what it started come to its end. */
async function pass(ms: number): Promise<void> {
  mock.timers.tick(ms);
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

const refusal = (code: string): Refused => new Refused({ code, field: "", message: "No.", details: {} });

test("what is typed is kept here first, and on the server after a longer pause", async () => {
  const keeper = keeping();
  keeper.change(draft("a"));
  keeper.change(draft("ab"));
  await pass(500);
  assert.deepEqual([local, remote], [["ab"], []]);
  await pass(1_500);
  assert.deepEqual([remote, told], [["ab"], ["kept", "saved"]]);
});

test("without a connection it stays here, and goes with the next change", async () => {
  const keeper = keeping();
  failure = new Unreachable();
  keeper.change(draft("a"));
  await pass(2_000);
  assert.equal(told.at(-1), "kept");
  failure = null;
  await pass(2_000);
  assert.deepEqual(remote, ["a"]);
});

test("a work that is gone is no longer saved", async () => {
  const keeper = keeping();
  failure = refusal("conflict");
  keeper.change(draft("a"));
  await pass(2_000);
  failure = null;
  keeper.change(draft("ab"));
  await pass(4_000);
  assert.deepEqual([refusals, remote, local.at(-1)], [["conflict"], [], "ab"]);
});

test("a field that is refused may be mended", async () => {
  const keeper = keeping();
  failure = refusal("too_large");
  keeper.change(draft("long"));
  await pass(2_000);
  failure = null;
  keeper.change(draft("short"));
  await pass(2_000);
  assert.deepEqual([refusals, remote], [["too_large"], ["short"]]);
});

test("leaving keeps and saves at once, and nothing when nothing changed", async () => {
  const keeper = keeping();
  keeper.flush();
  keeper.change(draft("a"));
  keeper.flush();
  await pass(0);
  assert.deepEqual([local, remote], [["a"], ["a"]]);
});

test("what was sent within the pause is kept nowhere when its reader goes", async () => {
  const keeper = keeping();
  keeper.change(draft("a"));
  await pass(500);
  keeper.stop();
  keeper.flush();
  await pass(2_000);
  assert.deepEqual([local, remote], [["a"], []]);
});

test("a device that keeps nothing is not said to keep it when the server does not answer", async () => {
  const keeper = new Keeping({
    keep: () => false, save: async () => { throw new Unreachable(); }, tell: (kept) => told.push(kept), refused: () => undefined,
  });
  keeper.change(draft("a"));
  await pass(2_000);
  assert.deepEqual(new Set(told), new Set(["unkept"]));
});
