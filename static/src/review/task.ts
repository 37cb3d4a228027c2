/** The task: what was asked, and by which rubric the works are read. */
import { html, nothing, type TemplateResult } from "lit";
import { heading } from "../shared/heading.ts";
import { _, formatNumber, ngettext } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { prose } from "../shared/peer-prose.ts";
import type { Activity, Criterion } from "./types.ts";

/** "30 % of the grade"; a criterion of 0 % asks for comments only. */
export function shareOf({ weight }: Criterion): string {
  return weight === 0 ? _("for comments only") : _("{n} % of the grade", { n: weight });
}

export function pointsOf(points: number): string {
  return Number.isInteger(points) ? ngettext("{n} point", "{n} points", points) : _("{n} points", { n: formatNumber(points) });
}

export function rubricDisclosure({ criteria }: Activity): TemplateResult {
  return html`<details class="more"><summary>${ngettext("How it is judged: {n} criterion", "How it is judged: {n} criteria", criteria.length)}
    ${icon("down", "turn")}</summary><ul role="list" class="criteria">${criteria.map(criterionLine)}</ul></details>`;
}

function criterionLine(criterion: Criterion): TemplateResult {
  const { name, prompt, options } = criterion;
  return html`<li><p><b>${name}</b> <span class="muted">${shareOf(criterion)}</span></p>${
    prompt ? html`<p class="muted">${prompt}</p>` : nothing}<ul role="list" class="levels">${options.map((option) => html`<li><span class="muted num">${
      pointsOf(option.points)}</span><span>${option.name}${option.explanation ? html` <span class="muted">${option.explanation}</span>` : nothing}</span></li>`)}</ul></li>`;
}

/** Without a task in words, what it is judged by stands alone. */
export function taskSection(activity: Activity, level: number, katexUrl: string): TemplateResult {
  if (!activity.prompt_html) return rubricDisclosure(activity);
  return html`<section class="stack" aria-labelledby="task-title">${heading(level, _("The task"), { style: "h-section", id: "task-title" })}
    ${prose(activity.prompt_html, katexUrl, "")}${rubricDisclosure(activity)}</section>`;
}

/** The task where something else comes first: folded. */
export function taskDisclosure(activity: Activity, katexUrl: string): TemplateResult {
  if (!activity.prompt_html) return rubricDisclosure(activity);
  return html`<details class="more"><summary>${_("The task")} ${icon("down", "turn")}</summary><div class="stack folded">${
    prose(activity.prompt_html, katexUrl, "")}${rubricDisclosure(activity)}</div></details>`;
}
