"""Handing in and reviewing, by the api: what a learner may do, in which order, and what comes next."""

from __future__ import annotations

import pytest

from peer_xblock.api import review
from peer_xblock.api.review.retiring import retire_reviewer
from peer_xblock.domain.errors import Closed, Conflict, Invalid, NotFound, StaleEdit
from peer_xblock.models import Pair, Review, Slot

from .workshop import BEST, COURSE, WORDS, WORST, Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(db: None) -> Workshop:
    return Workshop()


def test_a_newcomer_is_told_to_hand_in_first(workshop: Workshop) -> None:
    state = workshop.take(workshop.person("Amina"))
    assert state.review is None
    assert state.waiting is not None
    assert state.waiting.why == "submit_first"
    assert [step.state for step in state.steps] == ["current", "upcoming", "upcoming"]
    assert (state.can.submit, state.can.review, state.can.oversee) == (True, False, False)


def test_handing_in_needs_the_promise_to_review(workshop: Workshop) -> None:
    with pytest.raises(Invalid) as refused:
        workshop.submit(workshop.person("Amina"), pledge=False)
    assert refused.value.field == "pledge"
    review.pledge(workshop.enter(workshop.person("Amina")))
    assert workshop.submit(workshop.person("Amina"), pledge=False).mine.submission is not None


def test_a_work_is_shown_as_it_was_written(workshop: Workshop) -> None:
    shown = workshop.submit(workshop.person("Amina"), "About *ten* swings, $T$").mine.submission
    assert shown is not None
    assert "<em>ten</em>" in shown.html
    assert (shown.source, shown.word_count, shown.revision, shown.can_edit) == (
        "About *ten* swings, $T$", 4, 1, True,
    )  # fmt: skip


def test_a_work_sent_twice_is_handed_in_once(workshop: Workshop) -> None:
    amina = workshop.person("Amina")
    workshop.submit(amina, key="k")
    again = workshop.submit(amina, key="k")
    assert again.mine.submission is not None
    assert again.mine.submission.revision == 1
    assert Slot.objects.count() == 1


def test_a_work_is_replaced_until_somebody_has_it(workshop: Workshop) -> None:
    amina, tomas = workshop.person("Amina"), workshop.person("Tomás")
    workshop.submit_all([amina, tomas])
    better = workshop.submit(amina, "Better.", revision=1).mine.submission
    assert better is not None
    assert (better.revision, better.source) == (2, "Better.")
    workshop.take(tomas)
    with pytest.raises(Conflict):
        workshop.submit(amina, "Too late.", revision=2)
    assert not workshop.open(amina).can.edit


def test_a_work_changed_elsewhere_is_not_overwritten(workshop: Workshop) -> None:
    amina = workshop.person("Amina")
    workshop.submit(amina)
    workshop.submit(amina, "From the phone.", revision=1)
    with pytest.raises(StaleEdit) as refused:
        workshop.submit(amina, "From the laptop.", revision=1)
    assert refused.value.details["current"] == {"revision": 2, "source": "From the phone."}


def test_nobody_gets_their_own_work_or_the_same_twice(workshop: Workshop) -> None:
    users = workshop.people(4)
    workshop.submit_all(users)
    for user in users:
        for _ in range(3):
            workshop.give(user)
    pairs = Pair.objects.select_related("slot")
    assert pairs.count() == 12
    assert not [pair for pair in pairs if pair.reviewer_id == pair.slot.author_id]
    assert len({(pair.reviewer_id, pair.slot_id) for pair in pairs}) == 12


def test_the_same_lease_is_given_until_it_is_used(workshop: Workshop) -> None:
    users = workshop.people(3)
    workshop.submit_all(users)
    first, again = workshop.take(users[0]).review, workshop.take(users[0]).review
    assert first is not None
    assert again is not None
    assert first.id == again.id
    assert Pair.objects.count() == 1


def test_everybodys_first_review_comes_before_anybodys_second(workshop: Workshop) -> None:
    users = workshop.people(5)
    workshop.submit_all(users)
    for user in users[:4]:
        workshop.take(user)
    assert sorted(Slot.objects.values_list("live", flat=True)) == [0, 1, 1, 1, 1]


def test_the_works_of_who_has_reviewed_come_before_those_of_who_has_not(workshop: Workshop) -> None:
    early, late, third = workshop.people(3)
    workshop.submit_all([early, late, third])
    workshop.give(late)
    workshop.give(third)
    workshop.give(late)
    received = {user.first_name: workshop.slot(user).done for user in (early, late, third)}
    assert received == {"Learner0": 1, "Learner1": 1, "Learner2": 1}
    workshop.give(third)
    assert workshop.slot(late).done == 2 or workshop.slot(early).done == 2
    assert workshop.slot(late).done + workshop.slot(early).done == 3


def test_beyond_what_is_wanted_the_last_can_still_give_theirs(workshop: Workshop) -> None:
    workshop.set_up(wanted=1, to_give=2)
    users = workshop.people(3)
    workshop.submit_all(users)
    for user in users:
        workshop.give(user)
        workshop.give(user)
    assert sorted(Slot.objects.values_list("done", "gave")) == [(2, 2)] * 3


def test_who_has_given_all_gets_no_more(workshop: Workshop) -> None:
    workshop.set_up(to_give=1)
    users = workshop.people(3)
    workshop.submit_all(users)
    workshop.give(users[0])
    state = workshop.take(users[0])
    assert state.waiting is not None
    assert (state.review, state.waiting.why) == (None, "all_given")


def test_where_nobody_else_has_handed_in_one_is_told_so(workshop: Workshop) -> None:
    state = workshop.submit(workshop.person("Amina"))
    assert state.waiting is not None
    assert state.waiting.why == "none_waiting"
    assert [step.state for step in state.steps] == ["done", "waiting", "upcoming"]


def test_a_review_needs_an_option_and_a_comment_for_each_criterion(workshop: Workshop) -> None:
    users = workshop.people(2)
    workshop.submit_all(users)
    lease = workshop.take(users[0]).review
    assert lease is not None
    for scores, words, field in (
        ({"protocol": "yes"}, WORDS, "scores.doubt"),
        ({**BEST, "doubt": "yes"}, WORDS, "scores.doubt"),
        (BEST, {"protocol": "Good."}, "comments.doubt"),
        (BEST, {**WORDS, "doubt": " \u200b"}, "comments.doubt"),
        (BEST, {**WORDS, "style": "x"}, "comments.style"),
        (BEST, {**WORDS, "doubt": "x" * 5001}, "comments.doubt"),
    ):
        with pytest.raises(Invalid) as refused:
            workshop.send(users[0], lease.id, scores, words=words)
        assert refused.value.field == field
    assert Pair.objects.get().state == Pair.LIVE


def test_a_review_sent_twice_counts_once(workshop: Workshop) -> None:
    users = workshop.people(3)
    workshop.submit_all(users)
    lease = workshop.take(users[0]).review
    assert lease is not None
    workshop.send(users[0], lease.id)
    again = workshop.send(users[0], lease.id, WORST)
    assert again.mine.reviews_given == 1
    assert Review.objects.get().scores == BEST


def test_a_draft_comes_back_and_prolongs_the_lease(workshop: Workshop) -> None:
    users = workshop.people(2)
    workshop.submit_all(users)
    lease = workshop.take(users[0]).review
    assert lease is not None
    workshop.later(hours=20)
    saved = workshop.save(users[0], lease.id, {"protocol": "yes"})
    held = workshop.open(users[0]).review
    assert held is not None
    assert held.draft is not None
    assert (held.draft.scores, held.draft.overall) == ({"protocol": "yes"}, "Half.")
    assert held.expires_at == saved.expires_at > lease.expires_at


def test_a_lease_that_ran_out_goes_back_and_the_work_to_somebody_else(workshop: Workshop) -> None:
    users = workshop.people(3)
    workshop.submit_all(users[:2])
    workshop.take(users[0])
    workshop.later(hours=25)
    assert workshop.tick()["returned"] == 1
    assert Pair.objects.get().state == Pair.LAPSED
    assert set(Slot.objects.values_list("live", flat=True)) == {0}
    workshop.submit(users[2])
    taken = workshop.take(users[2]).review
    assert taken is not None
    assert "Learner0" in taken.submission.html


def test_an_expired_lease_also_returns_at_the_next_take(workshop: Workshop) -> None:
    users = workshop.people(3)
    workshop.submit_all(users)
    workshop.take(users[0])
    workshop.later(hours=25)
    workshop.take(users[1])
    assert sorted(Pair.objects.values_list("state", flat=True)) == [Pair.LAPSED, Pair.LIVE]


def test_what_was_written_under_a_lease_that_ran_out_can_still_be_sent(workshop: Workshop) -> None:
    users = workshop.people(2)
    workshop.submit_all(users)
    lease = workshop.take(users[0]).review
    assert lease is not None
    workshop.later(hours=25)
    workshop.tick()
    with pytest.raises(Conflict):
        workshop.save(users[0], lease.id)
    assert workshop.send(users[0], lease.id).mine.reviews_given == 1
    slot = workshop.slot(users[1])
    assert (slot.done, slot.live) == (1, 0)


def test_a_work_whose_lease_ran_out_can_be_taken_again_with_its_draft(workshop: Workshop) -> None:
    users = workshop.people(2)
    workshop.submit_all(users)
    lease = workshop.take(users[0]).review
    assert lease is not None
    workshop.save(users[0], lease.id)
    workshop.later(hours=100)
    again = workshop.take(users[0]).review
    assert again is not None
    assert again.draft is not None
    assert (again.id, again.draft.overall) == (lease.id, "Half.")
    assert workshop.slot(users[1]).live == 1


def test_a_work_that_was_passed_on_never_comes_back_to_the_same_person(workshop: Workshop) -> None:
    users = workshop.people(3)
    workshop.submit_all(users)
    first = workshop.take(users[0]).review
    assert first is not None
    assert workshop.skip(users[0], first.id).review is None
    second = workshop.take(users[0]).review
    assert second is not None
    assert second.submission.html != first.submission.html
    workshop.skip(users[0], second.id)
    waiting = workshop.take(users[0]).waiting
    assert waiting is not None
    assert waiting.why == "none_waiting"


def test_passing_on_has_an_end(workshop: Workshop) -> None:
    users = workshop.people(7)
    workshop.submit_all(users)
    for _ in range(5):
        taken = workshop.take(users[0]).review
        assert taken is not None
        workshop.skip(users[0], taken.id)
    last = workshop.take(users[0]).review
    assert last is not None
    with pytest.raises(Conflict):
        workshop.skip(users[0], last.id)


def test_reviews_of_others_are_not_there(workshop: Workshop) -> None:
    users = workshop.people(2)
    workshop.submit_all(users)
    lease = workshop.take(users[0]).review
    assert lease is not None
    for act in (workshop.send, workshop.save, workshop.skip):
        with pytest.raises(NotFound):
            act(users[1], lease.id)


def test_late_works_and_late_reviews_are_refused(workshop: Workshop) -> None:
    workshop.set_up(submissions_due="2026-11-25T08:00:00+00:00", reviews_due="2026-11-26T08:00:00+00:00")
    users = workshop.people(3)
    workshop.submit_all(users[:2])
    lease = workshop.take(users[0]).review
    assert lease is not None
    workshop.later(days=1)
    with pytest.raises(Closed):
        workshop.submit(users[2])
    with pytest.raises(Closed):
        review.pledge(workshop.enter(users[2]))
    assert [step.state for step in workshop.open(users[2]).steps] == ["missed"] * 3
    workshop.later(days=1)
    with pytest.raises(Closed):
        workshop.send(users[0], lease.id)
    waiting = workshop.take(users[1]).waiting
    assert waiting is not None
    assert waiting.why == "closed"


def test_no_work_is_handed_out_before_reviews_open(workshop: Workshop) -> None:
    workshop.set_up(reviews_open="2026-11-30T08:00:00+00:00")
    users = workshop.people(2)
    workshop.submit_all(users)
    waiting = workshop.take(users[0]).waiting
    assert waiting is not None
    assert (waiting.why, waiting.at) == ("not_open", workshop.open(users[0]).activity.reviews_open)


def test_who_leaves_the_course_gives_back_what_they_hold(workshop: Workshop) -> None:
    users = workshop.people(2)
    workshop.submit_all(users)
    workshop.take(users[0])
    assert review.leave_course(users[0].pk, "course-v1:Peer+Other+1", now=workshop.at) == 0
    assert review.leave_course(users[0].pk, COURSE, now=workshop.at) == 1
    assert (workshop.slot(users[1]).live, Pair.objects.get().state) == (0, Pair.LAPSED)


def test_a_retired_persons_work_and_reviews_stand_without_a_name(workshop: Workshop) -> None:
    users = workshop.people(3)
    workshop.submit_all(users)
    workshop.give(users[0])
    workshop.take(users[0])
    retire_reviewer(users[0].pk, limit=10, now=workshop.at, rng=workshop.rng)
    assert Slot.objects.filter(author=None).count() == 1
    assert not Pair.objects.filter(reviewer=users[0]).exists()
    assert not Pair.objects.filter(held_by=users[0]).exists()
    assert Review.objects.get().reviewer is None
    assert list(Slot.objects.filter(live__gt=0)) == []
    rows = workshop.oversee(workshop.staff("Jo")).rows
    assert [row.person.kind for row in rows] == ["former", "named", "named"]
    assert workshop.give(users[1]).mine.reviews_given == 1
