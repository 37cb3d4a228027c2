import assert from "node:assert/strict";
import { test } from "node:test";
import { fromRemote, nextStep, toRequest, type Local, type Remote } from "./draft-line.ts";
import { EMPTY_DRAFT } from "./drafts.ts";

const THEIRS = { ...EMPTY_DRAFT, body: "From the phone", revision: null };

function remote(revision: number, draft: Remote["draft"] = THEIRS): Remote {
  return { revision, saved_at: null, draft };
}

function local(part: Partial<Local> = {}): Local {
  return { draft: { ...EMPTY_DRAFT, body: "From the desk" }, isUntouched: false, base: 1, isClean: false, ...part };
}

test("an empty composer goes on with what another device left", () => {
  assert.equal(nextStep(remote(4), local({ draft: EMPTY_DRAFT, isUntouched: true, base: 0 })), "take");
});

test("what only another device changed is taken, what only this one changed is saved", () => {
  assert.equal(nextStep(remote(2), local({ isClean: true })), "take");
  assert.equal(nextStep(remote(1), local()), "save");
  assert.equal(nextStep(remote(1), local({ isClean: true })), "nothing");
});

test("where both changed the person chooses", () => {
  assert.equal(nextStep(remote(2), local()), "choose");
  assert.equal(nextStep(remote(2, null), local()), "choose");
});

test("a copy of what was sent elsewhere goes", () => {
  assert.equal(nextStep(remote(2, null), local({ isClean: true })), "clear");
});

test("what was sent before this text was begun is no news", () => {
  assert.equal(nextStep(remote(2, null), local({ base: 0 })), "save");
});

test("the same text on both sides is no matter of choice", () => {
  assert.equal(nextStep(remote(7), local({ draft: fromRemote(THEIRS) })), "settle");
});

test("a text that the server no longer knows is saved anew once it is changed", () => {
  assert.equal(nextStep(remote(0, null), local({ base: 9 })), "save");
});

test("the revision of an edit goes to the server and comes back", () => {
  const draft = { ...EMPTY_DRAFT, body: "x", revision: 3 };
  assert.deepEqual(toRequest(draft), draft);
  assert.deepEqual(fromRemote({ ...draft, revision: 3 }), draft);
});
