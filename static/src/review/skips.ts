/** Why reviewers passed a work on, for the course team. */
import { html, nothing, type TemplateResult } from "lit";
import { heading } from "../shared/heading.ts";
import { _ } from "../shared/i18n.ts";
import { nameOf } from "../shared/people.ts";
import { timeAgo } from "../shared/peer-time.ts";
import type { Skip, SkipReason } from "./types.ts";

/** Nothing where nobody did. */
export function skipReasons(skips: readonly Skip[], level: number): TemplateResult | typeof nothing {
  if (!skips.length) return nothing;
  return html`<section class="stack tight" aria-labelledby="skips-title">${heading(level, _("Passed on by reviewers"), { style: "h-section", id: "skips-title" })}
    <ul role="list" class="stack tight">${skips.map(skipLine)}</ul></section>`;
}

function skipLine({ person, reason, note, taken_at: at }: Skip): TemplateResult {
  return html`<li><p><b dir="auto">${nameOf(person)}</b>: ${reasonWords(reason)} <span class="muted small">${timeAgo(at)}</span></p>${
    note ? html`<p class="muted" dir="auto">${note}</p>` : nothing}</li>`;
}

function reasonWords(reason: SkipReason): string {
  const words: Record<SkipReason, string> = {
    know_author: _("recognises the author"), unreadable: _("cannot open or read it"),
    off_topic: _("finds it empty, off topic or offensive"), other: _("another reason"),
  };
  return words[reason];
}
