"""What is kept beside the posts when two meet: notices, mails, pictures, drafts; each in a connection of its own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from django.db import transaction
from django.test import override_settings

from peer_xblock.api import drafts, notices, pictures
from peer_xblock.domain.drafts import DraftView, StaleDraft
from peer_xblock.models import Mail, Notice, Picture, SpaceMember

from .test_pictures import markdown, upload
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


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=str(tmp_path)):
        yield


def test_a_picture_that_is_posted_while_old_drafts_are_removed_is_in_the_post(
    world: World, storage: None
) -> None:
    amina = world.person("Amina")
    picture = upload(world, amina)
    world.later(days=91)
    posted, removed = Event(), Event()

    def post() -> None:
        with transaction.atomic():
            world.ask(amina, body=markdown(picture))
            posted.set()
            removed.wait(CHANCE_S)

    def remove() -> None:
        posted.wait(20)
        pictures.remove_unused_pictures(now=world.at)
        removed.set()

    at_once([post, remove])
    assert Picture.objects.get().post is not None


def test_two_devices_that_begin_a_draft_at_once_both_know_which_one_stands(world: World) -> None:
    visit = world.visit(world.person("Amina"))
    kept, refused = sorted(
        at_once(
            partial(drafts.save_draft, visit, place="thread", base=0, body=body) for body in ("One", "Two")
        ),
        key=lambda result: isinstance(result, StaleDraft),
    )
    assert isinstance(kept, DraftView)
    assert isinstance(refused, StaleDraft)
    assert kept.draft is not None
    assert refused.details["current"].draft == kept.draft


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
