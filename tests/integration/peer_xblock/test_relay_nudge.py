"""A written event wakes the relay through Celery; a broker that is away costs nothing but time."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import responses
from celery import Celery
from django.core.cache import cache
from pytest_django import DjangoCaptureOnCommitCallbacks
from requests import PreparedRequest

from peer_xblock import outbox, receivers
from peer_xblock.api.secrets import add_secret
from peer_xblock.api.ticking import WORK
from peer_xblock.models import Connection, Job, OutboxEvent

from .world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def connected() -> Iterator[None]:
    cache.clear()
    receivers.connect_nudge()
    yield
    outbox.appended.disconnect(dispatch_uid=receivers.NUDGE)


@pytest.fixture
def world() -> World:
    world = World()
    Connection.objects.update(outgoing_secrets=add_secret("", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
    return world


def stored(request: PreparedRequest) -> tuple[int, dict[str, str], str]:
    events = json.loads(request.body or "")["events"]
    return 200, {}, json.dumps({"results": [{"id": event["id"], "status": "stored"} for event in events]})


def test_a_post_is_sent_once_it_is_committed(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    Celery("lms", set_as_current=True).conf.task_always_eager = True
    with responses.RequestsMock() as bridge:
        bridge.add_callback("POST", "http://bridge.example.test/v1/acme/events", stored)
        with django_capture_on_commit_callbacks(execute=True):
            world.ask(world.person("Amina"))
            assert OutboxEvent.objects.get().state == OutboxEvent.WAITING
    assert OutboxEvent.objects.get().state == OutboxEvent.SENT
    assert set(Job.objects.values_list("name", flat=True)) == set(WORK)


@pytest.mark.slow
def test_a_broker_that_is_away_does_not_touch_the_post(
    world: World,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    caplog: pytest.LogCaptureFixture,
) -> None:
    app = Celery("lms", broker="amqp://127.0.0.1:1//", set_as_current=True)
    app.conf.broker_connection_timeout = 0.2
    with django_capture_on_commit_callbacks(execute=True):
        asked = world.ask(world.person("Amina"))
    assert OutboxEvent.objects.get().aggregate == asked.thread.id
    assert "peer_tick will send it" in caplog.text
