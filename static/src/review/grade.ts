/** A grade on its track: the value as a bar, each reviewer as a ring, all of it in one sentence. */
import { html, nothing, type TemplateResult } from "lit";
import { _, formatNumber, listOf, ngettext } from "../shared/i18n.ts";

/** Grades and points with at most one decimal. */
export function short(value: number): string {
  return formatNumber(Math.round(value * 10) / 10);
}

export function percent(fraction: number): string {
  return formatNumber(Math.round(fraction * 100));
}

/** `at` and `rings` are fractions of the track. */
export function track(at: number | null, rings: readonly number[], label: string, size: "s" | "l"): TemplateResult {
  return html`<span class="interval ${size}" role="img" aria-label=${label}><span class="track">${
    at === null ? nothing : html`<span class="at" style="--at: ${at * 100}"></span>`}${apart(rings).map(
    ({ value, shift }) => html`<span class="peerdot" style="--p: ${value * 100}; --shift: ${shift}"></span>`)}</span></span>`;
}

const STEPS = 50;

/** Rings that would cover one another stand side by side, inside the track; `shift` counts in radii of a ring. */
export function apart(rings: readonly number[]): { value: number; shift: number }[] {
  const sorted = [...rings].sort((a, b) => a - b);
  const place = (value: number): number => Math.round(value * STEPS);
  return sorted.map((value, index) => {
    const same = sorted.filter((other) => place(other) === place(value)).length;
    const order = sorted.slice(0, index).filter((other) => place(other) === place(value)).length;
    const start = place(value) === 0 ? 0 : place(value) === STEPS ? 1 - same : (1 - same) / 2;
    return { value, shift: start + order };
  });
}

export function gradeSentence(grade: number | null, rings: readonly number[], byStaff: boolean): string {
  if (grade === null) return _("No grade yet.");
  const value = percent(grade);
  if (byStaff) return _("Grade {value} of 100, set by the course team.", { value });
  const given = listOf(rings.map(percent));
  return ngettext("Grade {value} of 100. {n} reviewer gave {given}.", "Grade {value} of 100. {n} reviewers gave {given}.", rings.length, { value, given });
}
