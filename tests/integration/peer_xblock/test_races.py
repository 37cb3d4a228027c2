"""Two people, or one person twice, at the same moment: on real databases, each in a connection of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from random import SystemRandom
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection

from peer_xblock.api import discussion, spaces
from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import Kind, NewReply, NewThread
from peer_xblock.domain.errors import PeerError, StaleEdit
from peer_xblock.models import OutboxEvent, Post, ReadState, Space, Thread, Vote

from .world import DISCUSSION, World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.databases]


@pytest.fixture
def world(transactional_db: None) -> World:
    return World()


def at_once(calls: Iterable[Callable[[], object]]) -> list[object]:
    """Run the calls together, each in a thread and connection of its own; a refusal is a result."""
    listed = list(calls)
    barrier = Barrier(len(listed), timeout=20)

    def run(call: Callable[[], object]) -> object:
        try:
            barrier.wait()
            return call()
        except PeerError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(listed)) as pool:
        return list(pool.map(run, listed))


def people(world: World, count: int = 4) -> list[User]:
    return [world.person(f"Learner{number}") for number in range(count)]


def visits(world: World, users: Iterable[User]) -> list[Visit]:
    """Made before the race, so that it is the calls that meet, not the look-ups."""
    return [world.visit(user) for user in users]


def assert_whole(world: World, thread: str) -> None:
    """Counters are right, numbers and sequence have no hole, each change has its event."""
    row = Thread.objects.get(public_id=thread)
    assert list(discussion.repair_counters(world.space)) == []
    assert sorted(row.posts.values_list("number", flat=True)) == list(range(row.last_number + 1))
    events = OutboxEvent.objects.filter(aggregate=thread).order_by("sequence")
    assert [event.sequence for event in events] == list(range(1, row.sequence + 1))


def test_responses_at_once_get_numbers_of_their_own(world: World) -> None:
    thread = world.ask(world.person("Amina")).thread.id
    calls = [
        partial(discussion.create_response, visit, client_key=f"{turn}", thread=thread, body="x")
        for visit in visits(world, people(world))
        for turn in range(2)
    ]
    results = at_once(calls)
    assert sorted(r.post.number for r in results if isinstance(r, NewReply)) == list(range(1, 9))
    assert_whole(world, thread)


def test_comments_at_once_get_places_of_their_own(world: World) -> None:
    thread = world.ask(world.person("Amina")).thread.id
    response = world.respond(world.person("Amina"), thread).post.id
    calls = [
        partial(discussion.create_comment, visit, client_key=f"{turn}", response=response, body="x")
        for visit in visits(world, people(world))
        for turn in range(2)
    ]
    at_once(calls)
    comments = Post.objects.filter(depth=2).order_by("ordinal")
    assert [c.ordinal for c in comments] == list(range(1, 9))
    assert [c.ordinal for c in comments.order_by("number")] == list(range(1, 9))
    assert_whole(world, thread)


def test_one_create_sent_twice_at_once_makes_one_post(world: World) -> None:
    amina = world.person("Amina")
    thread = world.ask(amina).thread.id
    results = at_once(
        partial(discussion.create_response, visit, client_key="k", thread=thread, body="x")
        for visit in visits(world, [amina] * 3)
    )
    assert len({r.post.id for r in results if isinstance(r, NewReply)}) == 1
    assert all(isinstance(r, NewReply) for r in results)
    assert_whole(world, thread)


def test_one_thread_sent_twice_at_once_is_one_thread(world: World) -> None:
    kind = Kind.QUESTION
    results = at_once(
        partial(discussion.create_thread, visit, client_key="k", kind=kind, title="Why?", body="x")
        for visit in visits(world, [world.person("Amina")] * 3)
    )
    assert {r.thread.id for r in results if isinstance(r, NewThread)} == {Thread.objects.get().public_id}
    assert world.reload().thread_count == 1


def test_votes_at_once_are_all_counted(world: World) -> None:
    thread = world.ask(world.person("Amina")).thread.id
    response = world.respond(world.person("Amina"), thread).post.id
    voters = people(world)
    at_once(
        partial(discussion.vote, visit, post=post, on=True)
        for visit in visits(world, voters)
        for post in (thread, response)
    )
    assert Thread.objects.get().vote_count == len(voters)
    assert Post.objects.get(public_id=response).vote_count == len(voters)
    assert_whole(world, thread)


def test_one_persons_double_click_is_one_vote(world: World) -> None:
    thread = world.ask(world.person("Amina")).thread.id
    results = at_once(
        partial(discussion.vote, visit, post=thread, on=True)
        for visit in visits(world, [world.person("Yuki")] * 3)
    )
    assert not [r for r in results if isinstance(r, PeerError)]
    assert Vote.objects.count() == 1
    assert Thread.objects.get().vote_count == 1


def test_two_answers_accepted_at_once_leave_one(world: World) -> None:
    amina = world.person("Amina")
    thread = world.ask(amina).thread.id
    responses = [world.respond(user, thread).post.id for user in people(world)]
    results = at_once(
        partial(discussion.accept_answer, visit, post=post, on=True)
        for visit, post in zip(visits(world, [amina] * 4), responses, strict=True)
    )
    assert not [r for r in results if isinstance(r, PeerError)]
    assert Post.objects.filter(accepted_of__isnull=False).count() == 1
    assert_whole(world, thread)


def test_writing_voting_accepting_and_removing_at_once_end_whole(world: World) -> None:
    amina, jo = world.person("Amina"), world.staff("Jo")
    thread = world.ask(amina).thread.id
    one, other = (world.respond(world.person("Tomás"), thread).post.id for _ in range(2))
    by_amina, by_jo, by_yuki, by_noah = visits(world, [amina, jo, world.person("Yuki"), world.person("Noah")])
    for turn in range(3):
        key = f"turn-{turn}"
        at_once(
            [
                partial(discussion.accept_answer, by_amina, post=one, on=True),
                partial(discussion.accept_answer, by_jo, post=other, on=True),
                partial(discussion.delete_post, by_jo, post=one),
                partial(discussion.restore_post, by_jo, post=one),
                partial(discussion.vote, by_yuki, post=one, on=turn % 2 == 0),
                partial(discussion.create_comment, by_noah, client_key=key, response=other, body="x"),
                partial(discussion.create_response, by_yuki, client_key=key, thread=thread, body="x"),
            ]
        )
        assert_whole(world, thread)


def test_of_two_edits_at_once_the_second_is_told_of_the_first(world: World) -> None:
    amina = world.person("Amina")
    thread = world.ask(amina).thread.id
    results = at_once(
        partial(discussion.edit_post, visit, post=thread, revision=1, body=f"Version {turn}")
        for turn, visit in enumerate(visits(world, [amina, world.staff("Jo")]))
    )
    refused = [r for r in results if isinstance(r, StaleEdit)]
    assert len(refused) == 1
    assert refused[0].details["current"]["source"] == Post.objects.get().source
    assert Post.objects.get().revision == 2


def test_two_tabs_reading_at_once_leave_the_higher_number(world: World) -> None:
    amina = world.person("Amina")
    thread = world.ask(world.person("Tomás")).thread.id
    for _ in range(4):
        world.respond(world.person("Tomás"), thread)
    at_once(
        partial(discussion.mark_read, visit, thread=thread, number=number)
        for number, visit in zip((1, 4, 2, 3), visits(world, [amina] * 4), strict=True)
    )
    assert ReadState.objects.get(user=amina).number == 4


def test_two_first_renders_at_once_make_one_space(world: World) -> None:
    settings = spaces.SpaceSettings(
        DISCUSSION,
        "block-v1:Peer+DL102+1+type@peer_discussion+block@new",
        "course-v1:Peer+DL102+1",
        "New",
    )
    made = at_once(partial(spaces.save_space, settings, now=world.at, rng=SystemRandom()) for _ in range(3))
    assert len({space.pk for space in made if isinstance(space, Space)}) == 1


def test_anonymous_replies_at_once_have_one_name_a_person(transactional_db: None) -> None:
    world = World(anonymity="learners")
    thread = world.ask(world.person("Amina")).thread.id
    writers = people(world, 3)
    at_once(
        partial(
            discussion.create_response, visit, client_key=f"{turn}", thread=thread, body="x", anonymous=True
        )
        for visit in visits(world, writers)
        for turn in range(2)
    )
    names = {(p.author_id, p.pseudonym_id) for p in Post.objects.filter(depth=1)}
    assert len(names) == len(writers)
    assert_whole(world, thread)
