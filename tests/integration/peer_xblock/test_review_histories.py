"""After any history counters are those of the rows, nobody has a work twice, and grades are those of the reviews."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from django.contrib.auth.models import User

from peer_xblock.api import review
from peer_xblock.domain.errors import PeerError
from peer_xblock.models import Pair, Slot

from .workshop import BEST, WORDS, WORST, Workshop

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


class History:
    """Random acts of a few people; refusals are part of it."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)
        self.workshop = Workshop(wanted=2, to_give=2, reviews_due="2026-12-05T08:00:00+00:00")
        self.people = self.workshop.people(6)
        self.team = self.workshop.staff("Jo")

    def run(self, steps: int) -> None:
        acts: list[Callable[[User], object]] = [
            self.workshop.submit, self.workshop.take, self.send, self.send, self.save, self.skip, self.replace,
            self.judge, self.wait, self.leave,
        ]  # fmt: skip
        for _ in range(steps):
            try:
                self.rng.choice(acts)(self.rng.choice(self.people))
            except PeerError:
                continue

    def lease(self, user: User) -> str:
        """Any pair of the person's, also one that is done or gone."""
        mine = list(Pair.objects.filter(reviewer=user).order_by("pk").values_list("public_id", flat=True))
        return self.rng.choice(mine) if mine else "0" * 32

    def send(self, user: User) -> object:
        return self.workshop.send(user, self.lease(user), self.rng.choice([BEST, WORST]))

    def save(self, user: User) -> object:
        return self.workshop.save(user, self.lease(user))

    def skip(self, user: User) -> object:
        return self.workshop.skip(user, self.lease(user))

    def replace(self, user: User) -> object:
        return self.workshop.submit(user, f"Version {self.rng.random()}", revision=1)

    def judge(self, _user: User) -> object:
        work = self.rng.choice(list(Slot.objects.order_by("pk")) or [None])
        if work is None or self.rng.random() < 0.7:
            return None
        visit = self.workshop.enter(self.team)
        return review.staff_review(visit, submission=work.public_id, scores=WORST, comments=WORDS)

    def wait(self, _user: User) -> object:
        self.workshop.later(hours=self.rng.choice([1, 10, 30]))
        return self.workshop.tick()

    def leave(self, user: User) -> object:
        if self.rng.random() < 0.8:
            return None
        return review.leave_course(user.pk, self.workshop.assignment.context.key, now=self.workshop.at)


@pytest.mark.parametrize("seed", range(6))
def test_any_history_ends_whole(db: None, seed: int) -> None:
    history = History(seed)
    history.run(70)
    assert list(review.repair_activities()) == []
    pairs = list(Pair.objects.select_related("slot"))
    assert len({(pair.reviewer_id, pair.slot_id) for pair in pairs}) == len(pairs)
    assert not [pair for pair in pairs if pair.reviewer_id == pair.slot.author_id]
    assert all(
        (pair.held_by_id is not None) == (pair.state == Pair.LIVE) == (pair.expires_at is not None)
        for pair in pairs
    )
    held = [pair.held_by_id for pair in pairs if pair.held_by_id]
    assert len(held) == len(set(held))


@pytest.mark.parametrize("seed", range(3))
def test_after_the_close_every_grade_has_its_reasons(db: None, seed: int) -> None:
    history = History(seed)
    history.run(60)
    history.workshop.later(days=30)
    history.workshop.tick()
    history.workshop.tick()
    for slot in Slot.objects.filter(submitted_at__isnull=False):
        is_due = slot.done > 0 and slot.gave >= 2
        assert (slot.settled_at is not None) == (is_due or slot.settled_by == "staff")
        assert (slot.grade is not None) == (slot.settled_at is not None)
        assert slot.live == 0
        assert slot.unpublished_since is None
