"""Many callers for a work at the same moment, each in a thread and a connection of its own.

Of the works some have no review yet and the others all of theirs; the callers are the authors of the others, and
there are a few more of them than reviews are wanted. They come in rounds of 32.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from random import SystemRandom
from threading import Barrier

from django.db import connection
from django.db.models import F

from peer_xblock.api.review.ready import rules_of
from peer_xblock.api.review.taking import allocate
from peer_xblock.api.visits import Visit, enter
from peer_xblock.domain.people import Actor
from peer_xblock.models import Pair, Slot

from .assignment import WANTED, Assignment, Fill, Platform

CALLERS, ROUNDS = 32, 4
FRESH = 42
WORKS = CALLERS * ROUNDS + FRESH


@dataclass(frozen=True, slots=True)
class Round:
    """After a round: leases in all, how many of them are above what a work should get, how many are still wanted."""

    leases: int
    above: int
    wanting: int


def run_race(platform: Platform) -> list[Round]:
    """Rounds of callers at once, on a committed database. In each all callers get a work."""
    assignment = Assignment(platform, WORKS, Fill("race", 1, WANTED, WANTED))
    slots = list(Slot.objects.filter(activity_id=assignment.space.pk).order_by("pk"))
    fresh, callers = slots[:FRESH], slots[FRESH:]
    Pair.objects.filter(slot__in=fresh).delete()
    moved = WANTED * 2**42
    Slot.objects.filter(pk__in=[s.pk for s in fresh]).update(done=0, tier=0, ord=F("ord") - moved)
    visits = [
        enter(Actor(slot.author_id, "Writer"), assignment.space, now=datetime.now(UTC), rng=SystemRandom())
        for slot in callers
    ]
    return [_run(assignment, visits[n * CALLERS : (n + 1) * CALLERS]) for n in range(ROUNDS)]


def _run(assignment: Assignment, visits: Sequence[Visit]) -> Round:
    barrier = Barrier(len(visits), timeout=30)

    def take(visit: Visit) -> bool:
        try:
            rules = rules_of(visit)
            connection.ensure_connection()
            barrier.wait()
            return allocate(visit, rules)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(visits)) as pool:
        taken = list(pool.map(take, visits))
    if not all(taken):
        raise RuntimeError(f"{taken.count(False)} of {len(taken)} callers got no work")
    slots = list(Slot.objects.filter(activity_id=assignment.space.pk))
    received = [slot.done + slot.live for slot in slots]
    return Round(
        leases=sum(slot.live for slot in slots),
        above=sum(max(0, number - WANTED) for number in received),
        wanting=sum(max(0, WANTED - number) for number in received),
    )
