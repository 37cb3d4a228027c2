"""The promise of the order of allocation: also where many leave, nobody who handed in is left without a review."""

import pytest

from bench.dropout import Term


@pytest.mark.parametrize(("leaving", "to_give"), [(0.4, 5), (0.5, 5), (0.4, 3)])
def test_nobody_is_left_without_a_review(leaving: float, to_give: int) -> None:
    term = Term(learners=400, leaving=leaving, wanted=3, to_give=to_give, seed=1).play()
    assert term.unseen == 0


def test_who_gives_all_of_theirs_is_reviewed_in_full_where_40_percent_leave() -> None:
    assert Term(learners=400, leaving=0.4, wanted=3, to_give=5, seed=2).play().short == 0


def test_the_oldest_first_would_leave_many() -> None:
    term = Term(learners=400, leaving=0.4, wanted=3, to_give=3, seed=1, oldest_first=True).play()
    assert term.unseen > 0.3
