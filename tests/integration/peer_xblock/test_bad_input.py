"""Whatever is sent to a block: a status, a code, the field's name and a message in the reader's language.

Each test is one rule, for every operation of every block; what a block's stage holds is in stages/.
"""

from __future__ import annotations

import json

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
FAST = DiscussionStage
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


def marks(of: type[Stage]) -> list[pytest.MarkDecorator]:
    """What `make test-fast` leaves out: the rules are the same for each block."""
    return [] if of is FAST else [pytest.mark.slow]


@pytest.fixture
def stage(request: pytest.FixtureRequest, db: None) -> Stage:
    of: type[Stage] = request.param
    return of()


def cases(names: dict[type[Stage], list[str]]) -> pytest.MarkDecorator:
    """A stage and the name of an operation of its block."""
    found = [
        pytest.param(of, name, marks=marks(of), id=f"{of.__name__}-{name}")
        for of, here in names.items()
        for name in here
    ]
    return pytest.mark.parametrize(("stage", "name"), found, indirect=["stage"])


each_block = pytest.mark.parametrize(
    "stage", [pytest.param(of, marks=marks(of), id=of.__name__) for of in STAGES], indirect=True
)
each_operation = cases({of: list(of.operations) for of in STAGES})
each_json = cases({of: [name for name, one in of.operations.items() if is_json(one)] for of in STAGES})
each_refusal = cases({of: list(of.refusals) for of in STAGES})


@each_block
def test_each_request_of_the_stage_is_taken(stage: Stage) -> None:
    """So that what is refused below is refused for the one thing that is wrong with it."""
    assert stage.requests.keys() == stage.operations.keys()
    for name, request in stage.requests.items():
        with transaction.atomic():
            status, answer = stage.send(name, request)
            transaction.set_rollback(True)
        assert status == 200, (name, answer)


@each_json
def test_a_wrong_type_is_refused_by_name(stage: Stage, name: str) -> None:
    before = everything_stored()
    for field, spec in stage.operations[name].fields.items():
        for value in wrong_values(spec):
            answer = stage.send(name, {**stage.requests[name], field: value})
            inner = answer[1]["error"]["field"]
            assert inner.split(".")[0] == field, value
            assert_refused(answer, 400, "invalid", inner)
    assert everything_stored() == before


@each_operation
def test_a_missing_field_is_refused_by_name(stage: Stage, name: str) -> None:
    before = everything_stored()
    operation = stage.operations[name]
    for field, spec in operation.fields.items():
        without = {key: value for key, value in stage.requests[name].items() if key != field}
        for request in (without, {**without, field: None}) if is_json(operation) else (without,):
            if spec.required:
                assert_refused(stage.send(name, request), 400, "invalid", field)
    assert everything_stored() == before


@each_operation
def test_an_unknown_id_is_not_there(stage: Stage, name: str) -> None:
    before = everything_stored()
    for field, spec in stage.operations[name].fields.items():
        if (unknown := unknown_value(spec)) is not None:
            answer = stage.send(name, {**stage.requests[name], field: unknown})
            assert_refused(answer, 404, "not_found", field)
    assert everything_stored() == before


@each_operation
def test_ids_of_another_block_are_not_there(stage: Stage, name: str) -> None:
    elsewhere = stage.elsewhere(name)
    elsewhere.block.student_view({})
    before = everything_stored()
    ids = {field: spec for field, spec in stage.operations[name].fields.items() if isinstance(spec, Id)}
    if any(spec.required for spec in ids.values()):
        answer = stage.send(name, stage.requests[name], elsewhere)
        assert_refused(answer, 404, "not_found", answer[1]["error"]["field"])
        assert answer[1]["error"]["field"] in ids
    assert everything_stored() == before


@each_json
def test_a_body_that_is_no_json_object_is_refused(stage: Stage, name: str) -> None:
    before = everything_stored()
    for body in NO_OBJECTS.values():
        assert_refused(stage.who(name).post(name, body), 400, "invalid", "")
    padded = json.dumps({**stage.requests[name], "padding": "x" * CAPS.request}).encode()
    assert_refused(stage.who(name).post(name, padded), 413, "too_large", "body")
    assert everything_stored() == before


@each_refusal
def test_what_cannot_be_taken_is_refused_in_the_readers_language(stage: Stage, name: str) -> None:
    before = everything_stored()
    for change, refusal in stage.refusals[name]:
        request = {**stage.requests[name], **change}
        english = stage.send(name, request)
        with translation.override("fr"):
            french = stage.send(name, request)
        for answer in (english, french):
            assert_refused(answer, *refusal)
        assert english[1]["error"]["message"] != french[1]["error"]["message"]
    assert everything_stored() == before


@each_operation
def test_whoever_is_not_signed_in_is_told_so(stage: Stage, name: str) -> None:
    before = everything_stored()
    assert_refused(stage.send(name, stage.requests[name], stage.unit(None)), 403, "login_required", "")
    assert everything_stored() == before


@each_operation
def test_studios_preview_writes_nothing(stage: Stage, name: str) -> None:
    preview = stage.unit(stage.person(name), is_preview=True, is_staff=True)
    before = everything_stored()
    answer = stage.send(name, stage.requests[name], preview)
    if name in stage.reads:
        assert answer[0] in (200, 403, 404)
    else:
        assert_refused(answer, 403, "preview", "")
    assert everything_stored() == before
    assert preview.runtime.published == []


@each_operation
def test_an_operation_is_called_by_its_own_method(stage: Stage, name: str) -> None:
    before = everything_stored()
    other = "POST" if stage.operations[name].method == "GET" else "GET"
    status, answer = stage.who(name).post(name, b"{}", method=other)
    assert (status, answer["error"]["code"]) == (405, "invalid")
    assert everything_stored() == before


@each_block
@pytest.mark.parametrize(
    "name", ["", "no_such", "preview/x", "__class__", "repair_counters", "retire_people"]
)
def test_an_unknown_operation_is_not_there(stage: Stage, name: str) -> None:
    assert_refused(stage.unit(stage.person("preview")).post(name, b"{}"), 404, "not_found", "")


@each_block
def test_fields_that_nobody_asked_for_are_ignored(stage: Stage) -> None:
    assert stage.send("preview", {"body": "Text.", "viewer": 1, "space": "x", "now": None})[0] == 200
