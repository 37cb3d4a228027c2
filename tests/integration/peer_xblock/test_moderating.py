"""Threads that are pinned, closed and opened again."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from peer_xblock.api import discussion
from peer_xblock.api.discussion.listing import Sort
from peer_xblock.domain.discussion import ChangedPost
from peer_xblock.domain.errors import Closed, Forbidden, NotFound, PreviewOnly
from peer_xblock.models import OutboxEvent, Thread

from .world import World, everything_stored

pytestmark = pytest.mark.django_db
Act = Callable[..., ChangedPost]
ACTS = pytest.mark.parametrize("act", [discussion.pin_thread, discussion.close_thread])


def titles(world: World, sort: Sort = Sort.ACTIVITY) -> list[str]:
    page = discussion.list_threads(world.visit(world.person("Yuki")), sort=sort)
    return [thread.title for thread in page.threads]


def newest_event() -> dict[str, object]:
    body = OutboxEvent.objects.order_by("-sequence").values_list("body", flat=True)[0]
    thread: dict[str, object] = json.loads(body)["data"]["thread"]
    return thread


@pytest.mark.parametrize("sort", [Sort.ACTIVITY, Sort.VOTES])
def test_a_pinned_thread_leads_until_it_is_unpinned(world: World, sort: Sort) -> None:
    asked = world.ask(world.person("Amina"), "Old").thread.id
    new = world.ask(world.person("Amina"), "New").thread.id
    discussion.vote(world.visit(world.person("Noah")), post=new, on=True)
    visit = world.visit(world.facilitator("Inès"))
    assert discussion.pin_thread(visit, thread=asked, on=True).thread.is_pinned
    assert titles(world, sort) == ["Old", "New"]
    discussion.pin_thread(visit, thread=asked, on=False)
    assert titles(world, sort) == ["New", "Old"]


def test_a_pinned_thread_stays_first_when_others_become_active(world: World) -> None:
    yuki = world.person("Yuki")
    pinned, other = (world.ask(yuki, title).thread.id for title in ("Pinned", "Other"))
    discussion.pin_thread(world.visit(world.staff("Marta")), thread=pinned, on=True)
    world.respond(yuki, other)
    assert titles(world) == ["Pinned", "Other"]
    world.respond(yuki, pinned)
    assert titles(world) == ["Pinned", "Other"]


def test_a_closed_thread_takes_posts_of_moderators_only_until_it_is_opened_again(world: World) -> None:
    yuki, ines = world.person("Yuki"), world.facilitator("Inès")
    thread = world.ask(yuki).thread.id
    response = world.respond(yuki, thread).post.id
    assert discussion.close_thread(world.visit(ines), thread=thread, on=True).thread.state == "closed"
    with pytest.raises(Closed):
        world.respond(yuki, thread)
    with pytest.raises(Closed):
        world.comment(yuki, response)
    with pytest.raises(Forbidden):
        discussion.edit_post(world.visit(yuki), post=response, revision=1, body="Later.")
    world.respond(ines, thread)
    assert discussion.close_thread(world.visit(ines), thread=thread, on=False).thread.state == "open"
    world.respond(yuki, thread)


def test_nobody_waits_for_an_answer_in_a_closed_question(world: World) -> None:
    thread = world.ask(world.person("Amina"), "Open").thread.id
    visit = world.visit(world.facilitator("Inès"))
    discussion.close_thread(visit, thread=thread, on=True)
    assert titles(world, Sort.UNANSWERED) == []
    world.respond(world.facilitator("Inès"), thread)
    discussion.close_thread(visit, thread=thread, on=False)
    assert titles(world, Sort.UNANSWERED) == ["Open"]


def test_a_question_that_was_answered_while_closed_is_not_unanswered_again(world: World) -> None:
    thread = world.ask(world.person("Amina")).thread.id
    response = world.respond(world.person("Yuki"), thread).post.id
    visit = world.visit(world.facilitator("Inès"))
    discussion.close_thread(visit, thread=thread, on=True)
    discussion.accept_answer(visit, post=response, on=True)
    reopened = discussion.close_thread(visit, thread=thread, on=False)
    assert reopened.thread.state == "answered"
    assert titles(world, Sort.UNANSWERED) == []


@ACTS
def test_learners_do_neither_not_even_to_their_own_thread(world: World, act: Act) -> None:
    amina = world.person("Amina")
    thread = world.ask(amina).thread.id
    before = everything_stored()
    with pytest.raises(Forbidden) as refused:
        act(world.visit(amina), thread=thread, on=True)
    assert refused.value.field == "thread"
    assert everything_stored() == before


@ACTS
def test_a_preview_does_neither(world: World, act: Act) -> None:
    thread = world.ask(world.person("Amina")).thread.id
    with pytest.raises(PreviewOnly):
        act(world.visit(world.staff("Marta"), is_preview=True), thread=thread, on=True)


@ACTS
def test_a_post_that_is_no_opening_is_no_thread(world: World, act: Act) -> None:
    yuki = world.person("Yuki")
    response = world.respond(yuki, world.ask(yuki).thread.id).post.id
    with pytest.raises(NotFound):
        act(world.visit(world.staff("Marta")), thread=response, on=True)


@ACTS
def test_a_repeat_changes_nothing_and_sends_nothing(world: World, act: Act) -> None:
    thread = world.ask(world.person("Amina")).thread.id
    visit = world.visit(world.staff("Marta"))
    first = act(visit, thread=thread, on=True)
    before = everything_stored()
    assert act(visit, thread=thread, on=True) == first
    assert everything_stored() == before


def test_each_change_is_an_event_with_the_threads_state(world: World) -> None:
    thread = world.ask(world.person("Amina")).thread.id
    visit = world.visit(world.facilitator("Inès"))
    for act, on in (
        (discussion.pin_thread, True),
        (discussion.close_thread, True),
        (discussion.pin_thread, False),
    ):
        act(visit, thread=thread, on=on)
        stored = Thread.objects.get()
        sent = newest_event()
        assert (sent["pinned"], sent["closed"]) == (stored.is_pinned, stored.is_closed)
    assert OutboxEvent.objects.count() == 4


def test_a_removed_thread_stays_out_of_the_listings_when_it_is_pinned(world: World) -> None:
    thread = world.ask(world.person("Amina")).thread.id
    visit = world.visit(world.facilitator("Inès"))
    discussion.delete_post(visit, post=thread)
    discussion.pin_thread(visit, thread=thread, on=True)
    assert titles(world) == []


def test_what_a_viewer_may_do_stands_at_the_thread(world: World) -> None:
    thread = world.ask(world.person("Amina")).thread.id
    for user, may in ((world.person("Amina"), False), (world.facilitator("Inès"), True)):
        can = discussion.get_thread(world.visit(user), thread=thread).thread.can
        assert (can.pin, can.close) == (may, may)
