"""Taking lanes for this worker alone, by compare-and-set, and giving them back."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from moodle_bridge.models import Lane, Tenant

LEASE: Final = timedelta(seconds=90)
"""Longer than the longest call plus writing its results: a worker that was killed loses its lanes after it."""


INTERNAL: Final = "internal"
"""Cause of a lane whose events made a round of ours fail."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The lanes that this worker holds, under one token."""

    token: str
    lanes: tuple[Lane, ...]


def claim_lanes(tenant: Tenant, *, now: datetime, limit: int) -> Lease:
    """Up to `limit` due lanes, the longest due first, that no other worker holds."""
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    due = Lane.objects.filter(free, tenant=tenant, due_at__lte=now).order_by("due_at", "id")
    token = uuid.uuid4().hex
    claimed = [
        pk
        for pk in _choose(list(due.values_list("pk", "cause")[:limit]))
        if Lane.objects.filter(free, pk=pk, due_at__lte=now).update(
            lease_token=token, lease_until=now + LEASE
        )
    ]
    lanes = Lane.objects.filter(pk__in=claimed, lease_token=token).order_by("due_at", "id")
    return Lease(token, tuple(lanes))


def _choose(candidates: Sequence[tuple[int, str]]) -> list[int]:
    """A lane that made a round fail goes alone, so that it takes no other down with it."""
    if candidates and candidates[0][1] == INTERNAL:
        return [candidates[0][0]]
    return [pk for pk, cause in candidates if cause != INTERNAL]


def renew(lease: Lease, *, now: datetime) -> bool:
    """Hold the lanes for another lease; False when one of them was lost to another worker meanwhile."""
    held = Lane.objects.filter(pk__in=[lane.pk for lane in lease.lanes], lease_token=lease.token)
    return held.update(lease_until=now + LEASE) == len(lease.lanes)


def hand_back(lease: Lease) -> None:
    """Give the lanes back as they were, due as before."""
    held = Lane.objects.filter(pk__in=[lane.pk for lane in lease.lanes], lease_token=lease.token)
    held.update(lease_token="", lease_until=None)


def lock_held(lease: Lease) -> list[Lane]:
    """The lanes that are still ours, locked until the transaction ends, with their rows as stored.

    To be called before looking for pending events, so that an event that is being stored is either seen by
    that look or makes its lane due afterwards.
    """
    ids: Sequence[int] = [lane.pk for lane in lease.lanes]
    held = Lane.objects.select_for_update().filter(pk__in=ids, lease_token=lease.token)
    return list(held.order_by("pk"))
