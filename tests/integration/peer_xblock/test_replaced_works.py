"""Leases that ran out and works that were replaced: a review is of the work that its reviewer was given."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from peer_xblock.api import review
from peer_xblock.domain.errors import Conflict, Lapsed
from peer_xblock.models import Review

from .workshop import BEST, WORDS, Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(db: None) -> Workshop:
    return Workshop()


def lapsed(workshop: Workshop) -> tuple[User, User, str]:
    """A reviewer whose lease ran out after a draft, the author, and the lease."""
    reviewer, author = workshop.people(2)
    workshop.submit_all([reviewer, author])
    lease = workshop.take(reviewer).review
    assert lease is not None
    workshop.save(reviewer, lease.id)
    workshop.later(hours=100)
    workshop.tick()
    return reviewer, author, lease.id


def test_a_draft_of_a_lease_that_ran_out_is_refused_with_the_word_that_it_can_be_sent(
    workshop: Workshop,
) -> None:
    reviewer, _author, lease = lapsed(workshop)
    with pytest.raises(Lapsed):
        workshop.save(reviewer, lease)
    assert workshop.send(reviewer, lease).mine.reviews_given == 1


def test_a_review_belongs_to_the_work_that_its_reviewer_was_given(workshop: Workshop) -> None:
    """The lease ran out, the author replaced the work: what was written about the former one does not count."""
    reviewer, author, lease = lapsed(workshop)
    workshop.submit(author, "A better one.", revision=1)
    with pytest.raises(Conflict, match="has replaced this work"):
        workshop.send(reviewer, lease)
    with pytest.raises(Conflict, match="has replaced this work"):
        workshop.save(reviewer, lease)
    assert workshop.slot(author).done == 0


def test_who_is_given_a_replaced_work_again_is_told_that_the_draft_is_of_the_former_one(
    workshop: Workshop,
) -> None:
    reviewer, author, lease = lapsed(workshop)
    workshop.submit(author, "A better one.", revision=1)
    again = workshop.take(reviewer).review
    assert again is not None
    assert again.draft is not None
    assert (again.id, again.draft.is_of_former) == (lease, True)
    assert "A better one." in again.submission.html
    workshop.send(reviewer, lease)
    assert (workshop.slot(author).done, Review.objects.get().revision) == (1, 2)


def test_a_graded_work_is_not_replaced(workshop: Workshop) -> None:
    author, other = workshop.people(2)
    workshop.submit_all([author, other])
    judge(workshop, author)
    state = workshop.open(author)
    assert state.can.edit is False
    assert state.mine.submission is not None
    assert state.mine.submission.can_edit is False
    with pytest.raises(Conflict, match="has its grade"):
        workshop.submit(author, "A better one.", revision=1)


def test_the_team_judges_the_work_that_it_read(workshop: Workshop) -> None:
    author = workshop.people(1)[0]
    workshop.submit(author, "The first one.")
    workshop.submit(author, "A better one.", revision=1)
    with pytest.raises(Conflict, match="Open it again"):
        judge(workshop, author, revision=1)
    judge(workshop, author, revision=2)
    assert Review.objects.get().revision == 2


def judge(workshop: Workshop, author: User, *, revision: int = 0) -> None:
    """The team's judgement of a work, of this revision or whichever is there."""
    review.staff_review(
        workshop.enter(workshop.staff("Marta")),
        submission=workshop.slot(author).public_id,
        scores=BEST,
        comments=WORDS,
        revision=revision,
    )
