"""What comes back from Moodle: as the person it names, or a guest, once, in its connection's courses only."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from standardwebhooks import Webhook

from peer_xblock.api import discussion
from peer_xblock.api.secrets import add_secret
from peer_xblock.domain.errors import Forbidden
from peer_xblock.models import Connection, ForeignPost, LearningContext, OutboxEvent, Post, Thread
from tests import host

from .world import COURSE, START, World

pytestmark = pytest.mark.django_db
SECRET = "whsec_" + base64.b64encode(b"what the bridge signs with, okay").decode()


@pytest.fixture
def world() -> World:
    made = World()
    made.connection.incoming_secrets = add_secret("", SECRET)
    made.connection.save()
    return made


def item(world: World, number: int = 1, *, revision: int = 1, **other: Any) -> dict[str, Any]:
    """A discussion that Léa began in Moodle."""
    return {
        "source": "moodle-1",
        "id": str(number),
        "revision": revision,
        "context": COURSE,
        "space": world.space.public_id,
        "parent": None,
        "title": "Born in Moodle",
        "html": "<p>Is <b>this</b> it?</p>",
        "author": {"name": "Léa Martin", "subject": ""},
        "group": "",
        "group_name": "",
        "created_at": START.isoformat(),
        "deleted": False,
    } | other


def send(
    client: Client, *items: Any, tenant: str = "acme", secret: str = SECRET, at: datetime | None = None
) -> Any:
    return signed(client, {"items": list(items)}, tenant=tenant, secret=secret, at=at)


def signed(
    client: Client, batch: Any, *, tenant: str = "acme", secret: str = SECRET, at: datetime | None = None
) -> Any:
    body = json.dumps(batch)
    at = at or datetime.now(UTC)
    headers = {
        "peer-tenant": tenant,
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign("msg_1", at, body),
    }
    return client.post(reverse("peer_xblock:inbound"), body, content_type="application/json", headers=headers)


def results(answer: Any) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def post_of(number: int) -> Post:
    return Post.objects.get(origin=f"moodle-1/{number}")


def test_a_discussion_of_somebody_unknown_is_a_guests_thread(client: Client, world: World) -> None:
    told = results(send(client, item(world)))
    assert [(r["status"], r["id"]) for r in told] == [("applied", "1")]
    post = post_of(1)
    assert (post.guest, post.author, post.format) == ("Léa Martin (Moodle)", None, "html")
    assert post.html == "<p>Is <strong>this</strong> it?</p>"
    shown = discussion.get_thread(world.visit(world.person("Amina")), thread=told[0]["post"])
    assert (shown.opening.author.name, shown.opening.author.kind) == ("Léa Martin (Moodle)", "named")
    assert shown.thread.title == "Born in Moodle"


def test_whom_the_subject_names_is_the_author(client: Client, world: World) -> None:
    amina = world.person("Amina")
    send(client, item(world, author={"name": "A. D.", "subject": "sub-amina"}))
    post = post_of(1)
    assert (post.author, post.guest) == (amina, "")
    assert list(discussion.repair_counters(world.space)) == []


def test_a_fault_in_one_item_stops_no_other(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise LookupError

    monkeypatch.setattr(host, "find_person", fail)
    broken = item(world, 1, author={"name": "A. D.", "subject": "sub-amina"})
    told = results(send(client, broken, item(world, 2)))
    assert [(r["status"], r["code"]) for r in told] == [("later", "internal"), ("applied", "")]


def test_replies_go_where_their_parents_are(client: Client, world: World) -> None:
    asked = world.ask(world.person("Amina"))
    told = results(
        send(
            client,
            item(world, 1, parent={"post": asked.thread.id}),
            item(world, 2, parent={"id": "1"}),
            item(world, 3, parent={"id": "2"}),
        )
    )
    assert [r["status"] for r in told] == ["applied"] * 3
    assert [post_of(n).depth for n in (1, 2, 3)] == [1, 2, 2]
    assert post_of(3).parent == post_of(1)
    assert Thread.objects.get().post_count == 3


def test_a_reply_waits_for_its_parent(client: Client, world: World) -> None:
    reply = item(world, 2, parent={"id": "1"})
    assert results(send(client, reply))[0]["status"] == "waiting"
    assert [r["status"] for r in results(send(client, item(world, 1), reply))] == ["applied", "applied"]


def test_what_comes_twice_is_there_once(client: Client, world: World) -> None:
    first = results(send(client, item(world), item(world)))
    again = results(send(client, item(world)))
    assert [r["status"] for r in first + again] == ["applied", "known", "known"]
    assert {r["post"] for r in first + again} == {post_of(1).public_id}


def test_an_edit_there_is_a_version_here_and_an_older_one_nothing(client: Client, world: World) -> None:
    send(client, item(world))
    edited = item(world, revision=5, html="<p>Better</p>", title="Renamed")
    late = item(world, revision=4, html="<p>Late</p>")
    assert [r["status"] for r in results(send(client, edited, late))] == ["applied", "known"]
    post = post_of(1)
    assert (post.html, post.revision, post.thread.title) == ("<p>Better</p>", 2, "Renamed")
    history = discussion.get_history(world.visit(world.person("Amina")), post=post.public_id)
    assert [version.html for version in history.versions][1] == "<p>Is <strong>this</strong> it?</p>"


def test_a_deletion_there_removes_the_post_and_its_replies_stand(client: Client, world: World) -> None:
    send(client, item(world, 1), item(world, 2, parent={"id": "1"}))
    gone = item(world, 1, revision=9, deleted=True, html="", title="", author={"name": "", "subject": ""})
    assert results(send(client, gone))[0]["status"] == "applied"
    assert post_of(1).deleted_at is not None
    assert post_of(2).deleted_at is None


def test_what_was_gone_before_it_came_stays_away(client: Client, world: World) -> None:
    send(client, item(world, revision=3, deleted=True, html=""))
    assert results(send(client, item(world, revision=2)))[0]["status"] == "known"
    assert Post.objects.count() == 0


def test_what_was_removed_here_does_not_come_back_by_an_edit_there(client: Client, world: World) -> None:
    send(client, item(world))
    discussion.delete_post(world.visit(world.staff("Inès")), post=post_of(1).public_id)
    assert results(send(client, item(world, revision=2, html="<p>Again</p>")))[0]["status"] == "applied"
    assert post_of(1).deleted_at is not None


def test_a_guest_who_is_known_later_becomes_the_author(client: Client, world: World) -> None:
    send(client, item(world))
    amina = world.person("Amina")
    send(client, item(world, revision=2, author={"name": "Amina", "subject": "sub-amina"}))
    assert (post_of(1).author, post_of(1).guest) == (amina, "")


def test_who_does_not_take_the_course_is_a_guest(client: Client, world: World) -> None:
    world.person("Amina", f"outside|{COURSE}")
    send(client, item(world, author={"name": "Amina", "subject": "sub-amina"}))
    assert post_of(1).guest == "Amina (Moodle)"


def test_nobody_here_edits_what_was_born_there(client: Client, world: World) -> None:
    send(client, item(world))
    with pytest.raises(Forbidden):
        discussion.edit_post(
            world.visit(world.staff("Inès")), post=post_of(1).public_id, revision=1, body="Mine"
        )


def test_a_closed_thread_takes_no_reply_from_there(client: Client, world: World) -> None:
    asked = world.ask(world.person("Amina"))
    discussion.close_thread(world.visit(world.staff("Inès")), thread=asked.thread.id, on=True)
    told = results(send(client, item(world, parent={"post": asked.thread.id})))
    assert (told[0]["status"], told[0]["code"]) == ("refused", "closed")
    assert not ForeignPost.objects.exists()


def test_a_course_of_another_connection_is_not_there(client: Client, world: World) -> None:
    other = Connection.objects.create(slug="rival", bridge_url="http://rival.test")
    LearningContext.objects.update(connection=other)
    told = results(send(client, item(world)))
    assert (told[0]["status"], told[0]["code"]) == ("refused", "not_found")
    assert Post.objects.count() == 0


def test_what_is_for_other_readers_is_refused(client: Client, world: World) -> None:
    asked = world.ask(world.person("Amina"))
    reply = item(world, parent={"post": asked.thread.id}, group="cohort:1", group_name="Morning")
    assert results(send(client, reply))[0]["code"] == "forbidden"


def test_the_event_says_where_the_post_was_born(client: Client, world: World) -> None:
    send(client, item(world))
    event = json.loads(OutboxEvent.objects.latest("id").body)
    assert event["data"]["post"]["origin"] == {"source": "moodle-1", "id": "1"}
    assert event["data"]["author"] == {"kind": "named", "name": "Léa Martin (Moodle)", "subject": None}


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p onclick='x()'>Hi<script>x()</script></p>", "<p>Hi</p>"),
        (r"<p>\(a&lt;b\)</p>", '<p><span class="math inline">a&lt;b</span></p>'),
        ("<iframe src='//x'></iframe>ok", "ok"),
    ],
    ids=["script", "formula", "frame"],
)
def test_html_is_cleaned(client: Client, world: World, html: str, shown: str) -> None:
    send(client, item(world, html=html))
    assert post_of(1).html == shown


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"tenant": "nobody"}, 404),
        ({"secret": "whsec_b3RoZXIgc2VjcmV0IG90aGVyIHNlY3JldA=="}, 401),
        ({"at": datetime(2020, 1, 1, tzinfo=UTC)}, 401),
    ],
    ids=["tenant", "secret", "time"],
)
def test_a_batch_that_nobody_vouches_for_is_refused(
    client: Client, world: World, change: dict[str, Any], status: int
) -> None:
    assert send(client, item(world), **change).status_code == status
    assert Post.objects.count() == 0


@pytest.mark.parametrize(
    "change",
    [
        {"id": "x"},
        {"revision": True},
        {"html": 7},
        {"created_at": "yesterday"},
        {"parent": "1"},
        {"space": ""},
        {"html": "<p> </p>"},
        {"author": None},
    ],
    ids=lambda change: next(iter(change)) + "-" + str(next(iter(change.values())))[:9],
)
def test_a_wrong_item_holds_up_no_other(client: Client, world: World, change: dict[str, Any]) -> None:
    told = results(send(client, item(world, 1) | change, "none", item(world, 2)))
    assert [r["status"] for r in told] == ["refused", "refused", "applied"]
