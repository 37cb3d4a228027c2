"""New threads, responses and comments."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import IntegrityError

from peer_xblock.api import discussion
from peer_xblock.domain.discussion import CAPS, Kind
from peer_xblock.domain.errors import Closed, Conflict, Invalid, NotFound, PreviewOnly, TooLarge
from peer_xblock.models import OutboxEvent, Post, Thread

from .world import World, everything_stored

pytestmark = pytest.mark.django_db


def close(thread: str) -> None:
    Thread.objects.filter(public_id=thread).update(is_closed=True)


def test_a_new_thread_holds_its_opening_as_number_0(world: World) -> None:
    made = world.ask(world.person("Amina"), "Is eight enough?", "With *n* = 8?")
    assert made.opening.id == made.thread.id
    assert (made.opening.number, made.opening.depth, made.opening.parent) == (0, 0, None)
    assert made.opening.html == "<p>With <em>n</em> = 8?</p>\n"
    assert (made.thread.state, made.thread.author.name, made.opening.is_own) == ("open", "Amina", True)
    assert world.reload().thread_count == 1


def test_a_discussion_has_no_answer_to_wait_for(world: World) -> None:
    made = world.ask(world.person("Amina"), kind=Kind.DISCUSSION)
    assert made.thread.state == "discussion"
    assert Thread.objects.get().key_unanswered is None


def test_replies_are_numbered_over_responses_and_comments(world: World) -> None:
    asked = world.ask(world.person("Amina"))
    first = world.respond(world.person("Tomás"), asked.thread.id)
    comment = world.comment(world.person("Amina"), first.post.id)
    second = world.respond(world.person("Yuki"), asked.thread.id)
    assert [first.post.number, comment.post.number, second.post.number] == [1, 2, 3]
    assert [first.post.parent, comment.post.parent] == [asked.thread.id, first.post.id]
    assert (second.thread.response_count, second.thread.post_count, second.thread.last_number) == (2, 3, 3)


def test_who_writes_has_read_up_to_what_they_wrote(world: World) -> None:
    asked = world.ask(world.person("Amina"))
    world.respond(world.person("Yuki"), asked.thread.id)
    mine = world.respond(world.person("Tomás"), asked.thread.id)
    assert (mine.thread.read_number, mine.thread.new_count) == (2, 0)


def test_a_thread_moves_up_when_somebody_replies(world: World) -> None:
    asked = world.ask(world.person("Amina"))
    answered = world.respond(world.person("Tomás"), asked.thread.id)
    assert answered.thread.active_at == world.at > asked.thread.active_at


@pytest.mark.parametrize("what", ["thread", "response", "comment"])
def test_a_repeated_create_answers_with_the_first_result_and_changes_nothing(world: World, what: str) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina, key="k-thread")
    response = world.respond(amina, asked.thread.id, key="k-response")
    comment = world.comment(amina, response.post.id, key="k-comment")
    before = everything_stored()
    again: Any = {
        "thread": lambda: world.ask(amina, "Another?", "text", key="k-thread").opening,
        "response": lambda: world.respond(amina, asked.thread.id, "Another.", key="k-response").post,
        "comment": lambda: world.comment(amina, response.post.id, "Another.", key="k-comment").post,
    }[what]()
    first: Any = {"thread": asked.opening, "response": response.post, "comment": comment.post}[what]
    assert (again.id, again.html, again.number) == (first.id, first.html, first.number)
    assert everything_stored() == before


def test_a_repeat_is_answered_even_when_the_thread_was_closed_since(world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina)
    first = world.respond(amina, asked.thread.id, key="k")
    close(asked.thread.id)
    assert world.respond(amina, asked.thread.id, key="k").post.id == first.post.id


def test_a_repeated_comment_is_answered_even_when_its_response_was_removed_since(world: World) -> None:
    amina = world.person("Amina")
    response = world.respond(amina, world.ask(amina).thread.id)
    first = world.comment(amina, response.post.id, key="k")
    discussion.delete_post(world.visit(amina), post=response.post.id)
    assert world.comment(amina, response.post.id, key="k").post.id == first.post.id


def test_two_people_may_have_the_same_key(world: World) -> None:
    one, other = (world.ask(world.person(name), key="k") for name in ("Amina", "Yuki"))
    assert one.thread.id != other.thread.id


def test_a_key_that_was_used_in_another_space_is_refused(world: World) -> None:
    amina = world.person("Amina")
    world.ask(amina, key="k")
    visit = world.visit(amina, space=world.add_space("u2"))
    with pytest.raises(Conflict) as refused:
        discussion.create_thread(visit, client_key="k", kind=Kind.QUESTION, title="Why?", body="x")
    assert refused.value.field == "client_key"
    assert Thread.objects.count() == 1


def test_closed_threads_take_posts_from_moderators_only(world: World) -> None:
    asked = world.ask(world.person("Amina"))
    response = world.respond(world.person("Tomás"), asked.thread.id)
    close(asked.thread.id)
    with pytest.raises(Closed):
        world.respond(world.person("Tomás"), asked.thread.id)
    with pytest.raises(Closed):
        world.comment(world.person("Tomás"), response.post.id)
    assert world.respond(world.facilitator("Inès"), asked.thread.id).post.number == 2
    assert world.comment(world.staff("Jo"), response.post.id).post.number == 3


def test_comments_belong_to_a_response_that_is_there(world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina)
    response = world.respond(amina, asked.thread.id)
    comment = world.comment(amina, response.post.id)
    discussion.delete_post(world.visit(amina), post=response.post.id)
    for post in (asked.opening.id, comment.post.id, response.post.id):
        with pytest.raises(Invalid) as refused:
            world.comment(amina, post)
        assert refused.value.field == "response"


@pytest.mark.parametrize("body", ["", " \n ", "&nbsp;", "[](https://e.example)", "\u200b"])
def test_a_text_that_nobody_would_see_is_refused(world: World, body: str) -> None:
    before = everything_stored()
    with pytest.raises(Invalid) as refused:
        world.ask(world.person("Amina"), body=body)
    assert refused.value.field == "body"
    assert everything_stored() == before


@pytest.mark.parametrize(
    ("title", "body", "error", "field"),
    [
        ("", "x", Invalid, "title"),
        (" \u00a0\n", "x", Invalid, "title"),
        ("x" * (CAPS.title + 1), "x", TooLarge, "title"),
        ("Why?", "x" * (CAPS.body + 1), TooLarge, "body"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(
    world: World, title: str, body: str, error: type[Invalid], field: str
) -> None:
    with pytest.raises(error) as refused:
        world.ask(world.person("Amina"), title, body)
    assert refused.value.field == field
    assert Thread.objects.count() == 0


def test_what_just_fits_is_taken(world: World) -> None:
    made = world.ask(world.person("Amina"), "x" * CAPS.title, "é" * CAPS.body)
    assert len(made.thread.title) == CAPS.title
    assert len(Post.objects.get().source) == CAPS.body


def test_a_title_is_one_line(world: World) -> None:
    assert world.ask(world.person("Amina"), " Why\n\tnot? ").thread.title == "Why not?"


def test_any_character_is_kept(world: World) -> None:
    text = "🦉 naïve \u0301 \U0001f469\u200d\U0001f680 中文 \\ ' \" % _"
    made = world.ask(world.person("Amina"), text, text)
    assert made.thread.title == text
    assert Post.objects.get().source == text


def test_ids_of_another_space_are_not_there(world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina)
    response = world.respond(amina, asked.thread.id)
    there = world.visit(amina, space=world.add_space("u2", course="course-v1:Other+X+1"))
    with pytest.raises(NotFound) as refused:
        discussion.create_response(there, client_key="k", thread=asked.thread.id, body="x")
    assert refused.value.field == "thread"
    with pytest.raises(NotFound) as refused:
        discussion.create_comment(there, client_key="k", response=response.post.id, body="x")
    assert refused.value.field == "response"


def test_studios_preview_writes_nothing(world: World) -> None:
    asked = world.ask(world.person("Amina"))
    response = world.respond(world.person("Amina"), asked.thread.id)
    before = everything_stored()
    visit = world.visit(world.staff("Jo"), is_preview=True)
    for create in (
        lambda: discussion.create_thread(visit, client_key="k", kind=Kind.QUESTION, title="t", body="x"),
        lambda: discussion.create_response(visit, client_key="k", thread=asked.thread.id, body="x"),
        lambda: discussion.create_comment(visit, client_key="k", response=response.post.id, body="x"),
    ):
        with pytest.raises(PreviewOnly):
            create()
    assert everything_stored() == before


def test_an_event_is_written_with_each_post_and_takes_the_threads_next_number(world: World) -> None:
    asked = world.ask(world.person("Amina"))
    response = world.respond(world.person("Tomás"), asked.thread.id)
    world.comment(world.person("Amina"), response.post.id)
    events = OutboxEvent.objects.filter(aggregate=asked.thread.id).order_by("sequence")
    assert [event.sequence for event in events] == [1, 2, 3]
    assert [json.loads(event.body)["data"]["post"]["depth"] for event in events] == [0, 1, 2]


def test_without_a_connection_no_event_is_written(db: None) -> None:
    world = World(connected=False)
    world.ask(world.person("Amina"))
    assert OutboxEvent.objects.count() == 0
    assert Thread.objects.get().sequence == 1


def test_nothing_is_half_written_when_the_event_cannot_be(world: World) -> None:
    amina = world.person("Amina")
    thread = world.ask(amina).thread.id
    OutboxEvent.objects.update(sequence=2)  # The place that the next event would take.
    before = everything_stored()
    with pytest.raises(IntegrityError):
        world.respond(amina, thread)
    assert everything_stored() == before
