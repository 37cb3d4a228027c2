"""An assignment's settings: each that cannot be taken is named, all at once."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblock.domain.errors import InvalidFields
from peer_xblock.domain.review.activity import (
    Dates,
    faults_as_options,
    kept_activity,
    options_of,
    read_activity,
)
from tests.rubrics import OPTIONS, activity, refused

JSON = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=9)
    | st.lists(st.text(), max_size=2)
)


def test_the_settings_are_read() -> None:
    read = activity(file_types="PDF, .csv .pdf")
    assert (read.wanted, read.to_give, read.file_types) == (3, 3, (".pdf", ".csv"))
    assert read.dates.reviews_due == datetime(2026, 11, 30, 23, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"wanted": 0}, "wanted"),
        ({"wanted": 21}, "wanted"),
        ({"wanted": "three"}, "wanted"),
        ({"to_give": 0}, "to_give"),
        ({"to_give": None}, "to_give"),
        ({"names": "some"}, "names"),
        ({"names": ["nobody"]}, "names"),
        ({"hand_in": "video"}, "hand_in"),
        ({"file_types": []}, "file_types"),
        ({"file_types": [".exe"]}, "file_types"),
        ({"file_types": [".pdf", ".html"]}, "file_types"),
        ({"file_types": [7]}, "file_types"),
        ({"file_types": "pdf; exe"}, "file_types"),
        ({"file_types": ""}, "file_types"),
        ({"reviews_due": "2026-11-12T00:00:00+00:00"}, "reviews_due"),
        ({"reviews_due": "2026-11-11T00:00:00+00:00"}, "reviews_due"),
        ({"reviews_due": "2026-11-15T00:00:00+00:00"}, "reviews_due"),
        ({"reviews_open": "tomorrow"}, "reviews_open"),
        ({"submissions_due": 7}, "submissions_due"),
        ({"weight": -1}, "weight"),
        ({"weight": float("inf")}, "weight"),
        ({"prompt": 7}, "prompt"),
        ({"prompt": "x" * 50_001}, "prompt"),
    ],
    ids=str,
)
def test_a_setting_that_cannot_be_taken_is_named(changes: dict[str, Any], field: str) -> None:
    assert list(refused({**OPTIONS, **changes})) == [field]


def test_all_are_named_at_once() -> None:
    assert list(refused({})) == ["rubric", "wanted", "to_give", "names", "hand_in", "file_types", "weight"]


@pytest.mark.parametrize("options", [OPTIONS, {**OPTIONS, "reviews_due": None, "hand_in": "text"}])
def test_what_a_space_keeps_is_read_again_the_same(options: dict[str, Any]) -> None:
    read = read_activity(options)
    assert kept_activity(json.loads(json.dumps(options_of(read)))) == read


def test_a_space_keeps_why_settings_cannot_be_used() -> None:
    with pytest.raises(InvalidFields) as refused:
        read_activity({**OPTIONS, "wanted": "\0", "file_types": ["\ud800.exe"]})
    kept = json.loads(json.dumps(faults_as_options(refused.value), ensure_ascii=True, allow_nan=False))
    with pytest.raises(InvalidFields) as again:
        kept_activity(kept)
    assert [str(fault) for fault in again.value.errors] == [str(fault) for fault in refused.value.errors]
    assert "\\ud800" not in json.dumps(kept)


def test_file_types_do_not_matter_where_no_file_is_handed_in() -> None:
    assert refused({**OPTIONS, "hand_in": "text", "file_types": [".exe"]}) == {}


@pytest.mark.parametrize(
    ("learners", "fields"), [(3, ["wanted", "to_give"]), (4, []), (1, ["wanted", "to_give"]), (None, [])]
)
def test_nobody_can_have_more_reviews_than_there_are_others(learners: int | None, fields: list[str]) -> None:
    assert list(refused(OPTIONS, learners=learners)) == fields


def test_a_due_date_that_is_inherited_closes_reviews_without_one_of_their_own() -> None:
    due = "2026-12-24T00:00:00+00:00"
    assert activity(reviews_due=None, due=due).dates.reviews_due == datetime(2026, 12, 24, tzinfo=UTC)
    assert activity(due=due).dates.reviews_due == datetime(2026, 11, 30, 23, 59, tzinfo=UTC)


def test_a_due_date_that_is_not_one_is_no_fault_of_the_author() -> None:
    assert activity(reviews_due=None, due="soon").dates.reviews_due is None


def test_without_dates_everything_is_open() -> None:
    now = datetime(2026, 11, 24, tzinfo=UTC)
    dates = Dates()
    assert dates.takes_submissions(now)
    assert dates.has_opened(now)
    assert not dates.has_closed(now)


@given(st.dictionaries(st.sampled_from(sorted(OPTIONS)), JSON))
def test_whatever_olx_holds_is_read_or_refused_by_name(changes: dict[str, Any]) -> None:
    for field, message in refused({**OPTIONS, **changes}).items():
        assert field.partition(".")[0] in OPTIONS
        assert message
        assert "%(" not in message
