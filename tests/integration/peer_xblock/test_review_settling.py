"""Grades: when they are settled, what counts, and their way to the gradebook."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from peer_xblock.api import review
from peer_xblock.domain.review.allocation import Tier
from peer_xblock.models import ReviewTally, Slot
from tests import host

from .workshop import BEST, WORST, Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(db: None) -> Iterator[Workshop]:
    """With an empty gradebook."""
    host.GRADES.clear()
    yield Workshop()
    host.GRADES.clear()


def test_a_grade_is_settled_once_a_work_has_its_reviews_and_its_author_gave_theirs(
    workshop: Workshop,
) -> None:
    users = workshop.people(4)
    workshop.submit_all(users)
    for user in users[1:]:
        for _ in range(3):
            workshop.give(user, WORST if user == users[1] else BEST)
    state = workshop.open(users[0])
    assert (workshop.slot(users[0]).done, state.mine.result, state.can.read_result) == (3, None, False)
    for _ in range(3):
        state = workshop.give(users[0])
    result = state.mine.result
    assert result is not None
    assert (result.grade, result.points, result.by) == (1.0, 10.0, "peers")
    assert sorted(result.reviewer_grades) == [0.0, 1.0, 1.0]
    assert [step.state for step in state.steps] == ["done"] * 3


def test_a_settled_grade_reaches_the_gradebook_as_a_fraction(
    workshop: Workshop, django_capture_on_commit_callbacks: object
) -> None:
    workshop.set_up(wanted=1, to_give=1)
    users = workshop.people(2)
    workshop.submit_all(users)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # pytest-django's fixture
        workshop.give(users[0])
        workshop.give(users[1], WORST)
    key = workshop.assignment.usage_key
    assert {(users[0].pk, key): (0.0, 10.0), (users[1].pk, key): (1.0, 10.0)} == host.GRADES
    assert not Slot.objects.filter(unpublished_since__isnull=False).exists()


def test_a_grade_that_did_not_reach_the_gradebook_is_tried_again(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop.set_up(wanted=1, to_give=1)
    users = workshop.people(2)
    workshop.submit_all(users)
    workshop.give(users[0])
    workshop.give(users[1])
    with monkeypatch.context() as broken:
        broken.setattr(host, "publish_grade", lambda *_args, **_kwargs: 1 / 0)
        workshop.later()
        assert workshop.tick()["published"] == 0
    workshop.later()
    assert workshop.tick()["published"] == 2
    assert len(host.GRADES) == 2


def test_once_reviews_have_closed_what_has_a_review_is_settled(workshop: Workshop) -> None:
    workshop.set_up(reviews_due="2026-11-26T08:00:00+00:00", to_give=1)
    users = workshop.people(3)
    workshop.submit_all(users)
    workshop.give(users[0])
    workshop.give(users[1])
    workshop.later(days=3)
    assert workshop.tick()["settled"] == 2
    rows = {row.person.name: row for row in workshop.oversee(workshop.staff("Jo")).rows}
    assert [rows[f"Learner{number}"].state for number in range(3)] == ["settled", "settled", "needs_team"]
    assert [rows[f"Learner{number}"].grade for number in range(3)] == [1.0, 1.0, None]
    assert workshop.tick()["settled"] == 0


def test_a_date_that_was_moved_on_is_waited_for(workshop: Workshop) -> None:
    workshop.set_up(reviews_due="2026-11-26T08:00:00+00:00", to_give=1)
    users = workshop.people(2)
    workshop.submit_all(users)
    workshop.give(users[0])
    workshop.give(users[1])
    workshop.set_up(reviews_due="2026-12-26T08:00:00+00:00")
    workshop.later(days=3)
    assert workshop.tick()["settled"] == 0
    workshop.later(days=30)
    assert workshop.tick()["settled"] == 2


def test_a_further_review_of_a_settled_work_counts_too(workshop: Workshop) -> None:
    workshop.set_up(wanted=1, to_give=2)
    users = workshop.people(3)
    workshop.submit_all(users)
    for user in users:
        for _ in range(2):
            workshop.give(user, WORST if user == users[2] else BEST)
    assert Slot.objects.filter(grade=0.5).count() == 2
    assert workshop.slot(users[2]).grade == 1.0


def test_a_wish_for_more_reviews_ranks_all_works_anew(workshop: Workshop) -> None:
    workshop.set_up(wanted=1, to_give=2)
    users = workshop.people(4)
    workshop.submit_all(users)
    for user in users:
        workshop.give(user)
    assert set(Slot.objects.values_list("tier", flat=True)) == {Tier.EXTRA}
    workshop.set_up(wanted=2)
    workshop.take(users[0])
    assert [slot.tier for slot in Slot.objects.order_by("tier")] == [Tier.RETURNED] * 3 + [Tier.EXTRA]
    assert list(review.repair_activities()) == []
    assert workshop.oversee(workshop.staff("Jo")).counts.by_received == (0, 4, 0)


def test_a_wish_for_fewer_reviews_settles_what_has_enough(workshop: Workshop) -> None:
    workshop.set_up(wanted=2, to_give=2)
    users = workshop.people(4)
    workshop.submit_all(users)
    for user in users:
        workshop.give(user)
    workshop.set_up(wanted=1, to_give=1)
    workshop.submit(workshop.person("Late"))
    assert workshop.tick()["settled"] == 4


def test_counters_that_went_wrong_are_put_right(workshop: Workshop) -> None:
    users = workshop.people(3)
    workshop.submit_all(users)
    workshop.give(users[0])
    right = list(Slot.objects.order_by("pk").values())
    Slot.objects.update(done=7, live=2, gave=0, tier=3, ord=0)
    ReviewTally.objects.update(work_count=-1)
    assert len(list(review.repair_activities())) == 4
    assert list(Slot.objects.order_by("pk").values()) == right
    assert list(review.repair_activities()) == []


def test_a_wish_for_fewer_reviews_that_only_the_clock_meets_keeps_the_counts_right(
    workshop: Workshop,
) -> None:
    workshop.set_up(reviews_due="2026-11-26T08:00:00+00:00", wanted=2, to_give=1)
    users = workshop.people(3)
    workshop.submit_all(users)
    workshop.give(users[0])
    workshop.give(users[1])
    workshop.set_up(wanted=1)
    workshop.later(days=3)
    assert workshop.tick()["settled"] > 0
    assert list(review.repair_activities()) == []


def test_a_close_that_was_moved_forward_settles_at_the_new_date(workshop: Workshop) -> None:
    workshop.set_up(reviews_due="2026-12-26T08:00:00+00:00", to_give=1)
    users = workshop.people(2)
    workshop.submit_all(users)
    workshop.give(users[0])
    workshop.give(users[1])
    workshop.set_up(reviews_due="2026-11-26T08:00:00+00:00")
    workshop.later(days=3)
    assert workshop.tick()["settled"] == 2


def test_a_close_that_was_given_up_settles_nothing(workshop: Workshop) -> None:
    workshop.set_up(reviews_due="2026-11-26T08:00:00+00:00", to_give=1)
    users = workshop.people(2)
    workshop.submit_all(users)
    workshop.give(users[0])
    workshop.give(users[1])
    workshop.set_up(reviews_due=None)
    workshop.later(days=3)
    assert workshop.tick()["settled"] == 0


def test_a_work_with_a_later_due_date_of_its_own_is_waited_for(workshop: Workshop) -> None:
    workshop.set_up(to_give=1)
    users = workshop.people(2)
    for user, due in zip(users, ("2026-11-26T08:00:00+00:00", "2026-11-30T08:00:00+00:00"), strict=True):
        visit = workshop.enter(user)
        visit.space.options = {**visit.space.options, "due": due}
        review.submit(visit, client_key="k", body="Ten swings.", pledge=True)
    workshop.give(users[0])
    workshop.give(users[1])
    workshop.later(days=4)
    assert workshop.tick()["settled"] == 0
    workshop.later(days=4)
    assert workshop.tick()["settled"] == 2


def test_a_grade_waits_while_nobody_can_say_what_it_counts_for(workshop: Workshop) -> None:
    workshop.set_up(wanted=1, to_give=1)
    users = workshop.people(2)
    workshop.submit_all(users)
    workshop.give(users[0])
    workshop.give(users[1])
    workshop.set_up(weight=-1)
    workshop.later()
    assert (workshop.tick()["published"], host.GRADES) == (0, {})
    workshop.set_up(weight=5)
    workshop.later()
    assert workshop.tick()["published"] == 2
    assert {weight for _grade, weight in host.GRADES.values()} == {5.0}


def test_a_repair_that_its_caller_leaves_keeps_what_it_mended(workshop: Workshop) -> None:
    workshop.submit_all(workshop.people(2))
    Slot.objects.update(done=9)
    mended = next(review.repair_activities())
    assert Slot.objects.get(public_id=mended).done == 0
