"""Announcements: by the course team, pinned, for everybody, without an accepted answer."""

from __future__ import annotations

import json

import pytest

from peer_xblock.api import discussion
from peer_xblock.domain.discussion import Kind
from peer_xblock.domain.errors import Forbidden, Invalid
from peer_xblock.models import OutboxEvent, Thread

from .world import World

pytestmark = pytest.mark.django_db


def test_an_announcement_is_pinned_and_its_kind_is_told_to_the_bridge(world: World) -> None:
    made = world.ask(world.staff("Jo"), kind=Kind.ANNOUNCEMENT)
    assert (made.thread.state, made.thread.is_pinned) == ("announcement", True)
    told = json.loads(OutboxEvent.objects.get().body)["data"]["thread"]
    assert (told["kind"], told["pinned"]) == ("announcement", True)


def test_it_leads_the_list_and_waits_for_no_answer(world: World) -> None:
    made = world.ask(world.staff("Jo"), kind=Kind.ANNOUNCEMENT)
    world.ask(world.person("Amina"))
    visit = world.visit(world.person("Amina"))
    assert discussion.list_threads(visit).threads[0].id == made.thread.id
    assert Thread.objects.get(public_id=made.thread.id).key_unanswered is None


@pytest.mark.parametrize("who", ["learner", "facilitator"])
def test_only_the_course_team_announces(world: World, who: str) -> None:
    user = world.person("Amina") if who == "learner" else world.facilitator("Inès")
    with pytest.raises(Forbidden) as refused:
        world.ask(user, kind=Kind.ANNOUNCEMENT)
    assert refused.value.field == "kind"
    assert "announcement" not in discussion.list_threads(world.visit(user)).space.kinds


def test_a_response_to_it_is_never_the_accepted_answer(world: World) -> None:
    made = world.ask(world.staff("Jo"), kind=Kind.ANNOUNCEMENT)
    response = world.respond(world.person("Amina"), made.thread.id).post.id
    with pytest.raises(Forbidden):
        discussion.accept_answer(world.visit(world.staff("Jo")), post=response, on=True)


def test_it_is_for_all_groups_and_asks_nobody_to_answer_first(db: None) -> None:
    world = World(is_divided=True, options={"answer_first": "all"})
    jo = world.in_cohort("Jo", "3")
    made = world.ask(world.staff("Jo"), kind=Kind.ANNOUNCEMENT)
    assert (made.thread.audience.kind, made.thread.answer_first) == ("course", False)
    assert jo.pk == Thread.objects.get().posts.get().author_id
    assert list(discussion.repair_counters(world.reload())) == []


def test_it_is_made_by_name(db: None) -> None:
    world = World(anonymity="staff")
    with pytest.raises(Invalid) as refused:
        world.ask(world.staff("Jo"), kind=Kind.ANNOUNCEMENT, anonymous=True)
    assert refused.value.field == "anonymous"
