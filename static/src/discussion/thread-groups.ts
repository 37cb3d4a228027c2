/** Groups of the list by activity. Rows that come later join the last group: nothing on the page moves. */
import type { Thread } from "./types.ts";

export type GroupName = "pinned" | "new" | "earlier";

export interface Group {
  readonly name: GroupName;
  readonly threads: readonly Thread[];
}

const ORDER: readonly GroupName[] = ["pinned", "new", "earlier"];

/** Group of each thread of a first page, by id. */
export function assignGroups(threads: readonly Thread[]): Map<string, GroupName> {
  return new Map(threads.map((thread) => [thread.id, groupOf(thread)]));
}

function groupOf(thread: Thread): GroupName {
  if (thread.is_pinned) return "pinned";
  return thread.is_unread ? "new" : "earlier";
}

/** Where a thread goes that is new to the list, was pinned or unpinned; all others stay where they are. */
export function placeThread(assigned: ReadonlyMap<string, GroupName>, thread: Thread): ReadonlyMap<string, GroupName> {
  const known = assigned.get(thread.id);
  if (known && (known === "pinned") === thread.is_pinned) return assigned;
  return new Map(assigned).set(thread.id, thread.is_pinned ? "pinned" : known ? "earlier" : "new");
}

/** The groups that have rows, in order; a thread that was never assigned is "earlier". */
export function groupThreads(threads: readonly Thread[], assigned: ReadonlyMap<string, GroupName>): Group[] {
  return ORDER.map((name) => ({
    name,
    threads: threads.filter((thread) => (assigned.get(thread.id) ?? "earlier") === name),
  })).filter((group) => group.threads.length > 0);
}

/** Replace a thread by its newer state, or put a new one first. */
export function upsertThread(threads: readonly Thread[], thread: Thread): readonly Thread[] {
  const isKnown = threads.some((known) => known.id === thread.id);
  return isKnown ? threads.map((known) => (known.id === thread.id ? thread : known)) : [thread, ...threads];
}
