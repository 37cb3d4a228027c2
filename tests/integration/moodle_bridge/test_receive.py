"""Receiving: what refuses a batch, what is answered event by event, and that nothing is stored twice."""

import json
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from moodle_bridge.inbox import store
from moodle_bridge.models import InboxEvent, Lane, Tenant
from tests.integration.moodle_bridge.world import (
    SECRET,
    World,
    hexid,
    make_event,
    make_tenant,
    opening,
    post_batch,
    response,
    sign,
)

OTHER_SECRET = "whsec_b3RoZXIgc2VjcmV0IG90aGVyIHNlY3JldA=="


@pytest.fixture
def tenant(db: None) -> Tenant:
    return make_tenant()


def post_raw(client: Client, body: bytes, *, slug: str = "acme") -> Any:
    headers = sign(body)
    return client.post(f"/v1/{slug}/events", body, content_type="application/json", headers=headers)


def results(answer: Any) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.content
    found: list[dict[str, str]] = answer.json()["results"]
    return found


def test_a_stored_event_is_due_at_once(client: Client, tenant: Tenant) -> None:
    assert results(post_batch(client, [opening()])) == [{"id": hexid(1), "status": "stored"}]
    assert InboxEvent.objects.get().state == "pending"
    assert Lane.objects.get().due_at is not None


def test_a_batch_sent_twice_is_acknowledged_without_effect(client: Client, tenant: Tenant) -> None:
    batch = [opening(), response(2, "r1", revision=2, number=1)]
    post_batch(client, batch)
    Lane.objects.update(due_at=None)
    assert [r["status"] for r in results(post_batch(client, batch))] == ["duplicate", "duplicate"]
    assert InboxEvent.objects.count() == 2
    assert Lane.objects.get().due_at is None


def test_another_time_is_still_the_same_event(client: Client, tenant: Tenant) -> None:
    post_batch(client, [opening()])
    again = opening() | {"time": "2026-11-25T00:00:00Z"}
    assert results(post_batch(client, [again]))[0]["status"] == "duplicate"


def test_a_known_id_with_another_body_is_a_conflict(client: Client, tenant: Tenant) -> None:
    post_batch(client, [opening()])
    answer = results(post_batch(client, [opening(html="<p>Other</p>")]))
    assert answer == [{"id": hexid(1), "status": "conflict", "code": "conflict", "field": "id"}]
    assert "Other" not in InboxEvent.objects.get().body


def test_one_batch_may_repeat_an_id(client: Client, tenant: Tenant) -> None:
    answer = results(post_batch(client, [opening(), opening(), opening(html="<p>Other</p>")]))
    assert [r["status"] for r in answer] == ["stored", "duplicate", "conflict"]
    assert InboxEvent.objects.count() == 1


def test_a_refused_event_holds_up_nobody(client: Client, tenant: Tenant) -> None:
    broken = opening(2)
    del broken["data"]["post"]["number"]
    answer = results(post_batch(client, [broken, opening(), "text", opening(3, slug="other")]))
    assert [r["status"] for r in answer] == ["refused", "stored", "refused", "refused"]
    assert answer[0] | {"id": ""} == {
        "id": "",
        "status": "refused",
        "code": "invalid",
        "field": "data.post.number",
    }
    assert answer[3]["field"] == "source"


def test_an_unknown_type_is_kept_and_a_field_it_does_not_know_ignored(client: Client, tenant: Tenant) -> None:
    future = opening() | {"type": "org.peerxblock.badge.v3", "data": {"badge": 1}}
    richer = opening(2) | {"extension": "x"}
    richer["data"]["mood"] = {"value": "curious"}
    assert [r["status"] for r in results(post_batch(client, [future, richer]))] == ["stored", "stored"]
    kept = InboxEvent.objects.get(event_id=hexid(1))
    assert (kept.state, kept.cause, kept.lane) == ("kept", "unknowntype", None)
    assert json.loads(kept.body)["data"] == {"badge": 1}


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"webhook-signature": "v1,AAAA"}, "signature"),
        ({"webhook-signature": "nonsense"}, "signature"),
        ({"webhook-signature": ""}, "signature"),
        ({"webhook-timestamp": "nan"}, "signature"),
        ({"webhook-id": "msg_other"}, "signature"),
    ],
)
def test_a_bad_signature_refuses_the_batch(
    client: Client, tenant: Tenant, headers: dict[str, str], code: str
) -> None:
    body = json.dumps({"events": [opening()]}).encode()
    answer = client.post(
        "/v1/acme/events", body, content_type="application/json", headers=sign(body) | headers
    )
    assert (answer.status_code, json.loads(answer.content)["code"]) == (401, code)
    assert not InboxEvent.objects.exists()


@pytest.mark.parametrize("minutes", [-6, 6])
def test_an_old_timestamp_refuses_the_batch(client: Client, tenant: Tenant, minutes: int) -> None:
    answer = post_batch(client, [opening()], at=datetime.now(tz=UTC) + timedelta(minutes=minutes))
    assert (answer.status_code, answer.json()["code"]) == (401, "timestamp")


def test_two_secrets_are_valid_during_a_rotation(client: Client, tenant: Tenant) -> None:
    tenant.set_secret(OTHER_SECRET)
    tenant.save()
    assert post_batch(client, [opening()], secret=SECRET).status_code == 200
    assert post_batch(client, [opening(2)], secret=OTHER_SECRET).status_code == 200
    tenant.set_secret("whsec_dGhpcmQgc2VjcmV0IHRoaXJkIHNlY3JldA==")
    tenant.save()
    assert post_batch(client, [opening(3)], secret=SECRET).status_code == 401


def test_a_tenant_without_a_secret_receives_nothing(client: Client, tenant: Tenant) -> None:
    Tenant.objects.update(secret_encrypted="", previous_secret_encrypted="")
    assert post_batch(client, [opening()]).status_code == 401


@pytest.mark.parametrize("slug", ["nobody", "ACME"])
def test_an_unknown_tenant_is_not_found(client: Client, tenant: Tenant, slug: str) -> None:
    assert post_batch(client, [opening()], slug=slug).status_code == 404


def test_an_inactive_tenant_is_not_found(client: Client, tenant: Tenant) -> None:
    Tenant.objects.update(is_active=False)
    assert post_batch(client, [opening()]).status_code == 404


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b'{"events": "\xff\xfe"}', 400, "encoding"),
        (b'{"events": [', 400, "json"),
        (b"[" * 5000 + b"]" * 5000, 400, "json"),
        (b'{"events": [NaN]}', 400, "json"),
        (b"[]", 400, "batch"),
        (b'{"events": {}}', 400, "batch"),
        (b'{"events": [' + b",".join([b"{}"] * 101) + b"]}", 413, "too_large"),
        (b" " * (1024 * 1024 + 1), 413, "too_large"),
    ],
)
def test_what_is_no_batch_is_refused_whole(
    client: Client, tenant: Tenant, body: bytes, status: int, code: str
) -> None:
    answer = post_raw(client, body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"html": "x" * 262_145}, "", "too_large"),
        ({"html": "a\x00b"}, "data.post.html", "characters"),
        ({"html": "a\ud800b"}, "", "characters"),
        ({"number": -1}, "data.post.number", "invalid"),
        ({"number": 1.5}, "data.post.number", "invalid"),
        ({"number": True}, "data.post.number", "invalid"),
        ({"created_at": "yesterday"}, "data.post.created_at", "invalid"),
        ({"created_at": "2026-11-24T08:00:00"}, "data.post.created_at", "invalid"),
        ({"parent": "r1"}, "data.post.parent", "invalid"),
        ({"id": "R1"}, "data.post.id", "invalid"),
        ({"deleted": "no"}, "data.post.deleted", "invalid"),
    ],
)
def test_a_wrong_field_is_named(
    client: Client, tenant: Tenant, change: dict[str, Any], field: str, code: str
) -> None:
    event = opening()
    event["data"]["post"] |= change
    answer = results(post_raw(client, json.dumps({"events": [event]}).encode()))[0]
    assert (answer["status"], answer["field"], answer["code"]) == ("refused", field, code)


def test_infinity_by_overflow_is_refused_not_a_crash(client: Client, tenant: Tenant) -> None:
    body = json.dumps({"events": [opening()]}).replace('"edit": 1', '"edit": 1e999').encode()
    assert results(post_raw(client, body))[0]["status"] == "refused"


def test_secrets_are_not_readable_in_the_database(tenant: Tenant) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret_encrypted FROM moodle_bridge_tenant")
        stored = cursor.fetchone()[0]
    assert SECRET not in stored
    assert tenant.get_secrets() == [SECRET]


@pytest.mark.databases
@pytest.mark.django_db(transaction=True)
def test_the_same_batch_at_once_is_stored_once() -> None:
    tenant = make_tenant()
    batch = [make_event(n, f"p{n}", revision=n + 1, number=n, thread=f"t{n % 3}") for n in range(20)]
    barrier = Barrier(4)
    statuses: list[str] = []

    def send() -> None:
        barrier.wait()
        statuses.extend(r.status for r in store(tenant, batch, now=timezone.now()))
        connection.close()

    threads = [Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses.count("stored") == 20
    assert statuses.count("duplicate") == 60
    assert InboxEvent.objects.count() == 20


@pytest.mark.databases
@pytest.mark.django_db
def test_a_batch_costs_few_statements_whatever_its_size() -> None:
    world = World(make_tenant())
    costs = []
    for size, offset in ((5, 0), (100, 1000)):
        ids = range(offset, offset + size)
        events = [make_event(n, f"p{n}", revision=n + 1, number=n, thread=f"t{n}") for n in ids]
        with CaptureQueriesContext(connection) as queries:
            world.send(*events)
        costs.append(len(queries))
    # SQLite takes fewer values in one statement, so a large batch may need another one or two.
    assert costs[0] <= costs[1] <= 12
