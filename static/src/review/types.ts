/** What the operations of peer review send. Times are ISO 8601 in UTC, grades fractions from 0 to 1. */
import type { Person, Role } from "../shared/people.ts";

export interface Option {
  readonly id: string;
  readonly name: string;
  readonly explanation: string;
  readonly points: number;
}

export interface Criterion {
  readonly id: string;
  readonly name: string;
  /** Plain text. */
  readonly prompt: string;
  /** Percent of the grade; 0 asks for comments only. */
  readonly weight: number;
  readonly options: readonly Option[];
  readonly max_points: number;
}

/** What may be handed in beside the text; sizes in bytes, endings as ".pdf". */
export interface FileRules {
  readonly allowed: boolean;
  readonly types: readonly string[];
  readonly max_bytes: number;
  readonly max_count: number;
}

export interface Activity {
  readonly id: string;
  readonly title: string;
  readonly prompt_html: string;
  readonly criteria: readonly Criterion[];
  /** Reviews that each work should get. */
  readonly wanted: number;
  /** Reviews that each author gives. */
  readonly to_give: number;
  readonly names: "nobody" | "authors" | "everyone";
  readonly text_required: boolean;
  readonly files: FileRules;
  readonly submissions_due: string | null;
  readonly reviews_open: string | null;
  readonly reviews_due: string | null;
  readonly points_possible: number;
}

export interface Step {
  readonly name: "submit" | "review" | "read";
  readonly state: "done" | "current" | "upcoming" | "missed" | "waiting";
  /** When it was done, or when it opens or closes. */
  readonly at: string | null;
  readonly done: number;
  readonly total: number;
}

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly content_type: string;
  readonly url: string;
}

export interface Submission {
  readonly id: string;
  readonly revision: number;
  readonly html: string;
  readonly source: string;
  readonly files: readonly StoredFile[];
  readonly submitted_at: string;
  readonly word_count: number;
  readonly can_edit: boolean;
}

export interface CriterionReview {
  /** "1", "2", ...: the same reviewer has the same number all over the result; "team" is the course team. */
  readonly reviewer: string;
  readonly person: Person | null;
  /** The option's name. */
  readonly option: string;
  readonly points: number;
  readonly html: string;
}

export interface CriterionResult {
  readonly id: string;
  /** Median of the reviewers' points. */
  readonly points: number | null;
  readonly max_points: number;
  readonly reviews: readonly CriterionReview[];
}

export interface Result {
  readonly grade: number | null;
  readonly points: number | null;
  readonly points_possible: number;
  readonly settled_at: string | null;
  readonly by: "peers" | "staff";
  readonly reviewer_grades: readonly number[];
  readonly criteria: readonly CriterionResult[];
  readonly overall: readonly { readonly reviewer: string; readonly person: Person | null; readonly html: string }[];
}

export interface Mine {
  readonly pledged: boolean;
  readonly submission: Submission | null;
  readonly draft_files: readonly StoredFile[];
  readonly reviews_given: number;
  readonly reviews_left: number;
  readonly reviews_received: number;
  /** People who have my work before them now. */
  readonly being_reviewed: number;
  readonly result: Result | null;
}

/** What a reviewer says of a work: option and comment by criterion, and one word on the whole. */
export interface ReviewDraft {
  readonly scores: Readonly<Record<string, string>>;
  readonly comments: Readonly<Record<string, string>>;
  readonly overall: string;
}

export interface Assignment {
  readonly id: string;
  readonly taken_at: string;
  readonly expires_at: string;
  /** Which of mine, from 1. */
  readonly number: number;
  readonly submission: {
    readonly html: string;
    readonly word_count: number;
    readonly files: readonly StoredFile[];
    /** Null when names are hidden. */
    readonly author: Person | null;
  };
  /** is_of_former: its author replaced the work since it was written. */
  readonly draft: (ReviewDraft & { readonly saved_at: string; readonly is_of_former: boolean }) | null;
}

export interface Waiting {
  readonly why: "submit_first" | "all_given" | "not_open" | "closed" | "none_waiting";
  readonly at: string | null;
}

export interface Viewer {
  readonly name: string;
  readonly hue: number;
  readonly role: Role;
  readonly is_preview: boolean;
  readonly language: string;
  readonly group: string | null;
}

export interface State {
  readonly viewer: Viewer;
  readonly activity: Activity;
  readonly steps: readonly Step[];
  readonly mine: Mine;
  /** The work that I hold. */
  readonly review: Assignment | null;
  /** Why none could be had; null when one can. */
  readonly waiting: Waiting | null;
  readonly can: {
    readonly submit: boolean;
    readonly edit: boolean;
    readonly review: boolean;
    readonly read_result: boolean;
    readonly oversee: boolean;
  };
}

export type SkipReason = "know_author" | "unreadable" | "off_topic" | "other";
/** "needs_team": reviews are closed, and peers have not settled it. */
export type WorkState = "waiting" | "reviewed" | "settled" | "needs_team";
export type Filter = "all" | WorkState;

export interface OverseeRow {
  readonly id: string;
  readonly person: Person;
  readonly submitted_at: string;
  readonly received: number;
  readonly being_reviewed: number;
  readonly given: number;
  readonly grade: number | null;
  readonly settled_at: string | null;
  readonly state: WorkState;
  /** How many reviewers gave it back. */
  readonly passed_on: number;
}

export interface Counts {
  readonly submissions: number;
  readonly waiting: number;
  readonly settled: number;
  /** Works that no peer can settle any more; 0 while reviews are open. */
  readonly needs_team: number;
  /** Works with 0, 1, ... reviews; the last number counts those with as many as wanted, or more. */
  readonly by_received: readonly number[];
}

/** Somebody passed the work on. */
export interface Skip {
  readonly person: Person;
  readonly reason: SkipReason;
  readonly note: string;
  readonly taken_at: string;
}

/** A work as the course team reads it. */
export interface ReadWork {
  readonly submission: Submission;
  readonly result: Result | null;
  readonly skips: readonly Skip[];
}

export interface OverseePage {
  readonly counts: Counts;
  readonly rows: readonly OverseeRow[];
  readonly next: string | null;
}
