"""Which work the next reviewer gets: a tier, and an order within it. The lowest is handed out first.

Everybody's first review comes before anybody's second; then the works of those who have given theirs, so that who
reviews is reviewed also where many leave; then the rest. Only when every work has what is wanted do further reviews
go out, to the works that have the fewest. Source: docs/decisions, 27.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

LEASE = timedelta(hours=24)
LEASE_MAX = timedelta(hours=72)
SKIPS_MAX = 5
_MOMENT_BITS = 42
_MOMENT_MAX = (1 << _MOMENT_BITS) - 1
_RECEIVED_MAX = (1 << 20) - 1


class Tier(IntEnum):
    """In the order in which works are handed out."""

    UNSEEN = 0
    RETURNED = 1
    WANTED = 2
    EXTRA = 3


@dataclass(frozen=True, slots=True)
class Work:
    """What the order needs of a work.

    done: reviews received. live: leases now. gave: reviews that its author has given.
    """

    done: int
    live: int
    gave: int
    submitted_at: datetime


def tier_of(work: Work, *, wanted: int) -> Tier:
    """The work's tier. wanted: reviews that each work should get."""
    received = work.done + work.live
    if received >= wanted:
        return Tier.EXTRA
    if received == 0:
        return Tier.UNSEEN
    return Tier.RETURNED if work.gave > 0 else Tier.WANTED


def order_of(work: Work) -> int:
    """The place within a tier: the fewest reviews first (leases count), then the oldest. Fits a signed bigint."""
    received = min(work.done + work.live, _RECEIVED_MAX)
    moment = int(work.submitted_at.timestamp() * 1000)
    return received << _MOMENT_BITS | min(max(moment, 0), _MOMENT_MAX)


def lease_end(taken_at: datetime, now: datetime, *, ends_at: datetime) -> datetime:
    """When a lease ends after a draft was saved: 24 hours from now, never sooner than before, at most 72 in all."""
    return min(max(ends_at, now + LEASE), taken_at + LEASE_MAX)
