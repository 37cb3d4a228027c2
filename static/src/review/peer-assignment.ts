import { html, nothing, type TemplateResult } from "lit";
import { heading } from "../shared/heading.ts";
import { _, ngettext } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { define, LightElement } from "../shared/light-element.ts";
import { banner } from "../shared/notices.ts";
import { lazy } from "../shared/peer-lazy.ts";
import { longDate } from "../shared/time.ts";
import type { App } from "./app.ts";
import { deadline } from "./deadline.ts";
import { currentStep, describeWay, nextFor, type Deed, type Next } from "./progress.ts";
import { stepper } from "./stepper.ts";
import { taskDisclosure, taskSection } from "./task.ts";
import type { State, Submission } from "./types.ts";
import { describeWork, workBody } from "./work.ts";

const ICONS = { stop: "lock", wait: "clock", look: "eye" } as const;

/** The reader's way through the assignment: where they stand, what comes next, the task, their own work. */
export class PeerAssignment extends LightElement {
  static override properties = {
    app: { attribute: false }, state: { attribute: false }, busy: { attribute: false }, editing: { state: true },
  };
  app!: App;
  state!: State;
  /** A work is being fetched. */
  busy = false;
  /** The own work is being changed. */
  editing = false;

  protected override render(): TemplateResult {
    const now = new Date();
    const next = nextFor(this.state, now);
    return html`<div class="stack loose"><div class="stack">${this.#header(now)}${stepper(this.state, now)}</div>
      ${next ? this.#next(next) : nothing}${this.state.can.submit && !this.state.mine.submission ? this.#handIn() : this.#later()}</div>`;
  }

  #header(now: Date): TemplateResult {
    const { activity, steps, can } = this.state;
    const step = currentStep(steps);
    const at = step?.name === "submit" ? activity.submissions_due ?? step.at : activity.reviews_due;
    return html`<div class="header"><div>${heading(this.app.level, activity.title || _("Peer review"), { style: "h-block view-title", focusable: true })}
      <p class="lede">${describeWay(activity)}</p></div><div class="stack tight">${step ? deadline(at, now) : nothing}${can.oversee
        ? html`<button class="btn s" type="button" @click=${() => this.app.go({ view: "team" })}>${icon("staff")} ${_("Course team’s view")}</button>`
        : nothing}</div></div>`;
  }

  #next(next: Next): TemplateResult {
    if (next.tone !== "act") {
      return banner({ tone: next.tone === "stop" ? "warning" : "info", what: next.what, meaning: next.meaning,
        icon: ICONS[next.tone], action: this.#deed(next) });
    }
    return html`<section class="card pad subtle next" aria-labelledby="next-title"><div class="stack tight">
      ${heading(this.app.level + 1, next.what, { style: "h-section", id: "next-title" })}<p class="muted small">${next.meaning}</p></div>${this.#deed(next)}</section>`;
  }

  #deed({ deed }: Next): TemplateResult | undefined {
    const deeds: Readonly<Record<Deed, () => TemplateResult>> = {
      take: () => this.#button(_("Get a work to review"), true, () => void this.app.takeReview()),
      continue: () => this.#button(_("Continue the review"), true, () => this.app.go({ view: "review" })),
      read: () => this.#button(_("Read your feedback"), true, () => this.app.go({ view: "result" })),
      refresh: () => this.#button(_("Look again"), false, () => void this.app.reload()),
    };
    return deed ? deeds[deed]() : undefined;
  }

  #button(label: string, solid: boolean, act: () => void): TemplateResult {
    return html`<button class="btn ${solid ? "primary" : "s"}" type="button" aria-busy=${(solid && this.busy) || nothing} @click=${act}>${
      solid && this.busy ? html`<span class="spinner"></span>` : nothing} ${label}</button>`;
  }

  #handIn(): TemplateResult {
    return html`${taskSection(this.state.activity, this.app.level + 1, this.app.katexUrl)}
      <section class="stack" aria-labelledby="own-title">${heading(this.app.level + 1, _("Your work"), { style: "h-section", id: "own-title" })}
      ${this.#editor(null)}</section>`;
  }

  #editor(submission: Submission | null): TemplateResult {
    const state = this.state;
    return lazy(this.app.editorUrl, () => html`<peer-submission .app=${this.app} .state=${state} .submission=${submission}
      @peer-cancel=${this.#stopEditing} @peer-sent=${this.#sent}></peer-submission>`);
  }

  #sent = (event: CustomEvent<State>): void => {
    const { activity, mine } = event.detail;
    const was = this.editing;
    this.editing = false;
    const meaning = was ? _("Reviewers get this version.")
      : ngettext("Next: review the work of {n} other.", "Next: review the work of {n} others.", mine.reviews_left || activity.to_give);
    this.app.take(event.detail, { what: was ? _("Your work is changed.") : _("Your work is in."), meaning });
    void this.focusOn(".view-title");
  };

  #stopEditing = (): void => {
    this.editing = false;
    void this.focusOn(".change");
  };

  /** What stands below once the own work is in, or can no longer come in. */
  #later(): TemplateResult {
    const { mine, activity } = this.state;
    if (!mine.submission) return taskSection(activity, this.app.level + 1, this.app.katexUrl);
    return html`<section class="stack" aria-labelledby="own-title">${this.#ownHead(mine.submission)}${
      this.editing ? this.#editor(mine.submission) : this.#own(mine.submission)}</section>
      ${taskDisclosure(activity, this.app.katexUrl)}`;
  }

  #ownHead({ submitted_at, can_edit, word_count, files }: Submission): TemplateResult {
    const date = longDate(new Date(submitted_at), new Date());
    const mayChange = can_edit && this.state.can.edit && !this.editing;
    return html`<div class="cluster">${heading(this.app.level + 1, _("Your work"), { style: "h-section", id: "own-title" })}
      <span class="muted small">${_("{what}, handed in on {date}", { what: describeWork(word_count, files.length), date })}</span>${mayChange
        ? html`<button class="btn s push change" type="button" @click=${() => (this.editing = true)}>${icon("edit")} ${_("Change it")}</button>`
        : nothing}</div>`;
  }

  #own(submission: Submission): TemplateResult {
    const { mine } = this.state;
    const isTaken = !submission.can_edit && mine.reviews_received + mine.being_reviewed > 0 && !mine.result;
    return html`<div class="card pad stack">${workBody(submission, this.app)}</div>${isTaken
      ? html`<p class="help">${icon("lock")} ${_("Somebody has begun to review your work, so that it can no longer be changed.")}</p>` : nothing}`;
  }
}

define("peer-assignment", PeerAssignment);
