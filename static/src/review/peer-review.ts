import { html, nothing, type TemplateResult } from "lit";
import { explain } from "../shared/errors.ts";
import { _ } from "../shared/i18n.ts";
import { define } from "../shared/light-element.ts";
import { banner, failure, notReady } from "../shared/notices.ts";
import { lazy } from "../shared/peer-lazy.ts";
import "../shared/peer-skeleton.ts";
import { RootElement, type BlockConfig } from "../shared/root-element.ts";
import { singleKeysOn } from "../shared/shortcuts.ts";
import type { App, News, Route } from "./app.ts";
import { Operations } from "./operations.ts";
import "./peer-assignment.ts";
import "./peer-result.ts";
import type { PeerTeam } from "./peer-team.ts";
import type { OverseeRow, State } from "./types.ts";

/** An assignment that peers review: the way through it, one review, the result, or the course team's view. */
export class PeerReview extends RootElement<BlockConfig, Route> implements App {
  static override properties = {
    state: { state: true }, failed: { state: true }, news: { state: true }, refusal: { state: true }, busy: { state: true },
  };
  state: State | null = null;
  /** Why the assignment did not load. */
  failed: unknown = null;
  news: News | null = null;
  /** Why the last step was refused. */
  refusal: unknown = null;
  busy = false;
  operations!: Operations;
  singleKeys = true;
  protected readonly home: Route = { view: "home" };
  #loading = new AbortController();

  protected begin(): null {
    this.operations = new Operations(this.api);
    this.singleKeys = singleKeysOn(this.storage);
    void this.reload();
    return null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#loading.abort();
  }

  async reload(): Promise<void> {
    this.#loading.abort();
    this.#loading = new AbortController();
    const { signal } = this.#loading;
    this.failed = null;
    this.refusal = null;
    try {
      this.take(await this.operations.open(signal));
    } catch (error) {
      if (!signal.aborted) this.failed = error;
    }
  }

  take(state: State, news: News | null = null): void {
    this.state = state;
    this.news = news;
    this.refusal = null;
  }

  async takeReview(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      this.take(await this.operations.takeReview());
      if (this.state?.review) this.go({ view: "review" });
    } catch (error) {
      this.refusal = error;
    } finally {
      this.busy = false;
    }
  }

  protected override moved(from: Route): void {
    this.refusal = null;
    if (this.route.view !== "home" && from.view !== "work") this.news = null;
    if (from.view === "work" && this.route.view === "team") void this.#team?.focusCurrent();
    else void this.#focusTitle();
  }

  get #team(): PeerTeam | null {
    return this.renderRoot.querySelector<PeerTeam>("peer-team");
  }

  async #focusTitle(): Promise<void> {
    await this.updateComplete;
    const titles = [...this.renderRoot.querySelectorAll<HTMLElement>(".view-title")];
    titles.find((title) => title.checkVisibility())?.focus();
  }

  protected content(): TemplateResult {
    const { state } = this;
    if (!state) return this.failed === null ? this.#skeleton() : this.#failure();
    return html`<div class="stack">${this.failed === null ? nothing : this.#stale()}${this.#news()}${this.#view(state)}</div>`;
  }

  #skeleton(): TemplateResult {
    return html`<peer-skeleton .label=${_("Loading the assignment")} .retry=${() => void this.reload()}></peer-skeleton>`;
  }

  #failure(): TemplateResult {
    const reasons = notReady(this.failed, this.level);
    if (reasons) return reasons;
    const retry = (): void => void this.reload();
    return failure({ level: this.level, title: _("The assignment did not load"), error: this.failed, retry });
  }

  /** What stands there is from before. */
  #stale(): TemplateResult {
    return banner({ tone: "danger", what: _("This is not the newest state."), meaning: explain(this.failed) });
  }

  #news(): unknown {
    if (this.refusal !== null) {
      return banner({ tone: "danger", what: _("That did not work."), meaning: explain(this.refusal) });
    }
    const news = this.news;
    return html`<div role="status">${news ? banner({ tone: "success", what: news.what, meaning: news.meaning ?? "" }) : nothing}</div>`;
  }

  #view(state: State): unknown {
    const { view, id = "", name = "" } = this.route;
    const app = this as App;
    if (view === "review" && state.review) {
      return lazy(this.editorUrl, () => html`<peer-reviewing .app=${app} .state=${this.state}></peer-reviewing>`);
    }
    if (view === "result" && state.mine.result && state.can.read_result) {
      return html`<peer-result .app=${app} .state=${state}></peer-result>`;
    }
    if (state.can.oversee && (view === "team" || view === "work")) {
      return lazy(this.editorUrl, () => html`<peer-team .app=${app} .state=${this.state} ?hidden=${this.route.view !== "team"}></peer-team>${
        view === "work" ? html`<peer-team-work .app=${app} .state=${this.state} .work=${id} .author=${name} @peer-settled=${this.#settled}></peer-team-work>` : nothing}`);
    }
    return html`<peer-assignment .app=${app} .state=${state} .busy=${this.busy}></peer-assignment>`;
  }

  #settled = (event: CustomEvent<OverseeRow>): void => {
    this.news = { what: _("The work is settled."), meaning: _("Its author reads your review and the grade.") };
    void this.#team?.changeRow(event.detail);
  };
}

define("peer-review", PeerReview);
