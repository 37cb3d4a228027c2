"""What every change of a slot does: its place in the order, its key in the overview, the overview's counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Case, F, IntegerField, Q, Value, When

from peer_xblock.domain.review.allocation import Work, order_of, tier_of
from peer_xblock.domain.review.standing import RECEIVED_MAX, Standing, order_key, standing_key, standing_of
from peer_xblock.models import ReviewTally, Slot

RANKS = ("tier", "ord", "key_order", "key_standing")
Bucket = tuple[int, int]


def rank(slot: Slot, *, wanted: int) -> None:
    """Set the slot's place in the order and its keys, from its counters."""
    if slot.submitted_at is None:
        return
    work = Work(slot.done, slot.live, slot.gave, slot.submitted_at)
    standing = standing_of(slot.done, wanted=wanted, is_settled=slot.settled_at is not None)
    slot.tier, slot.ord = int(tier_of(work, wanted=wanted)), order_of(work)
    slot.key_order = order_key(slot.activity_id, slot.submitted_at, slot.public_id)
    slot.key_standing = standing_key(slot.activity_id, standing, slot.submitted_at, slot.public_id)


def bucket_of(slot: Slot, *, wanted: int) -> Bucket | None:
    """Where the overview counts the slot, None while there is no work."""
    if slot.submitted_at is None:
        return None
    standing = standing_of(slot.done, wanted=wanted, is_settled=slot.settled_at is not None)
    return int(standing), min(slot.done, RECEIVED_MAX)


@dataclass(slots=True)
class Changing:
    """Locked slots of one assignment that are being changed: afterwards each is written once, and counted once."""

    wanted: int
    slots: tuple[Slot, ...]
    _before: list[Bucket | None] = field(init=False)

    def __post_init__(self) -> None:
        self._before = [bucket_of(slot, wanted=self.wanted) for slot in self.slots]

    def save(self, *names: str) -> None:
        """Rank and write them. names: the columns that changed beside the ranks."""
        moved: Counter[Bucket] = Counter()
        for slot, before in zip(self.slots, self._before, strict=True):
            rank(slot, wanted=self.wanted)
            slot.save(update_fields=[*names, *RANKS])
            after = bucket_of(slot, wanted=self.wanted)
            moved.subtract([before] if before else [])
            moved.update([after] if after else [])
        count(self.slots[0].activity_id, moved)


def count(activity_id: int, moved: Counter[Bucket]) -> None:
    """Add to the overview's counts, in one statement."""
    steps = {bucket: step for bucket, step in moved.items() if step}
    if not steps:
        return
    places = {bucket: Q(standing=bucket[0], received=bucket[1]) for bucket in steps}
    cases = [When(places[bucket], then=Value(step)) for bucket, step in steps.items()]
    change = Case(*cases, default=Value(0), output_field=IntegerField())
    rows = ReviewTally.objects.filter(reduce(or_, places.values()), activity_id=activity_id)
    rows.update(work_count=F("work_count") + change)


def make_tallies(activity_id: int) -> None:
    """A count for each standing and number of reviews, so that later ones only move."""
    ReviewTally.objects.bulk_create(
        (
            ReviewTally(activity_id=activity_id, standing=int(standing), received=received)
            for standing in Standing
            for received in range(RECEIVED_MAX + 1)
        ),
        ignore_conflicts=True,
    )
