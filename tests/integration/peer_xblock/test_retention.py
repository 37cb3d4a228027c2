"""Texts go when they should: a planted string is searched for in every table of the app."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.core import serializers

from peer_xblock.api import discussion
from peer_xblock.api.relay import blank_sent
from peer_xblock.domain.errors import Forbidden
from peer_xblock.domain.flagging import Reason
from peer_xblock.models import OutboxEvent, Post

from .world import World

pytestmark = pytest.mark.django_db
PLANTED = "zanzibar"


def stores() -> set[str]:
    """The tables that hold the planted string."""
    models = apps.get_app_config("peer_xblock").get_models()
    return {m.__name__ for m in models if PLANTED in serializers.serialize("json", m.objects.all())}  # type: ignore[attr-defined]  # each has a manager


def remove_a_post() -> World:
    world = World()
    amina = world.person("Amina")
    asked = world.ask(amina, f"Title {PLANTED}", f"Body {PLANTED}")
    discussion.edit_post(
        world.visit(amina),
        post=asked.thread.id,
        revision=1,
        body=f"Again {PLANTED}",
        title=PLANTED,
        tags=[PLANTED],
    )
    discussion.flag_post(
        world.visit(world.person("Noah")), post=asked.thread.id, reason=Reason.OTHER, words=PLANTED
    )
    discussion.delete_post(world.visit(amina), post=asked.thread.id)
    return world


def test_a_removed_post_is_kept_for_thirty_days() -> None:
    world = remove_a_post()
    assert discussion.purge_removed(now=world.at + timedelta(days=29)) == 0
    assert stores() == {"Thread", "Post", "PostVersion", "OutboxEvent", "Flag"}


def test_after_thirty_days_no_table_holds_its_text() -> None:
    world = remove_a_post()
    OutboxEvent.objects.update(state=OutboxEvent.SENT, settled_at=world.at)
    later = world.at + timedelta(days=31)
    assert blank_sent(now=later) > 0
    assert discussion.purge_removed(now=later) == 1
    assert stores() == set()
    assert discussion.purge_removed(now=later) == 0


def test_what_was_purged_cannot_be_restored() -> None:
    world = remove_a_post()
    discussion.purge_removed(now=world.at + timedelta(days=31))
    with pytest.raises(Forbidden):
        discussion.restore_post(world.visit(world.person("Amina")), post=Post.objects.get().public_id)
