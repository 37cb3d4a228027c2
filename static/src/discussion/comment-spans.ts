/** Which comments of each response are mounted, so that a page of a long thread stays small. */
import type { Post } from "./types.ts";

/** Posts mounted at once, the opening post and the accepted answer included. */
export const MAX_MOUNTED = 60;
/** Comments that one request brings, and one click shows. */
export const COMMENT_STEP = 10;

/** Comments [from, to) of those that are loaded. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type Spans = ReadonlyMap<string, Span>;

const NONE: Span = { from: 0, to: 0 };

export function spanOf(spans: Spans, post: Post): Span {
  return spans.get(post.id) ?? NONE;
}

/** `tops` are the responses and the accepted answer; the opening post counts one. */
export function countMounted(tops: readonly Post[], spans: Spans): number {
  return tops.reduce((sum, top) => sum + 1 + size(spanOf(spans, top)), 1);
}

/** How many comments one response can show when all others give theirs. */
export function mostComments(tops: readonly Post[]): number {
  return MAX_MOUNTED - 1 - tops.length;
}

/** Spans for the responses that have none yet: the room left is dealt out one comment at a time. */
export function dealSpans(tops: readonly Post[], spans: Spans): Spans {
  const dealt = new Map(tops.filter((top) => spans.has(top.id)).map((top) => [top.id, spanOf(spans, top)]));
  const fresh = tops.filter((top) => !spans.has(top.id));
  let room = MAX_MOUNTED - countMounted(tops, dealt);
  for (let depth = 0; depth < COMMENT_STEP && room > 0; depth += 1) {
    for (const top of fresh.filter((post) => post.comments.length > depth)) {
      if (room === 0) break;
      dealt.set(top.id, { from: 0, to: depth + 1 });
      room -= 1;
    }
  }
  return dealt;
}

/**
 * Show [from, to) of one response; others give room, those after it first. Where that is not enough, its own
 * comments at the end that is not `wanted` leave.
 */
export function widenSpan(
  tops: readonly Post[], spans: Spans, id: string, span: Span, wanted: "first" | "last" = "last",
): Spans {
  const widened = new Map(spans).set(id, span);
  const at = tops.findIndex((top) => top.id === id);
  const givers = [...tops.slice(at + 1).reverse(), ...tops.slice(0, Math.max(at, 0))];
  let excess = countMounted(tops, widened) - MAX_MOUNTED;
  for (const top of givers) {
    if (excess <= 0) break;
    const given = Math.min(excess, size(spanOf(widened, top)));
    const { from, to } = spanOf(widened, top);
    widened.set(top.id, { from, to: to - given });
    excess -= given;
  }
  if (excess > 0) widened.set(id, shorten(span, excess, wanted));
  return widened;
}

function shorten({ from, to }: Span, by: number, wanted: "first" | "last"): Span {
  return wanted === "last" ? { from: Math.min(from + by, to), to } : { from, to: Math.max(to - by, from) };
}

function size(span: Span): number {
  return span.to - span.from;
}
