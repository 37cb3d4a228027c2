/** Where everyone stands, in figures: tiles, and the works by how many reviews they have. */
import { html, nothing, type TemplateResult } from "lit";
import { heading } from "../shared/heading.ts";
import { _, formatNumber, listOf, ngettext } from "../shared/i18n.ts";
import type { Counts, Filter } from "./types.ts";

export function tiles(counts: Counts, level: number): TemplateResult {
  const { submissions, settled, by_received: received } = counts;
  const without = received[0] ?? 0;
  return html`<section class="tiles" aria-label=${_("Where everyone stands")}>
    ${tile(level, _("Handed in"), formatNumber(submissions), nothing, "")}
    ${tile(level, _("Without a review"), formatNumber(without), without ? _("Nobody has read them yet.") : _("Everyone has at least one."), without ? "attention" : "")}
    ${waitingTile(counts, level)}
    ${tile(level, _("Settled"), formatNumber(settled), ngettext("of {n} work", "of {n} works", submissions), "")}</section>`;
}

/** Once reviews are closed nobody waits for a peer any more. */
function waitingTile({ waiting, needs_team: needed }: Counts, level: number): TemplateResult {
  if (needed) return tile(level, _("Needs you"), formatNumber(needed), _("Reviews are closed."), "attention");
  return tile(level, _("Waiting"), formatNumber(waiting), _("for reviews, or for you"), "");
}

/** The filters that say something now, each with its number where it has one; the one that is chosen stays. */
export function filtersOf(counts: Counts | null, chosen: Filter): readonly (readonly [Filter, string, number | undefined])[] {
  const open = [["waiting", _("Waiting"), counts?.waiting], ["reviewed", _("Reviewed, not settled"), undefined]] as const;
  const closed = [["needs_team", _("Needs you"), counts?.needs_team]] as const;
  const middle = [...open, ...closed].filter(([name]) => name === chosen || (name === "needs_team") === Boolean(counts?.needs_team));
  return [["all", _("All"), counts?.submissions], ...middle, ["settled", _("Settled"), counts?.settled]];
}

function tile(level: number, name: string, figure: string, aside: unknown, style: string): TemplateResult {
  return html`<div class="tile ${style}">${heading(level, name, { style: "h-small" })}<p class="fig">${figure}</p>${
    aside === nothing ? nothing : html`<p class="small muted">${aside}</p>`}</div>`;
}

/** Bar and legend; nothing while there is no work. */
export function coverage({ submissions, by_received: received }: Counts, level: number): TemplateResult | typeof nothing {
  if (submissions === 0) return nothing;
  const last = received.length - 1;
  const words = received.map((_count, index) => receivedWords(index, last));
  const whole = listOf(received.map((count, index) => `${formatNumber(count)} ${words[index]}`));
  return html`<section class="stack tight" aria-labelledby="coverage-title"><div class="cluster">
    ${heading(level, _("Reviews received"), { style: "h-section", id: "coverage-title" })}<span class="muted small push">${ngettext("{n} work", "{n} works", submissions)}</span></div>
    <div class="meter" role="img" aria-label=${whole}>${received.map((count, index) => count ? html`<span class="k${toneOf(index, last)}" style="--v: ${count}"></span>` : nothing)}</div>
    <ul role="list" class="legend">${received.map((count, index) => html`<li><span class="swatch k${toneOf(index, last)}"></span><b class="num">${formatNumber(count)}</b>
      <span class="muted">${words[index]}</span></li>`)}</ul></section>`;
}

export function receivedWords(index: number, last: number): string {
  if (index === 0) return _("without a review");
  if (index === last) return ngettext("with {n} or more", "with {n} or more", index);
  return ngettext("with {n}", "with {n}", index);
}

/** 0 none, 3 enough, 1 and 2 between. */
export function toneOf(index: number, last: number): 0 | 1 | 2 | 3 {
  if (index === 0) return 0;
  if (index >= last) return 3;
  return index * 2 <= last ? 1 : 2;
}
