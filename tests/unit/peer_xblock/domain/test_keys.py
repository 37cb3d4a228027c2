"""Sort keys: what the database compares as text must come out in the order of the values."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from peer_xblock.domain.keys import (
    accepted_floor,
    listing_ceiling,
    listing_floor,
    listing_key,
    mine_floor,
    mine_key,
    response_floor,
    response_key,
    seconds,
)

SCOPES = st.integers(1, 2**32 - 2)
COUNTS = st.integers(0, 2**32 - 1)
TAILS = st.text("0123456789abcdef", min_size=32, max_size=32)
LISTED = st.tuples(st.booleans(), COUNTS, TAILS)
STANDING = st.tuples(st.booleans(), st.booleans(), COUNTS, COUNTS)


def _listed(scope: int, values: tuple[bool, int, str]) -> str:
    pinned, value, public_id = values
    return listing_key(scope, pinned=pinned, value=value, public_id=public_id)


def _response(thread: int, values: tuple[bool, bool, int, int]) -> str:
    accepted, endorsed, votes, number = values
    return response_key(thread, accepted=accepted, endorsed=endorsed, votes=votes, number=number)


@given(SCOPES, LISTED, LISTED)
def test_listing_keys_sort_as_pin_value_and_id_tail(scope: int, one: Any, other: Any) -> None:
    def by_value(values: Any) -> Any:
        return values[0], values[1], values[2][-16:]

    assert (_listed(scope, one) < _listed(scope, other)) == (by_value(one) < by_value(other))


@given(SCOPES, LISTED)
def test_a_listing_key_has_33_lower_case_hexadecimal_characters(scope: int, values: Any) -> None:
    key = _listed(scope, values)
    assert len(key) == 33
    assert not set(key) - set("0123456789abcdef")


@given(SCOPES, LISTED)
def test_floor_and_ceiling_hold_a_scopes_keys_and_no_other_scopes(scope: int, values: Any) -> None:
    assert listing_floor(scope) <= _listed(scope, values) < listing_ceiling(scope)
    assert not listing_floor(scope) <= _listed(scope + 1, values) < listing_ceiling(scope)


@given(st.integers(1, 2**47), STANDING, STANDING)
def test_responses_sort_by_standing_then_votes_then_the_older_first(
    thread: int, one: Any, other: Any
) -> None:
    def by_value(values: Any) -> Any:
        accepted, endorsed, votes, number = values
        return 2 if accepted else int(endorsed), votes, -number

    assert (_response(thread, one) < _response(thread, other)) == (by_value(one) < by_value(other))


@given(st.integers(1, 2**47), STANDING)
def test_a_threads_responses_stand_between_its_floor_and_its_answer(thread: int, values: Any) -> None:
    key = _response(thread, values)
    assert len(key) == 29
    assert response_floor(thread) <= key
    assert (key >= accepted_floor(thread)) == values[0]
    assert _response(thread + 1, values) > key


def test_100000_votes_stand_above_99998() -> None:
    many, fewer = (
        response_key(1, accepted=False, endorsed=False, votes=v, number=1) for v in (100_000, 99_998)
    )
    assert many > fewer


def test_values_outside_32_bits_are_capped_not_widened() -> None:
    keys = [
        listing_key(1, pinned=False, value=value, public_id="0" * 32) for value in (-5, 0, 2**32 - 1, 2**40)
    ]
    assert keys[0] == keys[1]
    assert keys[2] == keys[3]


def test_seconds_are_whole() -> None:
    assert seconds(datetime(1970, 1, 2, 0, 0, 0, 999_999, tzinfo=UTC)) == 86_400


@given(SCOPES, st.integers(1, 2**40), st.integers(0, 2**32 - 1), TAILS)
def test_what_is_mine_is_between_my_floor_and_the_next_persons(
    space: int, user: int, moment: int, public_id: str
) -> None:
    key = mine_key(space, user, datetime.fromtimestamp(moment, UTC), public_id)
    assert mine_floor(space, user) <= key < mine_floor(space, user + 1)
    assert len(key) == 44
