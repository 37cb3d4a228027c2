import assert from "node:assert/strict";
import { test } from "node:test";
import { post, postPage, thread } from "./samples.ts";
import {
  addComments, addPage, addResponse, dropPage, findPost, followedBy, newMarks, openModel, replacePost, responsesOf, settleAccepted,
  withReaction, withThread, type ThreadModel,
} from "./thread-model.ts";
import type { Post } from "./types.ts";

const page = postPage({ responses: [post("a", 1, { comments: [post("a1", 2, { depth: 2, parent: "a", ordinal: 1 })] }), post("b", 3)] });
const model = openModel(page, "best");
const ids = (from = model): string[] => responsesOf(from).map(({ id }) => id);

test("a changed post keeps the comments that are here", () => {
  const changed = replacePost(model, post("a", 1, { vote_count: 9, comments: [] }));
  assert.equal(findPost(changed, "a")?.vote_count, 9);
  assert.equal(findPost(changed, "a")?.comments.length, 1);
});

test("a changed comment is found under its response", () => {
  const changed = replacePost(model, post("a1", 2, { depth: 2, parent: "a", html: "new" }));
  assert.equal(findPost(changed, "a1")?.html, "new");
});

test("a response that is known is not added again", () => {
  assert.deepEqual(ids(addResponse(model, post("b", 3))), ["a", "b"]);
  assert.deepEqual(ids(addResponse(model, post("c", 4))), ["a", "b", "c"]);
});

test("pages join at both ends without repetition, and leave whole", () => {
  const later = addPage(model, postPage({ responses: [post("b", 3), post("c", 4)], previous: "p", next: "n" }), "after");
  assert.deepEqual(ids(later), ["a", "b", "c"]);
  assert.deepEqual(ids(dropPage(later, "before")), ["c"]);
  assert.deepEqual(ids(addPage(model, postPage({ responses: [post("z", 0)] }), "before")), ["z", "a", "b"]);
});

test("a reply's counters leave the rest of the thread's line", () => {
  const { thread } = withThread(model, { id: "t", response_count: 3, last_number: 4, read_number: 2 });
  assert.deepEqual([thread.title, thread.response_count, thread.is_unread], ["t", 3, true]);
});

test("accepting moves to the top and gives back the former one", () => {
  const first = settleAccepted(model, post("a", 1, { is_accepted: true }));
  assert.equal(first.accepted?.id, "a");
  assert.equal(first.accepted?.comments.length, 1);
  assert.deepEqual(ids(first), ["b"]);
  const second = settleAccepted(first, post("b", 3, { is_accepted: true }));
  assert.equal(second.accepted?.id, "b");
  assert.deepEqual(ids(second), ["a"]);
  const none = settleAccepted(second, post("b", 3));
  assert.equal(none.accepted, null);
  assert.deepEqual(ids(none), ["b", "a"]);
});

const comment = (ordinal: number): Post => post(`a${ordinal}`, ordinal + 1, { depth: 2, parent: "a", ordinal });
const places = (from: ThreadModel): number[] | undefined => findPost(from, "a")?.comments.map(({ ordinal }) => ordinal);

test("a new comment is counted once", () => {
  const more = addComments(model, "a", [comment(1), comment(2)]);
  assert.deepEqual([findPost(more, "a")?.comment_count, findPost(more, "a")?.comment_total], [2, 2]);
  assert.equal(findPost(addComments(more, "a", [comment(2)]), "a")?.comment_count, 2);
});

test("comments that fill a gap stand at their places and are not counted again", () => {
  const gap = addComments(model, "a", [comment(8)]);
  const filled = addComments(gap, "a", [comment(6), comment(7)]);
  assert.deepEqual(places(filled), [1, 6, 7, 8]);
  assert.deepEqual([findPost(gap, "a")?.comment_count, findPost(filled, "a")?.comment_count], [8, 8]);
});

test("a line stands before what is new when all of it comes last", () => {
  const { line, isMarked } = newMarks({ ...model, readBefore: 2 });
  assert.equal(line, "b");
  assert.equal(isMarked(post("b", 3)), false);
});

test("new posts between old ones say so themselves", () => {
  const mixed = openModel(postPage({ responses: [post("b", 3), post("a", 1)] }), "best");
  const { line, isMarked } = newMarks({ ...mixed, readBefore: 2 });
  assert.equal(line, null);
  assert.equal(isMarked(post("b", 3)), true);
  assert.equal(isMarked(post("b", 3, { is_own: true })), false);
});

test("on a first visit nothing is marked as new", () => {
  const { line, isMarked } = newMarks({ ...model, readBefore: -1 });
  assert.equal(line, null);
  assert.equal(isMarked(post("b", 3)), false);
});

test("whoever writes in a thread follows it, unless they chose otherwise", () => {
  const mine = post("c", 4, { is_own: true });
  assert.equal(followedBy(model, mine).thread.follows, true);
  assert.equal(followedBy(model, post("c", 4)).thread.follows, null);
  const off = openModel(postPage({ thread: thread("t", { follows: false }) }), "best");
  assert.equal(followedBy(off, mine).thread.follows, false);
});

test("reactions stand in the order in which they are offered, and the last one taken back leaves", () => {
  const offered = ["thanks", "insight"];
  const given = [{ code: "insight", count: 1, is_mine: false }];
  const both = withReaction(given, { code: "thanks", count: 1, is_mine: true }, offered);
  assert.deepEqual(both.map(({ code }) => code), offered);
  assert.deepEqual(withReaction(both, { code: "thanks", count: 0, is_mine: false }, offered), given);
});
