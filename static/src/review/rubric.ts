/** The rubric as a reviewer fills it: what is chosen, what is missing, which key means what. */
import { _ } from "../shared/i18n.ts";
import type { Criterion, Option, ReviewDraft } from "./types.ts";

export const EMPTY_REVIEW: ReviewDraft = { scores: {}, comments: {}, overall: "" };

export interface Missing {
  /** As a refusal names it: `scores.<criterion>` or `comments.<criterion>`. */
  readonly field: string;
  /** For the link in the save bar. */
  readonly label: string;
}

/** All that is still needed before the review can go, in the rubric's order. */
export function missingIn(draft: ReviewDraft, criteria: readonly Criterion[]): Missing[] {
  return criteria.flatMap((criterion) => {
    const { id, name } = criterion;
    const missing: Missing[] = [];
    if (!chosen(draft, criterion)) missing.push({ field: `scores.${id}`, label: _("an option for {name}", { name }) });
    if (!draft.comments[id]?.trim()) missing.push({ field: `comments.${id}`, label: _("a comment on {name}", { name }) });
    return missing;
  });
}

export function chosen(draft: ReviewDraft, { id, options }: Criterion): Option | undefined {
  return options.find((option) => option.id === draft.scores[id]);
}

/** Criteria with option and comment. */
export function countFilled(draft: ReviewDraft, criteria: readonly Criterion[]): number {
  return criteria.filter((criterion) => missingIn(draft, [criterion]).length === 0).length;
}

/** The option that a digit chooses: "1" the first; undefined for other keys. */
export function optionOfKey(key: string, { options }: Criterion): Option | undefined {
  return /^[1-9]$/.test(key) ? options[Number(key) - 1] : undefined;
}

export function isEmptyReview(draft: ReviewDraft): boolean {
  const comments = Object.values(draft.comments).join("") + draft.overall;
  return Object.keys(draft.scores).length === 0 && !comments.trim();
}

/** The newer of what the server has and what this device has; what was never kept is oldest. */
export function newerDraft(
  remote: (ReviewDraft & { readonly saved_at: string }) | null,
  local: (ReviewDraft & { readonly at: number }) | null,
): ReviewDraft {
  if (!local) return remote ?? EMPTY_REVIEW;
  return remote && Date.parse(remote.saved_at) > local.at ? remote : local;
}
