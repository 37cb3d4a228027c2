"""The whole course's threads from one of its discussions: what the reader may open, and nothing else."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from peer_xblock.api import discussion, spaces
from peer_xblock.api.discussion.listing import CourseSort
from peer_xblock.domain.discussion import Kind
from peer_xblock.domain.spaces import SpaceKind
from peer_xblock.models import Space

from .world import World

pytestmark = pytest.mark.django_db


def ask_in(world: World, user: User, space: Space, title: str) -> str:
    world.later()
    visit = world.visit(user, space=space)
    made = discussion.create_thread(
        visit, client_key=world.key(), kind=Kind.QUESTION, title=title, body="So?"
    )
    return made.thread.id


def listed(world: World, user: User, *, sort: CourseSort = CourseSort.ACTIVITY) -> list[str]:
    """The titles of all pages of two."""
    found, cursor = [], None
    while True:
        page = discussion.list_course(world.visit(user), sort=sort, cursor=cursor, limit=2)
        found += [entry.thread.title for entry in page.threads]
        cursor = page.next
        if cursor is None:
            return found


def test_all_discussions_of_the_course_come_the_latest_first(world: World) -> None:
    amina, noah = world.person("Amina"), world.person("Noah")
    other = world.add_space("u2")
    world.ask(amina, "Here")
    there = ask_in(world, amina, other, "There")
    world.ask(amina, "Here again")
    ask_in(world, amina, world.add_space("u1", course="course-v1:Peer+DL102+2026"), "Another course")
    assert listed(world, noah) == ["Here again", "There", "Here"]
    discussion.vote(world.visit(noah, space=other), post=there, on=True)
    assert listed(world, noah, sort=CourseSort.VOTES)[0] == "There"


def test_each_thread_names_its_discussion(world: World) -> None:
    amina = world.person("Amina")
    world.ask(amina, "Here")
    ask_in(world, amina, world.add_space("u2"), "There")
    page = discussion.list_course(world.visit(amina))
    assert [(entry.space, entry.is_here) for entry in page.threads] == [
        ("Discussion u2", False),
        ("Discussion u1", True),
    ]


def test_what_one_may_not_open_is_not_there(world: World) -> None:
    amina = world.person("Amina")
    closed = world.add_space("u2")
    ask_in(world, amina, closed, "Not released")
    amina.groups.create(name=f"locked|{closed.usage_key}")
    assert listed(world, amina) == []
    assert listed(world, world.person("Noah")) == ["Not released"]


def test_an_archived_discussion_is_not_there(world: World) -> None:
    amina = world.person("Amina")
    ask_in(world, amina, world.add_space("u2"), "Gone")
    kept = spaces.SpaceSettings(
        kind=SpaceKind.DISCUSSION,
        usage_key=world.space.usage_key,
        context_key=world.space.context.key,
        title="",
    )
    spaces.sync_spaces(world.space.context.key, [kept], now=world.at, rng=world.rng)
    assert listed(world, amina) == []


def test_another_groups_threads_are_not_there_whichever_block_one_asks_from(world: World) -> None:
    divided = world.add_space("u2", is_divided=True)
    ask_in(world, world.in_cohort("Amina", "1"), divided, "Of one")
    assert listed(world, world.in_cohort("Yuki", "2")) == []
    assert listed(world, world.person("Amina")) == listed(world, world.staff("Jo")) == ["Of one"]


def test_an_anonymous_author_stays_so(world: World) -> None:
    hidden = world.add_space("u2", anonymity="learners")
    amina = world.person("Amina")
    discussion.create_thread(
        world.visit(amina, space=hidden),
        client_key="k",
        kind=Kind.QUESTION,
        title="Mine",
        body="x",
        anonymous=True,
    )
    (entry,) = discussion.list_course(world.visit(world.person("Noah"))).threads
    assert entry.thread.author.kind == "anonymous"
    assert entry.thread.author.name != "Amina"
