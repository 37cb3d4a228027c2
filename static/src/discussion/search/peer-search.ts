import { html, nothing, type TemplateResult } from "lit";
import { _, formatNumber, listOf, ngettext } from "../../shared/i18n.ts";
import { icon } from "../../shared/icons.ts";
import { define, LightElement } from "../../shared/light-element.ts";
import { banner, empty, failure } from "../../shared/notices.ts";
import { nameOf } from "../../shared/people.ts";
import type { PeerThreadList } from "../peer-thread-list.ts";
import { threadRow } from "../thread-row.ts";
import type { Thread } from "../types.ts";
import { openAt, placeOf } from "../where.ts";
import { filterFields } from "./fields.ts";
import { countOfFields, isAsking, named, NO_FILTERS, restored, type Filters } from "./filters.ts";
import { searchThreads, type FoundThread } from "./found.ts";
import { marked } from "./marked.ts";

/** A pause in typing. */
const PAUSE_MS = 300;

type Status = "idle" | "loading" | "ready" | "failed";

/** The search above a list: its words and filters, and what it finds in the place of the list's rows. */
export class PeerSearch extends LightElement {
  static override properties = {
    list: { attribute: false }, sorting: { attribute: false }, filters: { state: true }, found: { state: true }, status: { state: true },
    unfolded: { state: true }, more: { state: true }, moreError: { state: true },
  };
  list!: PeerThreadList;
  /** The order of the list, beside the words: what a search finds has its own. */
  sorting: unknown = nothing;
  filters: Filters = NO_FILTERS;
  found: readonly FoundThread[] = [];
  status: Status = "idle";
  /** Whether the fields behind "More filters" are shown. */
  unfolded = false;
  /** Further threads on their way. */
  more = false;
  moreError = false;
  #next: string | null = null;
  #error: unknown = null;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #asking = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    this.filters = restored((history.state as Readonly<Record<string, unknown>> | null)?.[this.#key]);
    this.unfolded = countOfFields(this.filters) > 0;
    if (isAsking(this.filters)) void this.#ask(false);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#pause);
    this.#asking.abort();
  }

  /** Each block of a page keeps what it looks for, at each pause (a browser refuses more), under its own name in the page's history: a reload finds it again. */
  get #key(): string {
    return `peer-search:${this.list.app.config.call_url}`;
  }

  #remember(): void {
    history.replaceState({ ...(history.state as object | null), [this.#key]: this.filters }, "");
  }

  change(changes: Partial<Filters>, { typing = false }: { readonly typing?: boolean } = {}): void {
    this.filters = { ...this.filters, ...changes };
    clearTimeout(this.#pause);
    if (!isAsking(this.filters)) return this.#stop();
    if (typing) this.#pause = setTimeout(() => void this.#ask(true), PAUSE_MS);
    else void this.#ask(false);
  }

  #stop(): void {
    this.#remember();
    this.#asking.abort();
    this.status = "idle";
    this.found = [];
    this.list.searching = false;
  }

  /** Above the threads of the whole course all of them are searched. */
  get #asked(): Filters {
    return { ...this.filters, everywhere: this.filters.everywhere || this.list.place === "course" };
  }

  async #ask(typing: boolean): Promise<void> {
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    this.#remember();
    this.list.searching = true;
    this.status = "loading";
    this.moreError = this.more = false;
    try {
      const page = await searchThreads(this.list.app.api, this.#asked, { cursor: null, typing }, signal);
      this.found = page.threads;
      this.#next = page.next;
      this.status = "ready";
    } catch (error) {
      if (signal.aborted) return;
      this.#error = error;
      this.status = "failed";
    }
  }

  #askMore = async (): Promise<void> => {
    if (this.more || this.#next === null) return;
    const { signal } = this.#asking;
    this.more = true;
    this.moreError = false;
    try {
      const page = await searchThreads(this.list.app.api, this.#asked, { cursor: this.#next, typing: false }, signal);
      const known = new Set(this.found.map(({ thread }) => thread.id));
      const fresh = page.threads.filter(({ thread }) => !known.has(thread.id));
      this.found = [...this.found, ...fresh];
      this.#next = page.next;
      this.more = false;
      if (fresh[0]) await this.list.focusRow(fresh[0].thread.id);
    } catch {
      if (signal.aborted) return;
      this.more = false;
      this.moreError = true;
    }
  };

  /** A found thread's newer state. */
  changeRow(thread: Thread): void {
    this.found = this.found.map((one) => (one.thread.id === thread.id ? { ...one, thread } : one));
  }

  #clear = async (): Promise<void> => {
    this.unfolded = false;
    this.change(NO_FILTERS);
    await this.focusOn("input[type=search]");
  };

  async findTag(tag: string): Promise<void> {
    this.unfolded = true;
    this.change({ tag });
    await this.focusWords();
  }

  async focusWords(): Promise<void> {
    await this.focusOn("input[type=search]");
  }

  protected override render(): TemplateResult {
    return html`<div class="stack tight"><div class="toolbar" role="search" aria-label=${_("Search and filter threads")}>
      <span class="search">${icon("search")}<input class="input s" type="search" dir="auto" maxlength="500" aria-label=${_("Search threads")}
        placeholder=${_("Search, or press /")} .value=${this.filters.query} @input=${this.#onQuery} @keydown=${this.#onKey}></span>${
        this.status === "idle" ? this.sorting : nothing}<span class="sr" role="status">${this.#told()}</span></div>
      ${this.#chips()}${this.unfolded ? filterFields(this.filters, (changes, typing) => this.change(changes, { typing })) : nothing}
      ${this.status === "idle" ? nothing : this.#results()}</div>`;
  }

  #onQuery = (event: Event): void => {
    this.change({ query: (event.target as HTMLInputElement).value }, { typing: true });
  };

  #onKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === "Enter") this.change({});
    else if (event.key === "Escape" && this.filters.query) this.change({ query: "" });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  #chips(): TemplateResult {
    const { kind, unanswered, mine, everywhere } = this.filters;
    const fields = countOfFields(this.filters);
    const kindOf = (name: Thread["kind"]): void => this.change({ kind: kind === name ? "" : name });
    return html`<div class="chips" role="group" aria-label=${_("Filters")}>
      ${chip(_("Unanswered"), unanswered, () => this.change({ unanswered: !unanswered }))}
      ${chip(_("Questions"), kind === "question", () => kindOf("question"))}
      ${chip(_("Discussions"), kind === "discussion", () => kindOf("discussion"))}
      ${this.list.place === "course" ? nothing
        : chip(_("All units"), everywhere, () => this.change({ everywhere: !everywhere }))}
      ${chip(_("Mine"), mine, () => this.change({ mine: !mine }))}
      <button class="chip" type="button" aria-expanded=${this.unfolded} @click=${() => (this.unfolded = !this.unfolded)}>${
        _("More filters")} ${fields ? html`<span class="num">${formatNumber(fields)}</span>` : nothing} ${icon("down")}</button>
      ${isAsking(this.filters) ? html`<button class="btn quiet s" type="button" @click=${this.#clear}>${icon("close")} ${
        _("Clear filters")}</button>` : nothing}</div>`;
  }

  #results(): TemplateResult {
    const { level } = this.list.app;
    if (this.status === "failed") {
      const retry = (): void => void this.#ask(false);
      return failure({ level: level + 1, title: _("The search did not come back"), error: this.#error, retry });
    }
    if (this.found.length === 0) {
      return this.status === "loading"
        ? html`<peer-skeleton .label=${_("Searching")} .retry=${() => void this.#ask(false)}></peer-skeleton>` : this.#nothing();
    }
    return html`<div class="rows found" role="group" aria-label=${_("Threads found")} aria-busy=${this.status === "loading" || nothing}>${
      this.found.map((one) => this.#row(one))}</div>${this.#foot()}`;
  }

  #nothing(): TemplateResult {
    const what = listOf(named(this.filters));
    return empty({
      level: this.list.app.level + 1, isSearch: true, title: _("Nothing matches"),
      text: _("Looked for {what}. Fewer words or filters find more.", { what }),
      action: html`<button class="btn" type="button" @click=${this.#clear}>${_("Clear filters")}</button>`,
    });
  }

  #row({ thread, title, excerpt, post, by, where }: FoundThread): TemplateResult {
    const { app } = this.list;
    const open = (event: MouseEvent): void => {
      this.list.current = thread.id;
      openAt(event, app, thread, where, by ? post : null);
    };
    const below = html`<p class="excerpt" dir="auto">${by ? html`<b>${byWhom(nameOf(by))}</b> ` : nothing}${marked(excerpt)}</p>`;
    return threadRow(thread, {
      level: this.list.app.level + 1, isCurrent: thread.id === this.list.current, isPinMarked: thread.is_pinned, open,
      title: marked(title), below, ...(this.#asked.everywhere ? { where: html`<span>${placeOf(where, app.space?.title)}</span>` } : {}),
    });
  }

  /** What a screen reader is told: its live region stands before its words come. */
  #told(): string {
    if (this.status === "loading") return _("Searching…");
    if (this.status !== "ready") return "";
    const n = this.found.length;
    if (n === 0) return _("No thread found");
    return this.#next === null ? ngettext("{n} thread found", "{n} threads found", n)
      : ngettext("The best thread", "The best {n} threads", n);
  }

  #foot(): TemplateResult {
    return html`<div class="pager"><span aria-hidden="true">${this.#told()}</span>${
      this.#next === null ? nothing : html`<button class="btn" type="button" aria-busy=${this.more || nothing} @click=${this.#askMore}>${
        this.more ? html`<span class="spinner"></span>` : nothing} ${_("Show more")}</button>`}</div>${
      this.moreError ? banner({ tone: "danger", what: _("The next threads did not load."), meaning: _("Those above are unchanged.") }) : nothing}`;
  }
}

function byWhom(name: string): string {
  return _("{name} responded:", { name });
}

function chip(label: string, pressed: boolean, toggle: () => void): TemplateResult {
  return html`<button class="chip" type="button" aria-pressed=${pressed} @click=${toggle}>${label}</button>`;
}

define("peer-search", PeerSearch);
