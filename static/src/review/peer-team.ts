import { html, nothing, type TemplateResult } from "lit";
import { explain } from "../shared/errors.ts";
import { heading } from "../shared/heading.ts";
import { _, formatNumber, ngettext } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { define, LightElement } from "../shared/light-element.ts";
import { banner, empty, failure, retryButton } from "../shared/notices.ts";
import { avatar, nameOf } from "../shared/people.ts";
import { timeAgo } from "../shared/peer-time.ts";
import "../shared/peer-skeleton.ts";
import type { App } from "./app.ts";
import { percent } from "./grade.ts";
import { coverage, filtersOf, tiles } from "./team-figures.ts";
import type { Counts, Filter, OverseePage, OverseeRow, State } from "./types.ts";

/** The course team's view: where everyone stands, who waits, and a way to each work. */
export class PeerTeam extends LightElement {
  static override properties = {
    app: { attribute: false }, state: { attribute: false }, counts: { state: true }, rows: { state: true }, filter: { state: true },
    status: { state: true }, more: { state: true }, error: { state: true }, unopened: { state: true }, current: { state: true },
  };
  app!: App;
  state!: State;
  counts: Counts | null = null;
  rows: readonly OverseeRow[] = [];
  filter: Filter = "all";
  status: "loading" | "ready" | "failed" = "loading";
  /** Rows on their way. */
  more = false;
  error: unknown = null;
  /** Why the next that waits did not open; "" when nothing stands in its way. */
  unopened = "";
  /** The work that was opened last. */
  current = "";
  #next: string | null = null;
  #loading = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#loading.abort();
  }

  protected override firstUpdated(): void {
    void this.focusOn(".view-title");
  }

  async load(): Promise<void> {
    this.#loading.abort();
    this.#loading = new AbortController();
    const { signal } = this.#loading;
    this.status = "loading";
    this.error = null;
    try {
      const page = await this.app.operations.oversee(this.filter, null, signal);
      this.rows = page.rows;
      this.#take(page);
      this.status = "ready";
    } catch (error) {
      if (signal.aborted) return;
      this.error = error;
      this.status = "failed";
    }
  }

  #take({ counts, next }: OverseePage): void {
    this.counts = counts;
    this.#next = next;
  }

  async #loadMore(): Promise<void> {
    if (this.more || !this.#next) return;
    const { signal } = this.#loading;
    this.more = true;
    this.error = null;
    try {
      const page = await this.app.operations.oversee(this.filter, this.#next, signal);
      const known = new Set(this.rows.map(({ id }) => id));
      const fresh = page.rows.filter(({ id }) => !known.has(id));
      this.rows = [...this.rows, ...fresh];
      this.#take(page);
      if (fresh[0]) await this.#focusRow(fresh[0].id);
    } catch (error) {
      if (!signal.aborted) this.error = error;
    } finally {
      this.more = false;
    }
  }

  /** A row's newer state, once the team has settled its work; the counts follow. */
  async changeRow(row: OverseeRow): Promise<void> {
    this.rows = this.rows.map((other) => (other.id === row.id ? row : other));
    try {
      this.counts = (await this.app.operations.oversee(this.filter, null, this.#loading.signal)).counts;
    } catch {
      // The row is right already; the figures above are those of before until the next visit.
    }
  }

  /** The focus goes back to where the work was opened. */
  async focusCurrent(): Promise<void> {
    await this.focusOn(".view-title");
    if (this.current) await this.#focusRow(this.current);
  }

  async #focusRow(id: string): Promise<void> {
    this.current = id;
    await this.focusOn(`[data-work="${CSS.escape(id)}"] button`);
  }

  protected override render(): TemplateResult {
    return html`<div class="stack loose">${this.#header()}${this.counts ? html`${tiles(this.counts, this.app.level + 1)}${
      coverage(this.counts, this.app.level + 1)}` : nothing}${this.#works()}</div>`;
  }

  #header(): TemplateResult {
    const { activity } = this.state;
    const wanted = ngettext("{n} review is wanted for each work.", "{n} reviews are wanted for each work.", activity.wanted);
    return html`<div class="stack tight"><div><button class="btn quiet s outdent" type="button" @click=${() => this.app.go({ view: "home" })}>${icon("back", "flip")} ${
      _("The assignment")}</button></div><div class="header"><div>${heading(this.app.level, _("Peer review, course team’s view"), { style: "h-block view-title", focusable: true })}
      <p class="lede">${activity.title ? `${activity.title}. ` : ""}${wanted}</p></div>${this.counts?.waiting || this.counts?.needs_team
        ? html`<div class="actions"><button class="btn primary" type="button" @click=${this.#openNext}>${_("Review the next that waits")}</button></div>` : nothing}</div>${
      this.unopened ? banner({ tone: "danger", what: _("The work did not open."), meaning: this.unopened }) : nothing}</div>`;
  }

  #openNext = async (): Promise<void> => {
    this.unopened = "";
    try {
      const filter = this.counts?.needs_team ? "needs_team" : "waiting";
      const [first] = (await this.app.operations.oversee(filter, null, this.#loading.signal)).rows;
      if (first) this.#open(first);
      else await this.load();
    } catch (error) {
      this.unopened = explain(error);
    }
  };

  #open({ id, person }: OverseeRow): void {
    this.current = id;
    this.app.go({ view: "work", id, name: nameOf(person) });
  }

  #works(): TemplateResult {
    return html`<section class="stack" aria-labelledby="works-title">${heading(this.app.level + 1, _("The works"), { style: "h-section", id: "works-title" })}
      ${this.#filters()}${this.#list()}</section>`;
  }

  #filters(): TemplateResult {
    return html`<div class="scroller" role="group" aria-label=${_("Which works")}>${filtersOf(this.counts, this.filter).map(([filter, label, count]) => html`<button class="chip" type="button"
      aria-pressed=${this.filter === filter} @click=${() => this.#filterBy(filter)}>${label}${count === undefined ? nothing : html` <span class="num">${formatNumber(count)}</span>`}</button>`)}</div>`;
  }

  #filterBy(filter: Filter): void {
    this.filter = filter;
    void this.load();
  }

  #list(): TemplateResult {
    if (this.status === "failed") {
      return failure({ level: this.app.level + 2, title: _("The works did not load"), error: this.error, retry: () => void this.load() });
    }
    if (this.status === "loading" && this.rows.length === 0) {
      return html`<peer-skeleton .label=${_("Loading the works")} .retry=${() => void this.load()}></peer-skeleton>`;
    }
    if (this.rows.length === 0) return this.#nothing();
    return html`<div class="card"><div class="scroll-x" tabindex="0" role="region" aria-label=${_("Works")}><table class="table">
      <caption class="sr">${_("Works, with the reviews that they got and that their authors gave")}</caption>
      <thead><tr><th scope="col">${_("Author")}</th><th scope="col" class="opt">${_("Handed in")}</th><th scope="col" class="end">${_("Received")}</th>
        <th scope="col" class="end opt">${_("Given")}</th><th scope="col" class="end">${_("Grade")}</th><th scope="col" class="opt">${_("State")}</th><th scope="col"><span class="sr">${_("Actions")}</span></th></tr></thead>
      <tbody>${this.rows.map((row) => this.#row(row))}</tbody></table></div></div>${this.#pager()}`;
  }

  #row(row: OverseeRow): TemplateResult {
    const { wanted, to_give } = this.state.activity;
    const name = nameOf(row.person);
    const busy = row.being_reviewed ? html` <span class="muted">+${row.being_reviewed}<span class="sr"> ${_("being written")}</span></span>` : nothing;
    return html`<tr data-work=${row.id}><th scope="row"><span class="who">${avatar(row.person, "s")} <span dir="auto">${name}</span></span></th>
      <td class="opt">${timeAgo(row.submitted_at)}</td><td class="end nowrap">${_("{n} of {total}", { n: row.received, total: wanted })}${busy}</td>
      <td class="end nowrap opt">${_("{n} of {total}", { n: row.given, total: to_give })}</td><td class="end">${row.grade === null ? "–" : percent(row.grade)}</td>
      <td class="opt">${stateBadge(row)}${passedOn(row)}</td><td class="end"><button class="btn s" type="button" @click=${() => this.#open(row)}>${_("Read")}<span class="sr"> ${
        _("the work of {name}", { name })}</span></button></td></tr>`;
  }

  #nothing(): TemplateResult {
    if (this.filter === "all") {
      return empty({ level: this.app.level + 2, title: _("Nobody has handed in yet"), text: _("Works appear here as they come in.") });
    }
    const action = html`<button class="btn" type="button" @click=${() => this.#filterBy("all")}>${_("Show all works")}</button>`;
    return empty({ level: this.app.level + 2, title: _("No work is in this state"), text: _("Choose another filter to see the others."), action });
  }

  #pager(): TemplateResult {
    const n = this.rows.length;
    return html`<div class="pager"><span role="status">${ngettext("{n} work shown", "{n} works shown", n)}</span>${this.#next
      ? html`<button class="btn" type="button" aria-busy=${this.more || nothing} @click=${() => void this.#loadMore()}>${
        this.more ? html`<span class="spinner"></span>` : nothing} ${_("Show more works")}</button>` : nothing}</div>${this.error
      ? banner({ tone: "danger", what: _("The next works did not load."), meaning: explain(this.error), action: retryButton(() => void this.#loadMore()) }) : nothing}`;
  }
}

function passedOn({ passed_on: n }: OverseeRow): TemplateResult | typeof nothing {
  return n ? html` <span class="badge warning nowrap">${icon("warn")} ${ngettext("passed on {n} time", "passed on {n} times", n)}</span>` : nothing;
}

function stateBadge({ state }: OverseeRow): TemplateResult {
  if (state === "settled") return html`<span class="badge success">${icon("check-circle")} ${_("Settled")}</span>`;
  if (state === "needs_team") return html`<span class="badge danger">${icon("warn")} ${_("Needs you")}</span>`;
  if (state === "reviewed") return html`<span class="badge info">${_("Reviewed")}</span>`;
  return html`<span class="badge warning">${icon("clock")} ${_("Waiting")}</span>`;
}

define("peer-team", PeerTeam);
