import { html, nothing, type TemplateResult } from "lit";
import { explain } from "../shared/errors.ts";
import { heading } from "../shared/heading.ts";
import { _, formatNumber, ngettext } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { define, LightElement } from "../shared/light-element.ts";
import { banner, empty, failure, retryButton } from "../shared/notices.ts";
import { lazy, type PeerLazy } from "../shared/peer-lazy.ts";
import { prose } from "../shared/peer-prose.ts";
import "../shared/peer-skeleton.ts";
import { selectBox } from "../shared/select-box.ts";
import type { App } from "./app.ts";
import { personCard } from "./card.ts";
import { chipSkills, filterNames, isFiltered, NO_FILTERS, resultSentence, understood, withPage, type Filters } from "./filters.ts";
import { requestSections } from "./requests.ts";
import type { Card, Directory, Found, Request } from "./types.ts";
import { languageName } from "./words.ts";

const PAUSE_MS = 350;

/** The people of the directory: requests, search, filters, cards. */
export class PeerDirectory extends LightElement {
  static override properties = {
    app: { attribute: false }, directory: { attribute: false }, news: { attribute: false }, found: { state: true }, status: { state: true },
    more: { state: true }, error: { state: true }, asking: { state: true }, refusal: { state: true }, passed: { state: true }, posted: { state: true },
  };
  app!: App;
  directory!: Directory;
  news = "";
  found: Found | null = null;
  status: "loading" | "ready" | "failed" = "loading";
  /** People on their way. */
  more = false;
  error: unknown = null;
  /** Id of the card whose form is open. */
  asking = "";
  /** Why the last answer to a request did not go through. */
  refusal = "";
  /** A request was just passed on. */
  passed = false;
  /** The question that was just posted, by the card it went to. */
  posted: { readonly card: string; readonly request: Request; readonly note: string } | null = null;
  #busy = new Set<string>();
  #typing: ReturnType<typeof setTimeout> | undefined;
  #loading = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#typing);
    this.#loading.abort();
  }

  get #filters(): Filters {
    return this.app.route.filters;
  }

  /** Fetch the first people anew. */
  async load(): Promise<void> {
    this.#loading.abort();
    this.#loading = new AbortController();
    const { signal } = this.#loading;
    this.status = "loading";
    this.error = null;
    try {
      this.found = await this.app.operations.find(this.#filters, null, signal);
      this.status = "ready";
    } catch (error) {
      if (signal.aborted) return;
      this.error = error;
      this.status = "failed";
    }
  }

  async #loadMore(): Promise<void> {
    const before = this.found;
    if (this.more || !before?.next) return;
    const { signal } = this.#loading;
    this.more = true;
    this.error = null;
    try {
      const page = await this.app.operations.find(this.#filters, before.next, signal);
      this.found = withPage(before, page);
      const fresh = this.found.people[before.people.length];
      if (fresh) await this.focusOn(`[data-person="${CSS.escape(fresh.id)}"] :is(.ask, .tag, summary)`);
    } catch (error) {
      if (!signal.aborted) this.error = error;
    } finally {
      this.more = false;
    }
  }

  /** Shown again, by a step back or from the own card. */
  async returned(fromCard: boolean): Promise<void> {
    await this.focusOn(fromCard ? ".own-card" : "input[type=search]");
    if (!fromCard) await this.load();
  }

  #filter(part: Partial<Filters>): void {
    this.app.replace({ view: "people", filters: { ...this.#filters, ...part } });
    this.asking = "";
    void this.load();
  }

  protected override render(): TemplateResult {
    const { directory } = this;
    const isPreview = directory.viewer.is_preview;
    return html`<div class="stack loose"><div class="stack">${this.#header()}
      <div role="status">${this.news ? banner({ tone: "success", what: this.news }) : nothing}</div>
      ${isPreview ? banner({ tone: "info", what: _("This is a preview."), meaning: _("Learners find and ask people here; a preview keeps nothing.") }) : nothing}
      ${directory.directory.intro_html ? prose(directory.directory.intro_html, this.app.katexUrl, "") : nothing}</div>
      <div role="status">${this.passed ? banner({ tone: "success", what: _("You passed."), meaning: _("The question stays in its discussion, where others can answer.") }) : nothing}</div>
      ${this.refusal ? banner({ tone: "danger", what: _("Your answer did not go through."), meaning: this.refusal }) : nothing}
      ${requestSections({ requests: directory.requests, level: this.app.level + 1, busy: this.#busy, answer: this.#answer })}
      <div class="stack">${this.#search()}${this.#chips()}${this.#status()}</div>${this.#people()}</div>`;
  }

  #header(): TemplateResult {
    const { directory, count, me, viewer } = this.directory;
    const listed = ngettext("{n} person chose to be found here.", "{n} people chose to be found here.", count);
    const open = (): void => this.app.go({ view: "card", filters: this.#filters });
    return html`<div class="header"><div>${heading(this.app.level, directory.title || _("People who can help"), { style: "h-block" })}
      <p class="lede">${listed} ${_("You see why each one is suggested, and can open the proof.")}</p></div>${viewer.is_preview ? nothing
        : html`<div class="actions"><button class="btn own-card" type="button" @click=${open}><span>${_("Your own card:")} <b>${
          me.is_listed ? _("visible in this course") : _("hidden")}</b></span></button></div>`}</div>`;
  }

  #search(): TemplateResult {
    const { language, available, query } = this.#filters;
    const languages: [string, string][] = [["", _("Any language")], ...this.directory.directory.languages.map((code): [string, string] => [code, languageName(code)])];
    const times: ["" | "now", string][] = [["", _("Any time")], ["now", _("Takes questions now")]];
    return html`<form class="toolbar" role="search" aria-label=${_("Find people")} @submit=${this.#onSearch}>
      <span class="search">${icon("search")}<input class="input" type="search" aria-label=${_("A question, a skill or a name")} placeholder=${_("A question, a skill or a name")}
        .value=${query} maxlength="200" @input=${this.#onType}></span>
      ${selectBox({ label: _("Availability"), value: available ? "now" : "", choices: times, style: "sort", choose: (time) => this.#filter({ available: time === "now" }) })}
      ${languages.length > 2 ? selectBox({ label: _("Language"), value: language, choices: languages, style: "sort", choose: (code) => this.#filter({ language: code }) }) : nothing}</form>`;
  }

  #onType = (event: Event): void => {
    const query = (event.target as HTMLInputElement).value.trim();
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#filter({ query }), PAUSE_MS);
  };

  #onSearch = (event: Event): void => {
    event.preventDefault();
    clearTimeout(this.#typing);
    this.#filter({ query: this.find<HTMLInputElement>("input[type=search]")?.value.trim() ?? "" });
  };

  #chips(): TemplateResult | typeof nothing {
    const { skill } = this.#filters;
    const skills = chipSkills(this.directory.skills, skill);
    if (skills.length === 0) return nothing;
    return html`<div class="scroller" role="group" aria-label=${_("Narrow by skill")}>${skills.map((each) => html`<button class="chip" type="button"
      aria-pressed=${each.id === skill?.id} @click=${() => this.#filter({ skill: each.id === skill?.id ? null : each })}>${each.label}${
      each.count === undefined ? nothing : html` <span class="num">${formatNumber(each.count)}</span>`}</button>`)}</div>`;
  }

  #status(): TemplateResult {
    const filters = this.#filters;
    const meant = this.found && this.status === "ready" ? understood(this.found, filters) : [];
    return html`<div class="cluster small muted"><span role="status">${this.found && this.status === "ready" ? resultSentence(this.found, filters) : nothing}</span>${
      meant.length ? html`<span class="cluster">${_("Only those who declare:")} ${meant.map((skill) => html`<button class="btn-link" type="button"
        @click=${() => this.#filter({ skill, query: "" })}>${skill.label}</button>`)}</span>` : nothing}${
      isFiltered(filters) ? html`<button class="btn-link push" type="button" @click=${this.#clear}>${_("Clear filters")}</button>` : nothing}</div>`;
  }

  #clear = (): void => {
    this.#filter(NO_FILTERS);
    void this.focusOn("input[type=search]");
  };

  #people(): unknown {
    if (this.status === "failed") {
      return failure({ level: this.app.level + 1, title: _("The people did not load"), error: this.error, retry: () => void this.load() });
    }
    if (!this.found) return html`<peer-skeleton .label=${_("Loading people")} .retry=${() => void this.load()}></peer-skeleton>`;
    if (this.found.people.length === 0) return isFiltered(this.#filters) ? this.#nobodyMatches() : this.#nobodyYet();
    return html`<section class="cards" aria-label=${_("People")} aria-busy=${this.status === "loading"}>${this.found.people.map((card) => this.#card(card))}</section>${this.#pager(this.found)}`;
  }

  #card(card: Card): TemplateResult {
    return personCard({
      card, level: this.app.level + 1, katexUrl: this.app.katexUrl, isSearch: Boolean(this.#filters.query),
      form: this.asking === card.id ? this.#form(card) : this.posted?.card === card.id ? this.#thanks(card) : nothing,
      ask: (asked) => void this.#ask(asked), narrow: (skill) => this.#filter({ skill, query: "" }),
    });
  }

  #form(card: Card): TemplateResult {
    return lazy(this.app.editorUrl, () => html`<peer-ask .app=${this.app} .card=${card} .spaces=${this.directory.spaces} .query=${this.#filters.query}
      @peer-cancel=${() => void this.#stopAsking()} @peer-sent=${this.#onPosted}></peer-ask>`);
  }

  async #ask(card: Card): Promise<void> {
    this.asking = card.id;
    this.posted = null;
    await this.updateComplete;
    await this.find<PeerLazy>(`[data-person="${CSS.escape(card.id)}"] peer-lazy`)?.load();
    await this.find<LightElement>("peer-ask")?.focusOn(".composer-title");
  }

  async #stopAsking(): Promise<void> {
    const id = this.asking;
    this.asking = "";
    await this.focusOn(`[data-person="${CSS.escape(id)}"] .ask`);
  }

  #onPosted = (event: CustomEvent<{ readonly request: Request; readonly note: string }>): void => {
    const card = this.asking;
    this.asking = "";
    this.posted = { card, ...event.detail };
    this.app.keepRequest(event.detail.request);
    void this.focusOn(".thanks a");
  };

  #thanks({ person }: Card): TemplateResult {
    const { request, note } = this.posted!;
    return html`<div class="card subtle pad stack thanks"><div role="status"><p class="h-small">${icon("check-circle")} ${_("Your question is posted.")}</p>
      <p class="small muted">${_("{name} finds it under their questions; others can answer too.", { name: person.name })} ${note}</p></div>
      <div class="actions"><a class="btn" href=${request.url} target="_top">${_("Open the thread")}</a></div></div>`;
  }

  #nobodyYet(): TemplateResult {
    const mayList = !this.directory.viewer.is_preview && !this.directory.me.is_listed;
    const open = (): void => this.app.go({ view: "card", filters: this.#filters });
    return empty({
      level: this.app.level + 1, title: _("Nobody is listed yet"), text: _("Who shows a card here can be found and asked. Be the first: you choose what it says."),
      action: mayList ? html`<button class="btn primary" type="button" @click=${open}>${_("Make your card")}</button>` : nothing,
    });
  }

  #nobodyMatches(): TemplateResult {
    const names = filterNames(this.#filters, languageName);
    return empty({
      level: this.app.level + 1, title: _("Nobody matches"), isSearch: true,
      text: ngettext("{n} filter is on: {names}. Ask in a discussion instead; everyone can answer there.",
        "{n} filters are on: {names}. Ask in a discussion instead; everyone can answer there.", names.length, { names: names.join(", ") }),
      action: html`<button class="btn" type="button" @click=${this.#clear}>${_("Clear filters")}</button>`,
    });
  }

  #pager({ people, next }: Found): TemplateResult | typeof nothing {
    if (!next && !this.error) return nothing;
    return html`<div class="pager"><span>${ngettext("{n} person shown", "{n} people shown", people.length)}</span>${next
      ? html`<button class="btn" type="button" aria-busy=${this.more || nothing} @click=${() => void this.#loadMore()}>${
        this.more ? html`<span class="spinner"></span>` : nothing} ${_("Show more people")}</button>` : nothing}</div>${this.error
      ? banner({ tone: "danger", what: _("The next people did not load."), meaning: explain(this.error), action: retryButton(() => void this.#loadMore()) }) : nothing}`;
  }

  #answer = async (request: Request, accept: boolean): Promise<void> => {
    if (this.#busy.has(request.id)) return;
    this.#busy.add(request.id);
    this.refusal = "";
    this.requestUpdate();
    try {
      this.app.keepRequest(await this.app.operations.answerRequest(request.id, accept));
      this.passed = !accept;
      await this.app.updateComplete;
      await this.focusOn(accept ? `[data-request="${CSS.escape(request.id)}"] .btn` : ".request .btn, input[type=search]");
    } catch (error) {
      this.refusal = explain(error);
    } finally {
      this.#busy.delete(request.id);
      this.requestUpdate();
    }
  };
}

define("peer-directory", PeerDirectory);
