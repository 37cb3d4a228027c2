/** The discussion's operations, typed; each is one call of the block's handler. */
import type { Api } from "../shared/api.ts";
import { tagsOf, type Draft } from "../shared/drafts.ts";
import type {
  Flags, NewPosts, Order, Post, PostPage, Sort, SpaceNews, Thread, ThreadNews, ThreadPage, Version, Written,
} from "./types.ts";

export interface ThreadQuery {
  readonly thread: string;
  readonly order: Order;
  readonly cursor?: string;
  readonly post?: string;
  readonly limit?: number;
}

export interface CommentRange {
  readonly after: number;
  readonly before?: number;
  readonly limit?: number;
}

export class Operations {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  listThreads(sort: Sort, cursor: string | null, signal: AbortSignal): Promise<ThreadPage> {
    return this.#api.call("list_threads", { sort, ...(cursor ? { cursor } : {}) }, { signal });
  }

  getThread(query: ThreadQuery, signal: AbortSignal): Promise<PostPage> {
    return this.#api.call("get_thread", query, { signal });
  }

  /** The thread of a post, for a link that knows only the post. */
  locate(post: string): Promise<{ thread: string; post: string }> {
    return this.#api.call("locate", { post });
  }

  /** Comments between two ordinals: the first ones, or with `before` the last ones. */
  listComments(post: string, range: CommentRange): Promise<{ comments: readonly Post[]; more: boolean }> {
    return this.#api.call("list_comments", { post, ...range });
  }

  watchSpace(since: number): Promise<SpaceNews> {
    return this.#api.call("watch_space", { since });
  }

  watchThread(thread: string, number: number): Promise<ThreadNews> {
    return this.#api.call("watch_thread", { thread, number });
  }

  listNewPosts(thread: string, number: number): Promise<NewPosts> {
    return this.#api.call("list_new_posts", { thread, number });
  }

  createThread(draft: Draft, key: string): Promise<{ thread: Thread; opening: Post }> {
    const { kind, title, body, anonymous } = draft;
    return this.#api.call("create_thread", { client_key: key, kind, title, body, anonymous, tags: tagsOf(draft) });
  }

  createResponse(thread: string, draft: Draft, key: string): Promise<Written> {
    const { body, anonymous } = draft;
    return this.#api.call("create_response", { client_key: key, thread, body, anonymous });
  }

  /** Under the thread, for the team alone. */
  createPrivate(thread: string, draft: Draft, key: string): Promise<Written> {
    const { body, anonymous } = draft;
    return this.#api.call("create_private", { client_key: key, thread, body, anonymous });
  }

  createComment(response: string, draft: Draft, key: string): Promise<Written> {
    const { body, anonymous } = draft;
    return this.#api.call("create_comment", { client_key: key, response, body, anonymous });
  }

  getSource(post: string): Promise<{ title: string | null; source: string; revision: number; tags: readonly string[] | null }> {
    return this.#api.call("get_source", { post });
  }

  /** `title` and `tags` only for an opening post. */
  editPost(post: Post, draft: Draft, revision: number): Promise<Written> {
    const line = post.depth === 0 ? { title: draft.title, ...(draft.tags === undefined ? {} : { tags: tagsOf(draft) }) } : {};
    return this.#api.call("edit_post", { post: post.id, revision, body: draft.body, ...line });
  }

  getHistory(post: string): Promise<{ versions: readonly Version[] }> {
    return this.#api.call("get_history", { post });
  }

  deletePost(post: string): Promise<Written> {
    return this.#api.call("delete_post", { post });
  }

  restorePost(post: string): Promise<Written> {
    return this.#api.call("restore_post", { post });
  }

  vote(post: string, on: boolean): Promise<{ vote_count: number; has_voted: boolean }> {
    return this.#api.call("vote", { post, on });
  }

  react(post: string, reaction: string, on: boolean): Promise<{ count: number; is_mine: boolean }> {
    return this.#api.call("react", { post, reaction, on });
  }

  getFlags(post: string): Promise<Flags> {
    return this.#api.call("get_flags", { post });
  }

  flagPost(post: string, reason: string, words: string): Promise<Flags> {
    return this.#api.call("flag_post", { post, reason, words });
  }

  withdrawFlag(post: string): Promise<Flags> {
    return this.#api.call("withdraw_flag", { post });
  }

  savePost(post: string, on: boolean): Promise<{ is_saved: boolean }> {
    return this.#api.call("save_post", { post, on });
  }

  acceptAnswer(post: string, on: boolean): Promise<Written> {
    return this.#api.call("accept_answer", { post, on });
  }

  endorse(post: string, on: boolean): Promise<Written> {
    return this.#api.call("endorse", { post, on });
  }

  pinThread(thread: string, on: boolean): Promise<Written> {
    return this.#api.call("pin_thread", { thread, on });
  }

  closeThread(thread: string, on: boolean): Promise<Written> {
    return this.#api.call("close_thread", { thread, on });
  }

  markRead(thread: string, number: number): Promise<{ read_number: number; new_count: number }> {
    return this.#api.call("mark_read", { thread, number }, { keepalive: true });
  }
}
