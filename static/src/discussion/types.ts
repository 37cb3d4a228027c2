/** What the discussion's operations send. Times are ISO 8601 in UTC, ids 32 hexadecimal digits. */
import type { Person, Role } from "../shared/people.ts";
import type { BlockConfig } from "../shared/root-element.ts";

export interface Audience {
  readonly kind: "course" | "group" | "staff";
  /** The group's name. */
  readonly group: string | null;
}

/** What this viewer may do with a post. */
export interface Can {
  readonly edit: boolean;
  readonly delete: boolean;
  readonly restore: boolean;
  readonly vote: boolean;
  readonly accept: boolean;
  readonly endorse: boolean;
  readonly comment: boolean;
  readonly react: boolean;
  readonly flag: boolean;
}

export interface Deleted {
  readonly by: "author" | "staff";
  readonly at: string;
}

export interface ReactionCount {
  readonly code: string;
  readonly count: number;
  readonly is_mine: boolean;
}

/** A report of a post. */
export interface FlagView {
  readonly by: Person;
  readonly reason: string;
  readonly words: string;
  readonly at: string;
}

/** `count` and `all` are for the team. */
export interface Flags {
  readonly post: string;
  readonly mine: FlagView | null;
  readonly count: number;
  readonly all: readonly FlagView[];
}

export interface Post {
  readonly id: string;
  /** Place in the thread, over responses and comments; the opening post is 0. */
  readonly number: number;
  /** 0 opening, 1 response, 2 comment. */
  readonly depth: 0 | 1 | 2;
  /** A comment's place under its response, from 1; a jump between two of them is a gap of comments that are not here. */
  readonly ordinal: number;
  readonly parent: string | null;
  readonly author: Person;
  /** Sanitised by the server; "" when deleted. */
  readonly html: string;
  readonly created_at: string;
  readonly edited_at: string | null;
  readonly revision: number;
  readonly vote_count: number;
  readonly has_voted: boolean;
  /** Whether the viewer saved it. */
  readonly is_saved: boolean;
  readonly is_own: boolean;
  readonly is_accepted: boolean;
  readonly accepted_by: Person | null;
  readonly is_endorsed: boolean;
  readonly endorsed_by: Person | null;
  readonly deleted: Deleted | null;
  readonly audience: Audience;
  readonly can: Can;
  /** Those that are offered and that somebody gave. */
  readonly reactions: readonly ReactionCount[];
  /** Reports of it, for the team; else 0. */
  readonly flag_count: number;
  readonly comment_count: number;
  /** The highest ordinal under this post: removed comments keep their places. */
  readonly comment_total: number;
  readonly comments: readonly Post[];
  readonly url: string;
}

/** The current state of a post that somebody else changed meanwhile. */
export interface SourcedPost extends Post {
  readonly source: string;
  readonly title?: string | null;
}

/** What this viewer may do with a whole thread. */
export interface ThreadCan {
  readonly pin: boolean;
  readonly close: boolean;
  /** Its kind, its tags, its place; merging it, splitting responses off. */
  readonly organise: boolean;
}

export interface Thread {
  readonly id: string;
  readonly kind: "question" | "discussion" | "announcement";
  readonly title: string;
  readonly state: "open" | "answered" | "closed" | "discussion" | "announcement";
  readonly is_pinned: boolean;
  readonly is_unread: boolean;
  readonly new_count: number;
  /** Highest number that the viewer has seen; -1 when never opened. */
  readonly read_number: number;
  readonly last_number: number;
  readonly author: Person;
  readonly created_at: string;
  readonly active_at: string;
  readonly vote_count: number;
  readonly response_count: number;
  /** Responses and comments. */
  readonly post_count: number;
  readonly answered_by: Person | null;
  readonly is_endorsed: boolean;
  /** Its answers are for those who have answered. */
  readonly answer_first: boolean;
  /** This viewer has not: nothing of them is here, nor how many there are. */
  readonly answers_hidden: boolean;
  /** Null for who has chosen nothing and has written nothing there. */
  readonly follows: boolean | null;
  readonly deleted: Deleted | null;
  readonly audience: Audience;
  readonly can: ThreadCan;
  readonly url: string;
  readonly tags: readonly string[];
  /** Posts to the team alone that were ever there, for the team; else 0. */
  readonly private_count: number;
}

export interface Space {
  readonly id: string;
  readonly title: string;
  readonly anonymity: "named" | "learners" | "staff";
  readonly kinds: readonly Thread["kind"][];
  readonly thread_count: number;
}

export interface Viewer {
  readonly name: string;
  readonly role: Role;
  readonly hue: number;
  readonly can_write: boolean;
  readonly may_be_anonymous: boolean;
  readonly is_preview: boolean;
  readonly language: "en" | "fr";
  readonly group: string | null;
  /** The reactions that are offered. */
  readonly reactions: readonly string[];
}

export type Sort = "activity" | "votes" | "unanswered" | "mine";
export type Order = "best" | "oldest" | "newest";

export interface ThreadPage {
  readonly space: Space;
  readonly viewer: Viewer;
  readonly threads: readonly Thread[];
  readonly next: string | null;
  /** Its moment, in seconds since 1970. */
  readonly as_of: number;
  /** How many notices wait for the viewer. */
  readonly unread: number;
}

export interface SpaceNews {
  readonly threads: readonly Thread[];
  readonly as_of: number;
  readonly interval_s: number;
}

export interface ThreadNews {
  readonly last_number: number;
  readonly responses: number;
  readonly comments: number;
  readonly interval_s: number;
}

export interface NewPosts {
  readonly thread: Thread;
  /** As they came, comments beside the responses. */
  readonly posts: readonly Post[];
  readonly more: boolean;
}

export interface PostPage {
  readonly viewer: Viewer;
  readonly thread: Thread;
  readonly opening: Post;
  readonly accepted: Post | null;
  readonly responses: readonly Post[];
  readonly previous: string | null;
  readonly next: string | null;
  readonly target: string | null;
  /** What the viewer wrote to the team alone, or for the team what anybody did. */
  readonly private: readonly Post[];
}

/** What a write changed of its thread's line: the counters after a reply, all of it after other changes. */
export type ThreadChange = Pick<Thread, "id"> & Partial<Thread>;

export interface Written {
  readonly thread: ThreadChange;
  readonly post: Post;
}

export interface Version {
  readonly revision: number;
  readonly title: string | null;
  readonly source: string;
  readonly html: string;
  readonly edited_at: string;
  readonly editor: Person;
}

export interface Config extends BlockConfig {
  readonly post: string | null;
  readonly thread: string | null;
}
