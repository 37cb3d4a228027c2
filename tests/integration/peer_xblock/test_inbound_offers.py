"""What somebody does in Moodle to the copy of a post of ours: taken over under their rights here, or ours stands."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from peer_xblock.api import discussion
from peer_xblock.domain.discussion import NewThread
from peer_xblock.models import Connection, ForeignPost, LearningContext, OutboxEvent, Post, Thread

from .test_inbound import item, post_of, results, send, signed, world
from .world import World

pytestmark = pytest.mark.django_db
__all__ = ["world"]


def offer(world: World, who: User, asked: NewThread, **other: Any) -> dict[str, Any]:
    """They changed the text of the copy of a thread's opening."""
    author = {"name": who.first_name, "subject": f"sub-{who.username}"}
    fields = {
        "post": asked.thread.id,
        "space": "",
        "author": author,
        "base": 1,
        "edited": True,
        "title": "Why?",
    }
    return item(world, 40) | fields | {"pinned": None, "locked": None, "html": "<p>From Moodle</p>"} | other


def result(client: Client, sent: dict[str, Any]) -> tuple[str, str]:
    told = results(send(client, sent))[0]
    return told["status"], told["code"]


def told_last() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(OutboxEvent.objects.latest("id").body)["data"]
    found["post"]["html"] = found["post"]["html"].strip()
    return found


def versions(world: World, who: User, post: Post) -> list[str]:
    history = discussion.get_history(world.visit(who), post=post.public_id)
    return [version.html.strip() for version in history.versions]


def test_its_author_edits_it_there_too(client: Client, world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina)
    assert result(client, offer(world, amina, asked)) == ("applied", "")
    post = Post.objects.get()
    assert (post.html, post.revision, post.editor, post.origin) == ("<p>From Moodle</p>", 2, amina, "")
    assert versions(world, amina, post)[1] == "<p>Because <em>I</em> ask.</p>"
    assert (told_last()["post"]["edit"], told_last()["post"]["html"]) == (2, "<p>From Moodle</p>")


def test_the_title_too_unless_it_is_ours_cut(client: Client, world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina, "Why does the harmonic series diverge?")
    send(client, offer(world, amina, asked, title="Why does the…"))
    assert Thread.objects.get().title == "Why does the harmonic series diverge?"
    send(client, offer(world, amina, asked, title="Since when?", revision=2))
    assert Thread.objects.get().title == "Since when?"


@pytest.mark.parametrize(
    "change", [{}, {"deleted": True, "edited": False}, {"pinned": True, "edited": False}]
)
def test_who_may_not_do_it_here_did_nothing_and_ours_is_told_anew(
    client: Client, world: World, change: dict[str, Any]
) -> None:
    asked = world.ask(world.person("Amina"))
    assert result(client, offer(world, world.person("Tomas"), asked, **change)) == ("stands", "forbidden")
    post = Post.objects.get()
    assert (post.revision, post.deleted_at, post.thread.is_pinned) == (1, None, False)
    told = told_last()
    assert (told["revision"], told["post"]["html"]) == (2, "<p>Because <em>I</em> ask.</p>")
    assert not ForeignPost.objects.exists()


def test_a_guest_changes_nothing(client: Client, world: World) -> None:
    amina = world.person("Amina")
    stranger = {"name": "Amina", "subject": ""}
    assert result(client, offer(world, amina, world.ask(amina), author=stranger)) == ("stands", "forbidden")


def test_a_facilitator_removes_and_pins_there(client: Client, world: World) -> None:
    asked = world.ask(world.person("Amina"))
    ines = world.facilitator("Inès")
    pin = offer(world, ines, asked, pinned=True, locked=True, edited=False)
    assert result(client, pin) == ("applied", "")
    thread = Thread.objects.get()
    assert (thread.is_pinned, thread.is_closed, Post.objects.get().revision) == (True, True, 1)
    assert result(client, offer(world, ines, asked, revision=2, deleted=True)) == ("applied", "")
    assert Post.objects.get().deleted_at is not None


def test_of_two_edits_at_once_ours_stands_and_theirs_is_a_version(client: Client, world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina)
    discussion.edit_post(world.visit(amina), post=asked.thread.id, revision=1, body="Mine, newer.")
    assert result(client, offer(world, amina, asked)) == ("stands", "changed")
    post = Post.objects.get()
    assert post.source == "Mine, newer."
    assert versions(world, amina, post) == [
        "<p>Mine, newer.</p>",
        "<p>From Moodle</p>",
        "<p>Because <em>I</em> ask.</p>",
    ]
    assert (told_last()["post"]["edit"], told_last()["post"]["html"]) == (4, "<p>Mine, newer.</p>")
    assert result(client, offer(world, amina, asked)) == ("known", "")


def test_two_edits_there_in_a_row_are_both_taken(client: Client, world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina)
    send(client, offer(world, amina, asked))
    again = offer(world, amina, asked, revision=2, html="<p>Twice</p>")
    assert result(client, again) == ("applied", "")
    assert Post.objects.get().html == "<p>Twice</p>"


def test_the_same_text_is_no_edit(client: Client, world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina)
    same = offer(world, amina, asked, html="<p>Because <em>I</em> ask.</p>", base=0)
    assert result(client, same) == ("applied", "")
    assert Post.objects.get().revision == 1


def test_an_edit_there_of_what_was_removed_here_does_not_bring_it_back(client: Client, world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina)
    discussion.delete_post(world.visit(amina), post=asked.thread.id)
    assert result(client, offer(world, amina, asked)) == ("stands", "forbidden")
    assert told_last()["post"]["deleted"] is True


def test_a_post_of_another_connection_is_not_there(client: Client, world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina)
    LearningContext.objects.update(
        connection=Connection.objects.create(slug="rival", bridge_url="http://rival.test")
    )
    assert result(client, offer(world, amina, asked)) == ("refused", "not_found")


def test_a_pin_of_moodles_own_thread_is_taken_over_once(client: Client, world: World) -> None:
    send(client, item(world, pinned=True, locked=False))
    thread = Thread.objects.get()
    assert (thread.is_pinned, thread.is_closed) == (True, False)
    discussion.pin_thread(world.visit(world.staff("Inès")), thread=thread.public_id, on=False)
    send(client, item(world, revision=2, pinned=True, locked=True))
    thread.refresh_from_db()
    assert (thread.is_pinned, thread.is_closed) == (False, True)


def test_what_comes_back_there_comes_back_here(client: Client, world: World) -> None:
    send(client, item(world))
    send(client, item(world, revision=2, deleted=True, html=""))
    assert post_of(1).deleted_at is not None
    send(client, item(world, revision=3, html="<p>Again</p>"))
    assert (post_of(1).deleted_at, post_of(1).html) == (None, "<p>Again</p>")


def test_what_a_comparison_misses_is_told_anew(client: Client, world: World) -> None:
    asked = world.ask(world.person("Amina"))
    send(client, item(world))
    born_there = post_of(1).public_id
    wanted = [asked.thread.id, born_there, "f" * 32]
    told = signed(client, {"items": [], "retell": wanted}).json()["told"]
    assert [one["status"] for one in told] == ["told", "not_found", "not_found"]
    assert (told_last()["post"]["id"], told_last()["revision"]) == (asked.thread.id, 2)


@pytest.mark.parametrize("batch", [{"items": [], "retell": "x"}, [], {"items": [], "retell": ["a"] * 101}])
def test_a_wrong_wish_is_refused(client: Client, world: World, batch: Any) -> None:
    assert signed(client, batch).status_code in (400, 413)
