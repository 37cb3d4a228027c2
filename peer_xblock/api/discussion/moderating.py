"""What facilitators and the course team do to a whole thread: pin it, close it."""

from __future__ import annotations

from typing import Any

from peer_xblock.api.transactions import in_transaction
from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import ChangedPost
from peer_xblock.domain.errors import N_, Forbidden
from peer_xblock.domain.permissions import thread_rights
from peer_xblock.models import Post

from .answering import waits
from .changes import listing_keys, pseudonym_of, save_thread, tell
from .locked import present_changed
from .rows import lock_opening


def pin_thread(visit: Visit, *, thread: str, on: bool) -> ChangedPost:
    """Let a thread lead the listings, or no longer. Repeating it changes nothing. Raises Forbidden, NotFound."""
    visit.require_write()
    if not thread_rights(visit.viewer).pin:
        raise Forbidden(N_("Only facilitators and the course team pin threads."), field="thread")
    return in_transaction(lambda: _set(visit, thread, "is_pinned", on=on))


def close_thread(visit: Visit, *, thread: str, on: bool) -> ChangedPost:
    """Let a thread take no more posts of learners, or again. Repeating it changes nothing.

    Raises Forbidden, NotFound.
    """
    visit.require_write()
    if not thread_rights(visit.viewer).close:
        raise Forbidden(N_("Only facilitators and the course team close threads."), field="thread")
    return in_transaction(lambda: _set(visit, thread, "is_closed", on=on))


def _set(visit: Visit, thread_id: str, column: str, *, on: bool) -> ChangedPost:
    opening = lock_opening(visit, thread_id)
    if getattr(opening.thread, column) != on:
        change_line(visit, opening, {column: on})
    return present_changed(visit, opening)


def change_line(visit: Visit, opening: Post, changes: dict[str, Any]) -> None:
    """Columns of the thread, the listing keys that follow them, and an event of the opening: it carries the state.

    opening: locked, with its thread. Who closes a thread where one answers first shows the answers to all, and lets
    the bridge have them.
    """
    thread = opening.thread
    was_waiting = waits(thread)
    for column, value in changes.items():
        setattr(thread, column, value)
    is_answered = Post.objects.filter(accepted_of=thread).exists()
    is_listed = thread.key_space_activity is not None
    keys = listing_keys(visit.space, thread, is_listed=is_listed, is_answered=is_answered)
    retell = {"retell_from": 1} if waits(thread) != was_waiting and visit.space.context.connection else {}
    save_thread(visit, thread, {**changes, **keys, **retell})
    tell(visit, thread, opening, parent_id=None, pseudonym=pseudonym_of(opening))
