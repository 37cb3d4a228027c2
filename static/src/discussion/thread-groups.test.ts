import assert from "node:assert/strict";
import { test } from "node:test";
import { thread } from "./samples.ts";
import { assignGroups, groupThreads, placeThread, upsertThread } from "./thread-groups.ts";

const first = [thread("pin", { is_pinned: true, is_unread: true }), thread("old"), thread("new", { is_unread: true })];
const shape = (threads: readonly ReturnType<typeof thread>[]): [string, string[]][] =>
  groupThreads(threads, assignGroups(first)).map(({ name, threads: rows }) => [name, rows.map(({ id }) => id)]);

test("pinned, then new, then the rest", () => {
  assert.deepEqual(shape(first), [["pinned", ["pin"]], ["new", ["new"]], ["earlier", ["old"]]]);
});

test("rows that come later join the end, new or not", () => {
  const later = [...first, thread("later", { is_unread: true })];
  assert.deepEqual(shape(later).at(-1), ["earlier", ["old", "later"]]);
});

test("a thread that was read keeps its place", () => {
  assert.deepEqual(shape(upsertThread(first, thread("new")))[1], ["new", ["new"]]);
});

test("what is pinned or unpinned changes its group, and nothing else does", () => {
  const groups = assignGroups(first);
  assert.equal(placeThread(groups, thread("new")), groups);
  assert.equal(placeThread(groups, thread("old", { is_pinned: true })).get("old"), "pinned");
  assert.equal(placeThread(groups, thread("pin")).get("pin"), "earlier");
  assert.equal(placeThread(groups, thread("own")).get("own"), "new");
});

test("an unknown thread comes first", () => {
  assert.equal(upsertThread(first, thread("own"))[0]?.id, "own");
});
