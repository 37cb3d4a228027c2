/** What reviewers say, criterion by criterion: their points on a track, their words beside it. */
import { html, nothing, type TemplateResult } from "lit";
import { heading } from "../shared/heading.ts";
import { _, listOf, ngettext } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { avatar, nameOf, type Person } from "../shared/people.ts";
import { prose } from "../shared/peer-prose.ts";
import type { RootHost } from "../shared/root-element.ts";
import { short, track } from "./grade.ts";
import { pointsOf, shareOf } from "./task.ts";
import type { Activity, CriterionResult, CriterionReview, Result } from "./types.ts";

const TEAM = "team";

interface Voice {
  readonly reviewer: string;
  readonly person: Person | null;
}

export function feedback(result: Result, activity: Activity, host: RootHost): TemplateResult {
  const count = Math.max(0, ...result.criteria.map(({ reviews }) => reviews.length));
  return html`<section class="stack" aria-labelledby="feedback-title"><div class="cluster">
    ${heading(host.level + 1, _("Feedback, criterion by criterion"), { style: "h-section", id: "feedback-title" })}
    <span class="muted small push">${ngettext("{n} review", "{n} reviews", count)}</span></div>
    ${result.criteria.map((criterion) => criterionCard(criterion, activity, host))}</section>`;
}

function criterionCard(result: CriterionResult, activity: Activity, host: RootHost): TemplateResult | typeof nothing {
  const criterion = activity.criteria.find(({ id }) => id === result.id);
  if (!criterion) return nothing;
  const title = html`${criterion.name}`;
  return html`<article class="card"><div class="pane-body bench"><div class="stack tight">
    <div class="cluster">${heading(host.level + 2, title, { style: "h-criterion" })}<span class="muted small">${shareOf(criterion)}</span></div>
    ${result.max_points > 0 ? pointsTrack(result) : nothing}</div>
    <div class="stack">${result.reviews.map((review) => said(review, optionOf(review, result), review.html, host))}</div></div></article>`;
}

function optionOf({ option, points }: CriterionReview, { max_points }: CriterionResult): string {
  if (max_points === 0) return option;
  return option ? _("{option}, {points}", { option, points: pointsOf(points) }) : pointsOf(points);
}

function pointsTrack({ points, max_points, reviews }: CriterionResult): TemplateResult {
  const given = listOf(reviews.map((review) => short(review.points)));
  const label = points === null ? _("No points yet.")
    : ngettext("{points} of {n} point. Reviewers gave {given}.", "{points} of {n} points. Reviewers gave {given}.", max_points, { points: short(points), given });
  const of = ngettext("of {n} point", "of {n} points", max_points);
  return html`<p class="cluster"><b class="num h-section">${points === null ? "–" : short(points)}</b><span class="muted small">${of}</span></p>
    ${track(points === null ? null : points / max_points, reviews.map((review) => review.points / max_points), label, "s")}`;
}

export function overallWords({ overall }: Result, host: RootHost): TemplateResult | typeof nothing {
  if (overall.length === 0) return nothing;
  return html`<section class="stack" aria-labelledby="overall-title">${heading(host.level + 1, _("On the whole"), { style: "h-section", id: "overall-title" })}
    <div class="card pad stack">${overall.map((word) => said(word, "", word.html, host))}</div></section>`;
}

function said(voice: Voice, aside: string, content: string, host: RootHost): TemplateResult {
  return html`<div class="post comment">${face(voice)}<div class="post-head"><span class="name">${voiceName(voice)}</span>${
    aside ? html`<span class="muted">${aside}</span>` : nothing}</div>${
    content ? prose(content, host.katexUrl) : html`<p class="post-body muted small">${_("No comment.")}</p>`}</div>`;
}

function voiceName({ reviewer, person }: Voice): string {
  if (person) return nameOf(person);
  return reviewer === TEAM ? _("Course team") : _("Reviewer {n}", { n: Number(reviewer) || reviewer });
}

/** The same reviewer has the same colour under every criterion. */
function face({ reviewer, person }: Voice): TemplateResult {
  if (person) return avatar(person, "s");
  if (reviewer === TEAM) return html`<span class="av c3 s" aria-hidden="true">${icon("staff")}</span>`;
  const hue = ((Number(reviewer) - 1) % 6) + 1;
  return html`<span class="av c${hue || 1} s" aria-hidden="true">${reviewer}</span>`;
}
