"""Whatever is sent to the directory: a status, a code, the field's name and a message in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import translation

from peer_xblock.domain.discussion import CAPS
from peer_xblock.expert_directory import ExpertDirectoryXBlock
from peer_xblock.models import ExpertProfile
from peer_xblock.operations.experts import OPERATIONS, Codes, Day
from peer_xblock.operations.fields import Id, Ids
from tests.runtime import StudioPermissions, Unit

from .test_bad_input import NO_OBJECTS, NOBODY, assert_refused, wrong_values
from .town import Town
from .world import everything_stored

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WRITES = ("save_profile", "ask", "answer_request")


@dataclass(frozen=True, slots=True)
class Stage:
    """A directory with Tomás in it, who was asked something, and a request of each operation that would be taken."""

    town: Town
    unit: Unit
    requests: dict[str, dict[str, Any]]


def directory(town: Town, name: str, **more: Any) -> Unit:
    user = town.person(name) if name else None
    return Unit(user, of=ExpertDirectoryXBlock, block="e1", display_name="People who can help", **more)


@pytest.fixture
def stage(db: None) -> Stage:
    town = Town()
    tomas = town.person("Tomás")
    unit = directory(town, "Tomás")
    unit.block.student_view({})
    town.join(tomas, "Python")
    town.join(town.person("Yuki"), "Law")
    asked = town.put(town.person("Amina"), tomas).request.id
    profile = {"about": "", "languages": ["fr"], "skills": [town.skill("Law")], "revision": 1}
    person = ExpertProfile.objects.get(user__first_name="Yuki").public_id
    requests: dict[str, dict[str, Any]] = {
        "open_directory": {},
        "find_people": {"query": "python", "skill": town.skill("Python"), "language": "en"},
        "suggest_skills": {"text": "pyton"},
        "save_profile": {**profile, "is_listed": True, "weekly_limit": 3, "away_until": "2026-12-01"},
        "ask": {
            "client_key": "k", "person": person, "space": town.space.public_id, "title": "Why?", "body": "So."
        },
        "answer_request": {"request": asked, "accept": True},
        "preview": {"body": "*Text*"},
    }  # fmt: skip
    return Stage(town, unit, requests)


def wrong(field: object) -> Iterator[object]:
    """Values that are not of the field's type, those of the directory's own fields too."""
    if isinstance(field, Ids):
        yield from ("x", {"a": 1}, 7, [7], ["x"], [None], ["A" * 32], ["0" * 32] * 101)
    elif isinstance(field, Codes):
        yield from ("fr", {"a": 1}, 7, [7], [None], ["a\0b"], ["fr"] * 101)
    elif isinstance(field, Day):
        yield from ([], 7, True, "", "x", "2026-13-01", "30/11/2026", "a\0b")
    else:
        yield from wrong_values(field)


def test_each_request_of_the_stage_is_taken(stage: Stage) -> None:
    assert stage.requests.keys() == OPERATIONS.keys()
    for name, request in stage.requests.items():
        status, answer = stage.unit.call(name, **request)
        assert status == 200, (name, answer)


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_wrong_type_is_refused_by_name(stage: Stage, name: str) -> None:
    before = everything_stored()
    for field, spec in OPERATIONS[name].fields.items():
        for value in wrong(spec):
            answer = stage.unit.call(name, **{**stage.requests[name], field: value})
            error = answer[1]["error"]
            assert (answer[0], error["code"], error["field"]) == (400, "invalid", field), value
            assert error["message"]
            assert "%(" not in error["message"]
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
        unknown = [NOBODY] if isinstance(spec, Ids) else NOBODY
        if isinstance(spec, Id | Ids):
            answer = stage.unit.call(name, **{**stage.requests[name], field: unknown})
            assert_refused(answer, 404, "not_found", field)
    assert everything_stored() == before


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
    ("name", "change", "field"),
    [
        ("save_profile", {"about": "x" * 2_001}, "about"),
        ("ask", {"title": "x" * (CAPS.title + 1)}, "title"),
        ("ask", {"body": "x" * (CAPS.body + 1)}, "body"),
        ("preview", {"body": "x" * (CAPS.body + 1)}, "body"),
    ],
)
def test_a_text_over_the_cap_is_too_large(
    stage: Stage, name: str, change: dict[str, str], field: str
) -> None:
    before = everything_stored()
    assert_refused(stage.unit.call(name, **{**stage.requests[name], **change}), 413, "too_large", field)
    assert everything_stored() == before


@pytest.mark.parametrize(("field", "empty"), [("title", " "), ("body", "&nbsp;"), ("body", "")])
def test_an_empty_question_is_refused(stage: Stage, field: str, empty: str) -> None:
    before = everything_stored()
    answer = stage.unit.call("ask", **{**stage.requests["ask"], field: empty})
    assert_refused(answer, 400, "invalid", field)
    assert everything_stored() == before


@pytest.mark.parametrize("name", OPERATIONS)
def test_whoever_is_not_signed_in_is_told_so(stage: Stage, name: str) -> None:
    before = everything_stored()
    answer = directory(stage.town, "").call(name, **stage.requests[name])
    assert_refused(answer, 403, "login_required", "")
    assert everything_stored() == before


@pytest.mark.parametrize("name", OPERATIONS)
def test_studios_preview_writes_nothing(stage: Stage, name: str) -> None:
    preview = directory(stage.town, "Jo", is_preview=True, is_staff=True)
    before = everything_stored()
    answer = preview.call(name, **stage.requests[name])
    if name in WRITES:
        assert_refused(answer, 403, "preview", "")
    else:
        assert answer[0] == 200
    assert everything_stored() == before
    assert preview.runtime.published == []


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_block_that_no_learner_opened_answers_in_studio(db: None, name: str) -> None:
    unit = Unit(None, of=ExpertDirectoryXBlock, is_preview=True, is_staff=True)
    if name in ("open_directory", "find_people"):
        assert unit.call(name)[0] == 200
    assert everything_stored()["peer_xblock_space"] == []


def test_an_unknown_operation_is_not_there(stage: Stage) -> None:
    for name in ("", "leave_course", "retire_expert", "list_threads", "repair_directories"):
        assert_refused(stage.unit.post(name, b"{}"), 404, "not_found", "")


def test_a_stale_profile_brings_the_newer_one(stage: Stage) -> None:
    save = stage.requests["save_profile"]
    assert stage.unit.call("save_profile", **save)[0] == 200
    answer = stage.unit.call("save_profile", **{**save, "about": "Mine."})
    assert_refused(answer, 409, "stale_edit", "")
    current = answer[1]["error"]["details"]["current"]
    assert (current["revision"], current["away_until"], current["weekly_limit"]) == (2, "2026-12-01", 3)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("find_people", {"cursor": "x"}),
        ("find_people", {"language": "français"}),
        ("find_people", {"skill": NOBODY}),
        ("save_profile", {"skills": [NOBODY]}),
        ("save_profile", {"languages": ["f"]}),
        ("save_profile", {"languages": [f"x{letter}" for letter in "abcdefghijk"]}),
        ("save_profile", {"languages": "fr"}),
        ("save_profile", {"away_until": "tomorrow"}),
        ("save_profile", {"revision": 9}),
        ("save_profile", {"weekly_limit": 0}),
        ("ask", {"person": NOBODY}),
        ("ask", {"space": NOBODY}),
        ("answer_request", {"request": NOBODY}),
    ],
    ids=str,
)
def test_each_message_is_in_the_readers_language(stage: Stage, name: str, change: dict[str, Any]) -> None:
    request = {**stage.requests[name], **change}
    english = stage.unit.call(name, **request)
    with translation.override("fr"):
        french = stage.unit.call(name, **request)
    assert english[0] == french[0] >= 400
    assert english[1]["error"]["field"] == french[1]["error"]["field"]
    assert english[1]["error"]["message"] != french[1]["error"]["message"]


def test_a_language_that_is_none_is_refused_in_the_form(db: None) -> None:
    unit = Unit(None, of=ExpertDirectoryXBlock, is_staff=True, studio=StudioPermissions(is_author=True))
    status, answer = unit.handle("save_settings", b'{"languages": "en, fran\xc3\xa7ais"}')
    assert (status, answer["error"]["field"]) == (400, "languages")
    assert unit.handle("save_settings", b'{"languages": "en pt-BR"}')[0] == 200
    assert unit.block.space_options()["options"]["languages"] == ["en", "pt-BR"]


def test_settings_that_came_with_the_course_never_break_the_page(db: None) -> None:
    town = Town()
    unit = directory(town, "Amina", languages="?!, é", intro=None, ask_space="nowhere")
    unit.block.student_view({})
    opened = unit.call("open_directory")[1]
    assert opened["directory"] == {
        "title": "People who can help",
        "intro_html": "",
        "languages": ["en", "fr"],
    }
    assert opened["spaces"] == []


def test_the_introduction_is_markdown(db: None) -> None:
    unit = directory(Town(), "Amina", intro="Ask *them*.")
    unit.block.student_view({})
    assert unit.call("open_directory")[1]["directory"]["intro_html"] == "<p>Ask <em>them</em>.</p>\n"


def test_nothing_that_is_done_in_a_directory_completes_it(stage: Stage) -> None:
    for name, request in stage.requests.items():
        stage.unit.call(name, **request)
    assert stage.unit.block.completion_mode == "excluded"
    assert stage.unit.runtime.named("completion") == []
    told = {name for name, _ in stage.unit.runtime.published}
    assert told == {
        "edx.expert_directory.profile.saved",
        "edx.expert_directory.request.created",
        "edx.expert_directory.request.decided",
    }
