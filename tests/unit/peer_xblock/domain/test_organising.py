"""How what was read of two threads becomes one, and of one thread two."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from peer_xblock.domain.organising import Reading, merged_reading, split_number

TAIL = "f" * 16
LAST = 5
COME = st.builds(Reading, st.integers(-1, 9), st.booleans(), st.none(), st.none() | st.booleans())
THERE = st.none() | st.builds(
    Reading, st.integers(0, LAST), st.booleans(), st.none(), st.none() | st.booleans()
)


@given(COME, THERE)
def test_what_nobody_read_is_never_counted_as_read(came: Reading, there: Reading | None) -> None:
    merged = merged_reading(came, there, last=LAST, tail=TAIL) or Reading()
    has_read_all_before = there is not None and there.number >= LAST
    assert merged.number <= (LAST + 1 + came.number if has_read_all_before else LAST)


@given(COME, THERE)
def test_what_was_read_of_the_thread_that_stays_counts_as_read(came: Reading, there: Reading | None) -> None:
    merged = merged_reading(came, there, last=LAST, tail=TAIL) or Reading()
    assert merged.number >= (there.number if there else -1)
    assert merged.has_answered == (came.has_answered or (there is not None and there.has_answered))


def test_who_read_both_to_the_end_has_read_all() -> None:
    merged = merged_reading(Reading(3), Reading(LAST), last=LAST, tail=TAIL)
    assert merged == Reading(LAST + 1 + 3)


def test_one_stands_among_ones_own_by_what_one_wrote_last_in_either() -> None:
    older, newer = ("s" * 20 + moment + "a" * 16 for moment in ("00000001", "00000002"))
    merged = merged_reading(Reading(0, key_mine=older), Reading(0, key_mine=newer), last=LAST, tail=TAIL)
    assert merged is not None
    assert merged.key_mine == newer[:-16] + TAIL


def test_the_choice_to_follow_the_thread_that_stays_outranks_the_other() -> None:
    for there, follows in ((Reading(0, follows=False), False), (None, True)):
        merged = merged_reading(Reading(0, follows=True), there, last=LAST, tail=TAIL)
        assert merged is not None
        assert merged.follows is follows


def test_who_had_read_up_to_a_comment_has_read_up_to_its_new_number() -> None:
    moved = [4, 6, 9]
    assert [split_number(read, moved) for read in (3, 4, 6, 8, 9)] == [-1, 0, 1, 1, 2]
