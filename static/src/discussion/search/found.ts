/** What the server finds, and how it is called. */
import type { Api } from "../../shared/api.ts";
import type { Person } from "../../shared/people.ts";
import type { Thread } from "../types.ts";
import type { Where } from "../where.ts";
import { requestOf, type Filters } from "./filters.ts";

/** A piece of a text; whether it is a word that was looked for. */
export interface Part {
  readonly text: string;
  readonly is_match: boolean;
}

export interface FoundThread {
  readonly thread: Thread;
  readonly title: readonly Part[];
  /** Of the post named here, as plain text. */
  readonly excerpt: readonly Part[];
  readonly post: string;
  /** Who wrote that, where it is a response. */
  readonly by: Person | null;
  readonly where: Where;
}

export interface FoundThreads {
  readonly threads: readonly FoundThread[];
  readonly next: string | null;
}

export interface SimilarThread {
  readonly thread: Thread;
  /** The first line of its accepted answer, and who gave that. */
  readonly answer: string;
  readonly by: Person | null;
}

export interface Page {
  readonly cursor: string | null;
  /** Whether the last word may go on. */
  readonly typing: boolean;
}

export function searchThreads(api: Api, filters: Filters, { cursor, typing }: Page, signal: AbortSignal): Promise<FoundThreads> {
  return api.call("search_threads", { ...requestOf(filters), typing, ...(cursor === null ? {} : { cursor }) }, { signal });
}

export async function similarThreads(api: Api, title: string, signal: AbortSignal): Promise<readonly SimilarThread[]> {
  const { threads } = await api.call<{ threads: readonly SimilarThread[] }>("similar_threads", { title }, { signal });
  return threads;
}
