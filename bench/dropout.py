"""Who is left without a review when many leave: a term of an assignment, played with the real order of allocation.

Learners hand in over 14 days, reviews close after 21. A share never reviews. The others begin some two hours after
they handed in, need an hour for a review, and take the next one some six hours later; one lease in twenty is given
up and comes back after 24 hours. The figures are of the learners who handed in.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, insort
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import quantiles

from peer_xblock.domain.review.allocation import LEASE, Work, order_of, tier_of

START = datetime(2026, 9, 1, tzinfo=UTC)
ARRIVALS_H = 14 * 24.0
CLOSE_H = 21 * 24.0
BEGIN_H, REVIEW_H, PAUSE_H = 2.0, 1.0, 6.0
GIVEN_UP = 0.05
Key = tuple[int, int, int]


@dataclass(slots=True)
class Learner:
    """One person and the work that they handed in. Times in hours from the start."""

    number: int
    submitted_h: float
    has_left: bool
    done: int = 0
    live: int = 0
    gave: int = 0
    first_h: float | None = None
    seen: set[int] = field(default_factory=set)

    def standing(self) -> Work:
        """As the order of allocation reads it."""
        return Work(self.done, self.live, self.gave, START + timedelta(hours=self.submitted_h))


@dataclass(frozen=True, slots=True)
class Outcome:
    """unseen: share of all works without a review. short: share of those who gave theirs and got fewer than wanted.

    first_h: how long the first review took, median and 95th percentile in hours, of the works that got one.
    """

    unseen: float
    short: float
    first_h: tuple[float, float]


class Term:
    """One assignment from its first work to its close."""

    def __init__(
        self,
        *,
        learners: int,
        leaving: float,
        wanted: int,
        to_give: int,
        seed: int,
        oldest_first: bool = False,
    ) -> None:
        self.rng = Random(seed)
        self.wanted, self.to_give, self.oldest_first = wanted, to_give, oldest_first
        self.queue: list[Key] = []
        self.events: list[tuple[float, int, Callable[[], None]]] = []
        self.now_h = 0.0
        leavers = set(self.rng.sample(range(learners), round(learners * leaving)))
        self.people = [
            Learner(number, self.rng.uniform(0, ARRIVALS_H), number in leavers) for number in range(learners)
        ]
        for person in self.people:
            self._at(person.submitted_h, lambda who=person: self._submit(who))  # type: ignore[misc]  # bound now

    def play(self) -> Outcome:
        """Run to the close."""
        while self.events and self.events[0][0] < CLOSE_H:
            self.now_h, _, act = heapq.heappop(self.events)
            act()
        returned = [p for p in self.people if p.gave >= self.to_give]
        first = [p.first_h - p.submitted_h for p in self.people if p.first_h is not None]
        cuts = quantiles(first, n=20)
        return Outcome(
            unseen=sum(p.done == 0 for p in self.people) / len(self.people),
            short=sum(p.done < self.wanted for p in returned) / max(len(returned), 1),
            first_h=(cuts[9], cuts[18]),
        )

    def _at(self, hour: float, act: Callable[[], None]) -> None:
        heapq.heappush(self.events, (hour, self.rng.getrandbits(32), act))

    def _after(self, mean_h: float, act: Callable[[], None]) -> None:
        self._at(self.now_h + self.rng.expovariate(1 / mean_h), act)

    def _key(self, person: Learner) -> Key:
        work = person.standing()
        if self.oldest_first:
            full = int(work.done + work.live >= self.wanted)
            return full, round(person.submitted_h * 3600), person.number
        return int(tier_of(work, wanted=self.wanted)), order_of(work), person.number

    def _change(self, person: Learner, **changes: int) -> None:
        key = self._key(person)
        if (place := bisect_left(self.queue, key)) < len(self.queue) and self.queue[place] == key:
            self.queue.pop(place)
        for name, step in changes.items():
            setattr(person, name, getattr(person, name) + step)
        insort(self.queue, self._key(person))

    def _submit(self, person: Learner) -> None:
        insort(self.queue, self._key(person))
        if not person.has_left:
            self._after(BEGIN_H, lambda: self._take(person))

    def _take(self, reviewer: Learner) -> None:
        work = next(self._open_to(reviewer), None)
        if work is None:
            self._after(PAUSE_H, lambda: self._take(reviewer))
            return
        reviewer.seen.add(work.number)
        self._change(work, live=1)
        if self.rng.random() < GIVEN_UP:
            self._at(self.now_h + LEASE.total_seconds() / 3600, lambda: self._give_up(reviewer, work))
        else:
            self._after(REVIEW_H, lambda: self._send(reviewer, work))

    def _open_to(self, reviewer: Learner) -> Iterator[Learner]:
        works = (self.people[number] for _, _, number in self.queue)
        return (work for work in works if work is not reviewer and work.number not in reviewer.seen)

    def _give_up(self, reviewer: Learner, work: Learner) -> None:
        self._change(work, live=-1)
        self._take(reviewer)

    def _send(self, reviewer: Learner, work: Learner) -> None:
        self._change(work, live=-1, done=1)
        self._change(reviewer, gave=1)
        work.first_h = work.first_h if work.first_h is not None else self.now_h
        if reviewer.gave < self.to_give:
            self._after(PAUSE_H, lambda: self._take(reviewer))
