"""The admin: every page opens in both languages, secrets are write-only, dead letters are put back."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from moodle_bridge.models import InboxEvent, MoodleSite, Person, Tenant
from tests.integration.moodle_bridge.fake_moodle import TOKEN, URL, FakeMoodle
from tests.integration.moodle_bridge.world import SECRET, World, opening

pytestmark = pytest.mark.django_db

MODELS = [model._meta.model_name for model in apps.get_app_config("moodle_bridge").get_models()]
SHOWN = [name for name in MODELS if name not in ("spacemap", "groupmap", "moodleaccount")]


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("root"))
    return client


@pytest.fixture
def refused(world: World, moodle: FakeMoodle) -> World:
    moodle.item_errors["t1"] = ["invaliditem"]
    world.send(opening())
    world.drain()
    return world


def page(client: Client, name: str, *args: Any, language: str = "en") -> str:
    answer = client.get(
        reverse(f"admin:moodle_bridge_{name}", args=args), headers={"accept-language": language}
    )
    assert answer.status_code == 200
    return answer.content.decode()


def act(client: Client, model: str, action: str, *ids: int) -> str:
    address = reverse(f"admin:moodle_bridge_{model}_changelist")
    answer = client.post(address, {"action": action, "_selected_action": ids}, follow=True)
    return answer.content.decode()


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_list_and_row_opens(admin: Client, refused: World, name: str, language: str) -> None:
    assert f'lang="{language}"' in page(admin, f"{name}_changelist", language=language)
    row = apps.get_model("moodle_bridge", name)._default_manager.first()
    if row is not None:
        assert f'lang="{language}"' in page(admin, f"{name}_change", row.pk, language=language)


def test_a_cause_is_a_sentence_in_the_readers_language(admin: Client, refused: World) -> None:
    assert "did not accept a field of the post" in page(admin, "inboxevent_changelist")
    assert "n’a pas accepté un champ" in page(admin, "inboxevent_changelist", language="fr")


def test_secrets_and_texts_are_not_shown(admin: Client, refused: World) -> None:
    texts = [
        page(admin, f"{name}_change", apps.get_model("moodle_bridge", name).objects.get().pk)
        for name in ("tenant", "moodlesite", "inboxevent")
    ]
    for text in texts:
        assert SECRET not in text
        assert TOKEN not in text
        assert "&lt;p&gt;Text" not in text


def test_a_new_token_is_stored_and_lets_a_stopped_moodle_start_again(admin: Client, world: World) -> None:
    MoodleSite.objects.update(stop_code="invalidtoken")
    site = MoodleSite.objects.get()
    data = {"tenant": world.tenant.pk, "base_url": URL, "mode": "auto", "timeout_s": 30, "settle_s": 60}
    address = reverse("admin:moodle_bridge_moodlesite_change", args=[site.pk])
    answer = admin.post(address, data | {"student_role_id": 5, "new_token": "another"})
    assert answer.status_code == 302, answer.content.decode()
    site.refresh_from_db()
    assert (site.get_token(), site.stop_code) == ("another", "")


def test_a_tenant_keeps_its_secret_when_none_is_entered(admin: Client, world: World) -> None:
    data = {
        "slug": "acme",
        "name": "Acme",
        "is_active": "on",
        "unmatched": "hold",
        "claim": "sub",
        "language": "fr",
    }
    admin.post(reverse("admin:moodle_bridge_tenant_change", args=[world.tenant.pk]), data)
    tenant = Tenant.objects.get()
    assert (tenant.name, tenant.unmatched, tenant.get_secrets()) == ("Acme", "hold", [SECRET])


def test_a_dead_letter_is_sent_again(admin: Client, refused: World) -> None:
    text = act(admin, "inboxevent", "send_again", InboxEvent.objects.get().pk)
    assert "1 event is on its way again" in text
    refused.now = InboxEvent.objects.get().lane.due_at  # type: ignore[union-attr,assignment]  # it has a lane, and is due
    refused.drain()
    assert refused.state(1) == "applied"


def test_a_dead_letter_is_dismissed(admin: Client, refused: World) -> None:
    act(admin, "inboxevent", "let_be", InboxEvent.objects.get().pk)
    assert refused.state(1) == "dismissed"


def test_who_may_only_look_cannot_send_again(client: Client, refused: World) -> None:
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_inboxevent"))
    client.force_login(reader)
    act(client, "inboxevent", "send_again", InboxEvent.objects.get().pk)
    assert refused.state(1) == "dead"


@pytest.mark.parametrize("has_plugin", [True, False])
def test_the_connection_is_checked(admin: Client, world: World, moodle: FakeMoodle, has_plugin: bool) -> None:
    moodle.has_plugin = has_plugin
    text = act(admin, "moodlesite", "check_connection", MoodleSite.objects.get().pk)
    assert ("with the plugin" if has_plugin else "without the plugin") in text


def test_a_wrong_token_is_said_plainly(admin: Client, world: World, moodle: FakeMoodle) -> None:
    site = MoodleSite.objects.get()
    site.set_token("wrong")
    site.save()
    assert "Moodle does not know the token" in act(admin, "moodlesite", "check_connection", site.pk)


def test_people_are_found_by_name_and_looked_up_again(
    admin: Client, world: World, moodle: FakeMoodle
) -> None:
    Tenant.objects.update(unmatched="hold")
    users, moodle.users = moodle.users, []
    world.send(opening())
    world.drain()
    address = reverse("admin:moodle_bridge_person_changelist")
    assert "Amina Diallo" in admin.get(address, {"q": "diallo"}).content.decode()
    moodle.users = users
    act(admin, "person", "look_up_again", Person.objects.get().pk)
    world.now = InboxEvent.objects.get().lane.due_at  # type: ignore[union-attr,assignment]  # it has a lane, and is due
    world.drain()
    assert world.state(1) == "applied"


def test_a_post_is_found_by_its_number_in_moodle(admin: Client, world: World, moodle: FakeMoodle) -> None:
    world.send(opening())
    world.drain()
    row = moodle.row_of("t1")
    found = admin.get(reverse("admin:moodle_bridge_ledgerentry_changelist"), {"q": str(row.discussion)})
    assert f"discuss.php?d={row.discussion}#p{row.id}" in found.content.decode()
