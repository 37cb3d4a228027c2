"""Pictures in posts and works: for their readers alone, and gone with them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.test import Client, override_settings
from PIL import Image

from peer_xblock.api import discussion, leaving, pictures, retiring
from peer_xblock.api.discussion.retention import purge_removed
from peer_xblock.domain.errors import Conflict, PreviewOnly
from peer_xblock.domain.pictures import PictureView
from peer_xblock.models import OutboxEvent, Picture

from .workshop import Workshop
from .world import COURSE, World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=str(tmp_path)):
        yield


def png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "PNG")
    return out.getvalue()


def upload(world: World, user: User) -> PictureView:
    return pictures.upload_picture(world.visit(user), content=png())


def markdown(picture: PictureView) -> str:
    return f"See ![a slope]({picture.url})"


def status(user: User | None, picture: PictureView) -> int:
    client = Client()
    if user:
        client.force_login(user)
    return client.get(picture.url).status_code


def learner(world: World, name: str) -> User:
    return world.person(name, f"learner|{COURSE}")


def test_a_picture_is_its_owners_until_it_is_posted(world: World) -> None:
    amina, noah, staff = learner(world, "Amina"), learner(world, "Noah"), world.staff("Inès")
    picture = upload(world, amina)
    assert [status(user, picture) for user in (amina, noah, staff, None)] == [200, 404, 404, 404]
    world.ask(amina, body=markdown(picture))
    assert [status(user, picture) for user in (amina, noah, staff, None)] == [200, 200, 200, 403]


def test_a_stranger_to_the_course_gets_no_picture_of_it(world: World) -> None:
    picture = upload(world, world.person("Amina"))
    world.ask(world.person("Amina"), body=markdown(picture))
    assert status(world.person("Max", f"outside|{COURSE}"), picture) == 404


def test_another_group_does_not_see_a_groups_picture() -> None:
    world = World(is_divided=True)
    amina, noah = world.in_cohort("Amina", "a"), world.in_cohort("Noah", "b")
    picture = upload(world, amina)
    world.ask(amina, body=markdown(picture))
    assert [status(user, picture) for user in (amina, noah)] == [200, 404]


def test_it_is_sent_with_headers_that_let_no_page_run_it(world: World) -> None:
    amina = learner(world, "Amina")
    picture = upload(world, amina)
    client = Client()
    client.force_login(amina)
    sent = client.get(picture.url)
    assert sent.headers["Content-Type"] == "image/png"
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    assert sent.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert sent.headers["Cache-Control"] == "private, no-cache"
    again = client.get(picture.url, headers={"If-None-Match": sent.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_nobody_takes_a_picture_of_others_into_a_post_of_their_own() -> None:
    world = World(is_divided=True)
    amina, noah = world.in_cohort("Amina", "a"), world.in_cohort("Noah", "b")
    picture = upload(world, amina)
    world.ask(noah, body=markdown(picture))
    assert status(noah, picture) == 404
    assert Picture.objects.get().post is None


def test_a_picture_that_an_edit_adds_is_part_of_the_post(world: World) -> None:
    amina, noah = learner(world, "Amina"), learner(world, "Noah")
    asked = world.ask(amina)
    picture = upload(world, amina)
    visit = world.visit(amina)
    discussion.edit_post(visit, post=asked.opening.id, revision=1, body=markdown(picture))
    assert status(noah, picture) == 200


def test_a_removed_posts_picture_is_for_who_may_read_its_versions(world: World) -> None:
    amina, noah = learner(world, "Amina"), learner(world, "Noah")
    picture = upload(world, amina)
    asked = world.ask(amina, body=markdown(picture))
    discussion.delete_post(world.visit(amina), post=asked.opening.id)
    assert [status(user, picture) for user in (amina, noah, world.facilitator("Léa"))] == [200, 404, 200]


def test_a_removed_posts_picture_goes_with_its_text(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    amina = world.person("Amina")
    picture = upload(world, amina)
    asked = world.ask(amina, body=markdown(picture))
    path = Picture.objects.get().path
    discussion.delete_post(world.visit(amina), post=asked.opening.id)
    world.later(days=31)
    with django_capture_on_commit_callbacks(execute=True):
        purge_removed(now=world.at)
    assert not Picture.objects.exists()
    assert not default_storage.exists(path)


def test_what_was_never_posted_goes_after_90_days(world: World) -> None:
    upload(world, world.person("Amina"))
    world.later(days=89)
    assert pictures.remove_unused_pictures(now=world.at) == 0
    world.later(days=2)
    assert pictures.remove_unused_pictures(now=world.at) == 1


def test_who_leaves_or_retires_leaves_no_unposted_picture(world: World) -> None:
    amina, noah = world.person("Amina"), world.person("Noah")
    posted = upload(world, amina)
    world.ask(amina, body=markdown(posted))
    upload(world, amina)
    upload(world, noah)
    leaving.leave_course(noah.pk, COURSE, now=world.at)
    retiring.request_retirement(amina.pk, now=world.at)
    retiring.retire_people(now=world.at, rng=world.rng)
    assert [(row.public_id, row.owner_id) for row in Picture.objects.all()] == [(posted.id, None)]


def test_a_person_has_so_many_unposted_pictures_and_no_more(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "DRAFTS_MAX", 1)
    amina = world.person("Amina")
    upload(world, amina)
    with pytest.raises(Conflict):
        upload(world, amina)


def test_a_preview_stores_no_picture(world: World) -> None:
    visit = world.visit(world.person("Amina"), is_preview=True)
    with pytest.raises(PreviewOnly):
        pictures.upload_picture(visit, content=png())
    assert not Picture.objects.exists()


def test_the_bridge_gets_a_whole_address(world: World) -> None:
    amina = world.person("Amina")
    picture = upload(world, amina)
    world.ask(amina, body=markdown(picture))
    html = json.loads(OutboxEvent.objects.get().body)["data"]["post"]["html"]
    assert f'src="http://lms.example.test{picture.url}"' in html


def test_the_picture_of_a_work_is_for_its_reviewer_and_the_team() -> None:
    workshop = Workshop(wanted=1, to_give=1)
    amina, noah, lea = workshop.people(3)
    picture = pictures.upload_picture(workshop.visit(amina), content=png())
    workshop.submit(amina, body=markdown(picture))
    workshop.submit(noah)
    assert [status(user, picture) for user in (amina, noah, lea)] == [200, 404, 404]
    assert workshop.take(noah).review is not None
    assert [status(user, picture) for user in (amina, noah, lea)] == [200, 200, 404]
