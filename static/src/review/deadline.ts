/** A deadline: how much is left as a badge, the moment in full beside it. */
import { html, nothing, type TemplateResult } from "lit";
import { _, rich } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { describeDeadline, describeLeft, fullTime, isNear } from "../shared/time.ts";

const NEAR_DAYS = 7;

/** Nothing when there is no moment, or when it is past. */
export function deadline(at: string | null, now: Date): TemplateResult | typeof nothing {
  const moment = at ? new Date(at) : null;
  const left = moment ? describeLeft(moment, now) : "";
  if (!moment || !left) return nothing;
  const tone = isNear(moment, now, NEAR_DAYS) ? "warning" : "";
  return html`<p class="cluster small deadline"><span class="badge ${tone}">${icon("clock")} ${left}</span><span class="muted">${
    rich(_("until {date}"), { date: html`<time datetime=${at} title=${fullTime(moment)}>${describeDeadline(moment, now)}</time>` })}</span></p>`;
}
