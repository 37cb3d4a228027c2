import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { copyText } from "../shared/clipboard.ts";
import { heading } from "../shared/heading.ts";
import { _, ngettext } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { define, LightElement } from "../shared/light-element.ts";
import { banner, failure } from "../shared/notices.ts";
import { lazy, type PeerLazy } from "../shared/peer-lazy.ts";
import "../shared/peer-skeleton.ts";
import type { Toast } from "../shared/peer-toast.ts";
import { nameOf } from "../shared/people.ts";
import { quotation } from "../shared/quotation.ts";
import { reveal } from "../shared/reveal.ts";
import type { App, KeyHandler } from "./app.ts";
import { spanOf } from "./comment-spans.ts";
import "./peer-post.ts";
import { mayWritePrivately, talks } from "./peer-private.ts";
import type { PeerReply } from "./peer-reply.ts";
import type { Marks, PeerResponse } from "./peer-response.ts";
import { targetNote } from "./peer-response.ts";
import { ReadTracker } from "./read-tracker.ts";
import { selectBox } from "../shared/select-box.ts";
import { ThreadData, type ThreadHost } from "./thread-data.ts";
import { answersHidden, noResponse, stateBadge } from "./thread-heads.ts";
import { handleThreadKey } from "./thread-keys.ts";
import { newMarks, nextOf, previousOf, type NewMarks, type ThreadModel } from "./thread-model.ts";
import { audienceBadge, tagButton, titleOf } from "./thread-row.ts";
import type { ThreadView } from "./thread-view.ts";
import type { Order, Post, Thread, Viewer, Written } from "./types.ts";

const PAGE_SIZE = 20;

/** One thread: opening post, accepted answer, responses with comments, the composer of a response. */
export class PeerThread extends LightElement implements ThreadView, ThreadHost, KeyHandler {
  static override properties = {
    app: { attribute: false }, threadId: { attribute: false }, postId: { attribute: false },
    editing: { state: true }, commenting: { state: true }, toast: { state: true }, history: { state: true },
    reported: { state: true }, organised: { state: true },
  };
  app!: App;
  threadId = "";
  postId: string | null = null;
  editing: string | null = null;
  commenting: string | null = null;
  toast: Marks["toast"] = null;
  history: Post | null = null;
  reported: Post | null = null;
  organised: Post | null = null;
  readonly data = new ThreadData(this);
  #order: Order = "best";
  #tracker: ReadTracker | null = null;

  get thread(): Thread {
    return this.#model.thread;
  }

  get viewer(): Viewer {
    if (!this.data.viewer) throw new Error("the thread is not open yet");
    return this.data.viewer;
  }

  get mayRespond(): boolean {
    return this.viewer.can_write && this.#model.opening.can.comment;
  }

  get #model(): ThreadModel {
    if (!this.data.model) throw new Error("the thread is not open yet");
    return this.data.model;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.data.stop();
    this.#tracker?.stop();
    this.#tracker = null;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("threadId") || changed.has("postId")) void this.#open(this.postId);
  }

  async #open(post: string | null): Promise<void> {
    if (!(await this.data.open(this.threadId, this.#order, post))) return;
    this.#tracker?.stop();
    this.classList.remove("spent");
    const { id, read_number } = this.thread;
    this.#tracker = new ReadTracker(read_number, (number) => void this.#markRead(id, number));
    await this.#watch();
    if (this.data.model?.private.length && !this.viewer.is_preview) void this.#markRead(id, Math.max(read_number, 0));
    const { target } = this.data;
    if (target) await this.focusPost(target);
    else this.find("#thread-title")?.focus();
  }

  async #markRead(id: string, number: number): Promise<void> {
    try {
      const { read_number, new_count } = await this.app.operations.markRead(id, number);
      if (this.thread.id !== id) return;
      this.data.takeThread({ id, read_number, new_count });
    } catch {
      // What was read counts again at the next visit: nothing to tell the reader.
    }
  }

  protected override updated(): void {
    void this.#watch();
  }

  /** Wait until all posts stand, then watch which of them are seen. */
  async #watch(): Promise<void> {
    await this.#settled();
    this.#tracker?.watch(this.querySelectorAll("[data-number]"));
  }

  async #settled(): Promise<void> {
    await this.updateComplete;
    await Promise.all([...this.querySelectorAll<PeerResponse>("peer-response")].map((item) => item.updateComplete));
  }

  async focusPost(id: string): Promise<void> {
    await this.#settled();
    const article = this.find(`[data-post="${CSS.escape(id)}"]`);
    if (!article) return;
    article.focus({ preventScroll: true });
    reveal(article);
  }

  async jump(post: string): Promise<void> {
    await this.data.open(this.threadId, this.#order, post);
    this.data.target = null;
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    return html`<div class="stack thread" @click=${this.#spendTarget}>${this.#content()}</div>${this.history ? this.#versions(this.history) : nothing}${
      this.reported ? this.#reports(this.reported) : nothing}${this.organised ? this.#organising(this.organised) : nothing}`;
  }

  /** The ground under a linked post has done its work once the reader acts. */
  #spendTarget(): void {
    if (this.data.target) this.classList.add("spent");
  }

  #reports(post: Post): TemplateResult {
    return lazy(this.app.editorUrl, () => html`<peer-report .view=${this as ThreadView} .post=${post}
      @peer-close=${() => (this.reported = null)}></peer-report>`);
  }

  /** The editor's script has the dialog. */
  #organising(post: Post): TemplateResult {
    const close = (): void => void (this.organised = null);
    return lazy(this.app.editorUrl, () => lazy(this.app.scriptUrl("moderating"), () =>
      html`<peer-organise .view=${this as ThreadView} .post=${post} @peer-close=${close}></peer-organise>`, "quiet"), "quiet");
  }

  #versions(post: Post): TemplateResult {
    return lazy(this.app.editorUrl, () => html`<peer-history .app=${this.app} .post=${post}
      @peer-restored=${(event: CustomEvent<Written>) => this.#takeVersion(event.detail)}
      @peer-close=${() => (this.history = null)}></peer-history>`);
  }

  #takeVersion(written: Written): void {
    this.history = null;
    this.stopEditing(written.post, written);
    this.notify(written.post.id, { message: _("The earlier version is back.") });
  }

  #content(): TemplateResult {
    const { data } = this;
    const retry = (): void => void this.#open(this.postId);
    if (data.status === "failed") {
      return failure({ level: this.app.level, title: _("The thread did not load"), error: data.error, retry });
    }
    if (!data.model) return html`<peer-skeleton .label=${_("Loading the thread")} .retry=${retry}></peer-skeleton>`;
    const { model } = data;
    if (model.thread.answers_hidden) {
      return html`${this.#header(model)}${this.#opening(model)}${this.#talks(model)}${answersHidden(this.app.level)}${
        this.#writing(model)}${this.#private()}`;
    }
    return html`${this.#header(model)}${this.#opening(model)}${this.#talks(model)}${this.#responsesHead(model)}${
      this.#responses(model, newMarks(model))}${this.#live()}${this.#writing(model)}${this.#private()}`;
  }

  #header({ thread, opening }: ThreadModel): TemplateResult {
    const title = html`<span dir="auto">${titleOf(thread)}</span>`;
    return html`<div class="stack tight">
      ${heading(this.app.level, title, { style: "h-page", id: "thread-title", focusable: true })}
      <div class="cluster">${stateBadge(thread)}${audienceBadge(thread)}${thread.is_pinned
        ? html`<span class="badge">${icon("pin")} ${_("Pinned")}</span>` : nothing}
        ${thread.answer_first ? html`<span class="badge">${icon("eye")} ${_("Answer first")}</span>` : nothing}
        ${thread.tags.map(tagButton)}${thread.answers_hidden ? nothing
          : html`<span class="muted small">${ngettext("{n} post", "{n} posts", thread.post_count + 1)}</span>`}
        ${this.data.viewer?.is_preview ? nothing
          : lazy(this.app.scriptUrl("notices"), () => html`<peer-follow .app=${this.app} .thread=${thread}></peer-follow>`, "quiet",
            () => html`<button class="btn s" type="button" aria-disabled="true">${icon("bell")} ${
              thread.follows ? _("Following this thread") : _("Follow this thread")}</button>`)}</div>
      ${opening.deleted ? banner({ tone: "info", what: _("This thread was removed."), meaning: _("What others wrote in it stays.") }) : nothing}
    </div>`;
  }

  #opening({ opening, thread }: ThreadModel): TemplateResult {
    const isTarget = this.data.target === opening.id;
    const toast = this.toast?.anchor === opening.id ? this.toast.toast : null;
    return html`<article class="opening ${isTarget ? "is-target" : ""}" tabindex="-1" data-post=${opening.id}
      data-number=${opening.number} aria-labelledby="head-${opening.id}" data-kind=${thread.kind}>${
      isTarget ? targetNote() : nothing}<peer-post .view=${this} .post=${opening} .toast=${toast}
      .editing=${this.editing === opening.id} .answerable=${this.mayRespond}></peer-post></article>`;
  }

  #responsesHead({ thread }: ThreadModel): TemplateResult {
    const n = thread.response_count;
    const title = n === 0 ? noResponse(thread) : ngettext("{n} response", "{n} responses", n);
    const choices: [Order, string][] = [["best", _("Best first")], ["oldest", _("Oldest first")], ["newest", _("Newest first")]];
    const choose = (order: Order): void => {
      this.#order = order;
      void this.#reorder();
    };
    return html`<div class="cluster section-head">
      ${heading(this.app.level + 1, title, { style: "h-section", id: "responses-title" })}${n > 1
        ? selectBox({ label: _("Order of responses"), value: this.#order, choices, choose, style: "push" }) : nothing}</div>`;
  }

  async #reorder(): Promise<void> {
    await this.data.open(this.threadId, this.#order, null);
    await this.focusOn(".section-head select");
  }

  #marks({ isMarked }: NewMarks): Marks {
    return { editing: this.editing, target: this.data.target, toast: this.toast, isNew: isMarked };
  }

  #talks(model: ThreadModel): unknown {
    return talks(this, this.#marks(newMarks(model)), this.commenting);
  }

  #private(): unknown {
    return mayWritePrivately(this) ? html`<peer-private .view=${this as ThreadView}></peer-private>` : nothing;
  }

  #responses(model: ThreadModel, news: NewMarks): unknown {
    const marks = this.#marks(news);
    const tops = this.data.tops;
    const offset = previousOf(model) === null ? 1 : null;
    if (tops.length === 0) return nothing;
    return html`${this.#turn("before", previousOf(model))}
      <section class="responses" role="feed" aria-labelledby="responses-title" aria-busy=${this.data.paging !== null}>
      ${tops.map((post, at) => html`<peer-response .view=${this} .post=${post} .span=${spanOf(this.data.spans, post)}
        .marks=${marks} .commenting=${this.commenting === post.id} .line=${news.line === post.id}
        .position=${offset === null ? null : [at + offset, Math.max(model.thread.response_count, tops.length)]}></peer-response>`)}
      </section>${this.#turn("after", nextOf(model))}`;
  }

  #turn(end: "before" | "after", cursor: string | null): unknown {
    if (!cursor) return nothing;
    const shown = this.data.tops.length;
    const total = this.#model.thread.response_count;
    const n = Math.max(Math.min(total - shown, PAGE_SIZE), 1);
    const text = end === "after" ? _("Show {n} later", { n }) : _("Show {n} earlier", { n });
    return html`<div class="pager"><span>${ngettext("{n} of {total} responses here", "{n} of {total} responses here", shown, { total })}</span>
      <span class="actions">${end === "before" ? html`<button class="btn s" type="button"
        @click=${() => void this.#open(null)}>${_("First")}</button>` : nothing}<button class="btn s" type="button"
        aria-busy=${this.data.paging === end || nothing} @click=${() => void this.#page(end)}>${text}</button></span></div>${
      this.data.pagingError && this.data.paging === null && end === "after"
        ? banner({ tone: "danger", what: _("The responses did not load."), meaning: _("Those that you see are unchanged.") }) : nothing}`;
  }

  async #page(end: "before" | "after"): Promise<void> {
    const first = await this.data.turn(end);
    if (first) await this.focusPost(first.id);
  }

  #writing({ thread, opening }: ThreadModel): unknown {
    const { viewer } = this;
    if (opening.deleted) return nothing;
    if (viewer.is_preview) {
      return banner({ tone: "info", what: _("This is a preview."), meaning: _("Learners write here; a preview keeps nothing.") });
    }
    if (thread.state === "closed" && !this.mayRespond) {
      return banner({ tone: "info", icon: "lock", what: _("This thread is closed."), meaning: _("It can be read; nobody can respond any more.") });
    }
    if (!this.mayRespond) {
      return banner({ tone: "info", what: _("You can read here, not write."), meaning: _("Those who are enrolled in the course can write.") });
    }
    return html`${thread.state === "closed" ? banner({
      tone: "info", icon: "lock", what: _("This thread is closed."), meaning: _("You can still write in it; learners cannot."),
    }) : nothing}${lazy(this.app.editorUrl, () => html`<peer-reply class="respond" .view=${this as ThreadView}
      @peer-sent=${this.#onResponse}></peer-reply>`)}`;
  }

  #live(): unknown {
    if (this.viewer.is_preview) return nothing;
    return lazy(this.app.editorUrl, () => html`<peer-live-thread .view=${this as ThreadView}></peer-live-thread>`, "quiet");
  }

  async #write(words = ""): Promise<void> {
    await this.find<PeerLazy>(".thread > peer-lazy:not(.quiet)")?.load();
    await this.find<PeerReply>(".respond")?.write(words);
  }

  #onResponse = (event: CustomEvent<Written>): void => {
    if (this.thread.answers_hidden) {
      void this.#reveal(event.detail.post);
      return;
    }
    this.data.takeResponse(event.detail);
    this.notify(event.detail.post.id, { message: _("Your response is posted.") });
    void this.focusPost(event.detail.post.id);
  };

  /** One's own answer is there: now come those of the others. */
  async #reveal(mine: Post): Promise<void> {
    if (!(await this.data.open(this.threadId, this.#order, null))) return;
    const isHere = this.data.tops.some(({ id }) => id === mine.id);
    const message = _("Your response is posted. Here is what the others answered.");
    this.notify(isHere ? mine.id : this.thread.id, { message });
    if (isHere) await this.focusPost(mine.id);
    else await this.focusOn("#responses-title");
  }

  notify(anchor: string, toast: Toast): void {
    this.toast = { anchor, toast };
  }

  clearToast(): void {
    this.toast = null;
  }

  edit(post: Post): void {
    this.editing = post.id;
  }

  stopEditing(post: Post, written?: Written): void {
    this.editing = null;
    if (written) this.data.take(written);
    void this.focusPost(post.id);
  }

  comment(response: string, quoted?: Post): void {
    this.commenting = response;
    void this.#openComment(response, quoted);
  }

  async #openComment(response: string, quoted: Post | undefined): Promise<void> {
    await this.updateComplete;
    const item = [...this.querySelectorAll<PeerResponse>("peer-response")].find(({ post }) => post.id === response);
    await item?.write(quoted ? quotation(nameOf(quoted.author), this.#wordsOf(quoted)) : "");
  }

  stopCommenting(response: Post, written?: Written): void {
    this.commenting = null;
    if (written) this.data.takeComment(written, response);
    void this.focusPost(written?.post.id ?? response.id);
  }

  respond(): void {
    void this.#write();
  }

  quote(post: Post): void {
    const words = quotation(nameOf(post.author), this.#wordsOf(post));
    if (post.depth === 0) void this.#write(words);
    else this.comment(post.depth === 1 ? post.id : (post.parent ?? ""), post);
  }

  /** What is selected inside the post, or its first paragraph. */
  #wordsOf(post: Post): string {
    const text = this.find(`#post-${post.id} > .prose`);
    const root = this.getRootNode() as ShadowRoot & { getSelection?: () => Selection | null };
    const selection = root.getSelection ? root.getSelection() : document.getSelection();
    const selected = selection && text?.contains(selection.anchorNode) ? selection.toString().trim() : "";
    return selected || text?.querySelector(":scope > p")?.textContent?.trim() || text?.textContent?.trim() || "";
  }

  removePost(post: Post): void {
    void this.data.remove(post);
  }

  copyLink(post: Post): void {
    const url = new URL(post.url, document.baseURI).href;
    void copyText(url).then((isCopied) =>
      this.notify(post.id, { message: isCopied ? _("Link copied.") : _("Copy this link: {url}", { url }) }));
  }

  showHistory(post: Post): void {
    this.history = post;
  }

  report(post: Post): void {
    this.reported = post;
  }

  organise(post: Post): void {
    this.organised = post;
  }

  handleKey(key: string): boolean {
    return handleThreadKey(key, this, this);
  }
}

define("peer-thread", PeerThread);
