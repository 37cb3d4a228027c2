"""What an open page learns of what came, and what asking costs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from peer_xblock.api import discussion
from peer_xblock.domain.discussion import Kind
from peer_xblock.domain.errors import NotFound
from tests.runtime import Unit

from .world import START, World

pytestmark = pytest.mark.django_db


def as_of(world: World) -> int:
    """The moment of a list that is opened now."""
    return discussion.list_threads(world.visit(world.person("Amina"))).as_of


def news(world: World, since: int) -> list[str]:
    found = discussion.watch_space(world.visit(world.person("Amina")), since=since)
    return [thread.title for thread in found.threads]


def test_nothing_is_new_where_nothing_changed(world: World) -> None:
    world.ask(world.person("Yuki"))
    world.later()
    assert news(world, as_of(world)) == []


def test_a_new_thread_and_an_old_one_with_a_reply_are_told(world: World) -> None:
    old = world.ask(world.person("Yuki"), "Old").thread.id
    world.later()
    since = as_of(world)
    world.ask(world.person("Yuki"), "New")
    world.respond(world.person("Noah"), old)
    assert news(world, since) == ["Old", "New"]


def test_each_look_goes_on_from_the_last(world: World) -> None:
    since = as_of(world)
    world.ask(world.person("Yuki"), "One")
    world.later()
    first = discussion.watch_space(world.visit(world.person("Amina")), since=since)
    world.ask(world.person("Yuki"), "Two")
    assert [t.title for t in first.threads] == ["One"]
    assert news(world, first.as_of) == ["Two"]


def test_what_is_committed_a_little_late_is_told_all_the_same(world: World) -> None:
    world.at = START + timedelta(minutes=5, seconds=8)
    since = as_of(world)
    world.at = START + timedelta(minutes=4)  # Dated a minute after that: before the look, and seen after it.
    world.ask(world.person("Yuki"), "Late")
    assert news(world, since) == ["Late"]


def test_what_happens_in_another_unit_is_no_news_here(world: World) -> None:
    since = as_of(world)
    there = world.visit(world.person("Yuki"), space=world.add_space("u2"))
    discussion.create_thread(there, client_key="k", kind=Kind.QUESTION, title="There", body="So.")
    assert news(world, since) == []


def test_much_that_happens_in_another_unit_hides_nothing_here(world: World) -> None:
    since, yuki = as_of(world), world.person("Yuki")
    world.ask(yuki, "Here")
    there = world.visit(yuki, space=world.add_space("u2"))
    for place in range(20):
        discussion.create_thread(there, client_key=f"k{place}", kind=Kind.QUESTION, title="There", body="So.")
    assert news(world, since) == ["Here"]


def test_another_groups_threads_are_no_news(db: None) -> None:
    world = World(is_divided=True)
    amina = world.in_cohort("Amina", "1")
    since = as_of(world)
    theirs = world.ask(world.in_cohort("Yuki", "2"), "Theirs").thread.id
    assert news(world, since) == []
    for look in (discussion.watch_thread, discussion.list_new_posts):
        with pytest.raises(NotFound):
            look(world.visit(amina), thread=theirs, number=0)


def test_a_thread_tells_how_many_posts_of_others_came(world: World) -> None:
    yuki = world.person("Yuki")
    thread = world.ask(yuki).thread.id
    response = world.respond(yuki, thread).post.id
    world.comment(yuki, response)
    world.respond(world.person("Amina"), thread)
    gone = world.respond(yuki, thread).post.id
    discussion.delete_post(world.visit(yuki), post=gone)
    found = discussion.watch_thread(world.visit(world.person("Amina")), thread=thread, number=0)
    assert (found.responses, found.comments, found.last_number) == (1, 1, 4)
    later = discussion.watch_thread(world.visit(world.person("Amina")), thread=thread, number=4)
    assert (later.responses, later.comments) == (0, 0)


def test_new_posts_come_as_they_were_written_twenty_at_a_time(world: World) -> None:
    yuki = world.person("Yuki")
    thread = world.ask(yuki).thread.id
    response = world.respond(yuki, thread).post.id
    for _ in range(21):
        world.comment(yuki, response)
    page = discussion.list_new_posts(world.visit(world.person("Amina")), thread=thread, number=1)
    assert [post.number for post in page.posts] == list(range(2, 22))
    assert (page.more, page.posts[0].parent, page.thread.last_number) == (True, response, 22)


def test_the_operator_sets_how_often_a_page_looks(world: World) -> None:
    visit = world.visit(world.person("Amina"))
    thread = world.ask(world.person("Yuki")).thread.id
    with override_settings(PEER_WATCH_S=30):
        assert discussion.watch_space(visit, since=0).interval_s == 30
        assert discussion.watch_thread(visit, thread=thread, number=0).interval_s == 30


def test_a_look_after_the_first_costs_one_statement(world: World) -> None:
    thread = world.ask(world.person("Yuki")).thread.id
    unit = Unit(world.person("Amina"), display_name="Discussion u1")
    since = int(world.at.timestamp()) + 60
    looks: list[tuple[str, dict[str, Any]]] = [
        ("watch_space", {"since": since}),
        ("watch_thread", {"thread": thread, "number": 0}),
    ]
    unit.call("watch_space", since=since)
    for name, values in looks:
        with CaptureQueriesContext(connection) as queries:
            assert unit.call(name, **values)[0] == 200
        assert len(queries) == 1, name


def test_a_look_does_not_open_a_block_to_those_who_are_not_signed_in(world: World) -> None:
    Unit(world.person("Amina")).call("watch_space", since=0)
    assert Unit(None).call("watch_space", since=0)[0] == 403


def test_what_one_person_may_see_is_not_kept_for_another(db: None) -> None:
    world = World(is_divided=True)
    world.ask(world.in_cohort("Yuki", "2"), "Theirs")
    units = [
        Unit(user, is_divided=True) for user in (world.in_cohort("Yuki", "2"), world.in_cohort("Amina", "1"))
    ]
    seen = [len(unit.call("watch_space", since=0)[1]["threads"]) for unit in units * 2]
    assert seen == [1, 0, 1, 0]
