"""How far a work has come, and that the overview's keys sort as their values."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblock.domain.review.standing import Standing, bounds, order_key, standing_key, standing_of

SCOPES = st.integers(1, 2**32 - 2)
MOMENTS = st.integers(0, 2**32 - 1).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
TAILS = st.text("0123456789abcdef", min_size=32, max_size=32)
WORKS = st.tuples(st.sampled_from(Standing), MOMENTS, TAILS)


@pytest.mark.parametrize(
    ("done", "is_settled", "standing"),
    [
        (0, False, Standing.WAITING),
        (2, False, Standing.WAITING),
        (3, False, Standing.REVIEWED),
        (9, False, Standing.REVIEWED),
        (1, True, Standing.SETTLED),
    ],
)
def test_the_standing_of_a_work(done: int, *, is_settled: bool, standing: Standing) -> None:
    assert standing_of(done, wanted=3, is_settled=is_settled) is standing


@given(SCOPES, WORKS, WORKS)
def test_works_sort_by_standing_then_the_oldest_first(scope: int, one: Any, other: Any) -> None:
    def by_value(work: Any) -> Any:
        return work[0], work[1], work[2][-16:]

    assert (standing_key(scope, *one) < standing_key(scope, *other)) == (by_value(one) < by_value(other))
    times = (order_key(scope, *one[1:]) < order_key(scope, *other[1:])) == (
        by_value(one)[1:] < by_value(other)[1:]
    )
    assert times


@given(SCOPES, WORKS)
def test_bounds_hold_a_standing_and_no_other(scope: int, work: Any) -> None:
    key = standing_key(scope, *work)
    inside = [
        standing for standing in Standing if bounds(scope, standing)[0] <= key < bounds(scope, standing)[1]
    ]
    assert inside == [work[0]]
    low, high = bounds(scope)
    assert low <= order_key(scope, *work[1:]) < high
    assert not low <= order_key(scope + 1, *work[1:]) < high
