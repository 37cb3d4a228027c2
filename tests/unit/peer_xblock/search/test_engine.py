"""The index of one course: what is found, for whom, and what stays of what is gone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from peer_xblock.domain.discussion import Kind
from peer_xblock.domain.searching import ThreadQuery
from peer_xblock.search.documents import (
    Answered,
    PersonDocument,
    Reach,
    Reply,
    ThreadDocument,
)
from peer_xblock.search.engine import Engine

EVERYWHERE = Reach(frozenset({1, 2}), None)


def thread(number: int, title: str, text: str = "", **more: object) -> ThreadDocument:
    values = {"space": 1, "group": "", "at": number, "kind": "question", "answers": ()} | more
    return ThreadDocument(id=f"{number:032x}", title=title, text=text, **values)  # type: ignore[arg-type]


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return Engine(tmp_path)


def found(engine: Engine, text: str, reach: Reach = EVERYWHERE) -> list[int]:
    return [int(hit.id, 16) for hit in engine.find_threads(text, reach, limit=10)]


def test_a_question_is_found_by_any_of_its_words_the_best_first(engine: Engine) -> None:
    engine.write(
        [thread(1, "Confidence intervals"), thread(2, "Small samples", "and intervals"), thread(3, "Laws")]
    )
    assert found(engine, "what is a confidence interval") == [1, 2]


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("Des échantillons biaisés", "un echantillon"),
        ("Why do medians differ?", "MEDIAN"),
        ("L’écart-type, encore", "écart"),
    ],
)
def test_accents_plurals_and_apostrophes_do_not_matter(engine: Engine, title: str, asked: str) -> None:
    engine.write([thread(1, title)])
    assert found(engine, asked) == [1]


@pytest.mark.parametrize("asked", ["", "the of and", "le de la", "?!", "\u200b"])
def test_a_question_without_a_word_finds_nothing(engine: Engine, asked: str) -> None:
    engine.write([thread(1, "The law of the land")])
    assert found(engine, asked) == []


@pytest.mark.parametrize("asked", ['"', "title:x", "a AND (", "-x +y", "law^9~", "\\"])
def test_what_is_asked_is_words_and_no_language(engine: Engine, asked: str) -> None:
    engine.write([thread(1, "Physics")])
    assert found(engine, asked) == []


def test_who_does_not_read_a_space_does_not_find_in_it(engine: Engine) -> None:
    engine.write([thread(1, "law"), thread(2, "law", space=3)])
    assert found(engine, "law") == [1]
    assert found(engine, "law", Reach(frozenset(), None)) == []


def test_a_groups_threads_are_found_by_the_group_and_by_who_reads_all(engine: Engine) -> None:
    engine.write([thread(1, "law"), thread(2, "law", group="cohort:1"), thread(3, "law", group="cohort:2")])
    assert sorted(found(engine, "law", Reach(frozenset({1}), ""))) == [1]
    assert sorted(found(engine, "law", Reach(frozenset({1}), "cohort:1"))) == [1, 2]
    assert sorted(found(engine, "law", EVERYWHERE)) == [1, 2, 3]


def test_a_discussion_is_no_question(engine: Engine) -> None:
    engine.write([thread(1, "law", kind="discussion")])
    assert found(engine, "law") == []


def test_a_hit_knows_who_answered(engine: Engine) -> None:
    engine.write([thread(1, "law", answers=(Answered(7, 70), Answered(8, 80)))])
    assert engine.find_threads("law", EVERYWHERE, limit=1)[0].answers == (Answered(7, 70), Answered(8, 80))


def test_what_somebody_answered_is_listed_the_last_active_first(engine: Engine) -> None:
    engine.write([thread(n, "law", answers=(Answered(n % 2, n),)) for n in (1, 3, 2, 4)])
    hits = engine.threads_answered_by(1, EVERYWHERE, limit=10)
    assert [int(hit.id, 16) for hit in hits] == [3, 1]


def test_a_document_that_is_written_again_is_replaced(engine: Engine) -> None:
    engine.write([thread(1, "law")])
    engine.write([thread(1, "physics")])
    assert (found(engine, "law"), found(engine, "physics"), engine.count()) == ([], [1], 1)


@pytest.mark.parametrize("typed", ["Tom", "garcía", "garcai", "tomas gar", "GARCIA T"])
def test_people_are_found_by_the_beginnings_of_their_names(engine: Engine, typed: str) -> None:
    engine.write(
        [PersonDocument("p1", 1, "Tomás García"), PersonDocument("p2", 2, "Inès"), thread(1, "Tomás García")]
    )
    assert engine.find_people(typed, limit=5) == [1]


@pytest.mark.parametrize("typed", ["", "tom in", "why does tomás write this", "xyz"])
def test_what_is_no_name_finds_nobody(engine: Engine, typed: str) -> None:
    engine.write([PersonDocument("p1", 1, "Tomás García"), PersonDocument("p2", 2, "Inès")])
    assert engine.find_people(typed, limit=5) == []


def test_two_readers_see_what_a_third_one_wrote(engine: Engine, tmp_path: Path) -> None:
    other = Engine(tmp_path)
    assert found(other, "law") == []
    engine.write([thread(1, "law")])
    assert found(other, "law") == [1]


def test_an_index_made_anew_has_no_word_of_what_is_gone(engine: Engine, tmp_path: Path) -> None:
    words = [f"secret{number}" for number in range(50)]
    engine.write([thread(n, word, "zanzibar") for n, word in enumerate(words)])
    engine.write([], [f"{n:032x}" for n in range(49)])
    assert engine.holds_word("secret0")
    engine.replace([thread(60, "law")])
    assert not any(engine.holds_word(word) for word in (*words, "zanzibar"))
    assert not [path for path in tmp_path.iterdir() if b"anzibar" in path.read_bytes()]


def searched(engine: Engine, text: str = "", reach: Reach = EVERYWHERE, **more: Any) -> list[int]:
    return [int(hit.id, 16) for hit in engine.search_threads(ThreadQuery(text, **more), reach, limit=10).hits]


def test_a_search_asks_for_all_of_a_few_words(engine: Engine) -> None:
    engine.write([thread(1, "Confidence intervals"), thread(2, "Small intervals"), thread(3, "Laws")])
    assert searched(engine, "the interval of confidence") == [1]


def test_where_nothing_has_all_words_what_has_any_is_found(engine: Engine) -> None:
    engine.write([thread(1, "Confidence intervals"), thread(2, "Laws")])
    assert searched(engine, "physics interval") == [1]


def test_a_word_in_the_title_counts_more_than_one_in_a_reply(engine: Engine) -> None:
    other = thread(1, "Means", "of it", replies=(Reply(9, "The median, rather."),))
    engine.write([other, thread(2, "Medians", "of it"), thread(3, "Means", "or the median")])
    assert searched(engine, "median") == [2, 3, 1]
    assert engine.search_threads(ThreadQuery("rather"), EVERYWHERE, limit=1).hits[0].replies == (9,)


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("A correlation is no cause", "corelation"),
        ("A correlation is no cause", "correlatoin"),
        ("Les échantillons biaisés", "echantilon biaisees"),
        ("Comment choisissent-ils ?", "choisir choisissant"),
        ("Quartiles", "quartlie"),
    ],
)
def test_a_search_forgives_slips_and_forms(engine: Engine, title: str, asked: str) -> None:
    engine.write([thread(1, title), thread(2, "Physics")])
    assert searched(engine, asked) == [1]


def test_a_word_that_is_known_is_taken_as_it_is_written(engine: Engine) -> None:
    engine.write([thread(1, "A mean value"), thread(2, "A bean counter")])
    assert searched(engine, "mean") == [1]


def test_while_one_types_the_last_word_may_go_on(engine: Engine) -> None:
    engine.write([thread(1, "Confidence intervals")])
    assert searched(engine, "confid inter", typing=True) == [1]
    assert searched(engine, "inter", typing=False) == []


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"kind": Kind.DISCUSSION}, [2]),
        ({"tag": "sample size"}, [3]),
        ({"author": "tomas g"}, [3]),
        ({"unanswered": True}, [1]),
        ({"since": 20, "until": 30}, [2]),
        ({"since": 20}, [3, 2]),
        ({"until": 20}, [1]),
        ({"since": 30, "until": 20}, []),
    ],
)
def test_a_search_keeps_to_its_filters(engine: Engine, filters: dict[str, Any], expected: list[int]) -> None:
    engine.write(
        [
            thread(1, "law", created=10, is_open=True),
            thread(2, "law", created=20, kind="discussion"),
            thread(3, "law", created=30, tags=("sample size",), author="Tomás García"),
        ]
    )
    assert searched(engine, **filters) == expected
    assert sorted(searched(engine, "law", **filters)) == sorted(expected)


def test_a_search_stays_within_what_one_reads(engine: Engine) -> None:
    engine.write([thread(1, "law", space=3), thread(2, "law", group="cohort:2"), thread(3, "law")])
    assert searched(engine, "law", Reach(frozenset({1}), "cohort:1")) == [3]
    assert searched(engine, "", Reach(frozenset({1}), "cohort:1")) == [3]
    assert searched(engine, "law", Reach(frozenset(), None)) == []


def test_a_search_stays_among_the_threads_that_are_given(engine: Engine) -> None:
    engine.write([thread(1, "law"), thread(2, "law")])
    assert searched(engine, "law", Reach(frozenset({1}), None, frozenset({f"{2:032x}"}))) == [2]
    assert searched(engine, "", Reach(frozenset({1}), None, frozenset())) == []


def test_what_is_like_a_title_needs_one_word_of_it(engine: Engine) -> None:
    engine.write([thread(1, "Confidence intervals"), thread(2, "Small intervals"), thread(3, "Laws")])
    found = engine.similar_threads("what is a confidence interval anyway", EVERYWHERE, limit=5)
    assert [int(hit.id, 16) for hit in found.hits] == [1, 2]
    assert engine.similar_threads("what is the", EVERYWHERE, limit=5).hits == ()
