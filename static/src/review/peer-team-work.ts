import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { explain } from "../shared/errors.ts";
import { heading } from "../shared/heading.ts";
import { _, ngettext } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { define, LightElement } from "../shared/light-element.ts";
import { banner, failure } from "../shared/notices.ts";
import "../shared/peer-skeleton.ts";
import type { App } from "./app.ts";
import { feedback, overallWords } from "./feedback.ts";
import { percent } from "./grade.ts";
import { errorsByField, missingErrors, remaining } from "./reviewing.ts";
import { focusField, rubricForm } from "./rubric-form.ts";
import { countFilled, EMPTY_REVIEW, isEmptyReview, missingIn } from "./rubric.ts";
import { skipReasons } from "./skips.ts";
import { taskDisclosure } from "./task.ts";
import type { OverseeRow, Result, ReviewDraft, Skip, State, Submission } from "./types.ts";
import { describeWork, workBody } from "./work.ts";

/** One work as the course team reads it: what peers said, and the team's own review, which settles it. */
export class PeerTeamWork extends LightElement {
  static override properties = {
    app: { attribute: false }, state: { attribute: false }, work: { attribute: false }, author: { attribute: false }, submission: { state: true }, error: { state: true },
    draft: { state: true }, errors: { state: true }, problem: { state: true }, busy: { state: true },
  };
  app!: App;
  state!: State;
  /** Id of the submission. */
  work = "";
  /** Its author's name. */
  author = "";
  submission: Submission | null = null;
  error: unknown = null;
  draft: ReviewDraft = EMPTY_REVIEW;
  errors: Readonly<Record<string, string>> = {};
  problem = "";
  busy = false;
  #result: Result | null = null;
  #skips: readonly Skip[] = [];
  #loading = new AbortController();

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("work")) void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#loading.abort();
  }

  get #place(): string {
    return `team-${this.work}`;
  }

  async #load(): Promise<void> {
    this.#loading.abort();
    this.#loading = new AbortController();
    const { signal } = this.#loading;
    this.submission = this.error = null;
    this.draft = this.app.drafts.read<ReviewDraft>(this.#place) ?? EMPTY_REVIEW;
    try {
      const { submission, result, skips } = await this.app.operations.readSubmission(this.work, signal);
      this.#result = result;
      this.#skips = skips;
      this.submission = submission;
      await this.focusOn(".view-title");
    } catch (error) {
      if (!signal.aborted) this.error = error;
    }
  }

  protected override render(): TemplateResult {
    return html`<div class="stack loose"><div><button class="btn quiet s outdent" type="button" @click=${this.#back}>${icon("back", "flip")} ${
      _("All works")}</button></div>${this.#body()}</div>`;
  }

  #back = (): void => this.app.go({ view: "team" });

  #body(): unknown {
    if (this.error !== null) {
      return failure({ level: this.app.level, title: _("The work did not load"), error: this.error, retry: () => void this.#load() });
    }
    if (!this.submission) return html`<peer-skeleton .label=${_("Loading the work")} .retry=${() => void this.#load()}></peer-skeleton>`;
    const { activity } = this.state;
    const result = this.#result;
    return html`${this.#header()}${skipReasons(this.#skips, this.app.level + 1)}<div class="bench fit">${this.#work(this.submission)}${this.#rubric()}</div>
      <div class="stack tight">${this.problem ? banner({ tone: "danger", what: _("The work is not settled."), meaning: this.problem }) : nothing}${this.#savebar()}</div>
      ${result && result.criteria.some(({ reviews }) => reviews.length) ? html`${feedback(result, activity, this.app)}${overallWords(result, this.app)}`
        : html`<p class="muted small">${_("No peer has reviewed this work yet.")}</p>`}`;
  }

  #header(): TemplateResult {
    const grade = this.#result?.grade ?? null;
    const count = this.#result?.reviewer_grades.length ?? 0;
    const reviews = ngettext("{n} peer review so far.", "{n} peer reviews so far.", count);
    const settled = grade === null ? _("Not settled.") : _("Settled with {value} of 100; a review of yours replaces that.", { value: percent(grade) });
    return html`<div class="header"><div>${heading(this.app.level, this.author ? _("The work of {name}", { name: this.author }) : _("The work"), { style: "h-block view-title", focusable: true })}
      <p class="lede">${reviews} ${settled}</p></div></div>`;
  }

  #work(submission: Submission): TemplateResult {
    return html`<section class="pane" aria-labelledby="team-work-title"><div class="pane-head">
      ${heading(this.app.level + 1, _("The work"), { style: "h-small", id: "team-work-title" })}
      <span class="muted">${describeWork(submission.word_count, submission.files.length)}</span></div>
      <div class="pane-body scroll stack" tabindex="0" role="region" aria-label=${_("Text of the work")}>${
        taskDisclosure(this.state.activity, this.app.katexUrl)}${workBody(submission, this.app)}</div></section>`;
  }

  #rubric(): TemplateResult {
    const { activity } = this.state;
    const n = countFilled(this.draft, activity.criteria);
    const filled = ngettext("{done} of {n} criterion filled", "{done} of {n} criteria filled", activity.criteria.length, { done: n });
    return html`<form class="pane" id="team-form" aria-labelledby="team-rubric-title" novalidate @submit=${this.#onSubmit}><div class="pane-head">
      ${heading(this.app.level + 1, _("Your review, for the course team"), { style: "h-small", id: "team-rubric-title" })}<span class="muted">${filled}</span></div>
      <div class="pane-body stack loose">${rubricForm({ activity, draft: this.draft, level: this.app.level + 2, errors: this.errors,
        singleKeys: this.app.singleKeys, change: this.#change })}</div></form>`;
  }

  #savebar(): TemplateResult {
    return html`<div class="savebar"><span class="small muted">${remaining(this.draft, this.state.activity.criteria, (field) => focusField(this, field))}</span>
      <button class="btn primary push" type="submit" form="team-form" aria-busy=${this.busy || nothing}>${
        this.busy ? html`<span class="spinner"></span>` : nothing} ${_("Settle with this review")}</button></div>`;
  }

  #change = (draft: ReviewDraft): void => {
    this.draft = draft;
    this.errors = {};
    if (isEmptyReview(draft)) this.app.drafts.forget(this.#place);
    else this.app.drafts.keep(this.#place, draft, Date.now());
  };

  #onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.#send();
  };

  async #send(): Promise<void> {
    if (this.busy) return;
    const { criteria } = this.state.activity;
    this.problem = "";
    this.errors = missingErrors(this.draft, criteria);
    const first = missingIn(this.draft, criteria)[0];
    if (first) return this.#reach(first.field);
    this.busy = true;
    try {
      const { row } = await this.app.operations.staffReview(this.work, this.draft, this.submission?.revision ?? 0);
      this.app.drafts.forget(this.#place);
      this.dispatchEvent(new CustomEvent<OverseeRow>("peer-settled", { detail: row }));
      this.#back();
    } catch (error) {
      this.errors = errorsByField(error);
      const [field] = Object.keys(this.errors);
      if (field) await this.#reach(field);
      else this.problem = `${explain(error)} ${_("What you wrote is still here.")}`;
    } finally {
      this.busy = false;
    }
  }

  async #reach(field: string): Promise<void> {
    await this.updateComplete;
    focusField(this, field);
  }
}

define("peer-team-work", PeerTeamWork);
