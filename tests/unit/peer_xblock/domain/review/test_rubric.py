"""A rubric is read whole: every fault is named by its field, and nothing that OLX may hold breaks the reading."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblock.domain.errors import Invalid
from peer_xblock.domain.review.reading import Faults
from peer_xblock.domain.review.rubric import CRITERIA_MAX, check_scores, read_rubric, rubric_as_json
from tests.rubrics import OPTIONS, RUBRIC, changed, refused, rubric

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "name", "weight", "options", "points"]), inner, max_size=5)
    ),
    max_leaves=12,
)


def faults_of(value: Any) -> dict[str, str]:
    return refused({**OPTIONS, "rubric": value})


def test_a_whole_rubric_has_no_fault() -> None:
    assert faults_of(RUBRIC) == {}
    assert [criterion.max_points for criterion in rubric().criteria] == [3, 4]


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ([], "rubric"),
        (None, "rubric"),
        ("protocol", "rubric"),
        ({"criteria": []}, "rubric"),
        ([7], "rubric"),
        (RUBRIC * (CRITERIA_MAX // 2 + 1), "rubric"),
        (changed("0.name", ""), "rubric.0.name"),
        (changed("0.name", None), "rubric.0.name"),
        (changed("0.name", 7), "rubric.0.name"),
        (changed("0.name", "a\0b"), "rubric.0.name"),
        (changed("0.name", "x" * 201), "rubric.0.name"),
        (changed("1.prompt", "x" * 2001), "rubric.1.prompt"),
        (changed("1.options", []), "rubric.1.options"),
        (changed("1.options", None), "rubric.1.options"),
        (changed("1.options", "no"), "rubric.1.options"),
        (changed("1.options", RUBRIC[1]["options"][:1]), "rubric.1.options"),
        (changed("1.options", RUBRIC[1]["options"] * 7), "rubric.1.options"),
        (changed("1.options.2.name", " "), "rubric.1.options.2.name"),
        (changed("1.options.2.points", -1), "rubric.1.options.2.points"),
        (changed("1.options.2.points", 1.5), "rubric.1.options.2.points"),
        (changed("1.options.2.points", "4"), "rubric.1.options.2.points"),
        (changed("1.options.2.points", True), "rubric.1.options.2.points"),
        (changed("1.options.2.points", 1001), "rubric.1.options.2.points"),
        (changed("0.weight", -30), "rubric.0.weight"),
        (changed("0.weight", "30"), "rubric.0.weight"),
        (changed("0.weight", float("nan")), "rubric.0.weight"),
        (changed("0.weight", 20), "rubric.0.weight"),
        (changed("0.weight", 31), "rubric.0.weight"),
    ],
    ids=str,
)
def test_a_fault_is_named_by_its_field(value: Any, field: str) -> None:
    found = faults_of(value)
    assert list(found) == [field]
    assert found[field]
    assert "%(" not in found[field]


def test_weights_of_nought_are_refused() -> None:
    value = [{**criterion, "weight": 0} for criterion in RUBRIC]
    assert "100 %" in faults_of(value)["rubric.0.weight"]


def test_a_criterion_whose_options_are_worth_nothing_is_refused() -> None:
    nothing = [{**option, "points": 0} for option in RUBRIC[1]["options"]]
    assert "Uncertainties" in faults_of(changed("1.options", nothing))["rubric.1.options"]


def test_a_criterion_that_counts_for_nothing_may_ask_for_comments_only() -> None:
    nothing = [{**option, "points": 0} for option in RUBRIC[1]["options"]]
    comments_only = {**RUBRIC[1], "weight": 0, "options": nothing}
    assert faults_of([{**RUBRIC[0], "weight": 100}, comments_only]) == {}


def test_all_faults_are_told_at_once() -> None:
    value = [
        {"name": "", "weight": -1, "options": []},
        {**RUBRIC[1], "options": [{"name": "x", "points": 1}]},
    ]
    assert list(faults_of(value)) == [
        "rubric.0.name",
        "rubric.0.weight",
        "rubric.0.options",
        "rubric.1.options",
    ]


def test_thirds_make_a_hundred() -> None:
    value = [{**RUBRIC[0], "id": f"c{place}", "weight": 33.33} for place in range(3)]
    assert faults_of(value) == {}


def test_missing_and_repeated_ids_are_given_anew_and_stay_the_same() -> None:
    without = [{key: value for key, value in RUBRIC[0].items() if key != "id"}, RUBRIC[1], RUBRIC[1]]
    ids = [[c.id for c in read_rubric(without, Faults()).criteria] for _ in range(2)]
    assert ids[0] == ids[1] == ["c1", "doubt", "c3"]


def test_an_id_is_never_given_twice() -> None:
    rows = [{"id": "c2"}, {"id": "c2"}, {}, {"id": "c3"}, {"id": "a b"}]
    ids = [criterion.id for criterion in read_rubric(rows, Faults()).criteria]
    assert len(set(ids)) == len(rows)


def test_what_was_read_is_read_again_the_same() -> None:
    assert read_rubric(rubric_as_json(rubric()), Faults()) == rubric()


@given(JSON)
def test_whatever_olx_holds_is_read_or_refused_by_name(value: Any) -> None:
    for field, message in refused({**OPTIONS, "rubric": value}).items():
        assert field.startswith("rubric")
        assert message


@pytest.mark.parametrize(
    ("scores", "field"),
    [
        ({"protocol": "yes"}, "scores.doubt"),
        ({"protocol": "yes", "doubt": "yes"}, "scores.doubt"),
        ({"protocol": "yes", "doubt": "some", "style": "good"}, "scores.style"),
        ({}, "scores.protocol"),
    ],
)
def test_scores_fit_the_rubric_or_are_refused_by_name(scores: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as error:
        check_scores(rubric(), scores, is_whole=True)
    assert error.value.field == field


def test_a_draft_may_leave_criteria_open() -> None:
    check_scores(rubric(), {"protocol": "yes"}, is_whole=False)
