"""A whole assignment through the block's operations: six learners, one of whom leaves, from the task to the grade."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings

from peer_xblock.api import review
from peer_xblock.models import OutboxEvent, Slot
from peer_xblock.peer_review import PeerReviewXBlock
from tests import host
from tests.rubrics import RUBRIC
from tests.runtime import Unit

from .workshop import BEST, PDF, WORDS, WORST
from .world import World

pytestmark = pytest.mark.django_db(transaction=True)
LEARNERS = ("Amina", "Tomás", "Noah", "Léa", "Yuki")
LEAVER = "Omar"
BETWEEN = {"protocol": "yes", "doubt": "some"}


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    host.GRADES.clear()
    yield World()
    host.GRADES.clear()


def unit(world: World, name: str, *, is_team: bool = False) -> Unit:
    person = world.facilitator(name) if is_team else world.person(name)
    settings: dict[str, Any] = {
        "prompt": "Measure *g*.",
        "rubric": RUBRIC,
        "weight": 20.0,
        "file_types": "pdf",
    }
    return Unit(person, of=PeerReviewXBlock, block="r1", wanted=3, to_give=4, **settings)


def call(block: Unit, name: str, **values: Any) -> dict[str, Any]:
    status, answer = block.call(name, **values)
    assert status == 200, answer
    assert isinstance(answer, dict)
    return answer


def states(answer: dict[str, Any]) -> list[str]:
    return [step["state"] for step in answer["steps"]]


def hand_in(world: World, name: str) -> dict[str, Any]:
    block = unit(world, name)
    block.block.student_view({})
    assert states(call(block, "open_activity")) == ["current", "upcoming", "upcoming"]
    call(block, "pledge")
    _status, file = block.upload("report.pdf", PDF)
    return call(block, "submit", client_key="k", body=f"By {name}'s own hand.", files=[file["id"]])


def give(world: World, name: str, scores: dict[str, str]) -> dict[str, Any]:
    block = unit(world, name)
    taken = call(block, "take_review")
    assert taken["review"]["submission"]["author"] is None
    assert block.download(taken["review"]["submission"]["files"][0]["id"]).body == PDF
    written = {"review": taken["review"]["id"], "scores": scores, "comments": WORDS}
    call(block, "save_review", **written)
    return call(block, "send_review", **written, overall="Keep on.")


def test_six_learners_one_of_whom_leaves(world: World) -> None:
    for name in (*LEARNERS, LEAVER):
        assert states(hand_in(world, name))[0] == "done"
    call(unit(world, LEAVER), "take_review")  # And is never seen again.
    scores = dict(zip(LEARNERS, (BEST, BEST, BETWEEN, WORST, BETWEEN), strict=True))
    last = {}
    for _round in range(4):
        for name in LEARNERS:
            last[name] = give(world, name, scores[name])
    assert all(states(last[name])[:2] == ["done", "done"] for name in LEARNERS)
    for name in LEARNERS:
        mine = call(unit(world, name), "open_activity")["mine"]
        assert mine["reviews_received"] >= 3, name
        assert mine["result"]["settled_at"] is not None
        assert mine["result"]["points"] == pytest.approx(mine["result"]["grade"] * 20)
    assert {user for user, _block in host.GRADES} == {world.person(name).pk for name in LEARNERS}
    assert {weight for _earned, weight in host.GRADES.values()} == {20.0}
    absent = call(unit(world, LEAVER), "open_activity")["mine"]
    assert (absent["result"], absent["reviews_received"] >= 3) == (None, True)
    team = call(unit(world, "Inès", is_team=True), "oversee")
    assert (team["counts"]["submissions"], team["counts"]["settled"]) == (6, 5)
    rows = {row["person"]["name"]: row for row in team["rows"]}
    assert {name: row["state"] for name, row in rows.items()} == {
        **dict.fromkeys(LEARNERS, "settled"),
        LEAVER: "reviewed",
    }
    judged = {"submission": rows[LEAVER]["id"], "scores": BETWEEN, "comments": WORDS}
    row = call(unit(world, "Inès", is_team=True), "staff_review", **judged)["row"]
    assert (row["state"], len(host.GRADES)) == ("settled", 6)
    assert list(review.repair_activities()) == []
    told = OutboxEvent.objects.filter(type="org.peerxblock.submission.v0")
    assert told.values("aggregate").distinct().count() == 6
    assert not told.filter(body__contains="own hand").exists()
    assert [slot.sequence for slot in Slot.objects.all()] == [
        told.filter(aggregate=slot.public_id).count() for slot in Slot.objects.all()
    ]


def test_a_handler_that_is_not_atomic_leaves_no_half(world: World) -> None:
    """The LMS opens no transaction around a handler: what fails in the middle is not there."""
    hand_in(world, "Amina")
    hand_in(world, "Tomás")
    lease = call(unit(world, "Amina"), "take_review")["review"]["id"]

    def fail(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("UPDATE") and "reviewtally" in sql:
            raise RuntimeError("the power is out")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail), pytest.raises(RuntimeError):
        unit(world, "Amina").call("send_review", review=lease, scores=BEST, comments=WORDS)
    state = call(unit(world, "Amina"), "open_activity")
    assert (state["review"]["id"], state["review"]["draft"], state["mine"]["reviews_given"]) == (
        lease,
        None,
        0,
    )
    assert list(review.repair_activities()) == []


@override_settings(LANGUAGE_CODE="fr")
def test_the_same_in_french(world: World) -> None:
    hand_in(world, "Amina")
    status, answer = unit(world, "Amina").call("submit", client_key="k", body="", revision=1)
    assert (status, answer["error"]["message"]) == (400, "Il n’y a encore rien à lire dans ce texte.")
