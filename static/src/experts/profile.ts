/** The fields of one's own card, as they are edited and compared. */
import type { ProfileFields } from "./types.ts";

/** Only what its owner edits. */
export function profileFields({ is_listed, about, languages, weekly_limit, away_until, skills }: ProfileFields): ProfileFields {
  return { is_listed, about, languages, weekly_limit, away_until, skills };
}

export function isSame(one: ProfileFields, other: ProfileFields): boolean {
  return JSON.stringify(comparable(one)) === JSON.stringify(comparable(other));
}

function comparable(fields: ProfileFields): object {
  const { languages, skills, ...rest } = profileFields(fields);
  return { ...rest, languages: [...languages].sort(), skills: skills.map(({ id }) => id) };
}

/** A whole number from 1; null for no limit; undefined when it is neither. */
export function limitOf(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (!trimmed) return null;
  return /^[1-9]\d{0,3}$/.test(trimmed) ? Number(trimmed) : undefined;
}
