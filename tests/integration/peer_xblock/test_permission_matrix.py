"""Role by action by state and visibility, against the one table of docs/developers/permissions.md.

PEER_GOLDEN=1 writes the table anew from what the api does; whoever does that reads what changed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from peer_xblock.api import discussion
from peer_xblock.api.visits import Visit
from peer_xblock.domain.spaces import SpaceKind
from peer_xblock.models import Post
from peer_xblock.operations import REGISTRIES, dispatch

from .world import World, posted

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).parents[3] / "docs/developers/permissions.md"
ROLES = ("learner", "its author", "who asked", "facilitator", "course team", "preview")
OPEN = "open"
OPERATIONS = REGISTRIES[SpaceKind.DISCUSSION]
Calls = Mapping[str, tuple[str, dict[str, Any]]]


class Stage:
    """A question of Amina's with a response of Tomás's, on which everybody tries everything."""

    def __init__(self, **settings: Any) -> None:
        self.world = World(**settings)
        world = self.world
        if settings.get("is_divided"):
            world.in_cohort("Amina", "3")
            world.in_cohort("Tomás", "3")
            world.in_cohort("Noah", "4")
        self.people = {
            "learner": world.person("Noah"),
            "its author": world.person("Tomás"),
            "who asked": world.person("Amina"),
            "facilitator": world.facilitator("Inès"),
            "course team": world.staff("Jo"),
            "preview": world.staff("Jo"),
        }
        self.thread = world.ask(self.people["who asked"]).thread.id
        self.post = world.respond(self.people["its author"], self.thread).post.id
        self.other = world.ask(self.people["who asked"], "And?").thread.id
        self.elsewhere = world.add_space("u2").public_id

    def visit(self, role: str) -> Visit:
        user: User = self.people[role]
        return self.world.visit(user, is_preview=role == "preview")


def opened() -> Stage:
    return Stage()


def closed() -> Stage:
    stage = Stage()
    discussion.close_thread(stage.visit("course team"), thread=stage.thread, on=True)
    return stage


def removed(by: str) -> Stage:
    stage = Stage()
    discussion.delete_post(stage.visit(by), post=stage.post)
    return stage


STATES: Mapping[str, Callable[[], Stage]] = {
    OPEN: opened,
    "closed thread": closed,
    "removed by its author": lambda: removed("its author"),
    "removed by the team": lambda: removed("facilitator"),
    "another cohort’s thread": lambda: Stage(is_divided=True),
    "answer first, not answered": lambda: Stage(options={"answer_first": "all"}),
}


def calls_on(stage: Stage) -> Calls:
    """The operation of each action, on the response or its thread."""
    post, thread = {"post": stage.post}, {"thread": stage.thread}
    text, on = {"client_key": "k", "body": "Text."}, {"on": True}
    return {
        "read": ("get_history", post),
        "respond": ("create_response", {**text, **thread}),
        "write to the team": ("create_private", {**text, **thread}),
        "comment": ("create_comment", {**text, "response": stage.post}),
        "vote": ("vote", {**post, **on}),
        "react": ("react", {**post, **on, "reaction": "thanks"}),
        "report": ("flag_post", {**post, "reason": "spam"}),
        "edit": ("edit_post", {**post, "revision": 1, "body": "Better."}),
        "remove": ("delete_post", post),
        "restore": ("restore_post", post),
        "accept": ("accept_answer", {**post, **on}),
        "endorse": ("endorse", {**post, **on}),
        "pin, unpin": ("pin_thread", {**thread, **on}),
        "close, reopen": ("close_thread", {**thread, "on": False}),
        "make it a discussion": ("convert_thread", {**thread, "kind": "discussion"}),
        "move to another discussion": ("move_thread", {**thread, "to": stage.elsewhere}),
        "merge": ("merge_thread", {**thread, "into": stage.other}),
        "split off": ("split_response", {**post, "kind": "question", "title": "Why?"}),
        "change its tags": ("retag_thread", {**thread, "tags": ["mean"]}),
        "ask": ("create_thread", {**text, "kind": "question", "title": "Why?"}),
        "announce": ("create_thread", {**text, "kind": "announcement", "title": "Hear"}),
    }


def outcome(stage: Stage, role: str, call: tuple[str, dict[str, Any]]) -> str:
    """Yes, no, or not there, as the api answers; whatever was written is taken back.

    A post that is removed again, or restored though it is there, stays as it is: that is nothing.
    """
    name, values = call
    before = Post.objects.get(public_id=stage.post).deleted_at
    with transaction.atomic():
        status, _ = dispatch(OPERATIONS, name, posted(values), enter=lambda: stage.visit(role))
        after = Post.objects.get(public_id=stage.post).deleted_at
        transaction.set_rollback(True)
    if status == 200 and name in ("delete_post", "restore_post") and before == after:
        return "nothing"
    return {200: "yes", 400: "no", 403: "no", 409: "no", 404: "not there"}[status]


def observed(state: str) -> dict[str, tuple[str, ...]]:
    """By action, what each role gets."""
    stage = STATES[state]()
    return {
        action: tuple(outcome(stage, role, call) for role in ROLES)
        for action, call in calls_on(stage).items()
    }


def table() -> dict[tuple[str, str], tuple[str, ...]]:
    """The rows of the document: (state, action) to what each role gets."""
    rows = [line.strip("|").split("|") for line in TABLE.read_text().splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in row] for row in rows]
    return {
        (row[0], row[1]): tuple(row[2:]) for row in cells if len(row) == len(ROLES) + 2 and row[0] in STATES
    }


def lines_of(all_observed: Mapping[str, Mapping[str, tuple[str, ...]]]) -> list[str]:
    """The rows to write: all of an open thread, and of each other state what differs from it."""
    usual = all_observed[OPEN]
    return [
        "| " + " | ".join((state, action, *cells)) + " |"
        for state, actions in all_observed.items()
        for action, cells in actions.items()
        if state == OPEN or cells != usual[action]
    ]


def write_table() -> None:
    """The document with the rows that the api shows now."""
    kept = [
        line for line in TABLE.read_text().splitlines() if line.strip("|").split("|")[0].strip() not in STATES
    ]
    at = next(index for index, line in enumerate(kept) if line.startswith("|---")) + 1
    found = {}
    for state in STATES:
        with transaction.atomic():
            found[state] = observed(state)
            transaction.set_rollback(True)
    TABLE.write_text("\n".join([*kept[:at], *lines_of(found), *kept[at:]]) + "\n")


@pytest.mark.slow
@pytest.mark.parametrize("state", STATES)
def test_the_api_does_what_the_table_says(state: str) -> None:
    rows, found = table(), observed(state)
    wanted = {action: rows.get((state, action), rows[(OPEN, action)]) for action in found}
    assert found == wanted


def test_the_table_says_nothing_twice() -> None:
    if os.environ.get("PEER_GOLDEN"):
        write_table()
    rows = table()
    same = [key for key, cells in rows.items() if key[0] != OPEN and cells == rows[(OPEN, key[1])]]
    assert same == []
    assert {state for state, _ in rows} == set(STATES)
