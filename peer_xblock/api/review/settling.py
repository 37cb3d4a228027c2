"""A work's grade: when it is settled, by whom, and its way to the gradebook."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.db import transaction

from peer_xblock.domain.review.activity import Activity as Rules
from peer_xblock.domain.review.grading import Given, grade_of
from peer_xblock.models import Review, Slot
from peer_xblock.platform import host

from .rows import peer_reviews, unpublished

PEERS, STAFF = "peers", "staff"
# What settling changes of a slot, beside its ranks.
SETTLED = ("grade", "settled_at", "settled_by", "unpublished_since", "sequence")

_log = logging.getLogger(__name__)


def is_due(slot: Slot, rules: Rules, *, now: datetime) -> bool:
    """Whether the peers' grade is due: the author has given theirs, and all wanted reviews or no more can come.

    A work that was settled before is settled anew by each further review; the team's judgement stands.
    """
    if slot.submitted_at is None or slot.settled_by == STAFF or slot.gave < rules.to_give:
        return False
    return slot.done >= rules.wanted or (slot.done > 0 and rules.dates.has_closed(now))


def settle_by_peers(slots: Iterable[Slot], rules: Rules, *, now: datetime) -> list[Slot]:
    """Settle those of the locked slots whose grade is due; the rows are written by the caller. Returns which.

    One statement for all their reviews.
    """
    due = {slot.pk: slot for slot in slots if is_due(slot, rules, now=now)}
    if not due:
        return []
    given: dict[int, list[Given]] = {pk: [] for pk in due}
    for review in peer_reviews(*due):
        given[review.slot_id].append(judgement(review))
    for pk, slot in due.items():
        settle(slot, grade_of(rules.rubric, given[pk]), by=PEERS, now=now)
    return list(due.values())


def settle(slot: Slot, grade: float | None, *, by: str, now: datetime) -> None:
    """Set the grade of a locked slot, and have it published after the commit. The first settling keeps its time."""
    slot.grade = grade
    slot.settled_at = slot.settled_at or now
    slot.settled_by = by
    slot.unpublished_since = now
    slot.sequence += 1
    transaction.on_commit(partial(publish_grade, slot.pk))


def judgement(review: Review) -> Given:
    """What the grade needs of a review."""
    return Given(review.scores, review.points)


def publish_grade(slot_id: int) -> bool:
    """Bring a grade to the platform's gradebook; what fails is tried again by `peer_tick`. Whether it went."""
    slot = unpublished(slot_id)
    if slot is None:
        return False
    if slot.author_id is not None and slot.grade is not None:
        weight = slot.activity.options.get("weight")
        if weight is None:  # The settings cannot be used just now.
            return False
        try:
            host().publish_grade(slot.author_id, slot.activity.usage_key, earned=slot.grade, weight=weight)
        except Exception as error:  # noqa: BLE001  whatever the platform raises, the grade stands and is tried again
            _log.warning("a grade was not published (%s); peer_tick tries again", type(error).__name__)
            return False
    is_newest = Slot.objects.filter(pk=slot.pk, unpublished_since=slot.unpublished_since)
    return is_newest.update(unpublished_since=None) == 1
