"""The team's side of an assignment: seeing all works, reading them by name, judging them."""

from __future__ import annotations

import pytest

from peer_xblock.api import review
from peer_xblock.api.review.overseeing import Filter
from peer_xblock.domain.errors import Forbidden, Invalid, NotReady

from .stages import assert_refused
from .stages.review import TEAM, ReviewStage
from .workshop import BEST, WORDS, WORST, Workshop
from .world import everything_stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(db: None) -> Workshop:
    return Workshop()


def test_the_teams_judgement_settles_and_stands_above_the_peers(workshop: Workshop) -> None:
    workshop.set_up(wanted=1, to_give=1)
    users = workshop.people(2)
    jo = workshop.staff("Jo")
    workshop.submit_all(users)
    row = review.staff_review(
        workshop.enter(jo),
        submission=workshop.slot(users[0]).public_id,
        scores={"protocol": "yes", "doubt": "some"},
        comments={**WORDS, "doubt": "Take two."},
    ).row
    assert row.state == "settled"
    assert row.grade == pytest.approx(0.3 * 2 / 3 + 0.7 * 0.5)
    workshop.give(users[1], WORST)
    result = workshop.open(users[0]).mine.result
    assert result is not None
    assert (result.by, result.grade) == ("staff", row.grade)
    assert [one.reviewer for one in result.criteria[1].reviews] == ["1", "team"]
    assert [criterion.points for criterion in result.criteria] == [2, 2]


def test_learners_oversee_nothing(workshop: Workshop) -> None:
    amina = workshop.person("Amina")
    workshop.submit(amina)
    ident = workshop.slot(amina).public_id
    visit = workshop.enter(amina)
    with pytest.raises(Forbidden):
        review.oversee(visit)
    with pytest.raises(Forbidden):
        review.read_submission(visit, submission=ident)
    with pytest.raises(Forbidden):
        review.staff_review(visit, submission=ident, scores=BEST, comments=WORDS)


def test_nobody_judges_their_own_work(workshop: Workshop) -> None:
    ines = workshop.facilitator("Inès")
    workshop.submit(ines)
    with pytest.raises(Forbidden):
        review.staff_review(
            workshop.enter(ines), submission=workshop.slot(ines).public_id, scores=BEST, comments=WORDS
        )


def test_the_team_too_says_why_for_each_criterion(workshop: Workshop) -> None:
    amina = workshop.person("Amina")
    workshop.submit(amina)
    visit, work = workshop.enter(workshop.staff("Jo")), workshop.slot(amina).public_id
    with pytest.raises(Invalid) as refused:
        review.staff_review(visit, submission=work, scores=BEST, comments={"protocol": "Good."})
    assert refused.value.field == "comments.doubt"
    assert workshop.slot(amina).settled_by == ""


def test_an_assignment_that_cannot_be_used_says_why_to_the_team_alone(workshop: Workshop) -> None:
    workshop.set_up(rubric=[], wanted=0)
    with pytest.raises(NotReady) as refused:
        workshop.open(workshop.person("Amina"))
    assert refused.value.errors == ()
    with pytest.raises(NotReady) as refused:
        workshop.open(workshop.staff("Jo"))
    assert [error.field for error in refused.value.errors] == ["rubric", "wanted"]


def test_the_team_sees_all_works_a_page_at_a_time(workshop: Workshop) -> None:
    users = workshop.people(53)
    workshop.submit_all(users)
    for user in users[:2]:
        workshop.give(user)
    jo = workshop.staff("Jo")
    first = workshop.oversee(jo)
    assert (first.counts.submissions, first.counts.by_received) == (53, (51, 2, 0, 0))
    assert [row.person.name for row in first.rows] == [f"Learner{number}" for number in range(50)]
    second = workshop.oversee(jo, cursor=first.next)
    assert ([row.person.name for row in second.rows], second.next) == (
        ["Learner50", "Learner51", "Learner52"],
        None,
    )
    waiting = workshop.oversee(jo, filter=Filter.WAITING)
    assert (len(waiting.rows), waiting.counts.waiting) == (50, 53)
    assert workshop.oversee(jo, filter=Filter.SETTLED).rows == ()
    with pytest.raises(Invalid):
        workshop.oversee(jo, cursor="first")


def test_the_team_reads_a_work_with_all_that_was_said_of_it(workshop: Workshop) -> None:
    users = workshop.people(2)
    workshop.submit_all(users)
    workshop.give(users[0])
    read = workshop.read(workshop.facilitator("Inès"), users[1])
    assert (read.person.name, read.submission.source) == ("Learner1", "What Learner1 measured.")
    assert [one.person.name for one in read.result.criteria[0].reviews if one.person] == ["Learner0"]
    assert (read.result.grade, read.result.reviewer_grades) == (None, (1.0,))


def test_once_reviews_have_closed_the_team_lists_what_it_alone_can_settle(workshop: Workshop) -> None:
    workshop.set_up(wanted=1, to_give=1, reviews_due="2026-11-26T08:00:00+00:00")
    users = workshop.people(3)
    workshop.submit_all(users)
    workshop.give(users[0])
    workshop.give(users[1])
    jo = workshop.staff("Jo")
    before = workshop.oversee(jo, filter=Filter.NEEDS_TEAM)
    assert (before.rows, before.counts.needs_team) == ((), 0)
    workshop.later(days=3)
    workshop.tick()
    left = workshop.oversee(jo, filter=Filter.NEEDS_TEAM)
    settled = workshop.oversee(jo, filter=Filter.SETTLED)
    assert left.counts.needs_team == len(left.rows) == 3 - len(settled.rows)
    assert {row.state for row in left.rows} == {"needs_team"}


def test_the_team_sees_who_passed_a_work_on_and_why(workshop: Workshop) -> None:
    users = workshop.people(2)
    workshop.submit_all(users)
    lease = workshop.take(users[0]).review
    assert lease is not None
    workshop.skip(users[0], lease.id)
    jo = workshop.staff("Jo")
    assert [row.passed_on for row in workshop.oversee(jo).rows] == [0, 1]
    (skip,) = workshop.read(jo, users[1]).skips
    assert (skip.person.name, skip.reason, skip.note) == ("Learner0", "off_topic", "")


def test_a_work_that_was_passed_on_still_says_so_once_the_team_has_judged_it(workshop: Workshop) -> None:
    users = workshop.people(2)
    workshop.submit_all(users)
    lease = workshop.take(users[0]).review
    assert lease is not None
    workshop.skip(users[0], lease.id)
    visit, work = workshop.enter(workshop.staff("Jo")), workshop.slot(users[1]).public_id
    row = review.staff_review(visit, submission=work, scores=BEST, comments=WORDS).row
    assert (row.state, row.passed_on) == ("settled", 1)


@pytest.mark.parametrize("name", TEAM)
def test_what_is_the_teams_is_not_for_learners(db: None, name: str) -> None:
    stage = ReviewStage()
    before = everything_stored()
    learner = stage.unit(stage.workshop.person("Amina"))
    assert_refused(stage.send(name, stage.requests[name], learner), 403, "forbidden", "")
    assert everything_stored() == before
