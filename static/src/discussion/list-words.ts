/** What a list says of itself: how many threads, how many of them with something new, how many are shown. */
import { _, ngettext } from "../shared/i18n.ts";
import type { Sort, Thread } from "./types.ts";

/** total: threads of the space. isWhole: all of them are in the list, so that what is new in them can be counted. */
export function lede(threads: readonly Thread[], total: number, isWhole: boolean): string {
  const fresh = threads.filter((thread) => thread.is_unread).length;
  if (total === 0) return _("Questions and exchanges about this unit");
  const words = ngettext("{n} thread", "{n} threads", total);
  if (!isWhole || fresh === 0) return words;
  return ngettext("{total}, {n} with something new for you", "{total}, {n} with something new for you", fresh, { total: words });
}

/** Orders that leave threads out say only what they show. */
export function counted(n: number, total: number, sort: Sort): string {
  if (sort === "unanswered" || sort === "mine") return ngettext("{n} thread shown", "{n} threads shown", n);
  return ngettext("{n} of {total} thread", "{n} of {total} threads", n, { total: Math.max(n, total) });
}
