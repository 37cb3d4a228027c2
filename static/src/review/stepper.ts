/** The way in steps: what is done, what is now, what comes next and when. */
import { html, type TemplateResult } from "lit";
import { _ } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { currentStep, stepWords } from "./progress.ts";
import type { State, Step } from "./types.ts";

export function stepper({ steps, activity }: State, now: Date): TemplateResult {
  const current = currentStep(steps);
  return html`<ol role="list" class="stepper" aria-label=${_("Steps of the assignment")}>${steps.map((step, index) => {
    const { title, sub } = stepWords(step, activity, now);
    return html`<li class=${step.state} aria-current=${step === current ? "step" : "false"}><span class="n">${mark(step, index)}</span>
      <span>${title}</span><span class="sub">${sub}<span class="sr">${spoken(step)}</span></span></li>`;
  })}</ol>`;
}

function mark({ state }: Step, index: number): unknown {
  if (state === "done") return icon("check");
  return state === "missed" ? icon("close") : index + 1;
}

function spoken({ state }: Step): string {
  if (state === "done") return _(", step done");
  return state === "missed" ? _(", step missed") : "";
}
