/** What the operations of notices send. */
import type { Person } from "../../shared/people.ts";

export type Digest = "daily" | "weekly" | "off";
export type Reason = "private" | "mention" | "answer" | "thread" | "space";

export interface Notice {
  readonly id: string;
  readonly thread: string;
  readonly post: string;
  readonly reason: Reason;
  /** 0 opening, 1 response, 2 comment. */
  readonly depth: 0 | 1 | 2;
  readonly title: string;
  readonly author: Person;
  /** The beginning of the post, as plain text. */
  readonly excerpt: string;
  readonly created_at: string;
  readonly is_read: boolean;
  readonly url: string;
}

export interface NoticePage {
  readonly notices: readonly Notice[];
  readonly next: string | null;
  readonly unread: number;
}

export interface NoticeSettings {
  /** Whether new threads are told of, too. */
  readonly follows: boolean;
  readonly digest: Digest;
}
