"""Django admin shows how works, skills and profiles stand: nothing is changed there, and nobody's text is shown."""

from __future__ import annotations

import pytest
from django.test import Client

from peer_xblock.models import ExpertProfile, Skill, Slot, Taxonomy

from .town import Town
from .workshop import Workshop

pytestmark = pytest.mark.django_db
SECRET = "I measured it in my kitchen"


def fill_directory() -> None:
    town = Town()
    town.join(town.person("Tomás"), "Python", about=SECRET)


def fill_workshop() -> None:
    """A work that was passed on."""
    workshop = Workshop()
    users = workshop.people(2)
    workshop.submit(users[0], body=SECRET)
    workshop.submit(users[1])
    lease = workshop.take(users[1]).review
    assert lease is not None
    workshop.skip(users[1], lease.id)


PAGES = {
    "slot": (Slot, fill_workshop),
    "skill": (Skill, fill_directory),
    "taxonomy": (Taxonomy, fill_directory),
    "expertprofile": (ExpertProfile, fill_directory),
}


@pytest.fixture
def row(name: str, db: None) -> int:
    """The key of a row of this page."""
    model, fill = PAGES[name]
    fill()
    key: int = model.objects.order_by("pk").values_list("pk", flat=True)[0]  # type: ignore[attr-defined]  # a model
    return key


@pytest.mark.parametrize("name", PAGES)
def test_a_list_and_a_row_are_shown_without_what_people_wrote(
    row: int, admin_client: Client, name: str
) -> None:
    for url in (f"/admin/peer_xblock/{name}/", f"/admin/peer_xblock/{name}/{row}/change/"):
        page = admin_client.get(url)
        assert page.status_code == 200
        assert SECRET not in page.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_what_the_product_owns_is_not_changed_in_the_admin(row: int, admin_client: Client, name: str) -> None:
    for url in ("add/", f"{row}/change/", f"{row}/delete/"):
        assert admin_client.post(f"/admin/peer_xblock/{name}/{url}", {"post": "yes"}).status_code == 403


def test_the_list_of_skills_names_the_command_that_imports_them(admin_client: Client) -> None:
    fill_directory()
    page = admin_client.get("/admin/peer_xblock/skill/?q=python").content.decode()
    assert "peer_import_esco" in page
    assert "Python" in page


def test_the_admin_is_french_for_who_reads_french(admin_client: Client) -> None:
    fill_directory()
    page = admin_client.get("/admin/peer_xblock/skill/", headers={"accept-language": "fr"}).content.decode()
    assert "Les compétences s’importent" in page
