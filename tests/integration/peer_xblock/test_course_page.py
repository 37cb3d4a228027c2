"""The course's page: which spaces it lists, what can be called from it, and where a post's address leads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from peer_xblock.models import Space, Thread
from peer_xblock.peer_review import PeerReviewXBlock
from peer_xblock.tabs import CommunityTab
from tests.host import DUES, TOLD
from tests.runtime import Unit

from .world import COURSE, World

pytestmark = pytest.mark.django_db
PAGE = f"/peer/course/{COURSE}"
QUESTION = {"client_key": "k", "kind": "question", "title": "Why?", "body": "Because."}


@pytest.fixture(autouse=True)
def told() -> Iterator[None]:
    TOLD.clear()
    yield
    TOLD.clear()
    DUES.clear()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def post(client: Client, space: Space, operation: str, **values: Any) -> tuple[int, Any]:
    address = f"/peer/v1/{space.public_id}/{operation}"
    answer = client.post(address, json.dumps(values), content_type="application/json")
    return answer.status_code, json.loads(answer.content)


def read(client: Client, address: str = PAGE) -> tuple[int, str]:
    answer = client.get(address)
    return answer.status_code, answer.content.decode()


def locked_out(world: World, name: str) -> User:
    return world.person(name, f"locked|{world.space.usage_key}")


def test_the_page_lists_the_spaces_of_the_course_by_place(world: World) -> None:
    world.add_space("u2")
    world.add_space("u9", course="course-v1:Peer+Other+2026")
    status, page = read(signed_in(world.person("Amina")))
    assert status == 200
    assert [name in page for name in ("Week 3", "Unit of u1", "Discussion u1", "Discussion u2")] == [True] * 4
    assert "Discussion u9" not in page


def test_a_block_that_one_may_not_open_is_not_on_the_page(world: World) -> None:
    world.add_space("u2")
    world.add_space("u3")
    assert "Discussion u1" not in read(signed_in(locked_out(world, "Amina")))[1]


def test_an_archived_space_is_not_on_the_page(world: World) -> None:
    Space.objects.update(archived_at=world.at)
    assert "Discussion u1" not in read(signed_in(world.person("Amina")))[1]


def test_the_page_is_not_there_for_whoever_does_not_take_the_course(world: World) -> None:
    assert read(signed_in(world.person("Amina", f"outside|{COURSE}")))[0] == 404


def test_the_team_needs_no_enrolment(world: World) -> None:
    assert read(signed_in(world.person("Marta", f"outside|{COURSE}", f"staff|{COURSE}")))[0] == 200


def test_a_stranger_is_asked_to_sign_in(world: World) -> None:
    assert Client().get(PAGE)["Location"].startswith("/login")


def test_a_chosen_space_is_mounted_as_in_its_unit(world: World) -> None:
    _, page = read(signed_in(world.person("Amina")), f"{PAGE}/{world.space.public_id}?post={'a' * 32}")
    config = json.loads(page.split('id="peer-config" type="application/json">')[1].split("</script>")[0])
    assert config["call_url"] == f"/peer/v1/{world.space.public_id}"
    assert config["reader"]
    assert (config["post"], config["css_urls"][0]) == ("a" * 32, "/static/xblock/peer.css")
    assert '<div class="peer-mount" data-peer="discussion">' in page
    assert f"/unit/{world.space.usage_key.replace('+', '+')}" in page


def test_the_only_space_is_opened_at_once(world: World) -> None:
    assert "peer-mount" in read(signed_in(world.person("Amina")))[1]


def test_an_unknown_space_is_not_found(world: World) -> None:
    assert read(signed_in(world.person("Amina")), f"{PAGE}/{'b' * 32}")[0] == 404


def test_the_page_speaks_french(world: World) -> None:
    page = signed_in(world.person("Amina")).get(PAGE, headers={"accept-language": "fr"}).content.decode()
    assert '<html lang="fr"' in page
    assert "Communauté" in page


def test_an_operation_answers_as_the_blocks_handler_does(world: World) -> None:
    status, answer = post(signed_in(world.person("Amina")), world.space, "create_thread", **QUESTION)
    assert (status, answer["thread"]["title"], answer["opening"]["author"]["name"]) == (200, "Why?", "Amina")
    assert Thread.objects.get().title == "Why?"


def test_the_due_date_that_a_person_inherits_ends_their_reviews_here_too(world: World) -> None:
    amina, tomas = world.person("Amina"), world.person("Tomás")
    Unit(amina, of=PeerReviewXBlock, block="r1").block.student_view({})
    space = Space.objects.get(kind="review")
    DUES[amina.pk, space.usage_key] = datetime(2026, 1, 1, tzinfo=UTC)
    closed, open_ = (post(signed_in(user), space, "open_activity")[1]["activity"] for user in (amina, tomas))
    assert (closed["reviews_due"], open_["reviews_due"]) == ("2026-01-01T00:00:00.000Z", None)
    assert "due" not in Space.objects.get(kind="review").options


def test_a_contribution_is_told_to_the_platform_with_ids_alone(world: World) -> None:
    amina = world.person("Amina")
    _, answer = post(signed_in(amina), world.space, "create_thread", **QUESTION)
    ids = {"thread": answer["thread"]["id"], "opening": answer["opening"]["id"]}
    where = {"usage_key": world.space.usage_key}
    assert [
        ("edx.peer_discussion.thread.created", amina.pk, {**where, **ids}),
        ("completion", amina.pk, where),
    ] == TOLD


@pytest.mark.parametrize("group", ["outside|" + COURSE, "locked"])
def test_an_operation_is_not_there_for_whoever_may_not_open_the_block(world: World, group: str) -> None:
    name = f"locked|{world.space.usage_key}" if group == "locked" else group
    status, answer = post(signed_in(world.person("Amina", name)), world.space, "list_threads")
    assert (status, answer["error"]["code"]) == (404, "not_found")


def test_an_operation_in_an_archived_or_unknown_space_is_not_found(world: World) -> None:
    client = signed_in(world.person("Amina"))
    Space.objects.update(archived_at=world.at)
    assert post(client, world.space, "list_threads")[0] == 404
    assert post(client, Space(public_id="c" * 32), "list_threads")[0] == 404


def test_nobody_signed_in_gets_an_answer_that_says_so(world: World) -> None:
    status, answer = post(Client(), world.space, "list_threads")
    assert (status, answer["error"]["code"]) == (403, "login_required")


def test_a_call_without_the_csrf_token_is_forbidden(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.person("Amina"))
    assert client.post(f"/peer/v1/{world.space.public_id}/list_threads").status_code == 403


def test_an_operation_by_another_method_is_refused(world: World) -> None:
    answer = signed_in(world.person("Amina")).get(f"/peer/v1/{world.space.public_id}/list_threads")
    assert answer.status_code == 405


def test_a_posts_address_opens_its_space_on_the_page(world: World) -> None:
    amina = world.person("Amina")
    thread = world.ask(amina).thread.id
    answer = signed_in(amina).get(f"/peer/p/{thread}")
    assert answer["Location"] == f"{PAGE}/{world.space.public_id}?post={thread}"
    assert signed_in(amina).get(f"/peer/p/{'d' * 32}").status_code == 404


def test_the_tab_is_there_where_something_is_published(world: World) -> None:
    class Course:
        id = COURSE

    assert CommunityTab.is_enabled(Course(), world.person("Amina"))
    Space.objects.update(archived_at=world.at)
    assert not CommunityTab.is_enabled(Course(), world.person("Amina"))
