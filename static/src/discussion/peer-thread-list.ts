import { html, nothing, type TemplateResult } from "lit";
import { heading } from "../shared/heading.ts";
import { _ } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { define, LightElement } from "../shared/light-element.ts";
import { banner, empty, failure } from "../shared/notices.ts";
import { isPlainClick } from "../shared/plain-click.ts";
import { asPerson, avatar } from "../shared/people.ts";
import { lazy, type PeerLazy } from "../shared/peer-lazy.ts";
import "../shared/peer-skeleton.ts";
import type { App, KeyHandler } from "./app.ts";
import { bellRoom } from "./bell.ts";
import { counted, lede } from "./list-words.ts";
import type { PeerNewThread } from "./peer-new-thread.ts";
import type { PeerSearch } from "./search/peer-search.ts";
import { searchRoom } from "./search-room.ts";
import { selectBox } from "../shared/select-box.ts";
import { assignGroups, groupThreads, placeThread, upsertThread, type Group, type GroupName } from "./thread-groups.ts";
import { threadRow } from "./thread-row.ts";
import type { Sort, Space, Thread, ThreadPage, Viewer } from "./types.ts";

const PAGE_SIZE = 20;
/** What is asked later need not be loaded first. */
const LIVE_AFTER_MS = 4_000;

type Status = "loading" | "ready" | "failed";
type Place = "unit" | "course" | "saved";

/** The threads of a space: composer, order, rows, more rows. */
export class PeerThreadList extends LightElement implements KeyHandler {
  static override properties = {
    app: { attribute: false }, threads: { state: true }, status: { state: true }, sort: { state: true },
    composing: { state: true }, live: { state: true }, more: { state: true }, moreError: { state: true }, current: { state: true },
    searching: { state: true }, place: { state: true }, selection: { state: true }, result: { attribute: false },
  };
  app!: App;
  threads: readonly Thread[] = [];
  status: Status = "loading";
  sort: Sort = "activity";
  composing = false;
  /** Whether it is time to look for what comes. */
  live = false;
  #liveTimer: ReturnType<typeof setTimeout> | undefined;
  /** Rows on their way. */
  more = false;
  moreError: unknown = null;
  /** Id of the thread that was opened or reached last. */
  current = "";
  /** Whether what a search finds stands in the place of the rows. */
  searching = false;
  /** How many notices wait for the reader. */
  unread = 0;
  /** Where the reader looks: the threads of this unit, of the whole course, or what they saved. */
  place: Place = "unit";
  /** The threads that the team selected; null while it selects none. */
  selection: ReadonlySet<string> | null = null;
  /** What the team did to threads, told above the rows. */
  result: unknown = null;
  #lastSelected = "";
  /** The moment of the first page, in seconds since 1970. */
  asOf = 0;
  #space: Space | null = null;
  #viewer: Viewer | null = null;
  #error: unknown = null;
  #next: string | null = null;
  #groups: ReadonlyMap<string, GroupName> = new Map();
  #loading = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    this.#liveTimer = setTimeout(() => (this.live = true), LIVE_AFTER_MS);
    void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#loading.abort();
    clearTimeout(this.#liveTimer);
  }

  /** Fetch the first page anew; what stands stays until it is there. */
  async renew(): Promise<void> {
    await this.load(this.status);
  }

  /** Fetch the first page anew. */
  async load(meanwhile: Status = "loading"): Promise<void> {
    this.#loading.abort();
    this.#loading = new AbortController();
    const { signal } = this.#loading;
    this.status = meanwhile;
    try {
      const page = await this.app.operations.listThreads(this.sort, null, signal);
      this.#groups = this.sort === "activity" ? assignGroups(page.threads) : new Map();
      this.threads = page.threads;
      this.asOf = page.as_of;
      this.#take(page);
      this.status = "ready";
    } catch (error) {
      if (signal.aborted) return;
      this.#error = error;
      this.status = "failed";
    }
  }

  #take(page: ThreadPage): void {
    this.#space = page.space;
    this.#viewer = page.viewer;
    this.#next = page.next;
    this.unread = page.unread;
    this.app.meet(page.space);
  }

  async #loadMore(): Promise<void> {
    if (this.more || !this.#next) return;
    const { signal } = this.#loading;
    this.more = true;
    this.moreError = null;
    try {
      const page = await this.app.operations.listThreads(this.sort, this.#next, signal);
      const known = new Set(this.threads.map((thread) => thread.id));
      const fresh = page.threads.filter((thread) => !known.has(thread.id));
      this.threads = [...this.threads, ...fresh];
      this.#take(page);
      this.more = false;
      if (fresh[0]) await this.focusRow(fresh[0].id);
    } catch (error) {
      if (signal.aborted) return;
      this.more = false;
      this.moreError = error;
    }
  }

  /** A row's newer state; a thread that was just written comes first among what is new. */
  changeRow(thread: Thread): void {
    if (this.sort === "activity") this.#groups = placeThread(this.#groups, thread);
    this.threads = upsertThread(this.threads, thread);
    this.find<PeerSearch>("peer-search")?.changeRow(thread);
  }

  /** The search of this unit, once it is there. */
  async #searchBox(): Promise<PeerSearch | undefined> {
    this.place = "unit";
    await this.updateComplete;
    const url = this.app.scriptUrl("search");
    await [...this.querySelectorAll<PeerLazy>("peer-lazy")].find((part) => part.url === url)?.load();
    return this.find<PeerSearch>("peer-search");
  }

  /** Look for all threads of a tag. */
  async findTag(tag: string): Promise<void> {
    await (await this.#searchBox())?.findTag(tag);
  }

  async focusRow(id: string): Promise<void> {
    this.current = id;
    await this.focusOn(`[data-thread="${CSS.escape(id)}"] .row-title a`);
  }

  protected override render(): TemplateResult {
    return html`<div class="stack" @peer-tag=${(event: CustomEvent<string>) => void this.findTag(event.detail)}>${
      this.#header()}${this.#body()}</div>`;
  }

  #header(): TemplateResult {
    const title = this.#space?.title || _("Discussion of this unit");
    return html`<div class="header"><div>${heading(this.app.level, title, { style: "h-block", id: "block-title" })}
      ${this.#space ? html`<p class="lede">${lede(this.threads, this.#space.thread_count, this.#next === null)}</p>` : nothing}</div>${this.#bell()}</div>`;
  }

  /** The tray is a script of its own; until it is there its button stands in its place. */
  #bell(): unknown {
    if (!this.#viewer || this.#viewer.is_preview) return nothing;
    return lazy(this.app.scriptUrl("notices"), () => html`<peer-notices .app=${this.app} .unread=${this.unread}></peer-notices>`, "",
      () => bellRoom(this.unread));
  }

  #body(): TemplateResult {
    if (this.status === "failed") {
      const retry = (): void => void this.load();
      return failure({ level: this.app.level + 1, title: _("The threads did not load"), error: this.#error, retry });
    }
    const rows = this.status === "ready" ? this.#listing() : this.#skeleton();
    const unit = html`${this.#search()}${this.searching ? nothing : rows}`;
    const course = (): TemplateResult => html`${this.#search()}${this.searching ? nothing : this.#elsewhere()}`;
    const shown = { unit: () => unit, course, saved: () => this.#elsewhere() }[this.place];
    return html`${this.#writing()}${this.#places()}${shown()}`;
  }

  #places(): unknown {
    if (!this.#viewer || this.#viewer.is_preview) return nothing;
    const places: [Place, string][] = [["unit", _("This unit")], ["course", _("Whole course")], ["saved", _("Saved posts")]];
    return html`<nav class="tabs" aria-label=${_("Where to look")}>${places.map(([place, label]) => html`<button class="tab" type="button"
      aria-current=${place === this.place || nothing} @click=${() => this.#look(place)}>${label}</button>`)}</nav>`;
  }

  #look(place: Place): void {
    this.place = place;
    this.searching = false;
  }

  #elsewhere(): TemplateResult {
    const content = (): TemplateResult => (this.place === "course"
      ? html`<peer-whole-course .app=${this.app}></peer-whole-course>` : html`<peer-saved .app=${this.app}></peer-saved>`);
    return lazy(this.app.scriptUrl("places"), content, "", () => this.#skeleton());
  }

  /** A script of its own; until it is there its room is kept. */
  #search(): unknown {
    if (!this.#space?.thread_count) return nothing;
    return lazy(this.app.scriptUrl("search"), () => html`<peer-search .list=${this} .sorting=${this.#sorting()}></peer-search>`,
      "", () => searchRoom(this.#sorting()));
  }

  #news(): unknown {
    if (!this.live || this.#viewer?.is_preview) return nothing;
    return lazy(this.app.scriptUrl("thread"), () => html`<peer-live-list .list=${this}></peer-live-list>`, "quiet");
  }

  #writing(): unknown {
    const viewer = this.#viewer;
    if (!viewer) return nothing;
    if (viewer.is_preview) {
      return banner({ tone: "info", what: _("This is a preview."), meaning: _("Learners write here; a preview keeps nothing.") });
    }
    if (!viewer.can_write) {
      return banner({ tone: "info", what: _("You can read here, not write."), meaning: _("Those who are enrolled in the course can write.") });
    }
    if (this.composing) {
      return lazy(this.app.editorUrl, () => html`<peer-new-thread .app=${this.app} .viewer=${viewer}
        .space=${this.#space} @peer-cancel=${this.#stopComposing} @peer-sent=${this.#onSent}></peer-new-thread>`);
    }
    return this.threads.length === 0 ? nothing : this.#closedComposer(viewer);
  }

  #closedComposer(viewer: Viewer): TemplateResult {
    const draft = this.app.drafts.read("thread")?.draft;
    const said = (draft?.title || draft?.body || "").trim();
    return html`<button class="composer-closed" type="button" @click=${this.compose}>${avatar(asPerson(viewer), "s")}
      <span class=${said ? "clip" : ""}>${said ? _("Continue your draft: {text}", { text: said }) : _("Ask about this unit, or start a discussion")}</span>
      <span class="kbd wide-only" aria-hidden="true">C</span></button>`;
  }

  #listing(): TemplateResult {
    if (this.threads.length === 0) {
      return html`${this.result || this.selection ? this.#selecting() : nothing}${this.#nothingListed()}${this.#news()}`;
    }
    return html`${this.#selecting()}<div class="rows-frame">${this.#news()}${this.#rows()}</div>${this.#pager()}`;
  }

  /** For the team alone: learners load nothing of it. */
  #selecting(): unknown {
    if (!this.#viewer?.role || this.#viewer.is_preview) return nothing;
    return lazy(this.app.scriptUrl("moderating"), () => html`<peer-selection .list=${this} .selection=${this.selection}
      .result=${this.result}></peer-selection>`, "quiet");
  }

  select(selection: ReadonlySet<string> | null): void {
    this.selection = selection;
  }

  #toggle = ({ id }: Pick<Thread, "id">, isRange: boolean): void => {
    const all = this.threads.map((thread) => thread.id);
    const selection = new Set(this.selection ?? []);
    const [from, to] = [all.indexOf(this.#lastSelected), all.indexOf(id)].sort((one, other) => one - other) as [number, number];
    if (isRange && from >= 0) for (const one of all.slice(from, to + 1)) selection.add(one);
    else if (!selection.delete(id)) selection.add(id);
    this.#lastSelected = id;
    this.selection = selection;
  };

  #nothingListed(): TemplateResult {
    if (this.sort === "unanswered") {
      return this.#nothingSorted(_("No question is waiting"), _("Every question of this unit has an answer."));
    }
    if (this.sort === "mine") {
      return this.#nothingSorted(_("You have not written here yet"), _("Threads in which you ask, respond or comment come here."));
    }
    return this.#nothingYet();
  }

  #nothingYet(): TemplateResult {
    const mayAsk = this.#viewer?.can_write && !this.composing;
    return empty({
      level: this.app.level + 1,
      title: _("Nobody has asked yet"),
      text: _("What was unclear in this unit? The first question is often the one that many had."),
      action: mayAsk ? html`<button class="btn primary" type="button" @click=${this.compose}>${_("Ask a question")}</button>` : nothing,
    });
  }

  #nothingSorted(title: string, text: string): TemplateResult {
    return empty({
      level: this.app.level + 1, title, text,
      action: html`<button class="btn" type="button" @click=${() => this.#sortBy("activity")}>${_("Show all threads")}</button>`,
    });
  }

  #sorting(): TemplateResult {
    const choices: [Sort, string][] = [
      ["activity", _("Recent activity")], ["votes", _("Most votes")], ["unanswered", _("Without an answer")], ["mine", _("Where you wrote")],
    ];
    const choose = (sort: Sort): void => this.#sortBy(sort);
    return selectBox({ label: _("Which threads, in which order"), value: this.sort, choices, choose, style: "sorting" });
  }

  #sortBy(sort: Sort): void {
    this.sort = sort;
    void this.load();
  }

  #skeleton(): TemplateResult {
    return html`<peer-skeleton .label=${_("Loading threads")} .retry=${() => void this.load()}></peer-skeleton>`;
  }

  #rows(): TemplateResult {
    const groups = groupThreads(this.threads, this.#groups);
    const isPlain = groups.length < 2 && groups[0]?.name !== "pinned";
    const level = this.app.level + (isPlain ? 1 : 2);
    return html`<div class="rows" role="group" aria-labelledby="block-title">${groups.map((group) => html`${
      isPlain ? nothing : this.#groupHead(group)}${group.threads.map((thread) =>
        threadRow(thread, { level, isCurrent: thread.id === this.current, open: this.#open,
          isPinMarked: thread.is_pinned && group.name !== "pinned",
          select: this.selection ? { isOn: this.selection.has(thread.id), toggle: this.#toggle } : undefined }))}`)}</div>`;
  }

  #groupHead({ name }: Group): TemplateResult {
    const titles = { pinned: _("Pinned by the course team"), new: _("New since your last visit"), earlier: _("Earlier") };
    const title = html`${name === "pinned" ? icon("pin") : nothing} ${titles[name]}`;
    return heading(this.app.level + 1, title, { style: "rows-head" });
  }

  #pager(): TemplateResult {
    const words = counted(this.threads.length, this.#space?.thread_count ?? 0, this.sort);
    return html`<div class="pager"><span role="status">${words}</span>${this.#next
      ? html`<button class="btn" type="button" aria-busy=${this.more || nothing} @click=${this.#loadMore}>${
          this.more ? html`<span class="spinner"></span>` : nothing} ${_("Show {n} more", { n: PAGE_SIZE })}</button>`
      : nothing}<button class="btn quiet s wide-only" type="button" @click=${() => this.app.showShortcuts()}>${icon("keys")}
      ${_("Shortcuts")} <span class="kbd" aria-hidden="true">?</span></button></div>${this.moreError
      ? banner({ tone: "danger", what: _("The next threads did not load."), meaning: _("Those above are unchanged.") })
      : nothing}`;
  }

  #open = (event: MouseEvent, thread: Thread): void => {
    if (!isPlainClick(event)) return;
    event.preventDefault();
    this.current = thread.id;
    this.app.open(thread.id);
  };

  async compose(): Promise<void> {
    if (!this.#viewer?.can_write) return;
    this.composing = true;
    await this.updateComplete;
    await this.find<PeerLazy>(".stack > peer-lazy:not(.quiet)")?.load();
    await this.find<PeerNewThread>("peer-new-thread")?.focusTitle();
  }

  #stopComposing = async (): Promise<void> => {
    this.composing = false;
    await this.focusOn(".composer-closed, .empty .btn");
  };

  #onSent = (event: CustomEvent<{ thread: Thread }>): void => {
    const { thread } = event.detail;
    this.composing = false;
    if (this.#space) this.#space = { ...this.#space, thread_count: this.#space.thread_count + 1 };
    this.changeRow(thread);
    this.app.open(thread.id);
  };

  handleKey(key: string): boolean {
    const links = [...this.querySelectorAll<HTMLElement>(".row-title a")];
    const rows = links.map((link) => link.closest<HTMLElement>(".row"));
    const focused = (this.getRootNode() as ShadowRoot).activeElement?.closest<HTMLElement>(".row") ?? null;
    const at = focused ? rows.indexOf(focused) : rows.findIndex((row) => row?.dataset.thread === this.current);
    if (key === "c") return void this.compose(), true;
    if (key === "/") return void this.#searchBox().then((box) => box?.focusWords()), true;
    if (key === "j") return this.#reach(rows[Math.min(at + 1, rows.length - 1)]);
    if (key === "k") return this.#reach(rows[Math.max(at - 1, 0)]);
    if ((key === "x" || key === "X") && this.#viewer?.role && this.current) return this.#toggle({ id: this.current }, key === "X"), true;
    if (key === "n") return this.#reach(rows.slice(at + 1).find((row) => row?.classList.contains("unread")));
    return false;
  }

  #reach(row: HTMLElement | null | undefined): boolean {
    if (row?.dataset.thread) this.current = row.dataset.thread;
    row?.querySelector<HTMLElement>(".row-title a")?.focus();
    return true;
  }
}

define("peer-thread-list", PeerThreadList);
