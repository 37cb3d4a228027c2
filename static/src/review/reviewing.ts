/** The foot of a review: what is missing, as links; and why it was refused, field by field. */
import { html, type TemplateResult } from "lit";
import { explain, Refused } from "../shared/errors.ts";
import { _, ngettext } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { isOfAField } from "./keeping.ts";
import { controlId } from "./rubric-form.ts";
import { missingIn } from "./rubric.ts";
import type { Criterion, ReviewDraft } from "./types.ts";

const NAMED = 2;

/** "Still missing: a comment on Protocol, and 3 more"; each a link to its control. */
export function remaining(draft: ReviewDraft, criteria: readonly Criterion[], reach: (field: string) => void): TemplateResult {
  const missing = missingIn(draft, criteria);
  if (missing.length === 0) return html`${icon("check")} ${_("Everything is there.")}`;
  const more = missing.length - NAMED;
  return html`${_("Still missing:")} ${missing.slice(0, NAMED).map(({ field, label }, index) => html`${index ? ", " : ""}<a
    href="#${controlId(field)}" @click=${(event: Event) => follow(event, field, reach)}>${label}</a>`)}${
    more > 0 ? ngettext(", and {n} more", ", and {n} more", more) : ""}`;
}

function follow(event: Event, field: string, reach: (field: string) => void): void {
  event.preventDefault();
  reach(field);
}

/** A refusal's messages by field, those of `details.errors` included; {} when it is about no field. */
export function errorsByField(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof Refused) || !isOfAField(error)) return {};
  const all = (error.details.errors ?? []) as readonly { readonly field: string; readonly message: string }[];
  const named = [{ field: error.field, message: explain(error) }, ...all].filter(({ field }) => /^(scores\.|comments\.|overall$)/.test(field));
  return Object.fromEntries(named.map(({ field, message }) => [field, message]));
}

/** What is missing, as errors beside the fields. */
export function missingErrors(draft: ReviewDraft, criteria: readonly Criterion[]): Readonly<Record<string, string>> {
  return Object.fromEntries(missingIn(draft, criteria).map(({ field }) => [
    field, field.startsWith("scores.") ? _("Choose one of these.") : _("Write one sentence: the author learns from it."),
  ]));
}
