"""What is kept beside the posts when two meet: notices and mails, each in a connection of its own."""

from __future__ import annotations

from functools import partial
from threading import Event

import pytest
from django.db import transaction

from peer_xblock.api import notices
from peer_xblock.models import Mail, Notice, SpaceMember

from .test_races import at_once
from .world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.databases]

# How long the first one leaves the second a chance to come between, which it must not use.
CHANCE_S = 0.5


@pytest.fixture
def world(transactional_db: None) -> World:
    return World()


def test_a_notice_that_comes_while_a_digest_is_made_is_in_it_or_wakes_the_next(world: World) -> None:
    amina, noah = world.person("Amina"), world.person("Noah")
    thread = world.ask(amina).thread.id
    world.respond(noah, thread)
    notices.note_posts(now=world.at, rng=world.rng)
    world.later(days=1)
    world.respond(noah, thread, "More.")
    noted, prepared = Event(), Event()

    def note() -> None:
        with transaction.atomic():
            notices.note_posts(now=world.at, rng=world.rng)
            noted.set()
            prepared.wait(CHANCE_S)

    def prepare() -> None:
        noted.wait(20)
        notices.prepare_mails(now=world.at, rng=world.rng)
        prepared.set()

    at_once([note, prepare])
    is_due = SpaceMember.objects.get(user=amina).mail_due_at is not None
    assert is_due or not Notice.objects.filter(user=amina, mail=None).exists()


def test_two_runs_at_once_note_a_post_once(world: World) -> None:
    world.respond(world.person("Noah"), world.ask(world.person("Amina")).thread.id)
    at_once([partial(notices.note_posts, now=world.at, rng=world.rng)] * 2)
    assert Notice.objects.count() == 1


def test_two_runs_at_once_put_a_notice_into_one_mail(world: World) -> None:
    world.respond(world.person("Noah"), world.ask(world.person("Amina")).thread.id)
    notices.note_posts(now=world.at, rng=world.rng)
    world.later(days=1)
    at_once([partial(notices.prepare_mails, now=world.at, rng=world.rng)] * 2)
    assert Mail.objects.count() == 1
