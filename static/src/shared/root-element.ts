import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { Api } from "./api.ts";
import { openDrafts } from "./draft-shelf.ts";
import { type Drafts, pageStorage } from "./drafts.ts";
import { _, loadCatalogue, setLanguage } from "./i18n.ts";
import { banner } from "./notices.ts";
import { adoptStyles } from "./styles.ts";

/** What a block's fragment hands to its element. */
export interface BlockConfig {
  readonly call_url: string;
  readonly css_urls: readonly string[];
  readonly catalogue_url: string;
  readonly katex_url: string;
  /** Address of each script that comes later, by its name. */
  readonly scripts: Readonly<Record<string, string>>;
  /** Whose drafts this device keeps; "" for nobody's. */
  readonly reader: string;
  readonly language: string;
  readonly heading_level: number;
}

/** What a block's inner elements find at its root, whatever the block. */
export interface RootHost {
  readonly api: Api;
  readonly drafts: Drafts;
  readonly katexUrl: string;
  /** The lazy script of everything that writes. */
  readonly editorUrl: string;
  /** Address of the lazy script `peer-<block>-<name>.js`. */
  scriptUrl(name: string): string;
  /** Whether its texts call people by name; the elements for it may be there on account of another block. */
  readonly callsPeople: boolean;
  /** Heading level of the block's title. */
  readonly level: number;
  /** Markdown as the server will show it. */
  preview(body: string): Promise<string>;
}

/**
 * The element of a block: one shadow root, into which all inner elements render. Nothing is painted before styles and
 * words are there. `Route` says where in the block the reader is; the page's history keeps it under the block's name.
 */
export abstract class RootElement<Config extends BlockConfig, Route> extends LitElement implements RootHost {
  static override properties: PropertyDeclarations = {
    config: { attribute: false }, ready: { state: true }, route: { state: true }, offline: { state: true },
  };
  config!: Config;
  ready = false;
  route!: Route;
  offline = !navigator.onLine;
  api!: Api;
  drafts!: Drafts;
  protected readonly storage = pageStorage();
  #listening = new AbortController();

  /** Where the block opens when neither a link nor the history knows better. */
  protected abstract readonly home: Route;

  /** Before the first paint: make what the elements call, and say where a followed link leads. */
  protected abstract begin(): Promise<Route | null> | Route | null;

  protected abstract content(): TemplateResult;

  /** After the route changed: put the focus where it belongs. */
  protected moved(_from: Route): void {
    // A block without places of its own has nothing to do.
  }

  get level(): number {
    return this.config.heading_level;
  }

  get callsPeople(): boolean {
    return this.localName === "peer-discussion";
  }

  get katexUrl(): string {
    return this.config.katex_url;
  }

  get editorUrl(): string {
    return this.scriptUrl("editor");
  }

  scriptUrl(name: string): string {
    return this.config.scripts[name] ?? "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    window.addEventListener("popstate", (event) => this.#return(event.state), { signal });
    window.addEventListener("online", () => (this.offline = false), { signal });
    window.addEventListener("offline", () => (this.offline = true), { signal });
    if (!this.ready) void this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening.abort();
  }

  async #start(): Promise<void> {
    const { config } = this;
    this.api = new Api(config.call_url);
    const root = this.renderRoot as ShadowRoot;
    const [messages, drafts] = await Promise.all([
      loadCatalogue(config.catalogue_url), openDrafts(config.call_url, config.reader), adoptStyles(root, config.css_urls),
    ]);
    this.drafts = drafts;
    setLanguage(config.language, messages);
    this.route = (await this.begin()) ?? this.#routeIn(history.state);
    this.ready = true;
  }

  async preview(body: string): Promise<string> {
    const { html: shown } = await this.api.call<{ html: string }>("preview", { body });
    return shown;
  }

  go(route: Route): void {
    history.pushState({ ...(history.state as object | null), [this.#historyKey]: route }, "");
    this.#move(route);
  }

  /** Remember `route` in the place of the one that is shown: no step back leads to what was before. */
  replace(route: Route): void {
    history.replaceState({ ...(history.state as object | null), [this.#historyKey]: route }, "");
    this.route = route;
  }

  #return(state: unknown): void {
    if (this.ready) this.#move(this.#routeIn(state));
  }

  #move(route: Route): void {
    const from = this.route;
    this.route = route;
    this.moved(from);
  }

  /** Each block of a page keeps its place under its own name in the page's history. */
  get #historyKey(): string {
    return `peer:${this.config.call_url}`;
  }

  #routeIn(state: unknown): Route {
    const routes = state as Readonly<Record<string, Route>> | null;
    return routes?.[this.#historyKey] ?? this.home;
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.ready) return nothing;
    return html`<div class="peer" lang=${this.config.language} @keydown=${this.onKey}>
      ${this.offline ? this.#offlineBanner() : nothing}${this.content()}</div>`;
  }

  protected onKey(_event: KeyboardEvent): void {
    // Single keys are a block's own matter.
  }

  #offlineBanner(): TemplateResult {
    return banner({
      tone: "warning", icon: "offline", what: _("You are offline."),
      meaning: _("Keep writing: your text is kept on this device. Post it when the connection is back."),
    });
  }
}
