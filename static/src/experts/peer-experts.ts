import { html, type TemplateResult } from "lit";
import { _ } from "../shared/i18n.ts";
import { define } from "../shared/light-element.ts";
import { failure, notReady } from "../shared/notices.ts";
import { lazy } from "../shared/peer-lazy.ts";
import "../shared/peer-skeleton.ts";
import { RootElement, type BlockConfig } from "../shared/root-element.ts";
import type { App, Route } from "./app.ts";
import { NO_FILTERS } from "./filters.ts";
import { Operations } from "./operations.ts";
import "./peer-directory.ts";
import type { PeerDirectory } from "./peer-directory.ts";
import type { Directory, MyProfile, Request } from "./types.ts";

/** The people of a course who chose to be found: the directory, or the reader's own card. */
export class PeerExperts extends RootElement<BlockConfig, Route> implements App {
  static override properties = { directory: { state: true }, failed: { state: true }, news: { state: true } };
  directory: Directory | null = null;
  /** Why the directory did not load. */
  failed: unknown = null;
  /** What was just done with the own card. */
  news = "";
  operations!: Operations;
  protected readonly home: Route = { view: "people", filters: NO_FILTERS };
  #loading = new AbortController();

  protected begin(): null {
    this.operations = new Operations(this.api);
    void this.load();
    return null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#loading.abort();
  }

  async load(): Promise<void> {
    this.#loading.abort();
    this.#loading = new AbortController();
    const { signal } = this.#loading;
    this.failed = null;
    try {
      this.directory = await this.operations.open(signal);
    } catch (error) {
      if (!signal.aborted) this.failed = error;
    }
  }

  keepProfile(me: MyProfile): void {
    const before = this.directory;
    if (!before) return;
    const more = Number(me.is_listed) - Number(before.me.is_listed);
    this.directory = { ...before, me, count: before.count + more };
    this.news = me.is_listed ? _("Your card is saved, and others can find it.") : _("Your card is saved. Nobody else sees it.");
    void this.#people?.load();
  }

  keepRequest(request: Request): void {
    if (!this.directory) return;
    const others = this.directory.requests.filter(({ id }) => id !== request.id);
    this.directory = { ...this.directory, requests: [request, ...others] };
  }

  get #people(): PeerDirectory | null {
    return this.renderRoot.querySelector<PeerDirectory>("peer-directory");
  }

  protected override moved(from: Route): void {
    if (this.route.view === "card") this.news = "";
    else void this.#people?.returned(from.view === "card");
  }

  protected content(): TemplateResult {
    const { directory } = this;
    if (!directory) return this.failed === null ? this.#skeleton() : this.#failure();
    const app = this as App;
    const isCard = this.route.view === "card";
    return html`<peer-directory .app=${app} .directory=${directory} .news=${this.news} ?hidden=${isCard}></peer-directory>${isCard
      ? lazy(this.editorUrl, () => html`<peer-own-card .app=${app} .directory=${this.directory}></peer-own-card>`) : ""}`;
  }

  #skeleton(): TemplateResult {
    return html`<peer-skeleton .label=${_("Loading the directory")} .retry=${() => void this.load()}></peer-skeleton>`;
  }

  #failure(): TemplateResult {
    const retry = (): void => void this.load();
    return notReady(this.failed, this.level)
      ?? failure({ level: this.level, title: _("The directory did not load"), error: this.failed, retry });
  }
}

define("peer-experts", PeerExperts);
