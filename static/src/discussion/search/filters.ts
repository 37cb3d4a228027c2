/** What is looked for: the words, and what the threads must be. Dates are days of the reader's calendar. */
import { _ } from "../../shared/i18n.ts";
import type { Thread } from "../types.ts";

export interface Filters {
  readonly query: string;
  readonly kind: "" | Thread["kind"];
  readonly unanswered: boolean;
  readonly mine: boolean;
  readonly tag: string;
  /** The beginnings of a named author's names. */
  readonly author: string;
  /** `2026-11-24`, or "" for any day. Both days are in. */
  readonly since: string;
  readonly until: string;
  /** In all discussions of the course, not in this one alone. */
  readonly everywhere: boolean;
}

export const NO_FILTERS: Filters = {
  query: "", kind: "", unanswered: false, mine: false, tag: "", author: "", since: "", until: "", everywhere: false,
};

export function isAsking(filters: Filters): boolean {
  return named(filters).length > 0;
}

/** How many filters stand behind the button that opens the fields. */
export function countOfFields({ author, tag, since, until }: Filters): number {
  return [author, tag, since, until].filter((value) => value.trim() !== "").length;
}

/** As `search_threads` takes it: only what is asked for. */
export function requestOf(filters: Filters): Readonly<Record<string, unknown>> {
  const { query, kind, unanswered, mine, tag, author, since, until, everywhere } = filters;
  const asked = {
    query: query.trim(), kind, tag: tag.trim(), author: author.trim(),
    unanswered, mine, everywhere, since: secondsOf(since, 0), until: secondsOf(until, 1),
  };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== "" && value !== false && value !== null));
}

/** The filters in words, for who finds nothing. */
export function named(filters: Filters): string[] {
  const { query, kind, unanswered, mine, tag, author, since, until, everywhere } = filters;
  const kinds = { "": "", question: _("Questions"), discussion: _("Discussions"), announcement: _("Announcements") };
  return [
    query.trim() && _("“{text}”", { text: query.trim() }),
    kinds[kind],
    unanswered ? _("Without an answer") : "",
    mine ? _("With a post of yours") : "",
    tag.trim() && _("Tag “{text}”", { text: tag.trim() }),
    author.trim() && _("Begun by “{text}”", { text: author.trim() }),
    since && _("Since {day}", { day: since }),
    until && _("Until {day}", { day: until }),
    everywhere ? _("In all units") : "",
  ].filter((name) => name !== "");
}

/** What the page's history kept; whatever is not of its kind is none. */
export function restored(kept: unknown): Filters {
  if (typeof kept !== "object" || kept === null) return NO_FILTERS;
  const values = kept as Readonly<Record<string, unknown>>;
  const found = Object.entries(NO_FILTERS).map(([name, none]) => [name, typeof values[name] === typeof none ? values[name] : none]);
  const filters = Object.fromEntries(found) as Filters;
  return ["", "question", "discussion"].includes(filters.kind) ? filters : { ...filters, kind: "" };
}

/** The beginning of a day, so many days later, in seconds since 1970; null for no day. */
function secondsOf(day: string, later: number): number | null {
  const [year, month, date] = day.split("-").map(Number);
  if (year === undefined || month === undefined || date === undefined) return null;
  const moment = new Date(year, month - 1, date + later).getTime();
  return Number.isFinite(moment) && moment >= 0 ? moment / 1000 : null;
}
