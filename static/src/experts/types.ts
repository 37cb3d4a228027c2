/** What the operations of the directory send. Times are ISO 8601 in UTC, days ISO dates. */
import type { Person, Role } from "../shared/people.ts";

export interface Skill {
  readonly id: string;
  /** In the reader's language. */
  readonly label: string;
  readonly uri: string | null;
}

export interface SkillCount extends Skill {
  readonly count: number;
}

/** A question that somebody answered well, which the reader may open. */
export interface Evidence {
  readonly kind: "answer";
  readonly title: string;
  readonly url: string;
  readonly thread: string;
  readonly accepted: boolean;
  readonly endorsed: boolean;
  readonly vote_count: number;
  readonly at: string;
}

export interface Availability {
  readonly state: "open" | "later" | "full";
  /** Day from which they take questions again. */
  readonly from: string | null;
  /** Free places this week; null without a limit. */
  readonly left: number | null;
}

/** Why somebody is suggested. */
export type Reason =
  | { readonly kind: "answered"; readonly count: number }
  | { readonly kind: "skill"; readonly skill: Skill }
  | { readonly kind: "name" };

export interface Card {
  readonly id: string;
  readonly person: Person;
  readonly about_html: string;
  /** BCP 47. */
  readonly languages: readonly string[];
  readonly availability: Availability;
  readonly skills: readonly Skill[];
  readonly is_new: boolean;
  readonly is_me: boolean;
  readonly reasons: readonly Reason[];
  readonly evidence: readonly Evidence[];
  readonly can_ask: boolean;
}

/** What its owner edits. */
export interface ProfileFields {
  readonly is_listed: boolean;
  readonly about: string;
  readonly languages: readonly string[];
  readonly weekly_limit: number | null;
  readonly away_until: string | null;
  readonly skills: readonly Skill[];
}

export interface MyProfile extends ProfileFields {
  readonly id: string | null;
  readonly revision: number;
  /** What others would see. */
  readonly evidence: readonly Evidence[];
}

export interface Request {
  readonly id: string;
  readonly thread: string;
  readonly url: string;
  /** "" when the question is gone. */
  readonly title: string;
  readonly state: "asked" | "accepted" | "passed" | "answered";
  /** The other one. */
  readonly person: Person;
  /** The reader asked. */
  readonly mine: boolean;
  readonly asked_at: string;
}

/** A discussion where a question may be posted. */
export interface Place {
  readonly id: string;
  readonly title: string;
}

export interface Viewer {
  readonly name: string;
  readonly hue: number;
  readonly role: Role;
  readonly is_preview: boolean;
  readonly language: string;
  readonly group: string | null;
}

export interface Directory {
  readonly viewer: Viewer;
  readonly directory: { readonly title: string; readonly intro_html: string; readonly languages: readonly string[] };
  readonly me: MyProfile;
  readonly count: number;
  readonly skills: readonly SkillCount[];
  readonly requests: readonly Request[];
  readonly spaces: readonly Place[];
}

export interface Found {
  readonly people: readonly Card[];
  /** At most 200 are counted where something is searched for. */
  readonly count: number;
  readonly next: string | null;
  /** What the query was understood to ask for. */
  readonly skills: readonly Skill[];
  readonly sorted_by: "answers" | "skill" | "name" | "recent";
}
