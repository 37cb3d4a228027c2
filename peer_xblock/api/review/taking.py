"""Handing out: the next work for a reviewer, found by an index and held under a lease.

Where the engine has SKIP LOCKED, calls that meet take different works; elsewhere the second of two finds that the
counters have moved, and looks again. A further review beyond what is wanted goes out only when no work that still
wants one is left, not even behind another call's lock.
"""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, connection, transaction

from peer_xblock.api.discussion.rows import only
from peer_xblock.api.transactions import in_transaction
from peer_xblock.api.visits import Visit
from peer_xblock.domain.ids import new_id
from peer_xblock.domain.review.activity import Activity as Rules
from peer_xblock.domain.review.allocation import LEASE, Tier
from peer_xblock.domain.review.steps import why_waiting
from peer_xblock.domain.review.views import State
from peer_xblock.models import Pair, Slot

from .leases import return_expired_of
from .opening import progress_of, show
from .ranks import rank
from .ready import rules_of
from .reranking import bring_in_line
from .rows import lock_next, my_place, open_slots

_TRIES = 40


def take_review(visit: Visit) -> State:
    """Be given a work, or be told why there is none; the lease that one holds is given again.

    Raises PreviewOnly, NotReady.
    """
    visit.require_write()
    rules = rules_of(visit)
    allocate(visit, rules)
    return show(visit, rules)


def allocate(visit: Visit, rules: Rules) -> bool:
    """Lease the next work to the viewer. False when they may have none, hold one, or none is there."""
    place = my_place(visit)
    if place is None or why_waiting(rules, progress_of(place), visit.now) is not None:
        return False
    if place.held_until is not None and place.held_until >= visit.now:
        return False
    bring_in_line(visit, rules, (place.ranked_for, place.to_give))
    if place.expired is not None:
        return_expired_of(visit.space.pk, visit.viewer.user_id, now=visit.now)
    try:
        for _ in range(_TRIES):
            is_leased = in_transaction(lambda: _lease_next(visit, rules))
            if is_leased is not False:
                return bool(is_leased)
    except IntegrityError:  # Two calls of one person at once: the other one has the lease.
        pass
    return False


def _lease_next(visit: Visit, rules: Rules) -> bool | None:
    """None when no work is there, False when another call was quicker."""
    slot = _next(visit)
    return None if slot is None else _lease(visit, rules, slot)


def _next(visit: Visit) -> Any:
    slots = open_slots(visit)
    slot = lock_next(slots)
    if slot is not None and slot.tier != Tier.EXTRA:
        return slot
    wanting = slots.filter(tier__lt=Tier.EXTRA)
    if connection.features.has_select_for_update_skip_locked and only(wanting[:1]) is not None:
        slot = lock_next(wanting, waiting=True) or slot
    return slot if slot is not None else lock_next(slots, waiting=True)


def _lease(visit: Visit, rules: Rules, slot: Any) -> bool:
    """Count the lease, if the counters are still what was read, and store it."""
    unchanged = Slot.objects.filter(pk=slot.pk, live=slot.live, done=slot.done)
    slot.live += 1
    rank(slot, wanted=rules.wanted)
    if unchanged.update(live=slot.live, tier=slot.tier, ord=slot.ord) == 0:
        return False
    user_id, ends_at = visit.viewer.user_id, visit.now + LEASE
    if slot.lapsed is not None:
        again = Pair.objects.filter(pk=slot.lapsed, state=Pair.LAPSED)
        held = {"held_by_id": user_id, "taken_at": visit.now, "expires_at": ends_at}
        held["revision"] = slot.work_revision
        if again.update(state=Pair.LIVE, **held) == 0:  # It was taken again, or its review sent, meanwhile.
            transaction.set_rollback(True)
            return False
        return True
    Pair.objects.create(
        public_id=new_id(visit.now, visit.rng),
        activity_id=visit.space.pk,
        slot_id=slot.pk,
        reviewer_id=user_id,
        held_by_id=user_id,
        taken_at=visit.now,
        expires_at=ends_at,
        revision=slot.work_revision,
    )
    return True
