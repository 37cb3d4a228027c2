"""What facilitators and the course team change of what a thread is: its kind, its tags."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from peer_xblock.api.transactions import in_transaction
from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import ChangedPost, Kind
from peer_xblock.domain.errors import N_, Forbidden, Invalid
from peer_xblock.domain.people import Anonymity, Role
from peer_xblock.domain.permissions import may_convert, thread_rights
from peer_xblock.domain.tags import read_tags, stored_tags
from peer_xblock.models import Post, Space

from .answering import setting_of
from .changes import pseudonym_of, save_thread, tell
from .judging import mark_accepted
from .locked import present_changed
from .moderating import change_line
from .rows import lock_opening, only


def convert_thread(visit: Visit, *, thread: str, kind: Kind) -> ChangedPost:
    """Make a question a discussion, or the other way round; the course team also its own threads announcements.

    What is no question any more has no accepted answer. Repeating it changes nothing.
    Raises Forbidden, NotFound, and Invalid for what cannot be announced.
    """
    visit.require_write()
    require_organiser(visit)
    return in_transaction(lambda: _convert(visit, thread, kind))


def require_organiser(visit: Visit) -> None:
    """Raises Forbidden for learners."""
    if not thread_rights(visit.viewer).organise:
        raise Forbidden(N_("Only facilitators and the course team organise threads."), field="thread")


def _convert(visit: Visit, thread_id: str, kind: Kind) -> ChangedPost:
    opening = lock_opening(visit, thread_id)
    was = Kind(opening.thread.kind)
    if was is not kind:
        if not may_convert(visit.viewer, was, kind):
            raise Forbidden(N_("Only the course team announces."), field="kind")
        if kind is Kind.ANNOUNCEMENT:
            _require_announceable(opening)
        _take_back_acceptance(visit, opening, kind)
        change_line(visit, opening, {"kind": kind.value, **answering_of(visit.space, opening, kind)})
    return present_changed(visit, opening)


def _require_announceable(opening: Post) -> None:
    if opening.author_role != Role.STAFF.value or opening.anonymity != Anonymity.NAMED.value:
        raise Invalid(N_("An announcement is what the course team wrote by name."), field="kind")
    if opening.thread.group_id:
        raise Invalid(N_("An announcement is for everybody; this thread is for one group."), field="kind")


def _take_back_acceptance(visit: Visit, opening: Post, kind: Kind) -> None:
    accepted = only(Post.objects.filter(accepted_of=opening.thread)) if kind is not Kind.QUESTION else None
    if accepted is not None:
        mark_accepted(visit, opening.thread, accepted, on=False)


def answering_of(space: Space, opening: Post, kind: Kind) -> dict[str, Any]:
    """Whether the team started a thread of this kind by name, and whether one then answers first in this space."""
    is_team = opening.author_role != Role.LEARNER.value and opening.anonymity == Anonymity.NAMED.value
    is_announced = kind is Kind.ANNOUNCEMENT
    is_prompt = is_team and not is_announced
    return {
        "is_prompt": is_prompt,
        "answer_first": not is_announced and setting_of(space).covers(is_prompt=is_prompt),
    }


def retag_thread(visit: Visit, *, thread: str, tags: Sequence[str]) -> ChangedPost:
    """Give a thread these tags in place of those that it has. Raises Forbidden, Invalid, NotFound."""
    visit.require_write()
    require_organiser(visit)
    kept = stored_tags(read_tags(tags))
    return in_transaction(lambda: _retag(visit, thread, kept))


def _retag(visit: Visit, thread_id: str, tags: str) -> ChangedPost:
    opening = lock_opening(visit, thread_id)
    if opening.thread.tags != tags:
        save_thread(visit, opening.thread, {"tags": tags})
        tell(visit, opening.thread, opening, parent_id=None, pseudonym=pseudonym_of(opening))
    return present_changed(visit, opening)
