/** Posts and pages for the tests of the plain modules. */
import type { Person } from "../shared/people.ts";
import type { Post, PostPage, Thread, Viewer } from "./types.ts";

const person: Person = { name: "Amina", kind: "named", role: null, hue: 4, is_me: false };
const audience = { kind: "course", group: null } as const;
const moment = "2026-11-24T08:00:00Z";
const can = { edit: false, delete: false, restore: false, vote: true, accept: false, endorse: false, comment: true, react: true, flag: true };

export function post(id: string, number: number, more: Partial<Post> = {}): Post {
  return {
    id, number, depth: 1, ordinal: 0, parent: "opening", author: person, html: "", created_at: moment, edited_at: null, revision: 1,
    vote_count: 0, has_voted: false, is_saved: false, is_own: false, is_accepted: false, accepted_by: null, is_endorsed: false,
    endorsed_by: null, deleted: null, audience, can, reactions: [], flag_count: 0, comment_count: more.comments?.length ?? 0,
    comment_total: more.comments?.length ?? 0, comments: [],
    url: `/peer/p/${id}`, ...more,
  };
}

export function thread(id: string, more: Partial<Thread> = {}): Thread {
  return {
    id, kind: "question", title: id, state: "open", is_pinned: false, is_unread: false, new_count: 0, read_number: 0,
    last_number: 0, author: person, created_at: moment, active_at: moment, vote_count: 0, response_count: 0,
    post_count: 0, answered_by: null, is_endorsed: false, answer_first: false, answers_hidden: false, follows: null, deleted: null,
    audience, can: { pin: false, close: false, organise: false }, url: `/peer/p/${id}`, tags: [], private_count: 0, ...more,
  };
}

const viewer: Viewer = {
  name: "Noah", role: null, hue: 3, can_write: true, may_be_anonymous: true, is_preview: false, language: "en", group: null, reactions: [],
};

export function postPage(more: Partial<PostPage> = {}): PostPage {
  return {
    viewer, thread: thread("t"), opening: post("opening", 0, { depth: 0, parent: null }), accepted: null, responses: [],
    previous: null, next: null, target: null, private: [], ...more,
  };
}
