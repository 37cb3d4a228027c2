"""The relay against a bridge at the HTTP edge: what it sends, and what becomes of each row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
import requests
import responses
from standardwebhooks.webhooks import Webhook

from peer_xblock.api import relay
from peer_xblock.api.relay import Relayed, blank_sent, relay_outbox, send_again
from peer_xblock.api.secrets import add_secret
from peer_xblock.models import Connection, OutboxEvent

from .world import World

pytestmark = pytest.mark.django_db
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
URL = "http://bridge.example.test/v1/acme/events"
NOW = datetime.now(UTC)


@pytest.fixture
def world() -> World:
    world = World()
    Connection.objects.update(outgoing_secrets=add_secret("", SECRET))
    return world


@pytest.fixture
def bridge() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


def run(now: datetime = NOW) -> Relayed:
    return relay_outbox(now=now, rng=Random(1))


def answering(status: Callable[[int], dict[str, str]]) -> Callable[[Any], tuple[int, dict[str, str], str]]:
    """A bridge that gives each event of a batch a result by its place."""

    def answer(request: Any) -> tuple[int, dict[str, str], str]:
        events = json.loads(request.body)["events"]
        results = [{"id": event["id"], **status(place)} for place, event in enumerate(events)]
        return 200, {}, json.dumps({"results": results})

    return answer


def stored(_place: int) -> dict[str, str]:
    return {"status": "stored"}


def states() -> list[str]:
    return list(OutboxEvent.objects.order_by("id").values_list("state", flat=True))


def test_events_leave_in_order_in_one_signed_batch(world: World, bridge: responses.RequestsMock) -> None:
    asked = world.ask(world.person("Amina"))
    world.respond(world.person("Tomás"), asked.thread.id)
    bridge.add_callback("POST", URL, answering(stored))
    assert run(datetime.now(UTC)) == Relayed(sent=2)
    request = bridge.calls[0].request
    assert isinstance(request.body, bytes)
    Webhook(SECRET).verify(request.body.decode(), dict(request.headers))
    assert [e["data"]["revision"] for e in json.loads(request.body)["events"]] == [1, 2]
    assert states() == ["sent", "sent"]


def test_during_a_rotation_either_secret_verifies(world: World, bridge: responses.RequestsMock) -> None:
    connection = Connection.objects.get()
    newer = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
    connection.outgoing_secrets = add_secret(connection.outgoing_secrets, newer)
    connection.save()
    world.ask(world.person("Amina"))
    bridge.add_callback("POST", URL, answering(stored))
    run(datetime.now(UTC))
    request = bridge.calls[0].request
    assert isinstance(request.body, bytes)
    for secret in (SECRET, newer):
        assert Webhook(secret).verify(request.body.decode(), dict(request.headers))


@pytest.mark.parametrize("status", ["conflict", "refused"])
def test_a_refused_event_is_a_dead_letter_and_holds_up_nobody(
    world: World, bridge: responses.RequestsMock, status: str
) -> None:
    for name in ("Amina", "Tomás"):
        world.ask(world.person(name))
    answers = [{"status": status, "code": "too_long", "field": "html"}, {"status": "stored"}]
    bridge.add_callback("POST", URL, answering(lambda place: answers[place]))
    assert run() == Relayed(sent=1, dead=1)
    dead = OutboxEvent.objects.get(state=OutboxEvent.DEAD)
    assert (dead.error_code, dead.error_field) == ("too_long", "html")


def test_a_repeated_event_is_a_success(world: World, bridge: responses.RequestsMock) -> None:
    world.ask(world.person("Amina"))
    bridge.add_callback("POST", URL, answering(lambda _: {"status": "duplicate"}))
    assert run() == Relayed(sent=1)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"status": 503}, "http_503"),
        ({"status": 401}, "bad_signature"),
        ({"status": 404}, "unknown_tenant"),
        ({"status": 302, "headers": {"Location": "http://elsewhere.test"}}, "http_302"),
        ({"status": 200, "body": "<html>"}, "not_understood"),
        ({"status": 200, "body": '{"results": []}'}, "no_results"),
        ({"body": requests.ConnectionError()}, "ConnectionError"),
        ({"body": requests.Timeout()}, "Timeout"),
    ],
)
def test_a_bridge_that_does_not_take_it_is_tried_later(
    world: World, bridge: responses.RequestsMock, answer: dict[str, Any], error: str
) -> None:
    world.ask(world.person("Amina"))
    bridge.add("POST", URL, **answer)
    assert run() == Relayed(failed=1)
    connection = Connection.objects.get()
    assert (connection.failures, connection.last_error, states()) == (1, error, ["waiting"])
    assert connection.due_at is not None
    assert NOW < connection.due_at <= NOW + timedelta(seconds=2)


def test_nothing_is_sent_before_the_next_try_is_due(world: World, bridge: responses.RequestsMock) -> None:
    world.ask(world.person("Amina"))
    Connection.objects.update(due_at=NOW + timedelta(seconds=5))
    bridge.add_callback("POST", URL, answering(stored))
    assert run() == Relayed()
    assert run(NOW + timedelta(seconds=6)) == Relayed(sent=1)
    assert Connection.objects.get().failures == 0


def test_two_relays_do_not_send_the_same_rows(world: World, bridge: responses.RequestsMock) -> None:
    world.ask(world.person("Amina"))
    Connection.objects.update(leased_until=NOW + timedelta(seconds=30), lease="other")
    bridge.add_callback("POST", URL, answering(stored))
    assert run() == Relayed()
    assert run(NOW + timedelta(seconds=31)) == Relayed(sent=1)


def test_a_batch_that_is_too_large_is_halved(world: World, bridge: responses.RequestsMock) -> None:
    for number in range(4):
        world.ask(world.person(f"P{number}"))

    def small_only(request: Any) -> tuple[int, dict[str, str], str]:
        if len(json.loads(request.body)["events"]) > 1:
            return 413, {}, ""
        return answering(stored)(request)

    bridge.add_callback("POST", URL, small_only)
    assert run() == Relayed(sent=4)


def test_one_event_that_is_too_large_is_a_dead_letter(world: World, bridge: responses.RequestsMock) -> None:
    world.ask(world.person("Amina"))
    bridge.add("POST", URL, status=413)
    assert run() == Relayed(dead=1)


def test_a_batch_keeps_under_the_caps(
    world: World, bridge: responses.RequestsMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        world.ask(world.person(f"P{number}"))
    monkeypatch.setattr(relay, "BATCH_BYTES", 2500)
    bridge.add_callback("POST", URL, answering(stored))
    assert run() == Relayed(sent=5)
    assert len(bridge.calls) > 1
    assert all(len(call.request.body or b"") <= 2500 for call in bridge.calls)


def test_a_connection_without_a_secret_says_so(world: World) -> None:
    Connection.objects.update(outgoing_secrets="")
    world.ask(world.person("Amina"))
    assert run() == Relayed(failed=1)
    assert Connection.objects.get().last_error == "no_secret"


def test_a_dead_letter_is_sent_again_on_demand(world: World, bridge: responses.RequestsMock) -> None:
    world.ask(world.person("Amina"))
    bridge.add("POST", URL, status=413)
    run()
    bridge.replace("POST", URL, body="")
    bridge.remove("POST", URL)
    bridge.add_callback("POST", URL, answering(stored))
    assert send_again(OutboxEvent.objects.values_list("pk", flat=True), now=NOW) == 1
    assert run() == Relayed(sent=1)


def test_bodies_are_forgotten_a_week_after_they_were_sent(world: World) -> None:
    world.ask(world.person("Amina"))
    OutboxEvent.objects.update(state=OutboxEvent.SENT, settled_at=NOW)
    assert blank_sent(now=NOW + timedelta(days=6)) == 0
    assert blank_sent(now=NOW + timedelta(days=8)) == 1
    event = OutboxEvent.objects.get()
    assert (event.body, len(event.body_hash)) == ("", 64)


def test_no_name_text_or_secret_reaches_the_log(
    world: World, bridge: responses.RequestsMock, caplog: pytest.LogCaptureFixture
) -> None:
    world.ask(world.person("Amina"), "A telling title")
    bridge.add("POST", URL, body=requests.ConnectionError("Amina whsec_"))
    run()
    assert caplog.text
    assert not any(word in caplog.text for word in ("Amina", "telling", "whsec_"))
