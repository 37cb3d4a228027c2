"""Connections: scopes, secrets, and the admin that edits them."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings

from peer_xblock.api.connections import connection_for, organisation_of, reassign_contexts
from peer_xblock.api.secrets import add_secret, keep_newest, read_secrets
from peer_xblock.models import Connection, ConnectionScope, Job, LearningContext, OutboxEvent
from peer_xblock.models.spaces import hash_key

from .world import COURSE, World

pytestmark = pytest.mark.django_db
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def scope(connection: Connection, kind: str, value: str) -> None:
    ConnectionScope.objects.create(connection=connection, kind=kind, value=value, value_hash=hash_key(value))


@pytest.fixture
def admin_client() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    return client


@pytest.mark.parametrize("key", ["course-v1:Peer+DL101+2026", "lib:Peer:Statistics"])
def test_the_organisation_of_a_key(key: str) -> None:
    assert organisation_of(key) == "Peer"


def test_a_courses_own_entry_outranks_its_organisations() -> None:
    world = World(connected=False)
    other = Connection.objects.create(slug="other", bridge_url="http://other.test")
    scope(world.connection, "org", "Peer")
    assert connection_for(COURSE) == world.connection.pk
    scope(other, "course", COURSE)
    assert connection_for(COURSE) == other.pk


def test_courses_follow_when_scopes_change() -> None:
    world = World(connected=False)
    scope(world.connection, "course", COURSE)
    assert reassign_contexts() == 1
    assert LearningContext.objects.get().connection == world.connection
    ConnectionScope.objects.all().delete()
    assert reassign_contexts() == 1
    assert LearningContext.objects.get().connection is None


def test_secrets_are_encrypted_and_two_are_kept() -> None:
    stored = ""
    for number in range(3):
        stored = add_secret(stored, f"whsec_{number}")
    assert "whsec" not in stored
    assert read_secrets(stored) == ["whsec_2", "whsec_1"]
    assert read_secrets(keep_newest(stored)) == ["whsec_2"]


def test_a_former_key_still_reads(settings: Settings) -> None:
    stored = add_secret("", SECRET)
    settings.PEER_SECRET_KEYS = [Fernet.generate_key().decode(), *settings.PEER_SECRET_KEYS]
    assert read_secrets(stored) == [SECRET]
    settings.PEER_SECRET_KEYS = settings.PEER_SECRET_KEYS[:1]
    with pytest.raises(ImproperlyConfigured):
        read_secrets(stored)


def form(**values: str) -> dict[str, Any]:
    management = {"TOTAL_FORMS": "1", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "1000"}
    fields = {
        "slug": "acme",
        "bridge_url": "https://bridge.test",
        "is_active": "on",
        "identity_claim": "uid",
        "scopes-0-kind": "course",
    }
    return {**{f"scopes-{k}": v for k, v in management.items()}, **fields, **values}


def test_the_admin_stores_a_secret_and_never_shows_it(admin_client: Client) -> None:
    url = "/admin/peer_xblock/connection/"
    answer = admin_client.post(f"{url}add/", form(new_outgoing=SECRET, **{"scopes-0-value": COURSE}))
    assert answer.status_code == 302
    connection = Connection.objects.get()
    assert read_secrets(connection.outgoing_secrets) == [SECRET]
    page = admin_client.get(f"{url}{connection.pk}/change/").content.decode()
    assert SECRET not in page
    assert connection.outgoing_secrets not in page


def test_connecting_a_course_in_the_admin_connects_what_is_there(admin_client: Client) -> None:
    world = World(connected=False)
    url = f"/admin/peer_xblock/connection/{world.connection.pk}/change/"
    admin_client.post(url, form(slug="acme", **{"scopes-0-value": COURSE}))
    assert LearningContext.objects.get().connection == world.connection


@pytest.mark.parametrize("text", ["hunter2", "not a secret", SECRET.removeprefix("whsec_"), SECRET[:18]])
def test_the_admin_refuses_what_is_no_secret(admin_client: Client, text: str) -> None:
    answer = admin_client.post("/admin/peer_xblock/connection/add/", form(new_outgoing=text))
    assert "whsec_" in answer.content.decode()
    assert not Connection.objects.exists()


def test_the_admin_refuses_a_course_that_is_connected_elsewhere(admin_client: Client) -> None:
    world = World(connected=False)
    scope(world.connection, "course", COURSE)
    answer = admin_client.post(
        "/admin/peer_xblock/connection/add/", form(slug="other", **{"scopes-0-value": COURSE})
    )
    assert "acme" in answer.content.decode()
    assert Connection.objects.count() == 1


def test_the_admin_says_when_nothing_ticks(admin_client: Client) -> None:
    assert "peer_tick" in admin_client.get("/admin/peer_xblock/connection/").content.decode()
    assert not Job.objects.exists()


def test_dead_letters_are_listed_without_their_text_and_sent_again(admin_client: Client) -> None:
    world = World()
    world.ask(world.person("Amina"), "A telling title")
    OutboxEvent.objects.update(state=OutboxEvent.DEAD, error_code="too_long")
    url = "/admin/peer_xblock/outboxevent/"
    event = OutboxEvent.objects.get()
    for page in (url, f"{url}{event.pk}/change/"):
        assert "telling" not in admin_client.get(page).content.decode()
    admin_client.post(url, {"action": "resend", "_selected_action": [event.pk]})
    assert OutboxEvent.objects.get().state == OutboxEvent.WAITING
