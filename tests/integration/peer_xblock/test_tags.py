"""A thread's tags: chosen while asking, changed by an edit, a filter of the search."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from peer_xblock.api import discussion, drafts
from peer_xblock.domain.discussion import Kind
from peer_xblock.domain.errors import Invalid, TooLarge
from peer_xblock.domain.searching import ThreadQuery
from peer_xblock.domain.tags import LONGEST, MOST
from peer_xblock.models import OutboxEvent, PostVersion, Thread

from .world import World

pytestmark = pytest.mark.django_db
SCHEMA = Path(__file__).parents[3] / "docs/events/post.v0.schema.json"


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


def suggested(world: World, text: str = "", who: str = "Noah") -> list[tuple[str, int]]:
    found = discussion.suggest_tags(world.visit(world.person(who)), text=text)
    return [(one.tag, one.count) for one in found.tags]


def test_the_tags_that_a_space_uses_most_are_suggested_first(world: World) -> None:
    for tags in (["mean"], ["médiane", "mean"], ["sample size"], ["mean", "variance"]):
        ask(world, *tags)
    assert suggested(world)[0] == ("mean", 3)
    assert suggested(world, "Med") == [("médiane", 1)]
    assert suggested(world, "size") == [("sample size", 1)]
    assert suggested(world, "x") == []


def test_tags_of_what_one_may_not_read_or_of_what_is_gone_are_not_suggested() -> None:
    world = World(is_divided=True)
    world.in_cohort("Amina", "3")
    world.in_cohort("Noah", "4")
    asked = ask(world, "secret")
    assert (suggested(world), suggested(world, who="Amina")) == ([], [("secret", 1)])
    discussion.delete_post(world.visit(world.person("Amina")), post=asked.id)
    assert suggested(world, who="Amina") == []


def test_an_event_has_the_tags_of_its_thread_and_none_where_there_are_none(world: World) -> None:
    asked = ask(world, "mean", "sample size")
    told = json.loads(OutboxEvent.objects.latest("pk").body)
    Draft202012Validator(json.loads(SCHEMA.read_text())).validate(told)
    assert told["data"]["thread"]["tags"] == ["mean", "sample size"]
    Thread.objects.update(audience="staff")
    world.respond(world.person("Noah"), asked.id)
    assert "tags" not in json.loads(OutboxEvent.objects.latest("pk").body)["data"]["thread"]


def test_a_draft_brings_its_tags_to_another_device(world: World) -> None:
    visit = world.visit(world.person("Amina"))
    drafts.save_draft(visit, place="thread", base=0, body="Half", tags="mean, sam")
    kept = drafts.get_draft(visit, place="thread").draft
    assert kept is not None
    assert kept.tags == "mean, sam"
    with pytest.raises(TooLarge):
        drafts.save_draft(visit, place="thread", base=1, body="Half", tags="x" * 201)
