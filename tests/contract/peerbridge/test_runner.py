"""The cases can fail: a runner that let everything pass would hide both sides."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.contract.peerbridge.runner import (
    UNKNOWN_ID,
    Case,
    CaseFailed,
    Filler,
    form_fields,
    load_case,
    load_cases,
    match,
    run_case,
)


class Echo:
    """A world that answers every call with the next of the given answers, and keeps what was sent."""

    is_concurrent = False

    def __init__(self, *answers: Any) -> None:
        self._answers = iter(answers)
        self.sent: list[Mapping[str, str]] = []

    def names_for(self, case: Case) -> Mapping[str, str | int]:
        return {"source": "acme", "forum:open": 3, "user:amina": 5}

    def call(self, function: str, fields: Mapping[str, str], *, raw: bool) -> Any:
        self.sent.append(fields)
        return next(self._answers)


def matches(wanted: Any, got: Any) -> bool:
    try:
        match(wanted, got, where="answer")
    except CaseFailed:
        return False
    return True


@pytest.mark.parametrize(
    ("wanted", "got"),
    [
        (1, 2),
        (1, True),
        (False, 0),
        ("a", "b"),
        ({"a": 1}, {"a": 2}),
        ({"a": 1}, {}),
        ({"a": "$absent"}, {"a": 1}),
        ([1], [1, 2]),
        ([], None),
        ([1, 2], [2, 1]),
        ("$positive", 0),
        ("$positive", "5"),
        ("$contains:x", "y"),
        ("$lacks:x", "xy"),
        ({"$bag": [1, 1]}, [1, 2]),
        ({"$bag": [1]}, [1, 1]),
        ({"$length": 2}, [1]),
    ],
)
def test_what_differs_is_found(wanted: Any, got: Any) -> None:
    assert not matches(wanted, got)


@pytest.mark.parametrize(
    ("wanted", "got"),
    [
        ({"a": 1}, {"a": 1, "b": 2}),
        ({"a": "$absent"}, {"b": 1}),
        ({"$bag": [{"a": 1}, {"a": 2}]}, [{"a": 2}, {"a": 1}]),
        ({"$length": 2}, [1, 2]),
        ("$any", None),
        ("$lacks:x", "y"),
    ],
)
def test_what_matches_is_let_pass(wanted: Any, got: Any) -> None:
    assert matches(wanted, got)


def test_a_slip_in_a_placeholder_is_no_match() -> None:
    with pytest.raises(ValueError, match="names nothing"):
        match("$user:nobody", 5, where="answer")


def test_an_error_matches_only_where_one_is_wanted() -> None:
    error = {"exception": "x", "errorcode": "invalidparameter", "message": ""}
    step = {"call": "local_peerbridge_get_status", "expect": "$any"}
    with pytest.raises(CaseFailed, match="refused"):
        run_case(Case("c", "", (), (step,)), Echo(error))
    run_case(Case("c", "", (), ({**step, "expect": {"errorcode": "invalidparameter"}},)), Echo(error))


def test_answers_are_kept_for_later_steps() -> None:
    steps = (
        {"call": "a", "save": "first", "expect": {"list": [{"id": "$positive"}]}},
        {"call": "b", "params": {"id": "$ref:first.list.0.id"}, "expect": {"id": "$ref:first.list.0.id"}},
    )
    world = Echo({"list": [{"id": 7}]}, {"id": 7})
    run_case(Case("c", "", (), steps), world)
    assert world.sent[1] == {"id": "7"}


def test_every_answer_of_a_repeated_step_is_compared() -> None:
    step = {"call": "a", "times": 2, "expect": {"n": 1}}
    with pytest.raises(CaseFailed, match=r"answer\.n"):
        run_case(Case("c", "", (), (step,)), Echo({"n": 1}, {"n": 2}))


def test_items_are_laid_over_the_default_and_sent_as_json() -> None:
    step = {"call": "local_peerbridge_upsert_post", "params": {"item": {"revision": 2, "locked": "$omit"}}}
    world = Echo({})
    run_case(Case("c", "", (), ({**step, "expect": {}},)), world)
    assert '"source": "acme"' in world.sent[0]["item"]
    assert '"revision": 2' in world.sent[0]["item"]
    assert "locked" not in world.sent[0]["item"]


def test_core_functions_get_flat_fields() -> None:
    fields = form_fields("mod_forum_x", {"a": [{"b": True, "c": "é"}], "d": 5})
    assert fields == {"a[0][b]": "1", "a[0][c]": "é", "d": "5"}


def test_values_that_are_made() -> None:
    fill = Filler({"unknown": UNKNOWN_ID}, {})
    assert fill.value({"$copies": [2, {"id": "t$n"}]}) == [{"id": "t1"}, {"id": "t2"}]
    assert fill.value({"$text": ["é", 3]}) == "ééé"
    assert fill.value(["$unknown", {"a": "$omit"}]) == [UNKNOWN_ID, {}]


def test_every_case_says_why_and_is_named_as_its_file() -> None:
    cases = load_cases()
    assert len(cases) >= 50
    assert all(case.why.endswith(".") and case.steps for case in cases)


def test_an_unknown_key_of_a_step_is_refused(tmp_path: Any) -> None:
    (tmp_path / "c.json").write_text(
        '{"name": "c", "why": "w.", "forums": [], "steps": [{"call": "a", "expected": 1}]}'
    )
    with pytest.raises(ValueError, match="expected"):
        load_case(tmp_path / "c.json")
