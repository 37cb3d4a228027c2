/** What facilitators and the course team do to threads as such; each is one call of the block's handler. */
import type { Api } from "../../shared/api.ts";
import { _ } from "../../shared/i18n.ts";
import type { Thread, Written } from "../types.ts";

export type Action = "pin" | "close" | "remove" | "tag" | "move";
export type Kind = Thread["kind"];

export interface Destination {
  readonly space: string;
  readonly title: string;
  /** Where its block stands; "" where that has no title. */
  readonly unit: string;
}

/** A discussion by the unit that it is in: several have the same title. */
export function placeName({ title, unit }: Destination): string {
  return [unit, title].filter(Boolean).join(" · ") || _("another discussion");
}

/** One thing done to several threads. `on` false takes it back. */
export interface Act {
  readonly action: Action;
  readonly on: boolean;
  readonly tag?: string;
  readonly to?: string;
}

export interface Moderated {
  readonly changed: readonly string[];
  readonly refused: number;
}

export interface Location {
  readonly thread: string;
  readonly post: string;
}

export function convertThread(api: Api, thread: string, kind: Kind): Promise<Written> {
  return api.call("convert_thread", { thread, kind });
}

export function retagThread(api: Api, thread: string, tags: readonly string[]): Promise<Written> {
  return api.call("retag_thread", { thread, tags });
}

export async function listDestinations(api: Api): Promise<readonly Destination[]> {
  return (await api.call<{ spaces: readonly Destination[] }>("list_destinations", {})).spaces;
}

export function mergeThread(api: Api, thread: string, into: string): Promise<Location> {
  return api.call("merge_thread", { thread, into });
}

export function splitResponse(api: Api, post: string, kind: Kind, title: string): Promise<Location> {
  return api.call("split_response", { post, kind, title });
}

export function moderateThreads(api: Api, threads: readonly string[], act: Act): Promise<Moderated> {
  return api.call("moderate_threads", { threads, ...act });
}

export async function findThreads(api: Api, query: string): Promise<readonly Thread[]> {
  const { threads } = await api.call<{ threads: readonly { thread: Thread }[] }>("search_threads", { query, typing: true, limit: 10 });
  return threads.map(({ thread }) => thread);
}
