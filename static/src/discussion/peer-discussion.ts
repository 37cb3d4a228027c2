import { html, LitElement, nothing, type TemplateResult } from "lit";
import { Api } from "../shared/api.ts";
import { Drafts, pageStorage } from "../shared/drafts.ts";
import { explain } from "../shared/errors.ts";
import { _, loadCatalogue, setLanguage } from "../shared/i18n.ts";
import { define } from "../shared/light-element.ts";
import { banner } from "../shared/notices.ts";
import { lazy } from "../shared/peer-lazy.ts";
import { singleKey, singleKeysOn, switchSingleKeys } from "../shared/shortcuts.ts";
import { adoptStyles } from "../shared/styles.ts";
import type { App, KeyHandler } from "./app.ts";
import { Operations } from "./operations.ts";
import type { PeerThreadList } from "./peer-thread-list.ts";
import "./peer-thread-list.ts";
import "./peer-thread.ts";
import type { Config, Space, Thread, Viewer } from "./types.ts";

interface Route {
  readonly thread: string | null;
  readonly post: string | null;
}

/** A block's discussion: the list, or one thread; everything renders into this one shadow root. */
export class PeerDiscussion extends LitElement implements App {
  static override properties = {
    config: { attribute: false }, ready: { state: true }, route: { state: true },
    offline: { state: true }, lost: { state: true }, helping: { state: true }, singleKeys: { state: true },
  };
  config!: Config;
  ready = false;
  route: Route = { thread: null, post: null };
  offline = !navigator.onLine;
  /** Why the link that was followed leads nowhere. */
  lost = "";
  helping = false;
  singleKeys = true;
  operations!: Operations;
  drafts!: Drafts;
  space: Space | null = null;
  #storage = pageStorage();
  #listening = new AbortController();

  get level(): number {
    return this.config.heading_level;
  }

  get katexUrl(): string {
    return this.config.katex_url;
  }

  get editorUrl(): string {
    return this.config.editor_url;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    window.addEventListener("popstate", (event) => this.#onHistory(event.state), { signal });
    window.addEventListener("online", () => (this.offline = false), { signal });
    window.addEventListener("offline", () => (this.offline = true), { signal });
    if (!this.ready) void this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening.abort();
  }

  /** Nothing is painted before styles and words are there. */
  async #start(): Promise<void> {
    const { config } = this;
    this.operations = new Operations(new Api(config.call_url));
    this.drafts = new Drafts(config.call_url, this.#storage, Date.now());
    this.singleKeys = singleKeysOn(this.#storage);
    const root = this.renderRoot as ShadowRoot;
    const [messages] = await Promise.all([loadCatalogue(config.catalogue_url), adoptStyles(root, config.css_urls)]);
    setLanguage(config.language, messages);
    this.route = (await this.#linked()) ?? this.#routeIn(history.state);
    this.ready = true;
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
      return null;
    }
  }

  preview(body: string): Promise<string> {
    return this.operations.preview(body);
  }

  meet(viewer: Viewer, space?: Space): void {
    this.space = space ?? this.space;
    this.drafts = new Drafts(`${this.config.call_url}:${viewer.name}`, this.#storage, Date.now());
  }

  open(thread: string, post: string | null = null): void {
    this.#go({ thread, post });
  }

  back(): void {
    const left = this.route.thread;
    this.#go({ thread: null, post: null });
    void this.#focusRow(left);
  }

  showShortcuts(): void {
    this.helping = true;
  }

  changed(thread: Thread): void {
    this.#list?.changeRow(thread);
  }

  async #focusRow(thread: string | null): Promise<void> {
    await this.updateComplete;
    if (thread) await this.#list?.focusRow(thread);
  }

  get #list(): PeerThreadList | null {
    return this.renderRoot.querySelector<PeerThreadList>("peer-thread-list");
  }

  get #view(): KeyHandler | null {
    return this.renderRoot.querySelector<HTMLElement & KeyHandler>(this.route.thread ? "peer-thread" : "peer-thread-list");
  }

  /** Each block of a page keeps its place under its own name in the page's history. */
  get #historyKey(): string {
    return `peer:${this.config.call_url}`;
  }

  #go(route: Route): void {
    this.route = route;
    history.pushState({ ...(history.state as object | null), [this.#historyKey]: route }, "");
  }

  #onHistory(state: unknown): void {
    const left = this.route.thread;
    this.route = this.#routeIn(state);
    if (left && !this.route.thread) void this.#focusRow(left);
  }

  #routeIn(state: unknown): Route {
    const routes = state as Readonly<Record<string, Route>> | null;
    return routes?.[this.#historyKey] ?? { thread: null, post: null };
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.ready) return nothing;
    const { thread, post } = this.route;
    return html`<div class="peer" lang=${this.config.language} @keydown=${this.#onKey}>
      ${this.offline ? this.#offlineBanner() : nothing}
      ${this.lost && thread === null
        ? banner({ tone: "warning", what: _("The link that you followed leads nowhere."), meaning: this.lost }) : nothing}
      <peer-thread-list .app=${this as App} ?hidden=${thread !== null}></peer-thread-list>
      ${thread === null ? nothing : html`<peer-thread .app=${this as App} .threadId=${thread} .postId=${post}></peer-thread>`}
      ${this.helping ? this.#help() : nothing}
    </div>`;
  }

  #offlineBanner(): TemplateResult {
    return banner({
      tone: "warning", icon: "offline", what: _("You are offline."),
      meaning: _("Keep writing: your text is kept on this device. Post it when the connection is back."),
    });
  }

  #help(): TemplateResult {
    return lazy(this.editorUrl, () => html`<peer-shortcuts .level=${this.level + 1} .on=${this.singleKeys}
      @peer-switch=${() => this.#switchKeys()} @peer-close=${() => (this.helping = false)}></peer-shortcuts>`);
  }

  #switchKeys(): void {
    this.singleKeys = !this.singleKeys;
    switchSingleKeys(this.#storage, this.singleKeys);
  }

  #onKey(event: KeyboardEvent): void {
    const key = singleKey(event);
    if (!key || (key.length === 1 && !this.singleKeys)) return;
    if (key === "?") this.helping = true;
    else if (!this.#view?.handleKey(key)) return;
    event.preventDefault();
  }
}

define("peer-discussion", PeerDiscussion);
