"""Threads whose kind and tags the team changes."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from peer_xblock.api import discussion
from peer_xblock.api.discussion.listing import Sort
from peer_xblock.domain.discussion import ChangedPost, Kind
from peer_xblock.domain.errors import Forbidden, Invalid
from peer_xblock.domain.organising import Action
from peer_xblock.models import OutboxEvent, Thread

from .world import World, everything_stored

pytestmark = pytest.mark.django_db
Change = Callable[..., ChangedPost]


def listed(world: World, *, sort: Sort = Sort.ACTIVITY) -> list[str]:
    page = discussion.list_threads(world.visit(world.person("Yuki")), sort=sort)
    return [thread.title for thread in page.threads]


def last_thread_told() -> dict[str, object]:
    body = OutboxEvent.objects.order_by("-pk").values_list("body", flat=True)[0]
    told: dict[str, object] = json.loads(body)["data"]["thread"]
    return told


def test_a_question_that_becomes_a_discussion_moves_in_all_listings_and_is_told(world: World) -> None:
    thread = world.ask(world.person("Amina"), "Coffee?").thread.id
    ines = world.visit(world.facilitator("Inès"))
    discussion.convert_thread(ines, thread=thread, kind=Kind.DISCUSSION)
    assert (listed(world), listed(world, sort=Sort.UNANSWERED)) == (["Coffee?"], [])
    assert last_thread_told()["kind"] == "discussion"
    discussion.convert_thread(ines, thread=thread, kind=Kind.QUESTION)
    assert listed(world, sort=Sort.UNANSWERED) == ["Coffee?"]


def test_what_is_no_question_any_more_has_no_accepted_answer(world: World) -> None:
    amina = world.person("Amina")
    thread = world.ask(amina).thread.id
    answer = world.respond(world.person("Yuki"), thread).post.id
    discussion.accept_answer(world.visit(amina), post=answer, on=True)
    changed = discussion.convert_thread(
        world.visit(world.facilitator("Inès")), thread=thread, kind=Kind.DISCUSSION
    )
    assert (changed.thread.state, changed.thread.answered_by) == ("discussion", None)
    assert list(discussion.repair_counters(world.reload())) == []


def test_the_course_team_announces_what_it_wrote_by_name(world: World) -> None:
    marta = world.staff("Marta")
    thread = world.ask(marta, kind=Kind.DISCUSSION).thread.id
    discussion.convert_thread(world.visit(marta), thread=thread, kind=Kind.ANNOUNCEMENT)
    assert listed(world) == ["Why?"]
    assert not Thread.objects.get().is_prompt
    with pytest.raises(Forbidden):
        discussion.convert_thread(world.visit(world.facilitator("Inès")), thread=thread, kind=Kind.DISCUSSION)


def test_a_learners_thread_is_never_an_announcement(world: World) -> None:
    thread = world.ask(world.person("Amina")).thread.id
    with pytest.raises(Invalid):
        discussion.convert_thread(world.visit(world.staff("Marta")), thread=thread, kind=Kind.ANNOUNCEMENT)


def test_a_groups_thread_is_never_an_announcement() -> None:
    world = World(is_divided=True)
    world.in_cohort("Marta", "3")
    marta = world.staff("Marta")
    thread = world.ask(marta).thread.id
    with pytest.raises(Invalid):
        discussion.convert_thread(world.visit(marta), thread=thread, kind=Kind.ANNOUNCEMENT)


def test_an_announcement_that_is_one_no_more_follows_the_spaces_answer_first() -> None:
    world = World(options={"answer_first": "team"})
    marta = world.staff("Marta")
    thread = world.ask(marta, kind=Kind.ANNOUNCEMENT).thread.id
    world.respond(world.person("Yuki"), thread)
    changed = discussion.convert_thread(world.visit(marta), thread=thread, kind=Kind.QUESTION)
    assert changed.thread.answer_first
    assert discussion.get_thread(world.visit(world.person("Noah")), thread=thread).thread.answers_hidden


def test_new_tags_take_the_place_of_the_old_ones(world: World) -> None:
    thread = world.ask(world.person("Amina")).thread.id
    visit = world.visit(world.facilitator("Inès"))
    discussion.retag_thread(visit, thread=thread, tags=["Week 2", "mean"])
    changed = discussion.retag_thread(visit, thread=thread, tags=["#Spread"])
    assert changed.thread.tags == ("spread",)
    assert changed.post.revision == 1


@pytest.mark.parametrize(
    ("change", "values"),
    [(discussion.convert_thread, {"kind": Kind.DISCUSSION}), (discussion.retag_thread, {"tags": ["x"]})],
)
def test_a_repeat_changes_nothing_and_learners_change_nothing(
    world: World, change: Change, values: dict[str, object]
) -> None:
    amina, marta = world.person("Amina"), world.staff("Marta")
    thread = world.ask(amina).thread.id
    before = everything_stored()
    with pytest.raises(Forbidden):
        change(world.visit(amina), thread=thread, **values)
    assert everything_stored() == before
    first = change(world.visit(marta), thread=thread, **values)
    before = everything_stored()
    assert change(world.visit(marta), thread=thread, **values) == first
    assert everything_stored() == before


@pytest.mark.parametrize("action", [Action.PIN, Action.CLOSE, Action.REMOVE, Action.TAG, Action.MOVE])
def test_what_is_done_to_several_threads_is_taken_back_by_one_call(world: World, action: Action) -> None:
    threads = [world.ask(world.person("Amina"), f"Thread {n}").thread.id for n in range(3)]
    visit = world.visit(world.staff("Marta"))
    before = listed(world)
    elsewhere = world.add_space("u2").public_id
    more: dict[str, Any] = {Action.TAG: {"tag": "mean"}, Action.MOVE: {"to": elsewhere}}.get(action, {})
    first = discussion.moderate_threads(visit, threads=threads[:1], action=action, **more)
    both = discussion.moderate_threads(visit, threads=threads[:2], action=action, **more)
    assert (first.changed, both.changed) == ((threads[0],), (threads[1],))
    back: dict[str, Any] = {"to": world.space.public_id} if action is Action.MOVE else {**more, "on": False}
    undone = discussion.moderate_threads(visit, threads=threads[:2], action=action, **back)
    assert (len(undone.changed), undone.refused) == (2, 0)
    assert listed(world) == before
    assert list(discussion.repair_counters(world.reload())) == []


def test_of_several_threads_each_is_changed_for_itself(world: World) -> None:
    full, free = (world.ask(world.person("Amina"), title).thread.id for title in ("Full", "Free"))
    visit = world.visit(world.facilitator("Inès"))
    discussion.retag_thread(visit, thread=full, tags=["a", "b", "c", "d", "e"])
    done = discussion.moderate_threads(visit, threads=[full, free], action=Action.TAG, tag="f")
    assert (done.changed, done.refused) == ((free,), 1)
    with pytest.raises(Invalid):
        discussion.moderate_threads(visit, threads=[full], action=Action.TAG, tag="f")
    with pytest.raises(Forbidden):
        discussion.moderate_threads(world.visit(world.person("Amina")), threads=[free], action=Action.PIN)
