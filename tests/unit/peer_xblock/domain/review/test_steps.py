"""What comes next is always said, with its time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblock.domain.review.steps import Progress, Why, may_read, steps_of, why_waiting
from tests.rubrics import activity

ACTIVITY = activity()
OPEN = datetime(2026, 11, 12, tzinfo=UTC)
SUBMISSIONS_DUE = datetime(2026, 11, 20, 23, 59, tzinfo=UTC)
CLOSE = datetime(2026, 11, 30, 23, 59, tzinfo=UTC)
NOON = datetime(2026, 11, 14, 12, tzinfo=UTC)
NOTHING = Progress()
HANDED_IN = Progress(submitted_at=NOON - timedelta(hours=1))
GAVE_ALL = replace(HANDED_IN, gave=3, gave_at=NOON)
SETTLED = replace(GAVE_ALL, received=3, settled_at=NOON)


@pytest.mark.parametrize(
    ("mine", "now", "states"),
    [
        (NOTHING, NOON, ["current", "upcoming", "upcoming"]),
        (NOTHING, SUBMISSIONS_DUE, ["missed", "missed", "missed"]),
        (HANDED_IN, OPEN - timedelta(days=1), ["done", "upcoming", "upcoming"]),
        (HANDED_IN, NOON, ["done", "current", "upcoming"]),
        (replace(HANDED_IN, has_next=False), NOON, ["done", "waiting", "upcoming"]),
        (replace(HANDED_IN, has_next=False, has_lease=True), NOON, ["done", "current", "upcoming"]),
        (HANDED_IN, CLOSE, ["done", "missed", "waiting"]),
        (GAVE_ALL, NOON, ["done", "done", "waiting"]),
        (replace(GAVE_ALL, received=1), NOON, ["done", "done", "current"]),
        (SETTLED, NOON, ["done", "done", "done"]),
        (replace(HANDED_IN, settled_at=NOON), NOON, ["done", "current", "done"]),
    ],
)
def test_the_steps_of_a_learner(mine: Progress, now: datetime, states: list[str]) -> None:
    assert [step.state for step in steps_of(ACTIVITY, mine, now)] == states


@pytest.mark.parametrize(
    ("mine", "now", "times"),
    [
        (NOTHING, NOON, [SUBMISSIONS_DUE, OPEN, None]),
        (HANDED_IN, NOON, [HANDED_IN.submitted_at, CLOSE, None]),
        (replace(GAVE_ALL, received=1), NOON, [HANDED_IN.submitted_at, NOON, CLOSE]),
        (HANDED_IN, CLOSE, [HANDED_IN.submitted_at, CLOSE, CLOSE]),
    ],
)
def test_each_step_says_when(mine: Progress, now: datetime, times: list[datetime | None]) -> None:
    assert [step.at for step in steps_of(ACTIVITY, mine, now)] == times


def test_what_was_done_beyond_the_share_does_not_overflow_it() -> None:
    many = replace(SETTLED, gave=5, received=7)
    assert [(step.done, step.total) for step in steps_of(ACTIVITY, many, NOON)] == [(1, 1), (3, 3), (3, 3)]


@pytest.mark.parametrize(
    ("mine", "now", "why"),
    [
        (NOTHING, NOON, (Why.SUBMIT_FIRST, SUBMISSIONS_DUE)),
        (NOTHING, SUBMISSIONS_DUE, (Why.CLOSED, SUBMISSIONS_DUE)),
        (HANDED_IN, OPEN - timedelta(days=1), (Why.NOT_OPEN, OPEN)),
        (HANDED_IN, CLOSE, (Why.CLOSED, CLOSE)),
        (GAVE_ALL, NOON, (Why.ALL_GIVEN, None)),
        (replace(HANDED_IN, has_next=False), NOON, (Why.NONE_WAITING, None)),
        (HANDED_IN, NOON, None),
    ],
)
def test_why_no_work_can_be_had(mine: Progress, now: datetime, why: Any) -> None:
    assert why_waiting(ACTIVITY, mine, now) == why


@pytest.mark.parametrize(
    ("mine", "now", "may"),
    [
        (NOTHING, CLOSE, False),
        (replace(HANDED_IN, received=3), NOON, False),
        (replace(HANDED_IN, gave=2, received=3), NOON, False),
        (GAVE_ALL, NOON, True),
        (HANDED_IN, CLOSE, True),
        (replace(HANDED_IN, settled_at=NOON), NOON, True),
    ],
)
def test_ones_own_reviews_open_once_one_has_given(mine: Progress, now: datetime, *, may: bool) -> None:
    assert may_read(ACTIVITY, mine, now) is may


@given(
    st.builds(
        Progress,
        submitted_at=st.none() | st.just(NOON),
        gave=st.integers(0, 5),
        gave_at=st.none() | st.just(NOON),
        received=st.integers(0, 5),
        settled_at=st.none() | st.just(NOON),
        has_lease=st.booleans(),
        has_next=st.booleans(),
    ),
    st.integers(-20, 20).map(lambda days: NOON + timedelta(days=days)),
)
def test_work_is_had_exactly_when_reviewing_is_what_comes_next(mine: Progress, now: datetime) -> None:
    review = steps_of(ACTIVITY, mine, now)[1]
    assert (review.state == "current") == (why_waiting(ACTIVITY, mine, now) is None)
