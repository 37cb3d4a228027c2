"""Public ids."""

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from peer_xblock.domain.ids import is_id, new_id

MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(MOMENTS, st.integers())
def test_every_new_id_is_an_id(moment: datetime, seed: int) -> None:
    assert is_id(new_id(moment, Random(seed)))


@given(MOMENTS, st.integers(1, 10**9), st.integers(), st.integers())
def test_a_later_id_sorts_after_an_earlier_one(
    moment: datetime, milliseconds: int, seed: int, other_seed: int
) -> None:
    later = moment + timedelta(milliseconds=milliseconds)
    assert new_id(moment, Random(seed)) < new_id(later, Random(other_seed))


def test_two_ids_of_one_moment_differ() -> None:
    moment, rng = datetime(2026, 1, 1, tzinfo=UTC), Random(1)
    assert new_id(moment, rng) != new_id(moment, rng)


def test_what_is_no_id() -> None:
    for text in ("", "0" * 31, "0" * 33, "A" * 32, "0" * 31 + "g", "0" * 32 + "\n", "٠" * 32):
        assert not is_id(text), text
