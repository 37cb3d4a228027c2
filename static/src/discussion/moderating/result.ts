/** What was done to several threads: in words, and by which call it is taken back. */
import { _, ngettext } from "../../shared/i18n.ts";
import type { Act, Moderated } from "./operations.ts";

export interface Result {
  readonly message: string;
  /** Null where there is nothing to take back. */
  readonly undo: { readonly threads: readonly string[]; readonly act: Act } | null;
}

/** `here`: this discussion, to which what was moved comes back. `place`: the title of the one that it was moved to. */
export function resultOf(act: Act, { changed, refused }: Moderated, { here, place }: { here: string; place: string }): Result {
  const n = changed.length;
  const done = n === 0 ? _("Nothing to change: it is so already.") : `${said(act, n, place)}.`;
  const left = refused === 0 ? "" : ` ${ngettext("{n} could not be changed.", "{n} could not be changed.", refused)}`;
  const back: Act = act.action === "move" ? { ...act, to: here } : { ...act, on: !act.on };
  return { message: done + left, undo: n === 0 ? null : { threads: changed, act: back } };
}

/** After an undo, which is not undone in turn. */
export function undone({ changed }: Moderated): Result {
  const n = changed.length;
  return { message: ngettext("{n} thread is as it was.", "{n} threads are as they were.", n), undo: null };
}

function said({ action, on, tag = "" }: Act, n: number, place: string): string {
  if (action === "pin") return on ? ngettext("{n} thread pinned", "{n} threads pinned", n) : ngettext("{n} thread unpinned", "{n} threads unpinned", n);
  if (action === "close") return on ? ngettext("{n} thread closed", "{n} threads closed", n) : ngettext("{n} thread reopened", "{n} threads reopened", n);
  if (action === "remove") return on ? ngettext("{n} thread removed", "{n} threads removed", n) : ngettext("{n} thread restored", "{n} threads restored", n);
  if (action === "move") return ngettext("{n} thread moved to “{place}”", "{n} threads moved to “{place}”", n, { place });
  return on ? ngettext("{n} thread tagged “{tag}”", "{n} threads tagged “{tag}”", n, { tag })
    : ngettext("“{tag}” taken off {n} thread", "“{tag}” taken off {n} threads", n, { tag });
}
