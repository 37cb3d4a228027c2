"""Whatever is sent to an assignment: a status, a code, the field's name and a message in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import translation

from peer_xblock.domain.discussion import CAPS
from peer_xblock.operations.fields import Bytes, Choice, Field, Ids, Mapped
from peer_xblock.operations.review import OPERATIONS
from peer_xblock.peer_review import PeerReviewXBlock
from tests.rubrics import RUBRIC
from tests.runtime import Unit

from .test_bad_input import NO_OBJECTS, NOBODY, assert_refused, wrong_values
from .workshop import BEST, PDF, WORDS, Workshop
from .world import everything_stored

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
READS = ("open_activity", "preview", "get_file", "oversee", "read_submission")
POSTED = [name for name, one in OPERATIONS.items() if name not in ("get_file", "upload_file")]
TEAM = ("oversee", "read_submission", "staff_review")


@dataclass(frozen=True, slots=True)
class Stage:
    """Three works; Amina holds one of them, and has a file; a request of each operation that would be taken."""

    workshop: Workshop
    requests: dict[str, dict[str, Any]]

    def unit(self, user: User | None, **more: Any) -> Unit:
        settings = {
            "wanted": 3,
            "to_give": 3,
            "rubric": RUBRIC,
            "display_name": "Pendulum",
            "file_types": "pdf",
        }
        return Unit(user, of=PeerReviewXBlock, block="r1", **{**settings, **more})

    def person(self, name: str) -> User:
        """Whose request of this operation would be taken."""
        if name in TEAM:
            return self.workshop.staff("Jo")
        newcomers = dict.fromkeys(("pledge", "submit"), "New")
        return self.workshop.person({**newcomers, "take_review": "Tomás"}.get(name, "Amina"))

    def who(self, name: str) -> Unit:
        """The block as that person has it."""
        return self.unit(self.person(name))

    def send(self, name: str, request: dict[str, Any], unit: Unit | None = None) -> tuple[int, Any]:
        """By the operation's own way: JSON, raw bytes, or a query."""
        unit = unit or self.who(name)
        if name == "upload_file":
            query = {key: value for key, value in request.items() if key != "content"}
            response = unit.respond("call", request.get("content", b""), suffix=name, **query)
        elif name == "get_file":
            response = unit.respond("call", b"", suffix=name, method="GET", **request)
        else:
            return unit.call(name, **request)
        if response.content_type != "application/json":
            return response.status_code, None
        return response.status_code, json.loads(response.body)


@pytest.fixture
def stage(db: None) -> Stage:
    workshop = Workshop(file_types=[".pdf"])
    amina = workshop.person("Amina")
    workshop.submit_all([amina, workshop.person("Tomás"), workshop.person("Yuki")])
    file = workshop.upload(amina).id
    lease = workshop.take(amina).review
    assert lease is not None
    judged = {"scores": BEST, "comments": WORDS, "overall": "Well done."}
    work = {"submission": workshop.slot(workshop.person("Yuki")).public_id}
    requests: dict[str, dict[str, Any]] = {
        **{name: {} for name in ("open_activity", "pledge", "take_review", "oversee")},
        "submit": {"client_key": "k", "body": "Text.", "files": [], "revision": 0, "pledge": True},
        "preview": {"body": "Text."},
        "upload_file": {"name": "report.pdf", "content": PDF},
        **{name: {"file": file} for name in ("remove_file", "get_file")},
        **{name: {"review": lease.id, **judged} for name in ("save_review", "send_review")},
        "skip_review": {"review": lease.id, "reason": "other", "note": "Why."},
        "read_submission": work,
        "staff_review": {**work, **judged},
    }
    stage = Stage(workshop, requests)
    stage.unit(amina).block.student_view({})  # From here on the space is the block's.
    return stage


def wrong(field: Field[Any]) -> Iterator[object]:
    """Values that are not of the field's type, for JSON."""
    if isinstance(field, Ids):
        yield from ("x", 7, {"a": 1}, ["x"], [7], [None], ["0" * 32] * 101)
    elif isinstance(field, Mapped):
        yield from (
            "x",
            7,
            [],
            {"protocol": 7},
            {"protocol": None},
            {"protocol": "a\0b"},
            {"protocol": "\ud800"},
        )
        yield {str(number): "x" for number in range(101)}
    else:
        yield from (
            value for value in wrong_values(field) if not (isinstance(field, Choice) and value == "other")
        )


def test_each_request_of_the_stage_is_taken(db: None, stage: Stage) -> None:
    """So that what is refused below is refused for the one thing that is wrong with it."""
    assert stage.requests.keys() == OPERATIONS.keys()
    last = ("remove_file", "send_review")
    for name in [*(n for n in stage.requests if n not in (*last, "skip_review")), *last]:
        assert stage.send(name, stage.requests[name])[0] == 200, name


def test_passing_on_is_taken_too(stage: Stage) -> None:
    assert stage.send("skip_review", stage.requests["skip_review"])[0] == 200


@pytest.mark.parametrize("name", POSTED)
def test_a_wrong_type_is_refused_by_name(stage: Stage, name: str) -> None:
    before = everything_stored()
    for field, spec in OPERATIONS[name].fields.items():
        for value in wrong(spec):
            status, answer = stage.send(name, {**stage.requests[name], field: value})
            assert (status, answer["error"]["code"]) == (400, "invalid"), (field, value)
            assert answer["error"]["field"].split(".")[0] == field
    assert everything_stored() == before


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_missing_field_is_refused_by_name(stage: Stage, name: str) -> None:
    before = everything_stored()
    for field, spec in OPERATIONS[name].fields.items():
        if spec.required:
            without = {key: value for key, value in stage.requests[name].items() if key != field}
            assert_refused(stage.send(name, without), 400, "invalid", field)
    assert everything_stored() == before


@pytest.mark.parametrize(
    ("name", "field"),
    [
        (name, field)
        for name, one in OPERATIONS.items()
        for field in ("file", "review", "submission")
        if field in one.fields
    ],
)
def test_what_is_unknown_or_elsewhere_is_not_there(stage: Stage, name: str, field: str) -> None:
    elsewhere = Unit(stage.person(name), of=PeerReviewXBlock, block="r2", rubric=RUBRIC)
    elsewhere.block.student_view({})
    before = everything_stored()
    assert_refused(stage.send(name, {**stage.requests[name], field: NOBODY}), 404, "not_found", field)
    assert_refused(stage.send(name, stage.requests[name], elsewhere), 404, "not_found", field)
    assert everything_stored() == before


@pytest.mark.parametrize("name", POSTED)
def test_a_body_that_is_no_json_object_is_refused(stage: Stage, name: str) -> None:
    before = everything_stored()
    for body in NO_OBJECTS.values():
        assert_refused(stage.who(name).post(name, body), 400, "invalid", "")
    padded = json.dumps({**stage.requests[name], "padding": "x" * CAPS.request}).encode()
    assert_refused(stage.who(name).post(name, padded), 413, "too_large", "body")
    assert everything_stored() == before


REFUSALS: list[tuple[str, dict[str, Any], tuple[int, str, str]]] = [
    ("submit", {"body": " "}, (400, "invalid", "body")),
    ("submit", {"body": "\u200b"}, (400, "invalid", "body")),
    ("submit", {"body": "x" * 50_001}, (413, "too_large", "body")),
    ("submit", {"pledge": False}, (400, "invalid", "pledge")),
    ("submit", {"files": ["0" * 32]}, (404, "not_found", "files")),
    ("submit", {"files": [f"{n:032x}" for n in range(6)]}, (400, "invalid", "files")),
    ("submit", {"revision": 3}, (409, "stale_edit", "")),
    ("upload_file", {"name": "report.exe"}, (400, "invalid", "name")),
    ("upload_file", {"content": b"words"}, (400, "invalid", "content")),
    ("upload_file", {"content": b""}, (400, "invalid", "content")),
    ("save_review", {"scores": {"style": "good"}}, (400, "invalid", "scores.style")),
    ("save_review", {"comments": {"style": "good"}}, (400, "invalid", "comments.style")),
    ("save_review", {"overall": "x" * 5001}, (413, "too_large", "overall")),
    ("send_review", {"scores": {"protocol": "yes"}}, (400, "invalid", "scores.doubt")),
    ("send_review", {"comments": {"protocol": "Good."}}, (400, "invalid", "comments.doubt")),
    ("skip_review", {"reason": "bored"}, (400, "invalid", "reason")),
    ("skip_review", {"note": "x" * 501}, (413, "too_large", "note")),
    ("staff_review", {"scores": {}}, (400, "invalid", "scores.protocol")),
    ("oversee", {"filter": "lost"}, (400, "invalid", "filter")),
    ("oversee", {"cursor": "first"}, (400, "invalid", "cursor")),
    ("get_file", {"file": "../../etc/passwd"}, (400, "invalid", "file")),
]


@pytest.mark.parametrize(("name", "change", "refusal"), REFUSALS, ids=range(len(REFUSALS)))
def test_what_cannot_be_taken_is_refused_in_the_readers_language(
    stage: Stage, name: str, change: dict[str, Any], refusal: tuple[int, str, str]
) -> None:
    before = everything_stored()
    request = {**stage.requests[name], **change}
    english = stage.send(name, request)
    with translation.override("fr"):
        french = stage.send(name, request)
    for answer in (english, french):
        assert_refused(answer, *refusal)
    assert english[1]["error"]["message"] != french[1]["error"]["message"]
    assert everything_stored() == before


@pytest.mark.parametrize("name", OPERATIONS)
def test_whoever_is_not_signed_in_is_told_so(stage: Stage, name: str) -> None:
    before = everything_stored()
    assert_refused(stage.send(name, stage.requests[name], stage.unit(None)), 403, "login_required", "")
    assert everything_stored() == before


@pytest.mark.parametrize("name", TEAM)
def test_what_is_the_teams_is_not_for_learners(stage: Stage, name: str) -> None:
    before = everything_stored()
    learner = stage.unit(stage.workshop.person("Amina"))
    assert_refused(stage.send(name, stage.requests[name], learner), 403, "forbidden", "")
    assert everything_stored() == before


@pytest.mark.parametrize("name", OPERATIONS)
def test_studios_preview_writes_nothing(stage: Stage, name: str) -> None:
    preview = stage.unit(stage.workshop.person("Amina"), is_preview=True, is_staff=True)
    before = everything_stored()
    answer = stage.send(name, stage.requests[name], preview)
    if name in READS:
        assert answer[0] in (200, 404)
    else:
        assert_refused(answer, 403, "preview", "")
    assert everything_stored() == before
    assert preview.runtime.published == []


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_is_called_by_its_own_method(stage: Stage, name: str) -> None:
    before = everything_stored()
    other = "POST" if OPERATIONS[name].method == "GET" else "GET"
    status, answer = stage.who(name).post(name, b"{}", method=other)
    assert (status, answer["error"]["code"]) == (405, "invalid")
    assert everything_stored() == before


def test_only_one_operation_takes_a_file() -> None:
    uploads = [
        name for name, one in OPERATIONS.items() if any(isinstance(f, Bytes) for f in one.fields.values())
    ]
    assert uploads == ["upload_file"]
