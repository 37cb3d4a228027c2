"""What every change of a thread does: take the next sequence, move the listing keys, tell the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F

from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import PRIVATE_FROM, Depth, Kind
from peer_xblock.domain.keys import change_key, listing_key, response_key, seconds
from peer_xblock.models import Post, Space, Thread
from peer_xblock.outbox import append_post
from peer_xblock.platform import host


def listing_keys(
    space: Space, thread: Thread, *, is_listed: bool, is_answered: bool
) -> dict[str, str | None]:
    """All the listing keys of a thread; all null when it is in no listing.

    The last one also when nobody waits for an answer: it is no question, has its answer, or was closed.
    """
    if not is_listed:
        return dict.fromkeys(_COLUMNS)

    def key(scope: int, value: int, *, pinned: bool = thread.is_pinned) -> str:
        """The key in one listing."""
        return listing_key(scope, pinned=pinned, value=value, public_id=thread.public_id)

    here, course, active = space.pk, space.context_id, seconds(thread.active_at)
    is_open_question = thread.kind == Kind.QUESTION.value and not (is_answered or thread.is_closed)
    return {
        "key_space_activity": key(here, active),
        "key_space_votes": key(here, thread.vote_count),
        "key_course_activity": key(course, active),
        "key_course_votes": key(course, thread.vote_count),
        "key_unanswered": key(here, active, pinned=False) if is_open_question else None,
    }


_COLUMNS = (
    "key_space_activity",
    "key_space_votes",
    "key_course_activity",
    "key_course_votes",
    "key_unanswered",
)


def feed_key(visit: Visit, thread: Thread) -> dict[str, str]:
    """The thread's new place in the course's feed of changes, which search reads."""
    return {"key_course_changed": change_key(visit.space.context_id, visit.now, thread.public_id)}


def save_thread(
    visit: Visit,
    thread: Thread,
    changes: Mapping[str, Any],
    *,
    bump: Mapping[str, int] | None = None,
    is_seen: bool = True,
) -> None:
    """Write the changes with the next sequence, in one UPDATE of the locked row; the object follows.

    bump: what is added to counters, by F(). is_seen: whether the thread moves in the course's feed of changes; a
    private post changes nothing that others could see.
    """
    counters = {"sequence": 1, **(bump or {})}
    changes = {**changes, **(feed_key(visit, thread) if is_seen else {})}
    Thread.objects.filter(pk=thread.pk).update(
        **{name: F(name) + step for name, step in counters.items() if step}, **changes
    )
    for name, step in counters.items():
        setattr(thread, name, getattr(thread, name) + step)
    for name, value in changes.items():
        setattr(thread, name, value)


def best_key(thread: Thread, post: Post) -> str | None:
    """A response's place in the best-first order; other posts have none, nor do private ones."""
    if post.depth != Depth.RESPONSE or post.number >= PRIVATE_FROM:
        return None
    return response_key(
        thread.pk,
        accepted=post.accepted_of_id is not None,
        endorsed=post.endorsed_at is not None,
        votes=post.vote_count,
        number=post.number,
    )


def pseudonym_of(post: Post) -> str | None:
    """The name that the author has in this thread, None for a named post."""
    return post.pseudonym.name if post.pseudonym else None


def tell(visit: Visit, thread: Thread, post: Post, *, parent_id: str | None, pseudonym: str | None) -> None:
    """Append the post's state to the outbox; nothing is looked up or written where the course has no connection."""
    if visit.space.context.connection is None:
        return
    append_post(
        visit.space,
        thread,
        post,
        parent_id=parent_id,
        author_name=_name(visit, post.author_id),
        pseudonym=pseudonym,
        now=visit.now,
        rng=visit.rng,
    )


def _name(visit: Visit, user_id: int | None) -> str | None:
    if user_id is None:
        return None
    if user_id == visit.viewer.user_id:
        return visit.viewer.name
    return host().names_of([user_id]).get(user_id)
