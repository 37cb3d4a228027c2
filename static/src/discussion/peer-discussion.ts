import { html, nothing, type TemplateResult } from "lit";
import { explain, movedTo } from "../shared/errors.ts";
import { _ } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { define } from "../shared/light-element.ts";
import { banner, wayOn } from "../shared/notices.ts";
import { lazy } from "../shared/peer-lazy.ts";
import "../shared/peer-skeleton.ts";
import { RootElement } from "../shared/root-element.ts";
import { loadScript } from "../shared/script.ts";
import { singleKey, singleKeysOn, switchSingleKeys } from "../shared/shortcuts.ts";
import type { App, KeyHandler } from "./app.ts";
import { Operations } from "./operations.ts";
import type { PeerThreadList } from "./peer-thread-list.ts";
import "./peer-thread-list.ts";
import type { Config, Space, Thread } from "./types.ts";

/** An idle page fetches what an open thread needs; a busy one by then. */
const THREAD_AFTER_MS = 3_000;

interface Route {
  readonly thread: string | null;
  readonly post: string | null;
}

/** A block's discussion: the list, or one thread. */
export class PeerDiscussion extends RootElement<Config, Route> implements App {
  static override properties = {
    lost: { state: true }, helping: { state: true }, singleKeys: { state: true },
  };
  /** Why the link that was followed leads nowhere. */
  lost = "";
  /** Where what it names is found now, "" where it is nowhere. */
  found = "";
  helping = false;
  singleKeys = true;
  operations!: Operations;
  space: Space | null = null;
  protected readonly home: Route = { thread: null, post: null };

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.config.thread || this.config.post) this.#fetchThread();
  }

  protected async begin(): Promise<Route | null> {
    this.operations = new Operations(this.api);
    this.singleKeys = singleKeysOn(this.storage);
    return this.#linked();
  }

  /** Where the link that was followed leads; null without one, or when its post is not here (any more). */
  async #linked(): Promise<Route | null> {
    const { thread, post } = this.config;
    if (thread) return { thread, post };
    if (!post) return null;
    try {
      return await this.operations.locate(post);
    } catch (error) {
      this.lost = explain(error);
      this.found = movedTo(error);
      return null;
    }
  }

  meet(space: Space): void {
    if (!this.space) whenIdle(() => this.#fetchThread());
    this.space = space;
  }

  /** Ahead of its use: where it does not come now, it is asked for again when a thread is opened. */
  #fetchThread = (): void => {
    void loadScript(this.scriptUrl("thread")).catch(() => undefined);
  };

  open(thread: string, post: string | null = null): void {
    this.go({ thread, post });
  }

  back(): void {
    this.go(this.home);
  }

  showShortcuts(): void {
    this.helping = true;
  }

  changed(thread: Thread): void {
    this.#list?.changeRow(thread);
  }

  /** Back in the list, the focus is on the thread that was left. */
  protected override moved(from: Route): void {
    if (from.thread && !this.route.thread) void this.#focusRow(from.thread);
  }

  async #focusRow(thread: string): Promise<void> {
    await this.updateComplete;
    await this.#list?.focusRow(thread);
  }

  get #list(): PeerThreadList | null {
    return this.renderRoot.querySelector<PeerThreadList>("peer-thread-list");
  }

  get #view(): KeyHandler | null {
    return this.renderRoot.querySelector<HTMLElement & KeyHandler>(this.route.thread ? "peer-thread" : "peer-thread-list");
  }

  protected content(): TemplateResult {
    const { thread, post } = this.route;
    return html`${this.lost && thread === null ? this.#lost() : nothing}
      <peer-thread-list .app=${this as App} ?hidden=${thread !== null} @pointerover=${this.#fetchThread}></peer-thread-list>
      ${thread === null ? nothing : this.#thread(thread, post)}
      ${this.helping ? this.#help() : nothing}`;
  }

  #lost(): TemplateResult {
    const way = wayOn(this.found);
    if (way) return banner({ tone: "info", what: this.lost, action: way });
    return banner({ tone: "warning", what: _("The link that you followed leads nowhere."), meaning: this.lost });
  }

  #thread(thread: string, post: string | null): TemplateResult {
    return html`<div class="stack" @peer-tag=${this.#findTag}><nav aria-label=${_("Thread")}><button class="btn quiet s outdent" type="button"
      @click=${() => this.back()}>${icon("back", "flip")} ${_("All threads of this unit")}</button></nav>${
      lazy(this.scriptUrl("thread"), () => html`<peer-thread .app=${this as App} .threadId=${thread} .postId=${post}></peer-thread>`,
        "", () => html`<peer-skeleton .label=${_("Loading the thread")}></peer-skeleton>`)}</div>`;
  }

  /** From a thread's own tags: the list has the search. */
  #findTag = async (event: CustomEvent<string>): Promise<void> => {
    this.back();
    await this.updateComplete;
    await this.#list?.findTag(event.detail);
  };

  #help(): TemplateResult {
    return lazy(this.editorUrl, () => html`<peer-shortcuts .level=${this.level + 1} .on=${this.singleKeys}
      @peer-switch=${() => this.#switchKeys()} @peer-close=${() => (this.helping = false)}></peer-shortcuts>`);
  }

  #switchKeys(): void {
    this.singleKeys = !this.singleKeys;
    switchSingleKeys(this.storage, this.singleKeys);
  }

  protected override onKey(event: KeyboardEvent): void {
    const key = singleKey(event);
    if (!key || (key.length === 1 && !this.singleKeys)) return;
    if (key === "?") this.helping = true;
    else if (this.route.thread && (key === "u" || key === "Escape")) this.back();
    else if (!this.#view?.handleKey(key)) return;
    event.preventDefault();
  }
}

function whenIdle(act: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(act, { timeout: THREAD_AFTER_MS });
  else setTimeout(act, THREAD_AFTER_MS);
}

define("peer-discussion", PeerDiscussion);
