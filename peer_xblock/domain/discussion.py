"""What the api hands out of a discussion: frozen values, ready to be written as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .people import Person
from .reacting import ReactionCount

COMMENTS_SHOWN = 10
# Private posts are numbered from here: no reader of a thread counts up to one, or past one.
PRIVATE_FROM = 2**30
PAGE = 20
PAGE_MAX = 50


class Kind(StrEnum):
    """A thread's kind: a question can be answered, a discussion cannot, an announcement is the course team's."""

    QUESTION = "question"
    DISCUSSION = "discussion"
    ANNOUNCEMENT = "announcement"


class Depth:
    """Where a post stands: the thread's opening, a response to it, a comment on a response."""

    OPENING = 0
    RESPONSE = 1
    COMMENT = 2


@dataclass(frozen=True, slots=True)
class Caps:
    """The longest that is taken. title and body in characters; html (as JSON text) and request in bytes.

    html is what an event of 256 kB has room for.
    """

    title: int = 200
    body: int = 50_000
    html: int = 240 * 1024
    request: int = 256 * 1024


CAPS = Caps()


@dataclass(frozen=True, slots=True)
class AudienceView:
    """Who may read: everyone in the course, a group (by name), or staff and the author."""

    kind: str
    group: str | None


@dataclass(frozen=True, slots=True)
class Deletion:
    """Who removed it (author or staff) and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Can:
    """What the viewer may do with a post now. comment: respond to an opening, comment on a response,
    or, from a comment, on its response.
    """

    edit: bool
    delete: bool
    restore: bool
    vote: bool
    accept: bool
    endorse: bool
    comment: bool
    react: bool
    flag: bool


@dataclass(frozen=True, slots=True)
class ThreadCan:
    """What the viewer may do with a whole thread: pin (or unpin) it, close (or reopen) it, and organise it: its kind,
    its tags, its place, merging and splitting.
    """

    pin: bool
    close: bool
    organise: bool


@dataclass(frozen=True, slots=True)
class PostView:
    """A post as one viewer sees it. html is "" when it is deleted.

    reactions: those that the space offers and somebody gave. flag_count: reports, for facilitators and staff; else 0.
    ordinal: a comment's place under its response, from 1. comment_total: the highest place given under this one, so
    that removed comments, which are shown as such, are counted too.
    """

    id: str
    number: int
    depth: int
    ordinal: int
    parent: str | None
    author: Person
    html: str
    created_at: datetime
    edited_at: datetime | None
    revision: int
    vote_count: int
    has_voted: bool
    is_saved: bool
    is_own: bool
    is_accepted: bool
    accepted_by: Person | None
    is_endorsed: bool
    endorsed_by: Person | None
    deleted: Deletion | None
    audience: AudienceView
    can: Can
    reactions: tuple[ReactionCount, ...]
    flag_count: int
    comment_count: int
    comment_total: int
    comments: tuple[PostView, ...]
    url: str


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A thread as one viewer sees it. read_number is -1 when it was never opened; title is "" when it is deleted.

    answer_first: it shows its answers to those who have answered. answers_hidden: this viewer has not; there are then
    no counts of answers, no later activity, and no accepted one. follows: None for who has chosen nothing and has
    written nothing there. private_count: posts to the team alone that were ever there, for the team; else 0.
    """

    id: str
    kind: str
    title: str
    state: str
    is_pinned: bool
    is_unread: bool
    new_count: int
    read_number: int
    last_number: int
    author: Person
    created_at: datetime
    active_at: datetime
    vote_count: int
    response_count: int
    post_count: int
    answered_by: Person | None
    is_endorsed: bool
    answer_first: bool
    answers_hidden: bool
    follows: bool | None
    deleted: Deletion | None
    audience: AudienceView
    can: ThreadCan
    url: str
    tags: tuple[str, ...] = ()
    private_count: int = 0


@dataclass(frozen=True, slots=True)
class ThreadCounters:
    """What a reply changes of its thread's line; all else stands."""

    id: str
    response_count: int
    post_count: int
    last_number: int
    read_number: int
    new_count: int
    active_at: datetime


@dataclass(frozen=True, slots=True)
class SpaceView:
    """A space's settings as its readers need them."""

    id: str
    title: str
    anonymity: str
    kinds: tuple[str, ...]
    thread_count: int


@dataclass(frozen=True, slots=True)
class ViewerView:
    """The reader: the name to post under, and what may be done here, with the reactions that are offered."""

    name: str
    role: str | None
    hue: int
    can_write: bool
    may_be_anonymous: bool
    is_preview: bool
    language: str
    group: str | None
    reactions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """A page of a listing. next: the cursor of the page after it, None at the end.

    as_of: its moment in seconds since 1970, from which one watches for what comes. unread: notices that wait here.
    """

    space: SpaceView
    viewer: ViewerView
    threads: tuple[ThreadView, ...]
    next: str | None
    as_of: int
    unread: int


@dataclass(frozen=True, slots=True)
class SpaceNews:
    """Threads that changed. as_of: the moment to go on from. interval_s: when to look again, 0 for never."""

    threads: tuple[ThreadView, ...]
    as_of: int
    interval_s: int


@dataclass(frozen=True, slots=True)
class ThreadNews:
    """How many responses and comments of others came, counted up to 100 together. interval_s as above."""

    last_number: int
    responses: int
    comments: int
    interval_s: int


@dataclass(frozen=True, slots=True)
class NewPosts:
    """Posts as they came, comments beside the responses. more: whether others came after them."""

    thread: ThreadView
    posts: tuple[PostView, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class OpenThread:
    """A thread with one page of its responses. The accepted answer is never among `responses`.

    private: what this viewer wrote to the team here, or for the team what anybody did, oldest first.
    """

    viewer: ViewerView
    thread: ThreadView
    opening: PostView
    accepted: PostView | None
    responses: tuple[PostView, ...]
    previous: str | None
    next: str | None
    target: str | None
    private: tuple[PostView, ...] = ()


@dataclass(frozen=True, slots=True)
class Location:
    """The thread that a post is in."""

    thread: str
    post: str


@dataclass(frozen=True, slots=True)
class CommentPage:
    """Some comments of one response, in order. more: whether others follow (or, read backwards, precede)."""

    comments: tuple[PostView, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class NewThread:
    """A thread that was just made, or that an earlier try of the same create had made."""

    thread: ThreadView
    opening: PostView


@dataclass(frozen=True, slots=True)
class ChangedPost:
    """A post after a change, with the thread's counters."""

    thread: ThreadView
    post: PostView


@dataclass(frozen=True, slots=True)
class NewReply:
    """A response or comment that was just made, or that an earlier try of the same create had made."""

    thread: ThreadCounters
    post: PostView


@dataclass(frozen=True, slots=True)
class Source:
    """What its author edits. title and tags only for an opening post."""

    post: str
    title: str | None
    source: str
    revision: int
    tags: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a post, the newest being what is shown now."""

    revision: int
    title: str | None
    source: str
    html: str
    edited_at: datetime
    editor: Person


@dataclass(frozen=True, slots=True)
class History:
    """All versions, newest first."""

    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class VoteResult:
    """A post's votes after this person's."""

    post: str
    vote_count: int
    has_voted: bool


@dataclass(frozen=True, slots=True)
class Reacted:
    """How many gave a reaction to a post, after this person's."""

    post: str
    code: str
    count: int
    is_mine: bool


@dataclass(frozen=True, slots=True)
class ReadResult:
    """How far this person has read. new_count: posts after that."""

    thread: str
    read_number: int
    new_count: int


@dataclass(frozen=True, slots=True)
class Preview:
    """A text as it will look."""

    html: str
