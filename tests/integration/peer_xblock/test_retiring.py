"""A retired person: what they wrote stands, and nothing says any more that it was them."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User

from peer_xblock.api import discussion, retiring
from peer_xblock.domain.flagging import Reason
from peer_xblock.models import OutboxEvent, Post, Pseudonym, ReadState, Retirement

from .world import World

pytestmark = pytest.mark.django_db


def retire(world: World, user: User) -> int:
    retiring.request_retirement(user.pk, now=world.at)
    return retiring.retire_people(now=world.at, rng=world.rng)


def test_a_retired_authors_posts_stand_without_a_name() -> None:
    world = World()
    amina, noah = world.person("Amina"), world.person("Noah")
    asked = world.ask(amina)
    discussion.create_response(world.visit(amina), client_key="r", thread=asked.thread.id, body="Found it.")
    assert retire(world, amina) == 2
    opened = discussion.get_thread(world.visit(noah), thread=asked.thread.id)
    assert [post.author.kind for post in (opened.opening, *opened.responses)] == ["former", "former"]
    assert opened.responses[0].html == "<p>Found it.</p>\n"
    assert not opened.opening.is_own


def test_the_bridge_is_told_of_each_post_and_names_nobody() -> None:
    world = World()
    amina = world.person("Amina")
    world.ask(amina)
    retire(world, amina)
    newest = OutboxEvent.objects.order_by("-sequence")[0]
    assert json.loads(newest.body)["data"]["author"] == {"kind": "named", "name": "", "subject": None}
    assert "Amina" not in newest.body


def test_a_pseudonym_stays_and_belongs_to_nobody() -> None:
    world = World(anonymity="learners")
    amina = world.person("Amina")
    asked = world.ask(amina, anonymous=True)
    name = Pseudonym.objects.get().name
    retire(world, amina)
    opened = discussion.get_thread(world.visit(world.staff("Jo")), thread=asked.thread.id)
    assert (opened.opening.author.name, opened.opening.author.real_name) == (name, None)
    assert Pseudonym.objects.get().author_id is None


def test_what_one_judged_and_read_is_forgotten() -> None:
    world = World()
    amina, ines = world.person("Amina"), world.facilitator("Inès")
    asked = world.ask(amina)
    reply = discussion.create_response(world.visit(amina), client_key="r", thread=asked.thread.id, body="So.")
    discussion.endorse(world.visit(ines), post=reply.post.id, on=True)
    discussion.edit_post(world.visit(ines), post=reply.post.id, revision=1, body="So it is.")
    discussion.mark_read(world.visit(ines), thread=asked.thread.id, number=1)
    assert retire(world, ines) == 0
    post = Post.objects.get(public_id=reply.post.id)
    assert (post.endorsed_by_id, post.editor_id, post.endorsed_at is None) == (None, None, False)
    assert not ReadState.objects.filter(user=ines).exists()


def test_what_one_said_in_a_report_is_forgotten() -> None:
    world = World()
    post, noah = world.ask(world.person("Amina")).thread.id, world.person("Noah")
    discussion.flag_post(world.visit(noah), post=post, reason=Reason.OTHER, words="She is my neighbour.")
    retire(world, noah)
    flags = discussion.get_flags(world.visit(world.facilitator("Inès")), post=post)
    assert [(flag.reason, flag.words) for flag in flags.all] == [("other", "")]


def test_it_is_done_in_steps_that_can_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retiring, "STEP", 2)
    world = World()
    amina = world.person("Amina")
    for number in range(3):
        world.ask(amina, f"Question {number}")
    assert retire(world, amina) == 2
    assert Retirement.objects.get().done_at is None
    assert retiring.retire_people(now=world.at, rng=world.rng) == 1
    assert Retirement.objects.get().done_at == world.at
    assert retiring.retire_people(now=world.at, rng=world.rng) == 0


def test_asked_again_it_takes_what_was_written_since() -> None:
    world = World()
    amina = world.person("Amina")
    retire(world, amina)
    world.ask(amina)
    assert retire(world, amina) == 1
    assert Retirement.objects.get().done == 1
