"""What was reproduced as wrong in openedx-forum 0.6.0, each as a rule that holds here."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peer_xblock.api import discussion
from peer_xblock.api.discussion.listing import Sort
from peer_xblock.api.discussion.reading import Order
from peer_xblock.domain.errors import Forbidden
from peer_xblock.models import Post, Thread

from .world import World

pytestmark = pytest.mark.django_db


def test_response_100000_comes_after_99998(world: World) -> None:
    amina = world.person("Amina")
    thread = world.ask(amina).thread.id
    Thread.objects.update(last_number=99_997)
    made = [world.respond(amina, thread).post for _ in range(3)]
    assert [post.number for post in made] == [99_998, 99_999, 100_000]
    for order in (Order.OLDEST, Order.BEST):
        opened = discussion.get_thread(world.visit(amina), thread=thread, order=order)
        assert [r.number for r in opened.responses] == [99_998, 99_999, 100_000]


def test_the_reverse_order_is_the_reverse_and_only_when_asked_for(world: World) -> None:
    amina = world.person("Amina")
    thread = world.ask(amina).thread.id
    made = [world.respond(amina, thread).post.id for _ in range(3)]
    oldest, newest = (
        [r.id for r in discussion.get_thread(world.visit(amina), thread=thread, order=order).responses]
        for order in (Order.OLDEST, Order.NEWEST)
    )
    assert oldest == newest[::-1] == made


def test_a_list_by_votes_shows_and_sorts_by_the_votes_there_are(world: World) -> None:
    popular, plain = (world.ask(world.person("Amina")).thread.id for _ in range(2))
    for voter in ("Yuki", "Noah"):
        discussion.vote(world.visit(world.person(voter)), post=popular, on=True)
    listed = discussion.list_threads(world.visit(world.person("Léa")), sort=Sort.VOTES).threads
    assert [(t.id, t.vote_count) for t in listed] == [(popular, 2), (plain, 0)]


def test_ten_votes_stand_above_nine(world: World) -> None:
    amina = world.person("Amina")
    thread = world.ask(amina).thread.id
    nine, ten = (world.respond(amina, thread).post.id for _ in range(2))
    for number in range(10):
        visit = world.visit(world.person(f"Voter{number}"))
        discussion.vote(visit, post=ten, on=True)
        if number:
            discussion.vote(visit, post=nine, on=True)
    opened = discussion.get_thread(world.visit(amina), thread=thread)
    assert [(r.id, r.vote_count) for r in opened.responses] == [(ten, 10), (nine, 9)]


def test_nobody_votes_for_oneself(world: World) -> None:
    amina = world.person("Amina")
    with pytest.raises(Forbidden):
        discussion.vote(world.visit(amina), post=world.ask(amina).thread.id, on=True)


def test_html_is_never_kept_raw_to_be_shown(world: World) -> None:
    world.ask(world.person("Amina"), body='<script>alert(1)</script><img src=x onerror="alert(1)">')
    html = Post.objects.get().html
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


def test_a_deletion_can_be_taken_back_whole(world: World) -> None:
    amina = world.person("Amina")
    thread = world.ask(amina, "Why?", "Because.").thread.id
    response = world.respond(world.person("Yuki"), thread, "So.").post.id
    discussion.vote(world.visit(amina), post=response, on=True)
    before = discussion.get_thread(world.visit(amina), thread=thread)
    for change in (discussion.delete_post, discussion.restore_post):
        for post in (thread, response):
            change(world.visit(amina if post == thread else world.person("Yuki")), post=post)
    assert discussion.get_thread(world.visit(amina), thread=thread) == before


def test_a_list_says_which_answers_are_endorsed(world: World) -> None:
    amina, ines = world.person("Amina"), world.facilitator("Inès")
    endorsed, plain = (world.ask(amina).thread.id for _ in range(2))
    for thread in (endorsed, plain):
        answer = world.respond(world.person("Yuki"), thread).post.id
        discussion.accept_answer(world.visit(amina), post=answer, on=True)
        if thread == endorsed:
            discussion.endorse(world.visit(ines), post=answer, on=True)
    listed = discussion.list_threads(world.visit(amina)).threads
    assert {t.id: t.is_endorsed for t in listed} == {endorsed: True, plain: False}


def statements(world: World, user: User, thread: str | None = None) -> list[str]:
    """Of one look at the list's first three threads, or at a thread."""
    visit = world.visit(user)
    with CaptureQueriesContext(connection) as seen:
        if thread is None:
            discussion.list_threads(visit, limit=3)
        else:
            discussion.get_thread(visit, thread=thread)
    return [query["sql"] for query in seen.captured_queries]


def test_a_list_never_names_the_threads_that_there_are(world: World) -> None:
    """There every thread id goes back in an IN, and each page costs what the whole forum does."""
    amina, noah = world.person("Amina"), world.person("Noah")
    seen = []
    for _ in range(2):
        for _ in range(4):
            world.ask(amina)
        seen.append([len(statement) for statement in statements(world, noah)])
    assert seen[0] == seen[1]


def test_a_thread_costs_the_same_whatever_its_reader_has_read_and_voted_for(world: World) -> None:
    """There it is one query for each vote and each thread ever read."""
    amina, noah = world.person("Amina"), world.person("Noah")
    thread = world.ask(amina).thread.id
    response = world.respond(amina, thread).post.id
    counts = []
    for _ in range(2):
        counts.append(len(statements(world, noah, thread)))
        for other in [world.ask(amina).thread.id for _ in range(5)]:
            discussion.mark_read(world.visit(noah), thread=other, number=0)
            discussion.vote(world.visit(noah), post=other, on=True)
        discussion.vote(world.visit(noah), post=response, on=True)
    assert counts[0] == counts[1]


def test_all_that_one_person_wrote_can_be_removed_and_taken_back(world: World) -> None:
    """There it is gone for good, with all that others answered."""
    amina, jo = world.person("Amina"), world.staff("Jo")
    thread = world.ask(amina).thread.id
    world.respond(world.person("Noah"), thread, "Stays.")
    theirs = [thread, world.respond(amina, thread, "Mine.").post.id]
    for act in (discussion.delete_post, discussion.restore_post):
        for post in theirs:
            act(world.visit(jo), post=post)
    opened = discussion.get_thread(world.visit(jo), thread=thread, order=Order.OLDEST)
    assert [post.html for post in opened.responses] == ["<p>Stays.</p>\n", "<p>Mine.</p>\n"]
    assert opened.thread.response_count == 2
