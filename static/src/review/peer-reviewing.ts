import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { explain, Refused } from "../shared/errors.ts";
import { heading } from "../shared/heading.ts";
import { _, ngettext, rich } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { define, LightElement } from "../shared/light-element.ts";
import { banner } from "../shared/notices.ts";
import { avatar, nameOf } from "../shared/people.ts";
import type { App } from "./app.ts";
import { deadline } from "./deadline.ts";
import { isOfAField, Keeping, type Kept } from "./keeping.ts";
import "./peer-skip.ts";
import { afterPassing } from "./passing.ts";
import { errorsByField, missingErrors, remaining } from "./reviewing.ts";
import { focusField, rubricForm } from "./rubric-form.ts";
import { countFilled, EMPTY_REVIEW, missingIn, newerDraft } from "./rubric.ts";
import { taskDisclosure } from "./task.ts";
import type { Activity, Assignment, ReviewDraft, State } from "./types.ts";
import { describeWork, workBody } from "./work.ts";

/** One review: the work beside the rubric, kept at each pause, sent when nothing is missing. */
export class PeerReviewing extends LightElement {
  static override properties = {
    app: { attribute: false }, state: { attribute: false }, draft: { state: true }, kept: { state: true }, errors: { state: true },
    problem: { state: true }, lost: { state: true }, late: { state: true }, busy: { state: true }, skipping: { state: true },
  };
  app!: App;
  state!: State;
  draft: ReviewDraft = EMPTY_REVIEW;
  kept: Kept = "";
  errors: Readonly<Record<string, string>> = {};
  /** Why it was not sent. */
  problem = "";
  /** Why the work is no longer the reader's. */
  lost = "";
  /** Why drafts are not kept any more, while the review can still be sent. */
  late = "";
  busy = false;
  skipping = false;
  #assignment!: Assignment;
  #keeping!: Keeping;
  #listening = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listening = new AbortController();
    window.addEventListener("pagehide", () => this.#keeping.flush(), { signal: this.#listening.signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening.abort();
    this.#keeping.flush();
  }

  protected override willUpdate(changed: PropertyValues): void {
    const assignment = this.state.review;
    if (changed.has("state") && assignment && assignment.id !== this.#assignment?.id) this.#begin(assignment);
  }

  #begin(assignment: Assignment): void {
    this.#assignment = assignment;
    this.draft = newerDraft(assignment.draft, this.app.drafts.read<ReviewDraft>(this.#place));
    this.kept = assignment.draft ? "saved" : "";
    this.errors = {};
    this.problem = this.lost = this.late = "";
    this.#keeping = new Keeping({
      keep: (draft) => this.app.drafts.keep(this.#place, draft, Date.now()),
      save: (draft) => this.app.operations.saveReview(assignment.id, draft),
      tell: (kept) => (this.kept = kept),
      refused: (refusal) => this.#refused(refusal),
    });
  }

  get #place(): string {
    return `review-${this.#assignment.id}`;
  }

  protected override firstUpdated(): void {
    void this.focusOn(".view-title");
  }

  protected override render(): TemplateResult {
    const { activity } = this.state;
    return html`<div class="stack loose">${this.#header(activity)}${this.lost ? this.#lost() : this.#warnings()}
      <div class="bench fit">${this.#work(activity)}${this.#rubric(activity)}</div>
      ${checklist(this.app.level + 1)}
      <div class="stack tight">${this.problem ? banner({ tone: "danger", what: _("Your review was not sent."), meaning: this.problem }) : nothing}
        ${this.#savebar(activity)}</div>
      ${this.skipping ? this.#skip() : nothing}</div>`;
  }

  #header(activity: Activity): TemplateResult {
    const values = { number: this.#assignment.number, total: activity.to_give };
    const number = this.#assignment.number > activity.to_give ? _("One review more than you promised. Thank you.")
      : _("Review {number} of {total}.", values);
    return html`<div class="stack tight"><div><button class="btn quiet s outdent" type="button" @click=${() => this.app.go({ view: "home" })}>${icon("back", "flip")} ${
      _("The assignment")}</button></div><div class="header"><div>
      ${heading(this.app.level, _("Review a peer’s work"), { style: "h-block view-title", focusable: true })}
      <p class="lede">${number} ${namesSentence(activity)}</p></div>${deadline(this.#assignment.expires_at, new Date())}</div></div>`;
  }

  #lost(): TemplateResult {
    const action = html`<button class="btn s" type="button" @click=${this.#leave}>${_("Back to the assignment")}</button>`;
    return banner({ tone: "warning", what: this.lost, meaning: _("What you wrote stays on this page for you to copy."), action });
  }

  #warnings(): TemplateResult {
    const replaced = banner({
      tone: "warning", what: _("The author has replaced this work since you began."),
      meaning: _("What you had written is about the former one: read this one before you send."),
    });
    const late = banner({ tone: "warning", what: this.late, meaning: _("What you write is kept on this device.") });
    return html`${this.#assignment.draft?.is_of_former ? replaced : nothing}${this.late ? late : nothing}`;
  }

  #work(activity: Activity): TemplateResult {
    const { submission } = this.#assignment;
    const { author } = submission;
    return html`<section class="pane" aria-labelledby="work-title"><div class="pane-head">
      ${heading(this.app.level + 1, _("The work"), { style: "h-small", id: "work-title" })}
      <span class="muted">${describeWork(submission.word_count, submission.files.length)}</span>${author
        ? html`<span class="cluster push">${avatar(author, "s")} ${nameOf(author)}</span>` : nothing}</div>
      <div class="pane-body scroll stack" tabindex="0" role="region" aria-label=${_("Text of the work")}>
        ${taskDisclosure(activity, this.app.katexUrl)}${workBody(submission, this.app)}</div></section>`;
  }

  #rubric(activity: Activity): TemplateResult {
    const n = countFilled(this.draft, activity.criteria);
    const filled = ngettext("{done} of {n} criterion filled", "{done} of {n} criteria filled", activity.criteria.length, { done: n });
    return html`<form class="pane" id="rubric-form" aria-labelledby="rubric-title" novalidate @submit=${this.#onSubmit} @keydown=${this.#onKey}>
      <div class="pane-head">${heading(this.app.level + 1, _("The rubric"), { style: "h-small", id: "rubric-title" })}
        <span class="muted">${filled}</span><span class="saved push" role="status">${keptWords(this.kept)}</span></div>
      <div class="pane-body stack loose">${this.app.singleKeys ? html`<p class="help wide-only">${rich(_("{first} to {last} choose an option of the criterion in focus."), {
        first: html`<span class="kbd">1</span>`, last: html`<span class="kbd">9</span>` })}</p>` : nothing}
        ${rubricForm({ activity, draft: this.draft, level: this.app.level + 2, errors: this.errors, singleKeys: this.app.singleKeys, change: this.#change })}</div></form>`;
  }

  #savebar(activity: Activity): TemplateResult {
    return html`<div class="savebar"><button class="btn quiet" type="button" aria-haspopup="dialog" @click=${() => (this.skipping = true)}>${icon("flag")} ${
      _("Pass or report this work")}</button><span class="small muted push">${remaining(this.draft, activity.criteria, (field) => focusField(this, field))}</span>
      <button class="btn primary" type="submit" form="rubric-form" aria-busy=${this.busy || nothing} aria-disabled=${this.lost ? "true" : nothing}>${
        this.busy ? html`<span class="spinner"></span>` : nothing} ${this.problem ? _("Try again") : _("Send the review")}</button></div>`;
  }

  #skip(): TemplateResult {
    return html`<peer-skip .app=${this.app} .review=${this.#assignment.id} @peer-close=${() => (this.skipping = false)} @peer-sent=${this.#onSkipped}></peer-skip>`;
  }

  #change = (draft: ReviewDraft): void => {
    this.draft = draft;
    this.errors = Object.fromEntries(Object.entries(this.errors).filter(([field]) => missingIn(draft, this.state.activity.criteria).some((missing) => missing.field === field)));
    if (this.lost) return;
    if (this.kept === "saved") this.kept = "";
    this.#keeping.change(draft);
  };

  #refused(refusal: Refused): void {
    if (isOfAField(refusal)) this.errors = { ...this.errors, ...errorsByField(refusal) };
    else if (refusal.code === "lapsed") this.late = refusal.message;
    else this.lost = refusal.message;
  }

  #onKey = (event: KeyboardEvent): void => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      void this.#send();
    }
  };

  #onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.#send();
  };

  async #send(): Promise<void> {
    if (this.busy || this.lost) return;
    const { criteria } = this.state.activity;
    this.problem = "";
    this.errors = missingErrors(this.draft, criteria);
    const first = missingIn(this.draft, criteria)[0];
    if (first) return this.#reach(first.field);
    this.busy = true;
    try {
      this.#sent(await this.app.operations.sendReview(this.#assignment.id, this.draft));
    } catch (error) {
      await this.#failed(error);
    }
  }

  async #reach(field: string): Promise<void> {
    await this.updateComplete;
    focusField(this, field);
  }

  #sent(state: State): void {
    this.busy = false;
    this.#finish();
    const left = state.mine.reviews_left;
    const meaning = left > 0 ? ngettext("{n} more to give, then your own feedback opens.", "{n} more to give, then your own feedback opens.", left)
      : _("You have given all that you promised.");
    this.app.take(state, { what: _("Your review is sent."), meaning });
    this.app.go({ view: "home" });
  }

  #onSkipped = (event: CustomEvent<State>): void => {
    this.#finish();
    this.app.take(event.detail, { what: _("You passed on this work."), meaning: afterPassing(event.detail, new Date()) });
    this.app.go({ view: "home" });
  };

  #finish(): void {
    this.#keeping.stop();
    this.app.drafts.forget(this.#place);
  }

  async #failed(error: unknown): Promise<void> {
    this.busy = false;
    this.errors = errorsByField(error);
    const [field] = Object.keys(this.errors);
    if (field) return this.#reach(field);
    if (error instanceof Refused && !isOfAField(error)) this.#keeping.stop();
    this.problem = `${explain(error)} ${_("What you wrote is still here.")}`;
  }

  #leave = (): void => {
    this.app.go({ view: "home" });
    void this.app.reload();
  };
}

function namesSentence({ names }: Activity): string {
  if (names === "nobody") return _("Neither you nor the author sees a name.");
  return names === "authors" ? _("You see the author’s name, the author does not see yours.") : _("You and the author see each other’s names.");
}

function keptWords(kept: Kept): unknown {
  if (kept === "saved") return html`${icon("check")} ${_("Draft saved")}`;
  if (kept === "kept") return html`${icon("check")} ${_("Draft kept on this device")}`;
  return kept === "unkept" ? _("This browser keeps no drafts") : nothing;
}

/** What makes a review worth reading: ticked by the reviewer, and never in the way. */
function checklist(level: number): TemplateResult {
  const points = [
    _("I quote at least one passage"), _("I say what is good, and why"), _("I name a next step that the author can take"),
    _("I speak of the work, never of the person"),
  ];
  return html`<section class="card pad subtle bench" aria-labelledby="check-title"><div class="stack tight">
    ${heading(level, _("Before you send"), { style: "h-section", id: "check-title" })}
    <p class="muted small">${_("These four points make the difference between a grade and feedback.")}</p></div>
    <div class="checklist">${points.map((point) => html`<label class="check"><input type="checkbox"><span>${point}</span></label>`)}</div></section>`;
}

define("peer-reviewing", PeerReviewing);
