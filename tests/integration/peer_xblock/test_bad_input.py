"""Whatever is sent to a block: a status, a code, the field's name and a message in the reader's language.

Each test is one rule, for every operation of a block; what a block's stage holds is in stages/.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

import pytest
from django.db import transaction
from django.utils import translation

from peer_xblock.domain.discussion import CAPS
from peer_xblock.operations.fields import Id

from .stages import Stage, assert_refused, is_json, unknown_value, wrong_values
from .stages.discussion import DiscussionStage
from .stages.experts import ExpertsStage
from .stages.review import ReviewStage
from .world import everything_stored

pytestmark = pytest.mark.django_db
STAGES: tuple[type[Stage], ...] = (DiscussionStage, ReviewStage, ExpertsStage)
NO_OBJECTS = {
    "cut": b"{",
    "no JSON": b"nonsense",
    "list": b"[]",
    "text": b'"text"',
    "null": b"null",
    "broken UTF-8": b'{"body": "\xff\xfe"}',
    "too deep": b"[" * 100_000,
    "too long a number": b'{"limit": ' + b"9" * 5000 + b"}",
}
NO_OPERATIONS = ("", "no_such", "preview/x", "__class__", "repair_counters", "retire_people")


@pytest.fixture(params=STAGES, ids=lambda of: str(of.__name__))
def stage(request: pytest.FixtureRequest, db: None) -> Stage:
    of: type[Stage] = request.param
    return of()


def hold(rule: Callable[[str], None], names: Iterable[str]) -> None:
    """Hold each operation against the rule: what fails says which it was, and none of them writes anything."""
    before = everything_stored()
    for name in names:
        try:
            rule(name)
        except AssertionError as error:
            error.add_note(f"operation: {name}")
            raise
    assert everything_stored() == before


def taking_json(stage: Stage) -> list[str]:
    return [name for name, operation in stage.operations.items() if is_json(operation)]


def test_each_request_of_the_stage_is_taken(stage: Stage) -> None:
    """So that what is refused below is refused for the one thing that is wrong with it."""
    assert stage.requests.keys() == stage.operations.keys()
    for name, request in stage.requests.items():
        with transaction.atomic():
            status, answer = stage.send(name, request)
            transaction.set_rollback(True)
        assert status == 200, (name, answer)


def test_a_wrong_type_is_refused_by_name(stage: Stage) -> None:
    def rule(name: str) -> None:
        for field, spec in stage.operations[name].fields.items():
            for value in wrong_values(spec):
                answer = stage.send(name, {**stage.requests[name], field: value})
                inner = answer[1]["error"]["field"]
                assert inner.split(".")[0] == field, value
                assert_refused(answer, 400, "invalid", inner)

    hold(rule, taking_json(stage))


def test_a_missing_field_is_refused_by_name(stage: Stage) -> None:
    def rule(name: str) -> None:
        operation = stage.operations[name]
        required = [field for field, spec in operation.fields.items() if spec.required]
        for field in required:
            without = {key: value for key, value in stage.requests[name].items() if key != field}
            for request in (without, {**without, field: None}) if is_json(operation) else (without,):
                assert_refused(stage.send(name, request), 400, "invalid", field)

    hold(rule, stage.operations)


def test_an_unknown_id_is_not_there(stage: Stage) -> None:
    def rule(name: str) -> None:
        for field, spec in stage.operations[name].fields.items():
            if (unknown := unknown_value(spec)) is not None:
                answer = stage.send(name, {**stage.requests[name], field: unknown})
                assert_refused(answer, 404, "not_found", field)

    hold(rule, stage.operations)


def test_ids_of_another_block_are_not_there(stage: Stage) -> None:
    ids = {
        name: [field for field, spec in operation.fields.items() if isinstance(spec, Id)]
        for name, operation in stage.operations.items()
        if name not in stage.course_wide
        and any(isinstance(spec, Id) and spec.required for spec in operation.fields.values())
    }
    elsewhere = {name: stage.elsewhere(name) for name in ids}
    for unit in elsewhere.values():
        unit.block.student_view({})

    def rule(name: str) -> None:
        answer = stage.send(name, stage.requests[name], elsewhere[name])
        assert_refused(answer, 404, "not_found", answer[1]["error"]["field"])
        assert answer[1]["error"]["field"] in ids[name]

    hold(rule, ids)


def test_a_body_that_is_no_json_object_is_refused(stage: Stage) -> None:
    def rule(name: str) -> None:
        for body in NO_OBJECTS.values():
            assert_refused(stage.who(name).post(name, body), 400, "invalid", "")
        padded = json.dumps({**stage.requests[name], "padding": "x" * CAPS.request}).encode()
        assert_refused(stage.who(name).post(name, padded), 413, "too_large", "body")

    hold(rule, taking_json(stage))


def test_what_cannot_be_taken_is_refused_in_the_readers_language(stage: Stage) -> None:
    def rule(name: str) -> None:
        for change, refusal in stage.refusals[name]:
            request = {**stage.requests[name], **change}
            english = stage.send(name, request)
            with translation.override("fr"):
                french = stage.send(name, request)
            for answer in (english, french):
                assert_refused(answer, *refusal)
            assert english[1]["error"]["message"] != french[1]["error"]["message"]

    hold(rule, stage.refusals)


def test_whoever_is_not_signed_in_is_told_so(stage: Stage) -> None:
    def rule(name: str) -> None:
        answer = stage.send(name, stage.requests[name], stage.unit(None))
        assert_refused(answer, 403, "login_required", "")

    hold(rule, stage.operations)


def test_studios_preview_writes_nothing(stage: Stage) -> None:
    previews = {
        name: stage.unit(stage.person(name), is_preview=True, is_staff=True) for name in stage.operations
    }

    def rule(name: str) -> None:
        answer = stage.send(name, stage.requests[name], previews[name])
        if name in stage.reads:
            assert answer[0] in (200, 403, 404)
        else:
            assert_refused(answer, 403, "preview", "")
        assert previews[name].runtime.published == []

    hold(rule, previews)


def test_an_operation_is_called_by_its_own_method(stage: Stage) -> None:
    def rule(name: str) -> None:
        other = "POST" if stage.operations[name].method == "GET" else "GET"
        status, answer = stage.who(name).post(name, b"{}", method=other)
        assert (status, answer["error"]["code"]) == (405, "invalid")

    hold(rule, stage.operations)


def test_an_unknown_operation_is_not_there(stage: Stage) -> None:
    def rule(name: str) -> None:
        assert_refused(stage.unit(stage.person("preview")).post(name, b"{}"), 404, "not_found", "")

    hold(rule, NO_OPERATIONS)


def test_fields_that_nobody_asked_for_are_ignored(stage: Stage) -> None:
    assert stage.send("preview", {"body": "Text.", "viewer": 1, "space": "x", "now": None})[0] == 200
