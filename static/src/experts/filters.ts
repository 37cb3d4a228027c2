/** What the reader looks for, and how many were found, in words. */
import { _, ngettext } from "../shared/i18n.ts";
import type { Found, Skill, SkillCount } from "./types.ts";

export interface Filters {
  readonly query: string;
  readonly skill: Skill | null;
  /** BCP 47, "" for any. */
  readonly language: string;
  /** Only who takes questions now. */
  readonly available: boolean;
}

export const NO_FILTERS: Filters = { query: "", skill: null, language: "", available: false };

/** Matches are counted up to here. */
const COUNTED = 200;

export function isFiltered({ query, skill, language, available }: Filters): boolean {
  return Boolean(query || skill || language || available);
}

/** "4 people match. Sorted by what they answered about this, recent first." */
export function resultSentence({ count, sorted_by }: Found, filters: Filters): string {
  if (count === 0) return isFiltered(filters) ? _("Nobody matches.") : _("Nobody is listed yet.");
  const order = {
    answers: _("Sorted by what they answered about this, recent first."), skill: _("Those who declare this skill come first."),
    name: _("Those whose name matches come first."), recent: _("The newest cards come first."),
  }[sorted_by];
  return `${countSentence(count, filters)} ${order}`;
}

function countSentence(count: number, filters: Filters): string {
  if (!isFiltered(filters)) return ngettext("{n} person.", "{n} people.", count);
  if (count >= COUNTED) return ngettext("{n} person or more match.", "{n} people or more match.", count);
  return ngettext("{n} person matches.", "{n} people match.", count);
}

/** With the people of a further page. What matches was counted with the first one; a later page counts its own part. */
export function withPage(before: Found, page: Found): Found {
  const known = new Set(before.people.map(({ id }) => id));
  return { ...page, count: before.count, people: [...before.people, ...page.people.filter(({ id }) => !known.has(id))] };
}

/** The chips: the commonest skills, with the chosen one first where it is not among them. */
export function chipSkills(common: readonly SkillCount[], chosen: Skill | null): readonly (Skill & { readonly count?: number })[] {
  return chosen && !common.some(({ id }) => id === chosen.id) ? [chosen, ...common] : common;
}

/** Skills that the query seems to mean, but for the one that is chosen already. */
export function understood({ skills }: Found, { query, skill }: Filters): readonly Skill[] {
  return query ? skills.filter(({ id }) => id !== skill?.id) : [];
}

/** The filters that are on, to name them where nobody matches. */
export function filterNames({ query, skill, language, available }: Filters, languageName: (code: string) => string): string[] {
  return [
    query && `“${query}”`, skill?.label ?? "", language && languageName(language), available ? _("takes questions now") : "",
  ].filter((name) => name !== "");
}
