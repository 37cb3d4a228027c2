/** An open thread as plain data, and what each event makes of it. Nothing here talks to a server or a page. */
import type { Order, Post, PostPage, ReactionCount, Thread, ThreadChange } from "./types.ts";

interface Page {
  readonly responses: readonly Post[];
  readonly previous: string | null;
  readonly next: string | null;
}

export interface ThreadModel {
  readonly thread: Thread;
  readonly order: Order;
  /** Highest number read before this visit: what is above it is new. */
  readonly readBefore: number;
  readonly opening: Post;
  readonly accepted: Post | null;
  readonly pages: readonly Page[];
  /** Talks with the team alone: their first posts. */
  readonly private: readonly Post[];
}

export function openModel(page: PostPage, order: Order): ThreadModel {
  const { thread, opening, accepted, responses, previous, next } = page;
  const pages = [{ responses, previous, next }];
  return { thread, order, readBefore: thread.read_number, opening, accepted, pages, private: page.private };
}

export function responsesOf(model: ThreadModel): readonly Post[] {
  return model.pages.flatMap((page) => page.responses);
}

export function previousOf(model: ThreadModel): string | null {
  return model.pages[0]?.previous ?? null;
}

export function nextOf(model: ThreadModel): string | null {
  return model.pages.at(-1)?.next ?? null;
}

/** Add a page at either end; a response that is already mounted stays once. */
export function addPage(model: ThreadModel, page: PostPage, end: "before" | "after"): ThreadModel {
  const known = new Set(responsesOf(model).map((post) => post.id));
  const responses = page.responses.filter((post) => !known.has(post.id));
  const added = { responses, previous: page.previous, next: page.next };
  const pages = end === "after" ? [...model.pages, added] : [added, ...model.pages];
  return { ...model, pages };
}

/** Drop the page farthest from where the reader is. Its neighbour's cursor leads back to it. */
export function dropPage(model: ThreadModel, end: "before" | "after"): ThreadModel {
  return { ...model, pages: end === "before" ? model.pages.slice(1) : model.pages.slice(0, -1) };
}

export function findPost(model: ThreadModel, id: string): Post | undefined {
  const tops = [model.opening, ...(model.accepted ? [model.accepted] : []), ...responsesOf(model), ...model.private];
  for (const top of tops) {
    const found = top.id === id ? top : top.comments.find((comment) => comment.id === id);
    if (found) return found;
  }
  return undefined;
}

/** Put a changed post in its place; the comments that are already here stay. */
export function replacePost(model: ThreadModel, post: Post): ThreadModel {
  return mapTops(model, (top) => {
    if (top.id === post.id) return { ...post, comments: top.comments };
    if (top.id !== post.parent) return top;
    return { ...top, comments: top.comments.map((comment) => (comment.id === post.id ? post : comment)) };
  });
}

/** Bring the thread's line up to what a write answered. */
export function withThread(model: ThreadModel, change: ThreadChange): ThreadModel {
  const thread = { ...model.thread, ...change };
  return { ...model, thread: { ...thread, is_unread: thread.read_number < thread.last_number } };
}

/** Who has chosen nothing follows where they wrote, but for what only the team reads. */
export function followedBy(model: ThreadModel, post: Post): ThreadModel {
  return post.is_own && !isPrivate(post) && model.thread.follows === null ? withThread(model, { id: model.thread.id, follows: true }) : model;
}

/** The reactions with one of them changed, in the order in which they are offered; one that nobody gives is none. */
export function withReaction(
  reactions: readonly ReactionCount[], change: ReactionCount, offered: readonly string[],
): readonly ReactionCount[] {
  const others = reactions.filter(({ code }) => code !== change.code);
  const all = change.count > 0 ? [...others, change] : others;
  return all.sort((one, other) => offered.indexOf(one.code) - offered.indexOf(other.code));
}

/** Whether a post is for the team and whoever talks with it. */
export function isPrivate({ audience }: Post): boolean {
  return audience.kind === "staff";
}

export function addResponse(model: ThreadModel, post: Post): ThreadModel {
  if (findPost(model, post.id)) return replacePost(model, post);
  if (isPrivate(post)) return { ...model, private: [...model.private, post] };
  return mapLastPage(model, (responses) => [...responses, post]);
}

/** Comments at their places under their response; those already here stay once. */
export function addComments(model: ThreadModel, response: string, comments: readonly Post[]): ThreadModel {
  return mapTops(model, (top) => {
    if (top.id !== response) return top;
    const known = new Set(top.comments.map((comment) => comment.id));
    const fresh = comments.filter((comment) => !known.has(comment.id));
    const all = [...top.comments, ...fresh].sort((one, other) => one.ordinal - other.ordinal);
    const total = Math.max(top.comment_total, all.at(-1)?.ordinal ?? 0);
    return { ...top, comments: all, comment_total: total, comment_count: top.comment_count + total - top.comment_total };
  });
}

/** Move the accepted answer to the top, and one that no longer is back among the responses. */
export function settleAccepted(model: ThreadModel, post: Post): ThreadModel {
  const changed = replacePost(model, post);
  const former = changed.accepted;
  if (post.is_accepted) {
    if (former?.id === post.id) return changed;
    const accepted = responsesOf(changed).find((response) => response.id === post.id) ?? post;
    const rest = without(changed, post.id);
    return { ...(former ? putFirst(rest, { ...former, is_accepted: false, accepted_by: null }) : rest), accepted };
  }
  return former?.id === post.id ? putFirst({ ...changed, accepted: null }, former) : changed;
}

export interface NewMarks {
  /** The response above which the line stands; null where no line would be true. */
  readonly line: string | null;
  /** Which posts say so themselves. */
  readonly isMarked: (post: Post) => boolean;
}

/** A line before the new responses where they all come last, else a mark on each. Nothing on a first visit. */
export function newMarks(model: ThreadModel): NewMarks {
  const isNew = (post: Post): boolean => model.readBefore >= 0 && post.number > model.readBefore && !post.is_own;
  const responses = responsesOf(model);
  const first = responses.findIndex(isNew);
  const isTail = first >= 0 && responses.slice(first).every((post) => isNew(post) || post.is_own);
  const hasLine = isTail && (first > 0 || previousOf(model) === null);
  const isMarked = (post: Post): boolean => isNew(post) && !isPrivate(post) && !(isTail && post.depth === 1);
  return { line: hasLine ? (responses[first]?.id ?? null) : null, isMarked };
}

function mapTops(model: ThreadModel, change: (post: Post) => Post): ThreadModel {
  return {
    ...model,
    opening: change(model.opening),
    accepted: model.accepted && change(model.accepted),
    pages: model.pages.map((page) => ({ ...page, responses: page.responses.map(change) })),
    private: model.private.map(change),
  };
}

function mapLastPage(model: ThreadModel, change: (responses: readonly Post[]) => readonly Post[]): ThreadModel {
  const last = model.pages.length - 1;
  const pages = model.pages.map((page, at) => (at === last ? { ...page, responses: change(page.responses) } : page));
  return { ...model, pages };
}

function without(model: ThreadModel, id: string): ThreadModel {
  const pages = model.pages.map((page) => ({ ...page, responses: page.responses.filter((post) => post.id !== id) }));
  return { ...model, pages };
}

function putFirst(model: ThreadModel, post: Post): ThreadModel {
  const pages = model.pages.map((page, at) => (at === 0 ? { ...page, responses: [post, ...page.responses] } : page));
  return { ...model, pages };
}
