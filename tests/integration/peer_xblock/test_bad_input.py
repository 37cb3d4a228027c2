"""Whatever is sent to the block: a status, a code, the field's name and a message in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import translation

from peer_xblock.domain.discussion import CAPS
from peer_xblock.operations.discussion import OPERATIONS
from peer_xblock.operations.fields import ClientKey, Flag, Id, Integer, Text
from tests.runtime import Unit

from .world import World, everything_stored

pytestmark = pytest.mark.django_db
NOBODY = "0" * 32
WRITES = (
    "create_thread", "create_response", "create_comment", "edit_post", "delete_post", "restore_post", "vote",
    "accept_answer", "endorse", "pin_thread", "close_thread",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stage:
    """A discussion with one post of each kind by Tomás, and a request of each operation that would be taken."""

    unit: Unit
    requests: dict[str, dict[str, Any]]


@pytest.fixture
def stage(world: World) -> Stage:
    tomas = world.person("Tomás")
    thread = world.ask(tomas).thread.id
    response = world.respond(tomas, thread).post.id
    world.comment(tomas, response)
    unit = Unit(world.facilitator("Inès"), display_name="Discussion u1")
    post, switch = {"post": response}, {"post": response, "on": True}
    of_thread, after = {"thread": thread, "on": True}, {"thread": thread, "number": 0}
    written = {"client_key": "k", "body": "Text."}
    requests: dict[str, dict[str, Any]] = {
        "list_threads": {},
        "get_thread": {"thread": thread},
        "watch_space": {"since": 0},
        **dict.fromkeys(("watch_thread", "list_new_posts"), after),
        "create_thread": {**written, "kind": "question", "title": "Why?"},
        "create_response": {**written, "thread": thread},
        "create_comment": {**written, "response": response},
        "edit_post": {**post, "revision": 1, "body": "Better."},
        "mark_read": {"thread": thread, "number": 1},
        "preview": {"body": "Text."},
        **dict.fromkeys(("list_comments", "locate", "get_source", "get_history", "delete_post"), post),
        "restore_post": post,
        **dict.fromkeys(("vote", "accept_answer", "endorse"), switch),
        **dict.fromkeys(("pin_thread", "close_thread"), of_thread),
    }
    return Stage(unit, requests)


def wrong_values(field: object) -> Iterator[object]:
    """Values that are not of the field's type."""
    yield from ([], {"a": 1})
    if isinstance(field, Flag):
        yield from (0, 1, "true", "")
    elif isinstance(field, Integer):
        yield from (-1, 1.5, "1", True, field.high + 1, 10**30)
    else:
        yield from (7, True, 1.5)
    if isinstance(field, Text):
        yield from ("a\0b", "\ud800", "x\udfff")
    if isinstance(field, Id):
        yield from ("", "x", "A" * 32, "0" * 31, "../../etc/passwd", "' OR 1=1 --")
    if isinstance(field, ClientKey):
        yield from ("", " ", "a b", "é", "x" * 65)
    if not isinstance(field, Text | Flag | Integer):
        yield from ("", "other")


def assert_refused(answer: tuple[int, Any], status: int, code: str, field: str) -> None:
    error = answer[1]["error"]
    assert (answer[0], error["code"], error["field"]) == (status, code, field)
    assert error["message"]
    assert "%(" not in error["message"]


def test_each_request_of_the_stage_is_taken(stage: Stage) -> None:
    """So that what is refused below is refused for the one thing that is wrong with it."""
    assert stage.requests.keys() == OPERATIONS.keys()
    for name, request in stage.requests.items():
        assert stage.unit.call(name, **request)[0] == 200, name


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_wrong_type_is_refused_by_name(stage: Stage, name: str) -> None:
    before = everything_stored()
    for field, spec in OPERATIONS[name].fields.items():
        for value in wrong_values(spec):
            answer = stage.unit.call(name, **{**stage.requests[name], field: value})
            assert_refused(answer, 400, "invalid", field)
    assert everything_stored() == before


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_missing_field_is_refused_by_name(stage: Stage, name: str) -> None:
    before = everything_stored()
    for field, spec in OPERATIONS[name].fields.items():
        if spec.required:
            without = {key: value for key, value in stage.requests[name].items() if key != field}
            for request in (without, {**without, field: None}):
                assert_refused(stage.unit.call(name, **request), 400, "invalid", field)
    assert everything_stored() == before


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_unknown_id_is_not_there(stage: Stage, name: str) -> None:
    before = everything_stored()
    for field, spec in OPERATIONS[name].fields.items():
        if isinstance(spec, Id):
            answer = stage.unit.call(name, **{**stage.requests[name], field: NOBODY})
            assert_refused(answer, 404, "not_found", field)
    assert everything_stored() == before


@pytest.mark.parametrize("name", OPERATIONS)
def test_ids_of_another_block_are_not_there(stage: Stage, world: World, name: str) -> None:
    elsewhere = Unit(world.facilitator("Inès"), block="u2")
    elsewhere.block.student_view({})
    before = everything_stored()
    for field, spec in OPERATIONS[name].fields.items():
        if isinstance(spec, Id) and spec.required:
            assert_refused(elsewhere.call(name, **stage.requests[name]), 404, "not_found", field)
    assert everything_stored() == before


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


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_body_that_is_no_json_object_is_refused(stage: Stage, name: str) -> None:
    before = everything_stored()
    for body in NO_OBJECTS.values():
        assert_refused(stage.unit.post(name, body), 400, "invalid", "")
    assert everything_stored() == before


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_body_over_the_cap_is_too_large(stage: Stage, name: str) -> None:
    body = json.dumps({**stage.requests[name], "padding": "x" * CAPS.request}).encode()
    assert_refused(stage.unit.post(name, body), 413, "too_large", "body")


@pytest.mark.parametrize(
    "name", ["create_thread", "create_response", "create_comment", "edit_post", "preview"]
)
def test_a_text_over_the_cap_is_too_large(stage: Stage, name: str) -> None:
    before = everything_stored()
    answer = stage.unit.call(name, **{**stage.requests[name], "body": "x" * (CAPS.body + 1)})
    assert_refused(answer, 413, "too_large", "body")
    assert "50001" in answer[1]["error"]["message"].replace(",", "").replace("\u202f", "")
    assert everything_stored() == before


def test_a_title_over_the_cap_is_too_large(stage: Stage) -> None:
    answer = stage.unit.call(
        "create_thread", **{**stage.requests["create_thread"], "title": "x" * (CAPS.title + 1)}
    )
    assert_refused(answer, 413, "too_large", "title")


@pytest.mark.parametrize("name", ["create_thread", "create_response", "create_comment", "edit_post"])
def test_a_text_that_is_empty_after_sanitising_is_refused(stage: Stage, name: str) -> None:
    before = everything_stored()
    for body in (" ", "\u200b", "&nbsp;", "[](https://e.example)", "\u00ad"):
        answer = stage.unit.call(name, **{**stage.requests[name], "body": body})
        assert_refused(answer, 400, "invalid", "body")
    assert everything_stored() == before


@pytest.mark.parametrize("name", OPERATIONS)
def test_whoever_is_not_signed_in_is_told_so(stage: Stage, name: str) -> None:
    before = everything_stored()
    nobody = Unit(None, display_name="Discussion u1")
    assert_refused(nobody.call(name, **stage.requests[name]), 403, "login_required", "")
    assert everything_stored() == before


@pytest.mark.parametrize("name", OPERATIONS)
def test_studios_preview_reads_and_writes_nothing(stage: Stage, world: World, name: str) -> None:
    preview = Unit(world.staff("Jo"), is_preview=True, is_staff=True)
    before = everything_stored()
    answer = preview.call(name, **stage.requests[name])
    if name in WRITES:
        assert_refused(answer, 403, "preview", "")
    else:
        assert answer[0] in (200, 403)
    assert everything_stored() == before
    assert preview.runtime.published == []


@pytest.mark.parametrize("name", OPERATIONS)
def test_operations_are_called_by_post(stage: Stage, name: str) -> None:
    before = everything_stored()
    status, answer = stage.unit.post(name, b"", method="GET")
    assert (status, answer["error"]["code"]) == (405, "invalid")
    assert everything_stored() == before


@pytest.mark.parametrize("name", ["", "no_such", "list_threads/x", "__class__", "repair_counters"])
def test_an_unknown_operation_is_not_there(stage: Stage, name: str) -> None:
    assert_refused(stage.unit.post(name, b"{}"), 404, "not_found", "")


def test_fields_that_nobody_asked_for_are_ignored(stage: Stage) -> None:
    assert stage.unit.call("list_threads", viewer=1, space="x", now=None)[0] == 200


def test_a_stale_edit_brings_the_newer_version(stage: Stage) -> None:
    edit = stage.requests["edit_post"]
    stage.unit.call("edit_post", **edit)
    answer = stage.unit.call("edit_post", **{**edit, "body": "Mine."})
    assert_refused(answer, 409, "stale_edit", "")
    assert answer[1]["error"]["details"]["current"]["source"] == "Better."


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("create_thread", {"title": 7}),
        ("create_thread", {"title": ""}),
        ("create_thread", {"body": ""}),
        ("create_thread", {"body": None}),
        ("create_thread", {"kind": "other"}),
        ("create_thread", {"client_key": "é"}),
        ("create_thread", {"anonymous": True}),
        ("create_thread", {"anonymous": "yes"}),
        ("create_thread", {"title": "x" * 201}),
        ("create_thread", {"body": "x" * 50_001}),
        ("create_thread", {"body": "\0"}),
        ("create_response", {"thread": NOBODY}),
        ("create_response", {"thread": "x"}),
        ("vote", {"post": NOBODY}),
        ("mark_read", {"number": -1}),
        ("list_threads", {"cursor": "x"}),
        ("edit_post", {"revision": 9}),
        ("no_such", {}),
    ],
    ids=str,
)
def test_each_message_is_in_the_readers_language(stage: Stage, name: str, change: dict[str, Any]) -> None:
    request = {**stage.requests.get(name, {}), **change}
    english = stage.unit.call(name, **request)
    with translation.override("fr"):
        french = stage.unit.call(name, **request)
    assert english[0] == french[0]
    assert english[1]["error"]["field"] == french[1]["error"]["field"]
    assert english[1]["error"]["message"] != french[1]["error"]["message"]
