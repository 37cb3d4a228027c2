"""Leases that ran out: the work goes back to the others, what was written of it is kept."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from peer_xblock.api.transactions import in_transaction
from peer_xblock.models import Activity, Pair
from peer_xblock.models.spaces import hash_key

from .ranks import Changing
from .rows import expired_pairs, lock_slots

BATCH = 200
AT_ONCE = 5
_PAST = datetime(1970, 1, 1, tzinfo=UTC)


def return_expired(*, now: datetime) -> int:
    """Take back every lease that has run out, each in a transaction of its own. Returns how many."""
    returned = 0
    while pairs := list(expired_pairs(now)[:BATCH]):
        returned += sum(in_transaction(partial(_take_back, pair, now)) for pair in pairs)
    return returned


def return_expired_of(activity_id: int, user_id: int, *, now: datetime) -> None:
    """The same in one assignment: the person's own, and a few of the others', before a work is handed out."""
    here = expired_pairs(now).filter(activity_id=activity_id)
    own, others = here.filter(held_by_id=user_id), here.exclude(held_by_id=user_id)
    for pair in [*own, *others[:AT_ONCE]]:
        in_transaction(partial(_take_back, pair, now))


def leave_course(user_id: int, context_key: str, *, now: datetime) -> int:
    """Give back what somebody who leaves a course has on lease there; their drafts are kept. Returns how many."""
    mine = Pair.objects.filter(held_by_id=user_id)
    here = mine.filter(activity__context__key_hash=hash_key(context_key)).values_list("pk", flat=True)
    mine.filter(pk__in=list(here)).update(
        expires_at=_PAST
    )  # Again only those held: one may just have been sent.
    return sum(
        in_transaction(partial(_take_back, pair, now))
        for pair in Pair.objects.filter(held_by_id=user_id, expires_at=_PAST)
    )


def _take_back(pair: Pair, now: datetime) -> bool:
    """Whether it was still to be taken back: a draft may just have prolonged it, or the review was sent."""
    slot = lock_slots(pair.slot_id)[pair.slot_id]
    still = Pair.objects.filter(pk=pair.pk, state=Pair.LIVE, expires_at__lt=now)
    if still.update(state=Pair.LAPSED, held_by=None, expires_at=None) == 0:
        return False
    wanted = Activity.objects.values_list("wanted", flat=True).get(space_id=pair.activity_id)
    changing = Changing(wanted, (slot,))
    slot.live -= 1
    changing.save("live")
    return True
