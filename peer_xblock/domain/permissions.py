"""Who may do what with a post. The api asks here; pages only show the answer."""

from __future__ import annotations

from dataclasses import dataclass

from .discussion import Can, Depth, Kind, ThreadCan
from .people import Role, Viewer


@dataclass(frozen=True, slots=True)
class PostFacts:
    """What the rules need of a post and its thread."""

    depth: int
    is_own: bool
    is_deleted: bool
    deleted_by: str
    thread_kind: str
    thread_closed: bool
    owns_thread: bool
    is_purged: bool = False
    is_foreign: bool = False
    is_private: bool = False


def rights(viewer: Viewer, post: PostFacts) -> Can:
    """All rights of a viewer on one post. Nobody votes for, reacts to or reports oneself; a preview has none.

    A private post is not judged, and goes on where the thread is closed.
    """
    if viewer.is_preview:
        return Can(*([False] * 9))
    alive = not post.is_deleted
    open_here = not post.thread_closed or viewer.is_moderator or post.is_private
    judged = alive and not post.is_private
    mine_or_moderated = post.is_own or viewer.is_moderator
    # What was born elsewhere is edited there; what was edited there comes with its origin.
    theirs = post.is_foreign and not viewer.origin
    return Can(
        edit=alive and mine_or_moderated and open_here and not theirs,
        delete=alive and mine_or_moderated,
        restore=post.is_deleted and _may_restore(viewer, post),
        vote=judged and not post.is_own,
        accept=judged and _may_accept(viewer, post),
        endorse=judged and viewer.is_moderator and post.depth == Depth.RESPONSE,
        comment=alive and open_here,
        react=judged and not post.is_own,
        flag=alive and not post.is_own,
    )


def thread_rights(viewer: Viewer) -> ThreadCan:
    """All rights of a viewer on a thread as a whole, whatever its state: they are the moderators'."""
    may = viewer.is_moderator and not viewer.is_preview
    return ThreadCan(pin=may, close=may, organise=may)


def may_start(viewer: Viewer, kind: Kind) -> bool:
    """Whether a thread of this kind may be started: an announcement only by the course team."""
    return not viewer.is_preview and (kind is not Kind.ANNOUNCEMENT or viewer.role is Role.STAFF)


def may_convert(viewer: Viewer, was: Kind, becomes: Kind) -> bool:
    """Whether a thread's kind may be changed so: to an announcement and back only by the course team."""
    is_announced = Kind.ANNOUNCEMENT in (was, becomes)
    return thread_rights(viewer).organise and (not is_announced or viewer.role is Role.STAFF)


def may_respond(viewer: Viewer, *, thread_closed: bool) -> bool:
    """Whether a response may be added to a thread."""
    return not viewer.is_preview and (not thread_closed or viewer.is_moderator)


def may_write_privately(viewer: Viewer) -> bool:
    """Whether this person may begin to talk with the team alone, of which they are not, also where it is closed."""
    return not (viewer.is_preview or viewer.is_moderator)


def may_read_history(viewer: Viewer, post: PostFacts) -> bool:
    """A post's versions are for all who read it; a removed one's only for its author and moderators."""
    return not post.is_deleted or post.is_own or viewer.is_moderator


def _may_restore(viewer: Viewer, post: PostFacts) -> bool:
    return not post.is_purged and (viewer.is_moderator or (post.is_own and post.deleted_by == "author"))


def _may_accept(viewer: Viewer, post: PostFacts) -> bool:
    answers = post.depth == Depth.RESPONSE and post.thread_kind == Kind.QUESTION
    return answers and (post.owns_thread or viewer.is_moderator)
