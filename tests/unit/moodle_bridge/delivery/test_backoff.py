"""Waiting between tries."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from moodle_bridge.delivery.backoff import CAP_S, backoff


@given(failures=st.integers(0, 10_000), seed=st.integers())
def test_it_doubles_up_to_five_minutes_with_up_to_half_of_chance(failures: int, seed: int) -> None:
    full = min(CAP_S, 2.0 * 2 ** min(max(failures - 1, 0), 20))
    wait = backoff(failures, rng=Random(seed)).total_seconds()
    assert full / 2 <= wait <= full <= CAP_S
