/** A list that comes in pages, whatever its rows are: loading, failing, more, its place in words. */
import { html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { _ } from "../../shared/i18n.ts";
import { LightElement } from "../../shared/light-element.ts";
import { banner, failure } from "../../shared/notices.ts";
import "../../shared/peer-skeleton.ts";
import type { App } from "../app.ts";

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

type Status = "loading" | "ready" | "failed";

export abstract class PagedList<Item> extends LightElement {
  static override properties: PropertyDeclarations = {
    app: { attribute: false }, items: { state: true }, status: { state: true }, busy: { state: true }, moreFailed: { state: true },
  };
  app!: App;
  items: readonly Item[] = [];
  status: Status = "loading";
  /** Further rows on their way. */
  busy = false;
  moreFailed = false;
  #next: string | null = null;
  #error: unknown = null;
  #loading = new AbortController();
  #isSeen = true;
  readonly #seen = new ResizeObserver(() => this.#onSize());

  protected abstract idOf(item: Item): string;

  protected abstract fetch(cursor: string | null, signal: AbortSignal): Promise<Page<Item>>;

  protected abstract row(item: Item): TemplateResult;

  protected abstract empty(): TemplateResult;

  protected abstract counted(n: number): string;

  protected abstract get label(): string;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#seen.observe(this);
    void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#seen.disconnect();
    this.#loading.abort();
  }

  /** Back from a thread: what was read, saved or taken off there shows here. */
  #onSize(): void {
    const wasSeen = this.#isSeen;
    this.#isSeen = this.offsetWidth > 0;
    if (this.#isSeen && !wasSeen && this.status === "ready") void this.#refresh();
  }

  /** The first page anew, under the reader's eyes: nothing is taken away before it is there. */
  async #refresh(): Promise<void> {
    const { signal } = this.#loading;
    try {
      const page = await this.fetch(null, signal);
      const fresh = new Map(page.items.map((item) => [this.idOf(item), item]));
      const isWhole = page.next === null;
      const kept = this.items.filter((item) => !isWhole || fresh.has(this.idOf(item)));
      const known = new Set(kept.map((item) => this.idOf(item)));
      const more = page.items.filter((item) => !known.has(this.idOf(item)));
      this.items = [...more, ...kept.map((item) => fresh.get(this.idOf(item)) ?? item)];
      if (isWhole) this.#next = null;
    } catch {
      return;
    }
  }

  async load(): Promise<void> {
    this.#loading.abort();
    this.#loading = new AbortController();
    const { signal } = this.#loading;
    this.status = "loading";
    try {
      const page = await this.fetch(null, signal);
      this.items = page.items;
      this.#next = page.next;
      this.status = "ready";
    } catch (error) {
      if (signal.aborted) return;
      this.#error = error;
      this.status = "failed";
    }
  }

  #loadMore = async (): Promise<void> => {
    if (this.busy || !this.#next) return;
    const { signal } = this.#loading;
    this.busy = true;
    this.moreFailed = false;
    const known = this.items.length;
    try {
      const page = await this.fetch(this.#next, signal);
      const ids = new Set(this.items.map((item) => this.idOf(item)));
      this.items = [...this.items, ...page.items.filter((item) => !ids.has(this.idOf(item)))];
      this.#next = page.next;
    } catch {
      this.moreFailed = !signal.aborted;
    }
    this.busy = false;
    if (signal.aborted) return;
    await this.updateComplete;
    this.querySelectorAll<HTMLElement>(".row-title a")[known]?.focus();
  };

  protected override render(): TemplateResult {
    const retry = (): void => void this.load();
    if (this.status === "failed") {
      return failure({ level: this.app.level + 1, title: _("The list did not load"), error: this.#error, retry });
    }
    if (this.status === "loading") return html`<peer-skeleton .label=${_("Loading the list")} .retry=${retry}></peer-skeleton>`;
    if (this.items.length === 0) return this.empty();
    return html`<div class="stack"><div class="rows" role="group" aria-label=${this.label}>${this.items.map((item) => this.row(item))}</div>
      <div class="pager"><span role="status">${this.counted(this.items.length)}</span>${this.#next
        ? html`<button class="btn" type="button" aria-busy=${this.busy || nothing} @click=${this.#loadMore}>${_("Show more")}</button>`
        : nothing}</div>${this.moreFailed
        ? banner({ tone: "danger", what: _("The rest did not load."), meaning: _("What stands above is unchanged.") }) : nothing}</div>`;
  }
}
