"""The order of allocation: everybody's first review, then who has given, then the rest; beyond what is wanted, last."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from peer_xblock.domain.review.allocation import (
    LEASE,
    LEASE_MAX,
    Tier,
    Work,
    lease_end,
    order_of,
    tier_of,
)

WANTED = 3
COUNTS = st.integers(0, 40)
MOMENTS = st.integers(0, 2**32 - 1).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
WORKS = st.builds(Work, done=COUNTS, live=COUNTS, gave=COUNTS, submitted_at=MOMENTS)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def place(work: Work) -> tuple[int, int]:
    return tier_of(work, wanted=WANTED), order_of(work)


def work(done: int = 0, live: int = 0, gave: int = 0, *, age_h: int = 0) -> Work:
    return Work(done, live, gave, NOON - timedelta(hours=age_h))


def test_the_tiers_in_their_order() -> None:
    works = [work(), work(done=1, gave=1), work(done=1), work(done=2, live=1, gave=3)]
    assert [tier_of(w, wanted=WANTED) for w in works] == list(Tier)


@given(WORKS, WORKS)
def test_a_work_without_a_review_comes_before_any_other(one: Work, other: Work) -> None:
    if one.done + one.live == 0 < other.done + other.live:
        assert place(one) < place(other)


@given(WORKS, WORKS)
def test_beyond_what_is_wanted_nothing_comes_before_what_is_wanted(one: Work, other: Work) -> None:
    if one.done + one.live < WANTED <= other.done + other.live:
        assert place(one) < place(other)


@given(WORKS)
def test_a_lease_counts_as_a_review(one: Work) -> None:
    reviewed = Work(one.done + one.live, 0, one.gave, one.submitted_at)
    assert place(one) == place(reviewed)


@given(WORKS, WORKS)
def test_within_a_tier_the_fewest_then_the_oldest(one: Work, other: Work) -> None:
    if tier_of(one, wanted=WANTED) == tier_of(other, wanted=WANTED):
        received = [w.done + w.live for w in (one, other)]
        moments = [int(w.submitted_at.timestamp() * 1000) for w in (one, other)]
        expected = (received[0], moments[0]) < (received[1], moments[1])
        assert (order_of(one) < order_of(other)) == expected


@given(WORKS)
def test_an_order_fits_a_bigint(one: Work) -> None:
    assert 0 <= order_of(one) < 2**63


def test_who_gave_comes_before_who_gave_nothing() -> None:
    assert place(work(done=1, gave=1, age_h=0)) < place(work(done=1, gave=0, age_h=48))


def test_a_draft_prolongs_a_lease_to_72_hours_at_most() -> None:
    end = NOON + LEASE
    for hour in range(0, 80, 10):
        end = lease_end(NOON, NOON + timedelta(hours=hour), ends_at=end)
    assert end == NOON + LEASE_MAX


@given(st.integers(0, 71), st.integers(0, 72))
def test_a_lease_is_never_shortened(saved_h: int, ends_h: int) -> None:
    ends_at = NOON + timedelta(hours=ends_h)
    assert lease_end(NOON, NOON + timedelta(hours=saved_h), ends_at=ends_at) >= ends_at
