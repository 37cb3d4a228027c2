import assert from "node:assert/strict";
import { test } from "node:test";
import { currentStep, nextFor, stepWords } from "./progress.ts";
import { activity, NOW, state, step, submission } from "./samples.ts";

const sentence = (...parts: Parameters<typeof nextFor>): string => nextFor(...parts)?.what ?? "";

test("the current step is the first to do, else the first that waits", () => {
  const steps = [step("submit", "done"), step("review", "waiting"), step("read", "current")];
  assert.equal(currentStep(steps)?.name, "read");
  assert.equal(currentStep([step("submit", "done"), step("review", "waiting")])?.name, "review");
  assert.equal(currentStep([step("submit", "done"), step("review", "done"), step("read", "done")]), null);
});

test("every state of every step has words", () => {
  for (const name of ["submit", "review", "read"] as const) {
    for (const status of ["done", "current", "upcoming", "missed", "waiting"] as const) {
      const { title, sub } = stepWords(step(name, status), activity(), NOW);
      assert.ok(title && sub, `${name} ${status}`);
    }
  }
});

test("a review that opens later says when", () => {
  const words = stepWords(step("review", "upcoming"), activity({ reviews_open: "2026-11-20T09:00:00Z" }), NOW);
  assert.equal(words.sub, "Opens on 20 November");
});

test("the form to hand in says itself what to do", () => {
  assert.equal(nextFor(state(), NOW), null);
});

test("a preview says that it keeps nothing", () => {
  const now = state();
  assert.equal(sentence({ ...now, viewer: { ...now.viewer, is_preview: true } }, NOW), "This is a preview.");
});

test("closed before anything was handed in: the date, and whom to ask", () => {
  const closed = state({ can: { submit: false }, steps: [step("submit", "missed", "2026-11-12T23:59:00Z")] });
  const next = nextFor(closed, NOW);
  assert.match(next?.what ?? "", /^Works could be handed in until 12 November/);
  assert.match(next?.meaning ?? "", /course team/);
  assert.equal(next?.tone, "stop");
});

test("reviews that are not open say when they open", () => {
  const waiting = { why: "not_open", at: "2026-11-20T09:00:00Z" } as const;
  const next = nextFor(state({ mine: { submission }, waiting, can: { submit: false } }), NOW);
  assert.match(next?.what ?? "", /^Reviews open on 20 November/);
});

test("nothing to review offers to look again", () => {
  const waiting = { why: "none_waiting", at: null } as const;
  assert.equal(nextFor(state({ mine: { submission }, waiting, can: { submit: false } }), NOW)?.deed, "refresh");
});

test("a lease comes before all else", () => {
  const review = { id: "r", taken_at: "", expires_at: "2026-11-17T09:00:00Z", number: 2, draft: null,
    submission: { html: "", word_count: 0, files: [], author: null } };
  const next = nextFor(state({ mine: { submission }, review, can: { submit: false, review: true } }), NOW);
  assert.equal(next?.deed, "continue");
  assert.match(next?.what ?? "", /2 of 3/);
});

test("feedback that is not earned yet says how many reviews are missing", () => {
  const mine = { submission, reviews_received: 2, reviews_left: 1, reviews_given: 2 };
  const next = nextFor(state({ mine, can: { submit: false, review: false } }), NOW);
  assert.equal(next?.what, "2 people have reviewed your work.");
  assert.match(next?.meaning ?? "", /the review that you still give/);
});

test("who has done their part reads as soon as something is in", () => {
  const mine = { submission, reviews_left: 0, reviews_given: 3, reviews_received: 1 };
  const next = nextFor(state({ mine, can: { submit: false, read_result: true } }), NOW);
  assert.deepEqual([next?.deed, next?.what], ["read", "1 of 3 reviews of your work are in."]);
});

test("whoever waits for reviewers is told how many are at it, and until when", () => {
  const mine = { submission, reviews_left: 0, reviews_given: 3, being_reviewed: 2 };
  const next = nextFor(state({ mine, can: { submit: false, read_result: true } }), NOW);
  assert.equal(next?.what, "2 people are reviewing your work.");
  assert.match(next?.meaning ?? "", /Reviews close on 30 November/);
});

test("once reviews have closed nobody is told that a grade follows with the last one", () => {
  const closed = activity({ reviews_due: "2026-11-10T23:59:00Z" });
  const mine = { submission, reviews_left: 0, reviews_given: 3, reviews_received: 1 };
  const can = { submit: false, read_result: true };
  assert.match(nextFor(state({ activity: closed, mine, can }), NOW)?.meaning ?? "", /^Reviews are closed/);
  const few = { ...mine, reviews_left: 2, reviews_given: 1 };
  const waiting = { why: "closed", at: closed.reviews_due } as const;
  assert.match(nextFor(state({ activity: closed, mine: few, can, waiting }), NOW)?.meaning ?? "", /course team/);
});
