"""What the clock does: once reviews have closed, works with a review are settled; grades reach the gradebook."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random

from peer_xblock.api.transactions import in_transaction
from peer_xblock.api.visits import PLATFORM, Visit
from peer_xblock.domain.errors import InvalidFields
from peer_xblock.domain.review.activity import Activity as Rules
from peer_xblock.domain.review.activity import kept_activity
from peer_xblock.domain.review.standing import Standing, bounds
from peer_xblock.models import Activity, Slot, Submission

from .ranks import Changing
from .reranking import bring_in_line
from .rows import lock_slots
from .settling import SETTLED, publish_grade, settle_by_peers
from .telling import tell

AT_ONCE = 500
_LATER = timedelta(days=1)
_NOW_DUE = datetime(1970, 1, 1, tzinfo=UTC)


def settle_due(*, now: datetime, rng: Random) -> int:
    """Settle what became due, a bounded number at each run; the rest waits for the next. Returns how many."""
    settled = 0
    due = Activity.objects.filter(look_at__lte=now).order_by("look_at")
    for activity in due.select_related("space__context__connection")[:AT_ONCE]:
        settled += _settle_activity(activity, limit=AT_ONCE - settled, now=now, rng=rng)
        if settled >= AT_ONCE:
            break
    return settled


def look_again(space_id: int) -> None:
    """The settings of an assignment were changed: what became due by that is settled at the next tick."""
    Activity.objects.filter(pk=space_id).update(look_at=_NOW_DUE)


def publish_grades(*, now: datetime) -> int:
    """Try again what did not reach the gradebook; what fails again goes to the end. Returns how many did."""
    waiting = Slot.objects.filter(unpublished_since__lt=now).order_by("unpublished_since")
    slot_ids = list(waiting.values_list("pk", flat=True)[:AT_ONCE])
    failed = [slot_id for slot_id in slot_ids if not publish_grade(slot_id)]
    Slot.objects.filter(pk__in=failed, unpublished_since__lt=now).update(unpublished_since=now)
    return len(slot_ids) - len(failed)


def _settle_activity(activity: Activity, *, limit: int, now: datetime, rng: Random) -> int:
    """The settings are read again: the author may have changed dates and numbers since they were noted."""
    try:
        rules = kept_activity({**activity.space.options, "due": activity.due_at})
    except InvalidFields:
        Activity.objects.filter(pk=activity.pk).update(look_at=now + _LATER)
        return 0
    visit = Visit(activity.space, PLATFORM, now, rng)
    bring_in_line(visit, rules, (activity.wanted, activity.to_give))
    found = _due_slots(activity, rules, limit=limit, now=now)
    for slot_id in found:
        in_transaction(partial(_settle_one, visit, rules, slot_id))
    if len(found) < limit:
        closes = rules.dates.reviews_due
        again = closes if closes is not None and closes > now else None
        Activity.objects.filter(pk=activity.pk, look_at=activity.look_at).update(look_at=again)
    return len(found)


def _due_slots(activity: Activity, rules: Rules, *, limit: int, now: datetime) -> list[int]:
    """Unsettled works whose grade can be due, by the overview's keys: settled ones are never read again."""
    is_closed = rules.dates.has_closed(now)
    low = bounds(activity.pk, Standing.WAITING if is_closed else Standing.REVIEWED)[0]
    high = bounds(activity.pk, Standing.REVIEWED)[1]
    slots = Slot.objects.filter(key_standing__gte=low, key_standing__lt=high)
    due = slots.filter(done__gt=0, gave__gte=rules.to_give)
    return list(due.order_by("key_standing").values_list("pk", flat=True)[:limit])


def _settle_one(visit: Visit, rules: Rules, slot_id: int) -> None:
    slot = lock_slots(slot_id)[slot_id]
    changing = Changing(rules.wanted, (slot,))
    if settle_by_peers((slot,), rules, now=visit.now):
        changing.save(*SETTLED)
        tell(visit, slot, Submission.objects.get(slot=slot))
