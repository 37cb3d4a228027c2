"""A thread's tags: chosen while asking, changed by an edit, a filter of the search."""

from __future__ import annotations

from typing import Any

import pytest

from peer_xblock.api import discussion
from peer_xblock.domain.discussion import Kind
from peer_xblock.domain.errors import Invalid
from peer_xblock.domain.searching import ThreadQuery
from peer_xblock.domain.tags import LONGEST, MOST
from peer_xblock.models import OutboxEvent, PostVersion, Thread

from .world import World

pytestmark = pytest.mark.django_db


def ask(world: World, *tags: str) -> Any:
    world.later()
    return discussion.create_thread(
        world.visit(world.person("Amina")),
        client_key=world.key(),
        kind=Kind.QUESTION,
        title="What is a median?",
        body="Text.",
        tags=tags,
    ).thread


def found(world: World, tag: str) -> list[str]:
    page = discussion.search_threads(world.visit(world.person("Noah")), ThreadQuery(tag=tag))
    return [one.thread.id for one in page.threads]


def test_tags_are_kept_in_lower_case_and_once(world: World) -> None:
    asked = ask(world, " Sample  Size", "#Médiane", "sample size", "")
    assert asked.tags == ("sample size", "médiane")
    (listed,) = discussion.list_threads(world.visit(world.person("Noah"))).threads
    assert listed.tags == asked.tags


@pytest.mark.parametrize("tags", [[f"t{n}" for n in range(MOST + 1)], ["x" * (LONGEST + 1)], ["a,b"]])
def test_tags_that_cannot_be_kept_are_refused(world: World, tags: list[str]) -> None:
    with pytest.raises(Invalid):
        ask(world, *tags)


def test_the_longest_tags_fit_their_column(world: World) -> None:
    tags = tuple(f"{number}" * LONGEST for number in range(MOST))
    assert ask(world, *tags).tags == tags


def test_an_edit_changes_the_tags_without_a_new_version(world: World) -> None:
    asked = ask(world, "mean")
    amina = world.visit(world.person("Amina"))
    source = discussion.get_source(amina, post=asked.id)
    assert source.tags == ("mean",)
    changed = discussion.edit_post(
        amina, post=asked.id, revision=1, title=source.title, body=source.source, tags=["median"]
    )
    assert (changed.thread.tags, changed.post.revision) == (("median",), 1)
    assert not PostVersion.objects.exists()
    assert OutboxEvent.objects.count() == Thread.objects.get().sequence


def test_an_edit_that_says_nothing_of_tags_leaves_them(world: World) -> None:
    asked = ask(world, "mean")
    changed = discussion.edit_post(world.visit(world.person("Amina")), post=asked.id, revision=1, body="New.")
    assert changed.thread.tags == ("mean",)


def test_a_removed_opening_takes_its_tags_along_until_it_is_back(world: World) -> None:
    asked, amina = ask(world, "statistics").id, world.person("Amina")
    world.respond(world.person("Noah"), asked)
    removed = discussion.delete_post(world.visit(amina), post=asked)
    assert removed.thread.tags == ()
    assert discussion.restore_post(world.visit(amina), post=asked).thread.tags == ("statistics",)


def test_threads_are_found_by_a_tag(world: World) -> None:
    asked = ask(world, "sample size").id
    ask(world, "sample")
    assert found(world, "Sample Size") == [asked]
    discussion.edit_post(world.visit(world.person("Amina")), post=asked, revision=1, body="Text.", tags=[])
    assert found(world, "sample size") == []
