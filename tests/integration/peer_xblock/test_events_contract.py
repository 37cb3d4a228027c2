"""What the api writes to the outbox, held against the schema and the golden examples in docs/events.

PEER_GOLDEN=1 writes the examples anew, to be read before a commit.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from peer_xblock.api import discussion
from peer_xblock.events import body_hash
from peer_xblock.models import OutboxEvent, Post

from .world import World

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).parents[3] / "docs" / "events"
SCHEMA = Draft202012Validator(json.loads((DOCS / "post.v0.schema.json").read_text()))


def newest() -> dict[str, Any]:
    event: dict[str, Any] = json.loads(OutboxEvent.objects.latest("id").body)
    return event


def opening(world: World) -> None:
    world.ask(world.person("Amina"), "Is eight enough?", "With `n = 8` and $r = 0.94$?")


def response(world: World) -> None:
    asked = world.ask(world.person("Amina"))
    world.respond(world.person("Tomás"), asked.thread.id, "Compute the interval:\n\n```python\nz = 1\n```")


def comment(world: World) -> None:
    asked = world.ask(world.person("Amina"))
    answer = world.respond(world.person("Tomás"), asked.thread.id)
    world.comment(world.person("Amina"), answer.post.id)


def accepted(world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina)
    answer = world.respond(world.person("Tomás"), asked.thread.id)
    discussion.endorse(world.visit(world.facilitator("Inès")), post=answer.post.id, on=True)
    discussion.accept_answer(world.visit(amina), post=answer.post.id, on=True)


def edited(world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina)
    world.later(minutes=5)
    visit = world.visit(amina)
    discussion.edit_post(visit, post=asked.thread.id, revision=1, title="Is eight too few?", body="Better.")


def removed(world: World) -> None:
    asked = world.ask(world.person("Amina"))
    answer = world.respond(world.person("Tomás"), asked.thread.id)
    discussion.delete_post(world.visit(world.person("Tomás")), post=answer.post.id)


def anonymous(world: World) -> None:
    world.ask(world.person("Amina"), anonymous=True)


def group(world: World) -> None:
    world.ask(world.in_cohort("Léa", "3"))


def staff(world: World) -> None:
    asked = world.ask(world.person("Amina"))
    Post.objects.filter(public_id=asked.thread.id).update(audience="staff")
    discussion.edit_post(
        world.visit(world.person("Amina")), post=asked.thread.id, revision=1, body="Only for you."
    )


def withheld(world: World) -> None:
    asked = world.ask(world.staff("Jo"))
    world.respond(world.person("Amina"), asked.thread.id)


CASES: list[tuple[Callable[[World], None], dict[str, Any]]] = [
    (opening, {}),
    (response, {}),
    (comment, {}),
    (accepted, {}),
    (edited, {}),
    (removed, {}),
    (anonymous, {"anonymity": "learners"}),
    (group, {"is_divided": True}),
    (staff, {}),
    (withheld, {"options": {"answer_first": "team"}}),
]


@pytest.mark.parametrize(("change", "settings"), CASES, ids=[change.__name__ for change, _ in CASES])
def test_an_event_is_the_golden_example(change: Callable[[World], None], settings: dict[str, Any]) -> None:
    change(World(**settings))
    event = newest()
    SCHEMA.validate(event)
    path = DOCS / "examples" / f"{change.__name__}.json"
    if os.environ.get("PEER_GOLDEN"):
        path.write_text(json.dumps(event, indent=2, ensure_ascii=False) + "\n")
    assert event == json.loads(path.read_text())


def test_the_stored_hash_is_that_of_the_body() -> None:
    opening(World())
    row = OutboxEvent.objects.get()
    assert row.body_hash == body_hash(json.loads(row.body))


def test_a_course_without_a_connection_writes_no_event() -> None:
    world = World(connected=False)
    opening(world)
    assert not OutboxEvent.objects.exists()


@pytest.mark.parametrize("field", ["revision", "thread", "space", "post", "author", "audience"])
def test_the_schema_misses_each_part(field: str) -> None:
    opening(World())
    event = newest()
    del event["data"][field]
    assert not SCHEMA.is_valid(event)
