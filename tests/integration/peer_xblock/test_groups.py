"""A divided space: each cohort reads and writes its own threads, and what was written for everyone."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module

import pytest
from django.apps import apps

from peer_xblock.api import discussion
from peer_xblock.domain.errors import NotFound
from peer_xblock.models import GroupTally, OutboxEvent, Space

from .world import World, everything_stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def divided(db: None) -> World:
    return World(is_divided=True)


def titles(world: World, name: str) -> set[str]:
    return {t.title for t in discussion.list_threads(world.visit(world.person(name))).threads}


def test_a_cohort_reads_its_own_and_what_is_for_everyone(divided: World) -> None:
    divided.ask(divided.in_cohort("Amina", "1"), "Of one")
    divided.ask(divided.in_cohort("Yuki", "2"), "Of two")
    divided.ask(divided.staff("Jo"), "For all")
    divided.person("Noah")
    assert titles(divided, "Amina") == {"Of one", "For all"}
    assert titles(divided, "Yuki") == {"Of two", "For all"}
    assert titles(divided, "Noah") == {"For all"}
    divided.facilitator("Inès")
    assert titles(divided, "Inès") == titles(divided, "Jo") == {"Of one", "Of two", "For all"}


def counted(world: World, name: str) -> int:
    return discussion.list_threads(world.visit(world.person(name))).space.thread_count


def test_the_list_counts_what_its_reader_may_read_and_no_other_groups_threads(divided: World) -> None:
    gone = divided.ask(divided.in_cohort("Amina", "1"), "Of one").thread.id
    divided.ask(divided.person("Amina"), "Of one as well")
    divided.in_cohort("Yuki", "2")
    assert [counted(divided, name) for name in ("Amina", "Yuki", "Noah")] == [2, 0, 0]
    divided.ask(divided.staff("Jo"), "For all")
    assert [counted(divided, name) for name in ("Amina", "Yuki", "Noah", "Jo")] == [3, 1, 1, 3]
    discussion.delete_post(divided.visit(divided.person("Amina")), post=gone)
    assert [counted(divided, name) for name in ("Amina", "Yuki", "Noah", "Jo")] == [2, 1, 1, 2]
    assert list(discussion.repair_counters(divided.space)) == []


def test_a_wrong_count_of_a_group_is_repaired(divided: World) -> None:
    divided.ask(divided.in_cohort("Amina", "1"))
    GroupTally.objects.update(thread_count=7)
    GroupTally.objects.create(space=divided.space, group_id="cohort:9", thread_count=2)
    assert list(discussion.repair_counters(divided.space)) == [divided.space.public_id]
    assert dict(GroupTally.objects.values_list("group_id", "thread_count")) == {"cohort:1": 1, "cohort:9": 0}
    assert counted(divided, "Amina") == 1


def test_groups_are_counted_for_what_was_there_before(divided: World) -> None:
    divided.ask(divided.in_cohort("Amina", "1"))
    divided.ask(divided.staff("Jo"))
    GroupTally.objects.all().delete()
    Space.objects.update(grouped_count=0)
    import_module("peer_xblock.migrations.0077_fill_group_tallies").fill_group_tallies(apps, None)
    assert [counted(divided, name) for name in ("Amina", "Noah")] == [2, 1]


def test_a_threads_audience_names_its_cohort(divided: World) -> None:
    asked = divided.ask(divided.in_cohort("Amina", "1"))
    assert (asked.thread.audience.kind, asked.thread.audience.group) == ("group", "Cohort 1")
    event = json.loads(OutboxEvent.objects.get().body)["data"]
    assert event["audience"] == {"kind": "group", "id": "cohort:1", "name": "Cohort 1"}
    assert event["post"]["html"] != ""


def test_what_is_for_another_cohort_is_not_there_for_any_call(divided: World) -> None:
    amina = divided.in_cohort("Amina", "1")
    thread = divided.ask(amina).thread.id
    response = divided.respond(amina, thread).post.id
    yuki = divided.in_cohort("Yuki", "2")
    before = everything_stored()
    visit = divided.visit(yuki)
    calls: list[Callable[[], object]] = [
        lambda: discussion.get_thread(visit, thread=thread),
        lambda: discussion.mark_read(visit, thread=thread, number=1),
        lambda: discussion.locate(visit, post=response),
        lambda: discussion.list_comments(visit, post=response),
        lambda: discussion.get_history(visit, post=response),
        lambda: discussion.get_source(visit, post=response),
        lambda: discussion.create_response(visit, client_key="k", thread=thread, body="x"),
        lambda: discussion.create_comment(visit, client_key="k", response=response, body="x"),
        lambda: discussion.edit_post(visit, post=response, revision=1, body="x"),
        lambda: discussion.delete_post(visit, post=response),
        lambda: discussion.restore_post(visit, post=response),
        lambda: discussion.vote(visit, post=response, on=True),
        lambda: discussion.accept_answer(visit, post=response, on=True),
        lambda: discussion.endorse(visit, post=response, on=True),
    ]
    for call in calls:
        with pytest.raises(NotFound):
            call()
    assert everything_stored() == before


def test_who_was_moved_to_another_cohort_reads_that_one(divided: World) -> None:
    amina = divided.in_cohort("Amina", "1")
    divided.ask(amina, "Of one")
    amina.groups.clear()
    divided.in_cohort("Amina", "2")
    assert titles(divided, "Amina") == set()


def test_an_undivided_space_knows_no_cohorts(world: World) -> None:
    asked = world.ask(world.in_cohort("Amina", "1"), "For all")
    world.in_cohort("Yuki", "2")
    assert asked.thread.audience.kind == "course"
    assert titles(world, "Yuki") == {"For all"}


def test_what_a_cohort_wrote_stays_its_own_when_the_division_is_given_up() -> None:
    world = World(is_divided=True)
    lea, noah = world.in_cohort("Léa", "1"), world.in_cohort("Noah", "2")
    asked = world.ask(lea, "Ours alone")
    world.add_space("u1", is_divided=False)
    assert [t.id for t in discussion.list_threads(world.visit(lea)).threads] == [asked.thread.id]
    assert discussion.list_threads(world.visit(noah)).threads == ()
    assert world.ask(lea, "For all").thread.audience.kind == "course"
