"""Reviewers who meet: on real databases, each in a connection of its own."""

from __future__ import annotations

from functools import partial

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from bench.assignment import Platform
from bench.race import CALLERS, FRESH, ROUNDS, WORKS, run_race
from peer_xblock.api import review
from peer_xblock.api.review.reranking import recount
from peer_xblock.api.review.reviewing import Reason
from peer_xblock.domain.errors import PeerError
from peer_xblock.domain.review.allocation import Tier
from peer_xblock.domain.review.views import State
from peer_xblock.models import Pair, Review, Slot, StoredFile, Submission

from .test_races import at_once
from .workshop import BEST, COURSE, WORDS, WORST, Workshop

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.databases]


@pytest.fixture
def workshop(transactional_db: None) -> Workshop:
    return Workshop()


def assert_whole(workshop: Workshop) -> None:
    """Counters are those of the pairs, and the overview's those of the slots."""
    for slot in Slot.objects.all():
        pairs = Pair.objects.filter(slot=slot)
        counted = [pairs.filter(state=state).count() for state in (Pair.DONE, Pair.LIVE)]
        assert [slot.done, slot.live] == counted
        assert slot.gave == Pair.objects.filter(reviewer=slot.author, state=Pair.DONE).count()
    assert list(review.repair_activities()) == []


@pytest.mark.slow
def test_32_callers_at_once_put_no_lease_above_what_is_wanted(transactional_db: None) -> None:
    with override_settings(PEER_HOST="bench.common.host"):
        rounds = run_race(Platform(WORKS))
    assert [after.leases for after in rounds] == [CALLERS * number for number in range(1, ROUNDS + 1)]
    assert [after.above for after in rounds[:-1]] == [0] * (ROUNDS - 1)
    assert (rounds[-1].above, rounds[-1].wanting) == (CALLERS * ROUNDS - 3 * FRESH, 0)


def test_one_person_asking_twice_at_once_holds_one_lease(workshop: Workshop) -> None:
    users = workshop.people(4)
    workshop.submit_all(users)
    visits = [workshop.enter(users[0]) for _ in range(4)]
    states = at_once(partial(review.take_review, visit) for visit in visits)
    held = {state.review.id for state in states if isinstance(state, State) and state.review}
    assert len(held) == 1
    assert Pair.objects.count() == 1
    assert_whole(workshop)


def test_one_person_asking_twice_for_a_work_that_they_let_lapse_holds_one_lease(workshop: Workshop) -> None:
    """Only that one work is there, so that the second call waits for the first one's lock."""
    users = workshop.people(2)
    workshop.submit_all(users)
    workshop.take(users[0])
    workshop.later(hours=25)
    assert review.return_expired(now=workshop.at) == 1
    visits = [workshop.enter(users[0]) for _ in range(4)]
    at_once(partial(review.take_review, visit) for visit in visits)
    assert workshop.slot(users[1]).live == 1
    assert_whole(workshop)


def test_a_review_sent_while_its_author_leaves_the_course_keeps_no_end(workshop: Workshop) -> None:
    users = workshop.people(2)
    workshop.submit_all(users)
    lease = leases_of(workshop, users[:1])[0]
    visit = workshop.enter(users[0])
    at_once(
        [
            partial(review.send_review, visit, review=lease, scores=BEST, comments=WORDS),
            partial(review.leave_course, users[0].pk, COURSE, now=workshop.at),
        ]
    )
    assert Pair.objects.get().expires_at is None
    assert_whole(workshop)


def test_a_first_work_sent_twice_at_once_is_handed_in_once(workshop: Workshop) -> None:
    visits = [workshop.enter(workshop.person("Amina")) for _ in range(3)]
    states = at_once(
        partial(review.submit, visit, client_key="k", body="Ten swings.", pledge=True) for visit in visits
    )
    assert all(isinstance(state, State) for state in states)
    assert Submission.objects.get().revision == 1
    assert_whole(workshop)


def leases_of(workshop: Workshop, users: list[User]) -> list[str]:
    leases = [workshop.take(user).review for user in users]
    return [lease.id for lease in leases if lease is not None]


def test_reviews_of_each_other_sent_at_once_both_count(workshop: Workshop) -> None:
    workshop.set_up(wanted=1, to_give=1)
    users = workshop.people(2)
    workshop.submit_all(users)
    leases = leases_of(workshop, users)
    results = at_once(
        partial(review.send_review, visit, review=lease, scores=BEST, comments=WORDS)
        for visit, lease in zip([workshop.enter(user) for user in users], leases, strict=True)
    )
    assert not [r for r in results if isinstance(r, PeerError)]
    assert list(Slot.objects.values_list("done", "gave", "grade")) == [(1, 1, 1.0)] * 2
    assert_whole(workshop)


def test_reviews_of_one_work_sent_at_once_all_count(workshop: Workshop) -> None:
    users = workshop.people(4)
    workshop.submit_all(users)
    reviewers = users[1:]
    Slot.objects.exclude(author=users[0]).update(tier=Tier.EXTRA)
    leases = leases_of(workshop, reviewers)
    assert len(list(review.repair_activities())) == 3
    at_once(
        partial(review.send_review, visit, review=lease, scores=BEST, comments=WORDS)
        for visit, lease in zip([workshop.enter(user) for user in reviewers], leases, strict=True)
    )
    assert workshop.slot(users[0]).done == 3
    assert_whole(workshop)


def test_a_review_sent_while_its_lease_is_taken_back_counts_once(workshop: Workshop) -> None:
    users = workshop.people(2)
    workshop.submit_all(users)
    lease = leases_of(workshop, users[:1])[0]
    workshop.later(hours=25)
    visit = workshop.enter(users[0])
    at_once(
        [
            partial(review.send_review, visit, review=lease, scores=BEST, comments=WORDS),
            partial(review.return_expired, now=workshop.at),
        ]
    )
    assert Review.objects.get().sent_at is not None
    assert_whole(workshop)


def test_a_work_cannot_be_changed_while_it_is_handed_out(workshop: Workshop) -> None:
    """Whoever comes first: the reviewer sees the version that stands."""
    users = workshop.people(2)
    workshop.submit_all(users)
    author, reviewer = workshop.enter(users[1]), workshop.enter(users[0])
    change, taken = at_once(
        [
            partial(review.submit, author, client_key="new", body="Changed.", revision=1, pledge=True),
            partial(review.take_review, reviewer),
        ]
    )
    assert isinstance(taken, State)
    assert taken.review is not None
    assert ("Changed" in taken.review.submission.html) == (not isinstance(change, PeerError))
    assert_whole(workshop)


def test_the_team_and_a_peer_judging_at_once_leave_the_teams_grade(workshop: Workshop) -> None:
    workshop.set_up(wanted=1, to_give=1)
    users = workshop.people(2)
    workshop.submit_all(users)
    workshop.give(users[0])
    lease = leases_of(workshop, users[1:])[0]
    peer, team = workshop.enter(users[1]), workshop.enter(workshop.staff("Jo"))
    work = workshop.slot(users[0]).public_id
    at_once(
        [
            partial(review.send_review, peer, review=lease, scores=BEST, comments=WORDS),
            partial(review.staff_review, team, submission=work, scores=WORST, comments=WORDS),
        ]
    )
    slot = workshop.slot(users[0])
    assert (slot.grade, slot.settled_by, slot.done) == (0.0, "staff", 1)
    assert_whole(workshop)


def test_a_work_passed_on_twice_at_once_is_passed_on_once(workshop: Workshop) -> None:
    users = workshop.people(2)
    workshop.submit_all(users)
    lease = leases_of(workshop, users[:1])[0]
    visits = [workshop.enter(users[0]) for _ in range(3)]
    states = at_once(
        partial(review.skip_review, visit, review=lease, reason=Reason.OFF_TOPIC) for visit in visits
    )
    assert [state for state in states if not isinstance(state, State)] == []
    assert_whole(workshop)


def test_a_file_removed_while_it_is_handed_in_is_in_the_work_or_gone(workshop: Workshop) -> None:
    workshop.set_up(hand_in="both", file_types=[".pdf"])
    for number in range(5):
        user = workshop.person(f"Learner{number}")
        file = workshop.upload(user).id
        handing, removing = workshop.enter(user), workshop.enter(user)
        work, removed = at_once(
            [
                partial(review.submit, handing, client_key="k", body="So.", files=[file], pledge=True),
                partial(review.remove_file, removing, file=file),
            ]
        )
        assert isinstance(work, State) == isinstance(removed, PeerError)
        assert StoredFile.objects.filter(public_id=file).exists() == isinstance(work, State)


def first_of(statements: list[dict[str, str]], table: str) -> int:
    return next(place for place, one in enumerate(statements) if f'FROM "{table}"' in quoted(one["sql"]))


def quoted(sql: str) -> str:
    return sql.replace("`", '"')


def test_a_recount_locks_the_counts_before_it_reads_the_works(workshop: Workshop) -> None:
    """A review that is sent between the two would be counted twice, or not at all: whoever sends waits instead."""
    workshop.submit_all(workshop.people(2))
    with CaptureQueriesContext(connection) as statements, transaction.atomic():
        recount(Slot.objects.filter(tier__isnull=False), workshop.assignment.pk)
    counts = first_of(statements.captured_queries, "peer_xblock_reviewtally")
    assert counts < first_of(statements.captured_queries, "peer_xblock_slot")
    assert "FOR UPDATE" in statements.captured_queries[counts]["sql"] or connection.vendor == "sqlite"
