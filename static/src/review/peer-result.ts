import { html, nothing, type TemplateResult } from "lit";
import { heading } from "../shared/heading.ts";
import { _, ngettext, rich } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { define, LightElement } from "../shared/light-element.ts";
import { longDate } from "../shared/time.ts";
import { timeAgo } from "../shared/peer-time.ts";
import type { App } from "./app.ts";
import { feedback, overallWords } from "./feedback.ts";
import { gradeSentence, percent, short, track } from "./grade.ts";
import { gradeAfterClose, isClosed } from "./progress.ts";
import { rubricDisclosure } from "./task.ts";
import type { Result, State } from "./types.ts";
import { workBody } from "./work.ts";

/** What others say of the reader's work: the grade, how it came about, and each comment by criterion. */
export class PeerResult extends LightElement {
  static override properties = { app: { attribute: false }, state: { attribute: false } };
  app!: App;
  state!: State;

  protected override render(): TemplateResult {
    const result = this.state.mine.result;
    if (!result) return html``;
    return html`<div class="stack loose">${this.#header(result)}${gradeCard(result, this.#settling(), this.app.level + 1)}
      ${result.grade !== null && result.reviewer_grades.length && result.by === "peers" ? this.#reasons(result) : nothing}
      ${feedback(result, this.state.activity, this.app)}${overallWords(result, this.app)}${this.#work()}</div>`;
  }

  /** When the grade comes, as long as there is none. */
  #settling(): string {
    const { activity, mine } = this.state;
    if (isClosed(activity, new Date())) return gradeAfterClose(mine);
    const have = mine.result?.reviewer_grades.length ?? 0;
    return ngettext("It is settled once {n} review is in. {have} is in now.", "It is settled once {n} reviews are in. {have} are in now.", activity.wanted, { have });
  }

  #header({ settled_at }: Result): TemplateResult {
    const { mine, activity } = this.state;
    const date = mine.submission ? longDate(new Date(mine.submission.submitted_at), new Date()) : "";
    const values = { title: activity.title, date };
    const settled = settled_at ? rich(_("{title}, handed in on {date}. Settled {when}."), { ...values, when: timeAgo(settled_at) })
      : _("{title}, handed in on {date}. Not settled yet.", values);
    return html`<div class="stack tight"><div><button class="btn quiet s outdent" type="button" @click=${() => this.app.go({ view: "home" })}>${icon("back", "flip")} ${
      _("The assignment")}</button></div><div class="header"><div>${heading(this.app.level, _("Your result"), { style: "h-block view-title", focusable: true })}
      <p class="lede">${settled}</p></div></div></div>`;
  }

  #reasons(result: Result): TemplateResult {
    const n = result.reviewer_grades.length;
    return html`<section class="bench" aria-labelledby="why-title"><div class="stack tight">
      ${heading(this.app.level + 1, _("How this grade came about"), { style: "h-section", id: "why-title" })}
      <p class="prose">${ngettext("{n} person reviewed your work.", "{n} people reviewed your work.", n)} ${
        _("Under each criterion the median of their points counts: half of them gave as much or more, half as much or less.")} ${
        _("The criteria are then added up by their share of the grade.")}</p>${rubricDisclosure(this.state.activity)}</div>
      <div class="card"><table class="table"><caption class="sr">${_("What each reviewer gave")}</caption>
        <thead><tr><th scope="col">${_("Reviewer")}</th><th scope="col" class="end">${_("Gave, of 100")}</th></tr></thead>
        <tbody>${result.reviewer_grades.map((grade, index) => html`<tr><th scope="row">${_("Reviewer {n}", { n: index + 1 })}</th><td class="end">${
          percent(grade)}</td></tr>`)}</tbody></table></div></section>`;
  }

  #work(): TemplateResult | typeof nothing {
    const { submission } = this.state.mine;
    if (!submission) return nothing;
    return html`<details class="more"><summary>${_("Your work, as they read it")} ${icon("down", "turn")}</summary>
      <div class="card pad stack folded">${workBody(submission, this.app)}</div></details>`;
  }
}

/** Big number, track, legend. Without a grade: an empty track, and `settling`, what it waits for. */
function gradeCard(result: Result, settling: string, level: number): TemplateResult {
  const { grade, reviewer_grades: rings, by } = result;
  const byStaff = by === "staff";
  return html`<section class="card pad grade" aria-labelledby="grade-title"><div class="stack tight">
    ${heading(level, _("Your grade"), { style: "h-small muted", id: "grade-title" })}
    <p class="big">${grade === null ? html`<small>${_("none yet")}</small>` : html`${percent(grade)} <small>${_("of 100")}</small>`}</p>
    <p class="small muted">${grade === null ? settling : gradeMeaning(result)}</p></div>
    <div>${track(grade, byStaff ? [] : rings, gradeSentence(grade, rings, byStaff), "l")}
      <span class="ticks" aria-hidden="true">${[0, 25, 50, 75, 100].map((tick) => html`<span style="--p: ${tick}">${tick}</span>`)}</span>
      ${legend(grade !== null, !byStaff && rings.length > 0)}</div></section>`;
}

function gradeMeaning({ by, points, points_possible }: Result): string {
  if (by === "staff") return _("Set by the course team.");
  if (points === null || points_possible === 100) return _("The median of your reviewers, criterion by criterion.");
  return _("{points} of {possible} points in the gradebook.", { points: short(points), possible: short(points_possible) });
}

function legend(hasGrade: boolean, hasRings: boolean): TemplateResult | typeof nothing {
  if (!hasGrade && !hasRings) return nothing;
  return html`<ul role="list" class="legend muted">${hasGrade ? html`<li><span class="swatch own"></span>${_("Your grade")}</li>` : nothing}${
    hasRings ? html`<li><span class="swatch ring"></span>${_("One reviewer")}</li>` : nothing}</ul>`;
}

define("peer-result", PeerResult);
