"""Threads that are moved, merged and split: nothing is lost, nothing doubled, and old links still lead there."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peer_xblock.api import discussion, notices
from peer_xblock.api.discussion.listing import Sort
from peer_xblock.api.discussion.reading import Order
from peer_xblock.api.notices import note_posts
from peer_xblock.api.spaces import find_post_space
from peer_xblock.api.ticking import tick
from peer_xblock.domain.discussion import Kind, OpenThread
from peer_xblock.domain.errors import Conflict, Elsewhere, Forbidden, Invalid, NotFound
from peer_xblock.models import OutboxEvent, Post, Space

from .world import World, everything_stored

pytestmark = pytest.mark.django_db


def opened(world: World, name: str, thread: str, **more: Any) -> OpenThread:
    return discussion.get_thread(world.visit(world.person(name)), thread=thread, **more)


def titles(
    world: World, name: str = "Yuki", *, space: Space | None = None, sort: Sort = Sort.ACTIVITY
) -> list[str]:
    if space is not None:
        space.refresh_from_db()
    page = discussion.list_threads(world.visit(world.person(name), space=space), sort=sort)
    assert page.space.thread_count >= len(page.threads)
    return [thread.title for thread in page.threads]


def all_is_counted(world: World) -> bool:
    return all(list(discussion.repair_counters(space)) == [] for space in Space.objects.all())


def revisions_of(post: str) -> list[int]:
    """Of all events of a post, in the order in which they were written."""
    found = []
    for body in OutboxEvent.objects.order_by("pk").values_list("body", flat=True):
        data = json.loads(body)["data"]
        if data["post"]["id"] == post:
            found.append(data["revision"])
    return found


@pytest.mark.databases
def test_a_moved_thread_is_in_its_new_place_with_all_that_was_its_own(world: World) -> None:
    amina, yuki, ines = world.person("Amina"), world.person("Yuki"), world.facilitator("Inès")
    elsewhere = world.add_space("u2")
    thread = world.ask(amina, "Lost").thread.id
    response = world.respond(yuki, thread).post.id
    discussion.save_post(world.visit(yuki), post=response, on=True)
    note_posts(now=world.at, rng=world.rng)
    assert [one.space for one in discussion.list_destinations(world.visit(ines)).spaces] == [
        elsewhere.public_id
    ]
    for _ in range(2):
        moved = discussion.move_thread(world.visit(ines), thread=thread, to=elsewhere.public_id)
        assert moved.space == elsewhere.public_id
    assert titles(world) == titles(world, sort=Sort.MINE) == []
    assert titles(world, space=elsewhere) == titles(world, space=elsewhere, sort=Sort.MINE) == ["Lost"]
    there = world.visit(yuki, space=elsewhere)
    assert [saved.id for saved in discussion.list_saved(there).posts] == [response]
    assert len(notices.list_notices(world.visit(amina, space=elsewhere)).notices) == 1
    assert notices.list_notices(world.visit(amina)).notices == ()
    assert all_is_counted(world)


def test_an_old_link_to_a_moved_thread_leads_to_it(world: World) -> None:
    thread = world.ask(world.person("Amina")).thread.id
    response = world.respond(world.person("Yuki"), thread).post.id
    elsewhere = world.add_space("u2")
    discussion.move_thread(world.visit(world.facilitator("Inès")), thread=thread, to=elsewhere.public_id)
    assert find_post_space(response) == elsewhere
    here = world.visit(world.person("Noah"))
    with pytest.raises(Elsewhere) as told:
        discussion.locate(here, post=response)
    assert told.value.details["url"].endswith(response)
    with pytest.raises(Elsewhere):
        discussion.get_thread(here, thread=thread)


def test_a_moved_thread_can_be_moved_back_from_where_it_was(world: World) -> None:
    thread = world.ask(world.person("Amina"), "Back").thread.id
    visit = world.visit(world.facilitator("Inès"))
    discussion.move_thread(visit, thread=thread, to=world.add_space("u2").public_id)
    discussion.move_thread(visit, thread=thread, to=world.space.public_id)
    assert titles(world) == ["Back"]
    assert all_is_counted(world)


def test_a_groups_thread_stays_the_groups_where_it_is_moved_to() -> None:
    world = World(is_divided=True)
    amina = world.in_cohort("Amina", "3")
    world.in_cohort("Noah", "4")
    elsewhere = world.add_space("u2")
    thread = world.ask(amina, "Ours").thread.id
    discussion.move_thread(world.visit(world.staff("Marta")), thread=thread, to=elsewhere.public_id)
    elsewhere.refresh_from_db()
    assert titles(world, "Amina", space=elsewhere) == ["Ours"]
    assert titles(world, "Noah", space=elsewhere) == []
    with pytest.raises(NotFound) as told:
        discussion.locate(world.visit(world.person("Noah")), post=thread)
    assert told.value.code == "not_found"
    assert all_is_counted(world)


def test_where_it_goes_is_a_discussion_of_the_course_that_the_mover_may_open(world: World) -> None:
    thread = world.ask(world.person("Amina")).thread.id
    other = world.add_space("u9", course="course-v1:Peer+Other+2026")
    visit = world.visit(world.facilitator("Inès"))
    assert discussion.list_destinations(visit).spaces == ()
    before = everything_stored()
    with pytest.raises(NotFound):
        discussion.move_thread(visit, thread=thread, to=other.public_id)
    assert everything_stored() == before


def test_the_bridge_hears_each_post_of_a_moved_thread_anew(world: World) -> None:
    thread = world.ask(world.person("Amina")).thread.id
    response = world.respond(world.person("Yuki"), thread).post.id
    discussion.move_thread(
        world.visit(world.facilitator("Inès")), thread=thread, to=world.add_space("u2").public_id
    )
    tick(now=world.at, rng=world.rng)
    assert [len(revisions_of(post)) for post in (thread, response)] == [2, 2]
    assert revisions_of(response) == sorted(revisions_of(response))


def pair(world: World) -> tuple[str, str, str]:
    """Two questions, the second with a response by Yuki that has a comment: their ids, and the response's."""
    first = world.ask(world.person("Amina"), "First").thread.id
    world.respond(world.person("Noah"), first, "To the first.")
    second = world.ask(world.person("Tomás"), "Second").thread.id
    response = world.respond(world.person("Yuki"), second, "To the second.").post.id
    world.comment(world.person("Amina"), response)
    return first, second, response


@pytest.mark.databases
def test_a_merged_thread_stands_at_the_end_with_its_title_votes_and_comments(world: World) -> None:
    first, second, _ = pair(world)
    discussion.vote(world.visit(world.person("Noah")), post=second, on=True)
    ines = world.visit(world.facilitator("Inès"))
    for _ in range(2):
        place = discussion.merge_thread(ines, thread=second, into=first)
        assert (place.thread, place.post) == (first, second)
    page = opened(world, "Amina", first, order=Order.OLDEST)
    assert [post.number for post in page.responses] == [1, 2, 3]
    assert page.responses[1].vote_count == 1
    assert "<strong>Second</strong>" in page.responses[1].html
    assert [comment.author.name for comment in page.responses[2].comments] == ["Amina"]
    assert (page.thread.response_count, page.thread.post_count) == (3, 4)
    assert titles(world) == ["First"]
    assert opened(world, "Amina", first).responses[0].id == second
    assert all_is_counted(world)


def test_old_links_into_a_merged_thread_lead_to_its_posts(world: World) -> None:
    first, second, response = pair(world)
    discussion.merge_thread(world.visit(world.facilitator("Inès")), thread=second, into=first)
    for thread, post in ((second, None), (second, response), (second, second)):
        page = opened(world, "Noah", thread, post=post)
        assert (page.thread.id, page.target) == (first, post or second)
    assert find_post_space(second) == world.space


def test_who_had_read_both_threads_has_nothing_new_and_who_had_not_misses_nothing(world: World) -> None:
    first, second, _ = pair(world)
    read, half = world.visit(world.person("Reads")), world.visit(world.person("Half"))
    for visit, thread in ((read, first), (read, second), (half, second)):
        discussion.mark_read(visit, thread=thread, number=9)
    discussion.merge_thread(world.visit(world.facilitator("Inès")), thread=second, into=first)
    views = [discussion.get_thread(visit, thread=first).thread for visit in (read, half)]
    assert [view.is_unread for view in views] == [False, True]


def test_pseudonyms_of_merged_threads_tell_of_nobody_that_two_are_one() -> None:
    world = World(anonymity="learners")
    amina = world.person("Amina")
    first = world.ask(amina, anonymous=True).thread.id
    second = world.ask(amina, anonymous=True).thread.id
    names = [opened(world, "Yuki", thread).opening.author.name for thread in (first, second)]
    discussion.merge_thread(world.visit(world.staff("Marta")), thread=second, into=first)
    page = opened(world, "Yuki", first)
    assert [page.opening.author.name, page.responses[0].author.name] == names
    again = world.respond(amina, first, anonymous=True)
    assert again.post.author.name == names[0]


def test_an_accepted_answer_stays_one_where_there_was_none(world: World) -> None:
    first, second, response = pair(world)
    ines = world.visit(world.facilitator("Inès"))
    discussion.accept_answer(ines, post=response, on=True)
    discussion.merge_thread(ines, thread=second, into=first)
    page = opened(world, "Amina", first)
    assert page.thread.state == "answered"
    assert page.accepted is not None
    assert page.accepted.id == response
    assert all_is_counted(world)


def test_threads_of_other_readers_are_never_merged() -> None:
    world = World(is_divided=True)
    one, other = (world.ask(world.in_cohort(name, name)).thread.id for name in ("Amina", "Noah"))
    marta = world.visit(world.staff("Marta"))
    before = everything_stored()
    with pytest.raises(Conflict):
        discussion.merge_thread(marta, thread=one, into=other)
    with pytest.raises(Invalid):
        discussion.merge_thread(marta, thread=one, into=one)
    assert everything_stored() == before


def test_what_the_bridge_is_told_of_a_merged_post_is_newer_than_all_before(world: World) -> None:
    first, second, response = pair(world)
    for on in (True, False, True):
        discussion.pin_thread(world.visit(world.staff("Marta")), thread=second, on=on)
    discussion.merge_thread(world.visit(world.facilitator("Inès")), thread=second, into=first)
    tick(now=world.at, rng=world.rng)
    for post in (second, response):
        assert len(revisions_of(post)) > 1
        assert revisions_of(post) == sorted(set(revisions_of(post)))


@pytest.mark.databases
def test_a_response_that_is_split_off_is_a_thread_and_its_comments_are_the_responses(world: World) -> None:
    _, second, response = pair(world)
    last = world.respond(world.person("Noah"), second).post.id
    discussion.vote(world.visit(world.person("Noah")), post=response, on=True)
    ines = world.visit(world.facilitator("Inès"))
    for _ in range(2):
        place = discussion.split_response(ines, post=response, kind=Kind.DISCUSSION, title="Of its own")
        assert (place.thread, place.post) == (response, response)
    page = opened(world, "Amina", response)
    assert (page.opening.author.name, page.opening.vote_count) == ("Yuki", 1)
    assert [(post.author.name, post.number, post.depth) for post in page.responses] == [("Amina", 1, 1)]
    assert [post.id for post in opened(world, "Amina", second).responses] == [last]
    assert titles(world) == ["Second", "Of its own", "First"]
    assert titles(world, sort=Sort.MINE) == ["Of its own"]
    assert opened(world, "Noah", second, post=response).thread.id == response
    assert all_is_counted(world)


def test_who_had_read_a_response_has_read_the_thread_that_it_becomes(world: World) -> None:
    _, second, response = pair(world)
    visit = world.visit(world.person("Reads"))
    discussion.mark_read(visit, thread=second, number=9)
    discussion.split_response(
        world.visit(world.facilitator("Inès")), post=response, kind=Kind.QUESTION, title="Of its own"
    )
    for thread in (second, response):
        view = discussion.get_thread(visit, thread=thread).thread
        assert (view.is_unread, view.new_count) == (False, 0)


@pytest.mark.databases
def test_an_anonymous_author_keeps_the_name_in_both_threads() -> None:
    world = World(anonymity="learners")
    amina, noah = world.person("Amina"), world.person("Noah")
    thread = world.ask(amina, anonymous=True).thread.id
    response = world.respond(noah, thread, anonymous=True).post.id
    comment = world.comment(amina, response, anonymous=True).post
    discussion.split_response(
        world.visit(world.staff("Marta")), post=response, kind=Kind.QUESTION, title="New"
    )
    page = opened(world, "Yuki", response)
    assert page.responses[0].author.name == comment.author.name
    assert world.respond(amina, response, anonymous=True).post.author.name == comment.author.name
    assert Post.objects.get(public_id=response).pseudonym.thread.public_id == response  # type: ignore[union-attr]


def test_a_removed_response_and_a_comment_are_not_split_off(world: World) -> None:
    _, _, response = pair(world)
    comment = Post.objects.get(depth=2).public_id
    marta = world.visit(world.staff("Marta"))
    with pytest.raises(Invalid):
        discussion.split_response(marta, post=comment, kind=Kind.QUESTION, title="New")
    discussion.delete_post(marta, post=response)
    with pytest.raises(Forbidden):
        discussion.split_response(marta, post=response, kind=Kind.QUESTION, title="New")


def test_a_thread_that_was_merged_can_be_split_off_again(world: World) -> None:
    first, second, _ = pair(world)
    ines = world.visit(world.facilitator("Inès"))
    discussion.merge_thread(ines, thread=second, into=first)
    discussion.split_response(ines, post=second, kind=Kind.QUESTION, title="Second")
    assert sorted(titles(world)) == ["First", "Second"]
    assert all_is_counted(world)
    tick(now=world.at, rng=world.rng)
    assert revisions_of(second) == sorted(set(revisions_of(second)))


def statements(world: World, extra: int) -> list[int]:
    """Of a move, a merge and a split of a thread with so many more responses, comments and readers."""
    first, second, response = pair(world)
    for at in range(extra):
        person = world.person(f"P{at}")
        world.respond(person, second)
        world.comment(person, response)
    ines, elsewhere = world.facilitator("Inès"), world.add_space("u2")
    visit = world.visit(ines)
    discussion.move_thread(visit, thread=second, to=elsewhere.public_id)
    calls = (
        lambda: discussion.move_thread(visit, thread=second, to=world.space.public_id),
        lambda: discussion.split_response(visit, post=response, kind=Kind.QUESTION, title="New"),
        lambda: discussion.merge_thread(visit, thread=second, into=first),
    )
    counts = []
    for call in calls:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            call()
        counts.append(len(captured))
    assert all_is_counted(world)
    return counts


def test_the_number_of_statements_does_not_grow_with_the_thread(world: World) -> None:
    few = statements(world, 1)
    assert statements(world, 12) == few
    assert max(few) <= 45


def test_a_talk_with_the_team_alone_goes_along_and_stays_one(world: World) -> None:
    first, second, _ = pair(world)
    asks = {name: world.visit(world.person(name)) for name in ("Yuki", "Noah")}
    for thread, name in ((first, "Noah"), (second, "Yuki")):
        discussion.create_private(asks[name], client_key=name, thread=thread, body="For you alone.")
    discussion.merge_thread(world.visit(world.facilitator("Inès")), thread=second, into=first)
    for name in asks:
        assert [post.author.name for post in opened(world, name, first).private] == [name]
    assert [post.number for post in opened(world, "Noah", first, order=Order.OLDEST).responses] == [1, 2, 3]
    assert all_is_counted(world)
