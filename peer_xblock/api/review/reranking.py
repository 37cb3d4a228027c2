"""The author changed how many reviews are wanted or given while works were out: all are ranked and counted anew."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Concat, Least, Substr
from django.db.models.lookups import GreaterThanOrEqual

from peer_xblock.api.transactions import in_transaction
from peer_xblock.api.visits import Visit
from peer_xblock.domain.review.activity import Activity as Rules
from peer_xblock.domain.review.allocation import Tier
from peer_xblock.domain.review.standing import RECEIVED_MAX, Standing
from peer_xblock.models import Activity, ReviewTally, Slot, Space

_SCOPE = 8


def bring_in_line(visit: Visit, rules: Rules, ranked_for: tuple[int | None, int | None]) -> None:
    """Rank anew when the numbers (wanted, to give) are no longer those for which the slots are ranked."""
    if ranked_for != (rules.wanted, rules.to_give):
        rerank(visit.space, rules, now=visit.now)


def rerank(space: Space, rules: Rules, *, now: datetime) -> None:
    """Bring the slots in line with the numbers that are wanted now; works that became due are settled by the tick."""
    in_transaction(lambda: _rerank(space, rules, now))


def _rerank(space: Space, rules: Rules, now: datetime) -> None:
    """A few statements, whatever the size; one call at a time."""
    activity = Activity.objects.select_for_update().filter(space_id=space.pk).first()
    numbers = (rules.wanted, rules.to_give)
    if activity is None or (activity.wanted, activity.to_give) == numbers:
        return
    slots = Slot.objects.filter(activity_id=space.pk, tier__isnull=False)
    slots.update(tier=ranked_tier(rules.wanted), key_standing=ranked_standing(rules.wanted))
    recount(slots, space.pk)
    Activity.objects.filter(pk=activity.pk).update(wanted=rules.wanted, to_give=rules.to_give, look_at=now)


def recount(slots: QuerySet[Slot], activity_id: int) -> bool:
    """Set the overview's counts to what is there. Whether any was wrong.

    In a transaction. The counts are locked before the works are read: every change of a work moves its count last, so
    that it is either in both by then, or in neither and waits.
    """
    tallies = list(ReviewTally.objects.select_for_update().filter(activity_id=activity_id).order_by("pk"))
    standing = Substr("key_standing", _SCOPE + 1, 1)
    received = Least(F("done"), Value(RECEIVED_MAX))
    counted = slots.values_list(standing, received).annotate(works=Count("pk")).order_by()
    right = {(int(one), other): works for one, other, works in counted}
    wrong = False
    for tally in tallies:
        there = right.get((tally.standing, tally.received), 0)
        if tally.work_count != there:
            ReviewTally.objects.filter(pk=tally.pk).update(work_count=there)
            wrong = True
    return wrong


def ranked_tier(wanted: int) -> Case:
    """As domain/review/allocation.tier_of, in the database."""
    return Case(
        When(GreaterThanOrEqual(F("done") + F("live"), wanted), then=Value(int(Tier.EXTRA))),
        When(done=0, live=0, then=Value(int(Tier.UNSEEN))),
        When(gave__gt=0, then=Value(int(Tier.RETURNED))),
        default=Value(int(Tier.WANTED)),
    )


def ranked_standing(wanted: int) -> Concat:
    """As domain/review/standing.standing_key: the one character of the standing is replaced."""
    standing = Case(
        When(settled_at__isnull=False, then=Value(f"{Standing.SETTLED:x}")),
        When(Q(done__gte=wanted), then=Value(f"{Standing.REVIEWED:x}")),
        default=Value(f"{Standing.WAITING:x}"),
    )
    return Concat(Substr("key_standing", 1, _SCOPE), standing, Substr("key_standing", _SCOPE + 2))
