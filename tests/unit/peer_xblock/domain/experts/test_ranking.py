"""The ranking's promises, for any people and any answers."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from peer_xblock.domain.experts.ranking import (
    HALF_LIFE_DAYS,
    NEWCOMERS_PLACE,
    Answer,
    Candidate,
    give_places,
    rank,
)

ANSWERS = st.builds(Answer, relevance=st.floats(0.01, 50), age_days=st.floats(0, 4000))
PEOPLE = st.lists(
    st.builds(
        Candidate,
        id=st.integers(0, 10**6),
        answers=st.lists(ANSWERS, max_size=6).map(tuple),
        invited=st.integers(0, 9),
        is_free=st.booleans(),
        is_named=st.booleans(),
        declares=st.booleans(),
        recency=st.just(""),
    ),
    max_size=25,
    unique_by=lambda one: one.id,
).map(lambda people: [replace(one, recency=f"{one.id:08x}") for one in people])


def person(number: int, *relevance: float, age_days: float = 0, **more: object) -> Candidate:
    values = {"invited": 0, "is_free": True, "is_named": False, "declares": False} | more
    answers = tuple(Answer(one, age_days) for one in relevance)
    return Candidate(id=number, answers=answers, recency=f"{number:08x}", **values)  # type: ignore[arg-type]


def ids(*people: Candidate) -> list[int]:
    return [one.id for one in rank(people)]


@settings(max_examples=40)
@given(PEOPLE, st.integers(0, 1000))
def test_the_order_does_not_depend_on_the_order_before(people: list[Candidate], seed: int) -> None:
    shuffled = Random(seed).sample(people, len(people))
    assert rank(shuffled) == rank(people)


@settings(max_examples=40)
@given(PEOPLE)
def test_everybody_is_listed_once(people: list[Candidate]) -> None:
    assert sorted(one.id for one in rank(people)) == sorted(one.id for one in people)


@settings(max_examples=40)
@given(PEOPLE)
def test_who_takes_questions_comes_before_who_does_not(people: list[Candidate]) -> None:
    free = [one.is_free for one in rank(people)]
    assert free == sorted(free, reverse=True)


@given(st.lists(ANSWERS, min_size=1, max_size=8), st.data())
def test_taking_evidence_away_lowers_the_score(answers: list[Answer], data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(range(len(answers))))
    whole = replace(person(1), answers=tuple(answers))
    less = replace(whole, answers=tuple(a for place, a in enumerate(answers) if place != gone))
    assert less.score <= whole.score
    assert answers[gone].weight == 0 or less.score < whole.score or answers[gone].weight < 1e-9 * whole.score


@settings(max_examples=40)
@given(PEOPLE)
def test_a_newcomer_who_declares_the_skill_gets_a_place_in_ten(people: list[Candidate]) -> None:
    free = [one for one in rank(people) if one.is_free]
    waiting = [one for one in free if one.declares and one.is_new]
    if waiting and len(free) >= NEWCOMERS_PLACE:
        assert any(one in waiting for one in free[:NEWCOMERS_PLACE])


def test_more_and_better_matching_answers_rank_higher() -> None:
    assert ids(person(1, 5.0), person(2, 5.0, 4.0), person(3, 20.0), person(4)) == [3, 2, 1, 4]


def test_an_old_answer_counts_half() -> None:
    old = Answer(8.0, HALF_LIFE_DAYS)
    assert old.weight == 32.0
    assert Answer(8.0, -3).weight == 64.0


def test_who_is_asked_a_lot_steps_back() -> None:
    assert ids(person(1, 10.0, invited=5), person(2, 8.0)) == [2, 1]


def test_a_name_that_was_typed_comes_first() -> None:
    assert ids(person(1, 10.0), person(2, is_named=True)) == [2, 1]


def test_who_declares_the_skill_comes_before_who_has_nothing() -> None:
    assert ids(person(1, declares=True), person(2)) == [1, 2]


def test_the_tenth_place_is_the_newcomers() -> None:
    proven = [person(number, 9.0, 9.0, 9.0) for number in range(1, 31)]
    order = ids(*proven, person(99, declares=True), person(98, declares=True))
    assert (order[9], order[19]) == (99, 98)


def test_places_are_given_only_where_there_is_none() -> None:
    ranked = [True, *[False] * 30, True]
    assert give_places(ranked, to=bool)[:10] == ranked[:10]
    assert give_places(ranked, to=bool)[19] is True
