"""What the platform tells us."""

from __future__ import annotations

import pytest
from django.dispatch import Signal
from opaque_keys.edx.keys import UsageKey
from openedx_events.content_authoring.data import XBlockData
from openedx_events.content_authoring.signals import XBLOCK_DELETED

from peer_xblock import receivers
from peer_xblock.models import Retirement, Space

from .world import World

pytestmark = pytest.mark.django_db


def test_a_deleted_block_archives_its_space_and_keeps_what_was_written() -> None:
    world = World()
    world.ask(world.person("Amina"))
    key = UsageKey.from_string(world.space.usage_key)
    XBLOCK_DELETED.send_event(xblock_info=XBlockData(usage_key=key, block_type="peer_discussion"))
    assert Space.objects.get().archived_at is not None
    assert Space.objects.get().threads.count() == 1


def test_a_block_that_comes_back_opens_its_space_again() -> None:
    world = World()
    Space.objects.update(archived_at=world.at)
    world.add_space("u1")
    assert Space.objects.get().archived_at is None


def test_who_retires_is_noted_for_periodic_work() -> None:
    signal = Signal()
    receivers.connect_retirement(signal)
    amina = World().person("Amina")
    signal.send(sender=None, user=amina)
    assert [row.user_id for row in Retirement.objects.filter(done_at=None)] == [amina.pk]
