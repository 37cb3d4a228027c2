/** The open thread: loading, paging, and what each action changes. The element draws what stands here. */
import { explain } from "../shared/errors.ts";
import { _ } from "../shared/i18n.ts";
import type { Toast } from "../shared/peer-toast.ts";
import type { App } from "./app.ts";
import { COMMENT_STEP, countMounted, dealSpans, MAX_MOUNTED, mostComments, spanOf, widenSpan, type Span, type Spans } from "./comment-spans.ts";
import {
  addComments, addPage, addResponse, dropPage, followedBy, nextOf, openModel, previousOf, replacePost, responsesOf,
  settleAccepted, withReaction, withThread, type ThreadModel,
} from "./thread-model.ts";
import type { CommentRange } from "./operations.ts";
import type { Order, Post, PostPage, ReactionCount, ThreadChange, Viewer, Written } from "./types.ts";

type End = "before" | "after";

/** What the data asks of the element that draws it. */
export interface ThreadHost {
  readonly app: App;
  requestUpdate(): void;
  /** Say what happened, beside the post `anchor`. */
  notify(anchor: string, toast: Toast): void;
  focusPost(id: string): Promise<void>;
}

export class ThreadData {
  status: "loading" | "ready" | "failed" = "loading";
  error: unknown = null;
  model: ThreadModel | null = null;
  viewer: Viewer | null = null;
  spans: Spans = new Map();
  /** All posts up to this number had come when the thread was loaded, or were shown since. */
  known = 0;
  /** The post that the followed link names. */
  target: string | null = null;
  /** The end at which a page is on its way, and why the last one did not come. */
  paging: End | null = null;
  pagingError: unknown = null;
  readonly #host: ThreadHost;
  /** What is on its way: a second click changes nothing. */
  readonly #pending = new Set<string>();
  #loading = new AbortController();

  constructor(host: ThreadHost) {
    this.#host = host;
  }

  stop(): void {
    this.#loading.abort();
  }

  /** Open a thread at its first page, or at the page that holds `post`. False when another load overtook it. */
  async open(thread: string, order: Order, post: string | null): Promise<boolean> {
    this.#loading.abort();
    this.#loading = new AbortController();
    const { signal } = this.#loading;
    this.status = this.model?.thread.id === thread ? this.status : "loading";
    this.#host.requestUpdate();
    try {
      const query = { thread, order, ...(post ? { post } : {}) };
      const page = await this.#host.app.operations.getThread(query, signal);
      this.#take(page, order);
    } catch (error) {
      if (signal.aborted) return false;
      this.error = error;
      this.status = "failed";
    }
    this.#host.requestUpdate();
    return this.status === "ready";
  }

  #take(page: PostPage, order: Order): void {
    const readBefore = this.model?.thread.id === page.thread.id ? this.model.readBefore : page.thread.read_number;
    this.model = { ...openModel(page, order), readBefore };
    this.viewer = page.viewer;
    this.known = page.thread.last_number;
    this.target = page.target;
    this.spans = dealSpans(this.roots, new Map());
    this.#showComment(page.target);
    this.status = "ready";
    this.#host.app.changed(page.thread);
  }

  /** The accepted answer and the responses, in the order in which they stand. */
  get tops(): readonly Post[] {
    if (!this.model) return [];
    return [...(this.model.accepted ? [this.model.accepted] : []), ...responsesOf(this.model)];
  }

  /** All that has comments: those, and the talks with the team alone. */
  get roots(): readonly Post[] {
    return [...this.tops, ...(this.model?.private ?? [])];
  }

  /** Fetch the page at one end; what is far away leaves the page. Returns the first post that came. */
  async turn(end: End): Promise<Post | null> {
    const { model } = this;
    const cursor = model && (end === "after" ? nextOf(model) : previousOf(model));
    if (!model || !cursor || this.paging) return null;
    const { signal } = this.#loading;
    this.paging = end;
    this.pagingError = null;
    this.#host.requestUpdate();
    try {
      const query = { thread: model.thread.id, order: model.order, cursor };
      const page = await this.#host.app.operations.getThread(query, signal);
      this.#mount(page, end);
      return page.responses[0] ?? null;
    } catch (error) {
      if (!signal.aborted) this.pagingError = error;
      return null;
    } finally {
      this.paging = null;
      this.#host.requestUpdate();
    }
  }

  #mount(page: PostPage, end: End): void {
    if (!this.model) return;
    let model = addPage(this.model, page, end);
    const far = end === "after" ? "before" : "after";
    while (model.pages.length > 1 && this.#isOverfull(model)) model = dropPage(model, far);
    this.model = model;
    this.spans = dealSpans(this.roots, this.spans);
  }

  #isOverfull(model: ThreadModel): boolean {
    const tops = [...(model.accepted ? [model.accepted] : []), ...responsesOf(model), ...model.private];
    return countMounted(tops, this.spans) > MAX_MOUNTED;
  }

  /** Show the next comments of a response, fetching them where they are not here yet. */
  async moreComments(response: Post): Promise<Post | null> {
    const span = spanOf(this.spans, response);
    const last = response.comments.at(-1);
    if (span.to >= response.comments.length) {
      try {
        await this.#fetchComments(response, { after: last?.ordinal ?? 0 });
      } catch (error) {
        return this.#failComments(response, error);
      }
    }
    return this.#widen(response.id, { from: span.from, to: span.to + COMMENT_STEP }, span.to);
  }

  /** Fetch what stands right before `next`, up to the comment before the gap; room is made above the gap, then at the end. */
  async fillGap(response: Post, next: Post): Promise<Post | null> {
    const at = response.comments.findIndex(({ id }) => id === next.id);
    const after = response.comments[at - 1]?.ordinal ?? 0;
    try {
      const came = await this.#fetchComments(response, { after, before: next.ordinal, limit: COMMENT_STEP });
      const { from, to } = spanOf(this.spans, response);
      const excess = to + came - mostComments(this.roots);
      return this.#widen(response.id, { from: Math.min(at, Math.max(from, excess)), to: to + came }, at, "first");
    } catch (error) {
      return this.#failComments(response, error);
    }
  }

  /** Take in what comes of a range; returns how many. */
  async #fetchComments(response: Post, range: CommentRange): Promise<number> {
    const { comments } = await this.#host.app.operations.listComments(response.id, range);
    this.#change((model) => addComments(model, response.id, comments));
    return comments.length;
  }

  #failComments(response: Post, error: unknown): null {
    this.#host.notify(response.id, { message: _("The comments did not load. {why}", { why: explain(error) }) });
    return null;
  }

  earlierComments(response: Post): Post | null {
    const { from } = spanOf(this.spans, response);
    const start = Math.max(from - COMMENT_STEP, 0);
    return this.#widen(response.id, { from: start, to: start + MAX_MOUNTED }, start, "first");
  }

  /** Mount the span and return the comment at `focus`. */
  #widen(id: string, { from, to }: Span, focus: number, wanted: "first" | "last" = "last"): Post | null {
    const top = this.roots.find((post) => post.id === id);
    if (!top) return null;
    this.spans = widenSpan(this.roots, this.spans, id, { from, to: Math.min(to, top.comments.length) }, wanted);
    this.#host.requestUpdate();
    return top.comments[focus] ?? null;
  }

  #showComment(id: string | null): void {
    const top = this.roots.find((post) => post.comments.some((comment) => comment.id === id));
    const at = top?.comments.findIndex((comment) => comment.id === id) ?? -1;
    if (!top || at < spanOf(this.spans, top).to) return;
    this.spans = widenSpan(this.roots, this.spans, top.id, { from: 0, to: top.comments.length });
  }

  #change(change: (model: ThreadModel) => ThreadModel): void {
    if (this.model) this.model = change(this.model);
    this.#host.requestUpdate();
  }

  /** Take in what a write answered. */
  take({ thread, post }: Written): void {
    this.#change((model) => withThread(replacePost(model, post), thread));
    this.#tellList();
  }

  takeResponse({ thread, post }: Written): void {
    this.#change((model) => followedBy(withThread(addResponse(model, post), thread), post));
    this.#tellList();
  }

  takeComment({ thread, post }: Written, response: Post): void {
    this.#change((model) => followedBy(withThread(addComments(model, response.id, [post]), thread), post));
    const top = this.roots.find((found) => found.id === response.id);
    if (top) this.#widen(top.id, { from: spanOf(this.spans, top).from, to: top.comments.length }, 0);
    this.#tellList();
  }

  takeThread(thread: ThreadChange): void {
    this.#change((model) => withThread(model, thread));
    this.#tellList();
  }

  #tellList(): void {
    if (this.model) this.#host.app.changed(this.model.thread);
  }

  /** Changes at once, rolls back when the server says no. */
  async vote(post: Post): Promise<void> {
    const pending = `vote ${post.id}`;
    if (!post.can.vote || this.#pending.has(pending)) return;
    const on = !post.has_voted;
    this.#pending.add(pending);
    this.#change((model) => replacePost(model, {
      ...this.#current(post), has_voted: on, vote_count: post.vote_count + (on ? 1 : -1),
    }));
    try {
      const { vote_count, has_voted } = await this.#host.app.operations.vote(post.id, on);
      this.#change((model) => replacePost(model, { ...this.#current(post), vote_count, has_voted }));
    } catch (error) {
      const { vote_count, has_voted } = post;
      this.#change((model) => replacePost(model, { ...this.#current(post), vote_count, has_voted }));
      this.#host.notify(post.id, { message: _("Your vote was not counted. {why}", { why: explain(error) }) });
    } finally {
      this.#pending.delete(pending);
    }
    this.#tellList();
  }

  /** Give a reaction, or take it back: at once, and undone when the server says no. offered: all, in their order. */
  async react(post: Post, code: string, offered: readonly string[]): Promise<void> {
    const pending = `${code} ${post.id}`;
    if (!post.can.react || this.#pending.has(pending)) return;
    const before = post.reactions.find((one) => one.code === code) ?? { code, count: 0, is_mine: false };
    const on = !before.is_mine;
    const show = (change: ReactionCount): void => this.#change((model) => {
      const current = this.#current(post);
      return replacePost(model, { ...current, reactions: withReaction(current.reactions, change, offered) });
    });
    this.#pending.add(pending);
    show({ code, count: before.count + (on ? 1 : -1), is_mine: on });
    try {
      show({ code, ...(await this.#host.app.operations.react(post.id, code, on)) });
    } catch (error) {
      show(before);
      this.#host.notify(post.id, { message: _("Your reaction was not counted. {why}", { why: explain(error) }) });
    } finally {
      this.#pending.delete(pending);
    }
  }

  takeFlags(post: Post, flag_count: number): void {
    this.#change((model) => replacePost(model, { ...this.#current(post), flag_count }));
  }

  /** Changes at once, rolls back when the server says no. */
  async save(post: Post): Promise<void> {
    const pending = `save ${post.id}`;
    if (this.#pending.has(pending)) return;
    const on = !post.is_saved;
    this.#pending.add(pending);
    const show = (is_saved: boolean): void => this.#change((model) => replacePost(model, { ...this.#current(post), is_saved }));
    show(on);
    try {
      await this.#host.app.operations.savePost(post.id, on);
      const message = on ? _("Saved. You find it under “Saved posts” above the list.") : _("No longer among what you saved.");
      this.#host.notify(post.id, { message, undo: () => void this.save({ ...post, is_saved: on }) });
    } catch (error) {
      show(!on);
      this.#host.notify(post.id, { message: _("Nothing was changed. {why}", { why: explain(error) }) });
    } finally {
      this.#pending.delete(pending);
    }
  }

  #current(post: Post): Post {
    const comments = this.roots.flatMap((top) => top.comments);
    const all = [...(this.model ? [this.model.opening] : []), ...this.roots, ...comments];
    return all.find((found) => found.id === post.id) ?? post;
  }

  async accept(post: Post): Promise<void> {
    const on = !post.is_accepted;
    await this.#write(post, () => this.#host.app.operations.acceptAnswer(post.id, on), (written) => {
      this.#change((model) => withThread(settleAccepted(model, written.post), written.thread));
      const message = on ? _("Accepted. It now stands first.") : _("No longer the accepted answer.");
      this.#host.notify(post.id, { message, undo: () => void this.accept(written.post) });
    });
  }

  async endorse(post: Post): Promise<void> {
    const on = !post.is_endorsed;
    await this.#write(post, () => this.#host.app.operations.endorse(post.id, on), (written) => this.take(written));
  }

  async pin(on: boolean): Promise<void> {
    const said = on ? _("Pinned. It leads the list.") : _("No longer pinned.");
    await this.#moderate((thread) => this.#host.app.operations.pinThread(thread, on), said, () => this.pin(!on));
  }

  async close(on: boolean): Promise<void> {
    const said = on ? _("Closed. Learners can read it, not write in it.") : _("Open again.");
    await this.#moderate((thread) => this.#host.app.operations.closeThread(thread, on), said, () => this.close(!on));
  }

  async #moderate(call: (thread: string) => Promise<Written>, message: string, undo: () => Promise<void>): Promise<void> {
    const { model } = this;
    if (!model) return;
    await this.#write(model.opening, () => call(model.thread.id), (written) => {
      this.take(written);
      this.#host.notify(written.post.id, { message, undo: () => void undo() });
    });
  }

  async remove(post: Post): Promise<void> {
    await this.#write(post, () => this.#host.app.operations.deletePost(post.id), (written) => {
      this.take(written);
      const stays = post.comment_count > 0 || post.depth === 0;
      const message = stays ? _("Removed. What others wrote below stays.") : _("Removed.");
      this.#host.notify(post.id, { message, undo: () => void this.restore(written.post) });
    });
  }

  async restore(post: Post): Promise<void> {
    await this.#write(post, () => this.#host.app.operations.restorePost(post.id), (written) => {
      this.take(written);
      this.#host.notify(post.id, { message: _("It is back.") });
    });
  }

  async #write(post: Post, call: () => Promise<Written>, done: (written: Written) => void): Promise<void> {
    try {
      const written = await call();
      done(written);
      this.#tellList();
      await this.#host.focusPost(post.id);
    } catch (error) {
      this.#host.notify(post.id, { message: _("Nothing was changed. {why}", { why: explain(error) }) });
    }
  }
}
