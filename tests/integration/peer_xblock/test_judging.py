"""Votes, accepted answers, endorsements."""

from __future__ import annotations

import json
from typing import Any

import pytest

from peer_xblock.api import discussion
from peer_xblock.domain.discussion import Kind
from peer_xblock.domain.errors import Forbidden, NotFound, PreviewOnly
from peer_xblock.models import OutboxEvent, Vote

from .world import World, everything_stored

pytestmark = pytest.mark.django_db


def accepted_by_event() -> list[tuple[str, bool]]:
    """(post, accepted) of each event, in order."""
    bodies = (json.loads(e.body)["data"] for e in OutboxEvent.objects.order_by("sequence"))
    return [(data["post"]["id"], data["post"]["accepted"]) for data in bodies]


def posts_of(world: World, author: str = "Amina") -> list[str]:
    """An opening, a response and a comment of one author."""
    user = world.person(author)
    asked = world.ask(user)
    response = world.respond(user, asked.thread.id)
    return [asked.thread.id, response.post.id, world.comment(user, response.post.id).post.id]


def test_each_kind_of_post_takes_one_vote_a_person(world: World) -> None:
    for post in posts_of(world):
        for _ in range(2):
            result = discussion.vote(world.visit(world.person("Yuki")), post=post, on=True)
            assert (result.vote_count, result.has_voted) == (1, True)
        assert discussion.vote(world.visit(world.person("Noah")), post=post, on=True).vote_count == 2
    assert Vote.objects.count() == 6


def test_a_vote_can_be_taken_back_once(world: World) -> None:
    for post in posts_of(world):
        discussion.vote(world.visit(world.person("Yuki")), post=post, on=True)
        for _ in range(2):
            result = discussion.vote(world.visit(world.person("Yuki")), post=post, on=False)
            assert (result.vote_count, result.has_voted) == (0, False)


def test_votes_show_where_the_post_is_shown(world: World) -> None:
    opening, response, comment = posts_of(world)
    yuki = world.person("Yuki")
    for post in (opening, response, comment):
        discussion.vote(world.visit(yuki), post=post, on=True)
    opened = discussion.get_thread(world.visit(yuki), thread=opening)
    shown = [opened.opening, opened.responses[0], opened.responses[0].comments[0]]
    assert [(p.vote_count, p.has_voted) for p in shown] == [(1, True)] * 3
    assert opened.thread.vote_count == 1
    others = discussion.get_thread(world.visit(world.person("Noah")), thread=opening)
    assert (others.opening.vote_count, others.opening.has_voted) == (1, False)


@pytest.mark.parametrize("index", [0, 1, 2], ids=["opening", "response", "comment"])
def test_nobody_votes_for_their_own_post(world: World, index: int) -> None:
    post = posts_of(world)[index]
    before = everything_stored()
    with pytest.raises(Forbidden) as refused:
        discussion.vote(world.visit(world.person("Amina")), post=post, on=True)
    assert refused.value.field == "post"
    assert everything_stored() == before


def test_an_anonymous_author_cannot_vote_for_oneself_either(db: None) -> None:
    world = World(anonymity="staff")
    asked = world.ask(world.person("Amina"), anonymous=True)
    with pytest.raises(Forbidden):
        discussion.vote(world.visit(world.person("Amina")), post=asked.thread.id, on=True)


def test_a_vote_writes_no_event_and_marks_nothing_read(world: World) -> None:
    post = posts_of(world)[1]
    events = OutboxEvent.objects.count()
    discussion.vote(world.visit(world.person("Yuki")), post=post, on=True)
    assert OutboxEvent.objects.count() == events


def test_votes_move_a_response_up(world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina)
    first, second = (world.respond(world.person("Tomás"), asked.thread.id).post.id for _ in range(2))
    discussion.vote(world.visit(amina), post=second, on=True)
    opened = discussion.get_thread(world.visit(amina), thread=asked.thread.id)
    assert [r.id for r in opened.responses] == [second, first]


def test_an_accepted_answer_stands_first_and_apart(world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina)
    first, second = (world.respond(world.person("Tomás"), asked.thread.id).post.id for _ in range(2))
    changed = discussion.accept_answer(world.visit(amina), post=second, on=True)
    assert (changed.thread.state, changed.post.is_accepted) == ("answered", True)
    assert changed.post.accepted_by is not None
    assert changed.post.accepted_by.name == "Amina"
    opened = discussion.get_thread(world.visit(amina), thread=asked.thread.id)
    assert opened.accepted is not None
    assert opened.accepted.id == second
    assert [r.id for r in opened.responses] == [first]
    assert opened.thread.answered_by is not None
    assert opened.thread.answered_by.name == "Tomás"


def test_a_question_has_one_answer_and_the_event_of_the_former_says_so(world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina)
    first, second = (world.respond(world.person("Tomás"), asked.thread.id).post.id for _ in range(2))
    for post in (first, second):
        discussion.accept_answer(world.visit(amina), post=post, on=True)
    opened = discussion.get_thread(world.visit(amina), thread=asked.thread.id)
    assert opened.accepted is not None
    assert opened.accepted.id == second
    assert accepted_by_event()[3:] == [(first, True), (first, False), (second, True)]
    assert [e.sequence for e in OutboxEvent.objects.order_by("sequence")] == [1, 2, 3, 4, 5, 6]


def test_an_answer_can_be_unaccepted(world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina)
    answer = world.respond(world.person("Tomás"), asked.thread.id).post.id
    for on, state in ((True, "answered"), (True, "answered"), (False, "open"), (False, "open")):
        assert discussion.accept_answer(world.visit(amina), post=answer, on=on).thread.state == state
    assert len(accepted_by_event()) == 4


def test_unaccepting_another_response_leaves_the_answer(world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina)
    first, second = (world.respond(world.person("Tomás"), asked.thread.id).post.id for _ in range(2))
    discussion.accept_answer(world.visit(amina), post=first, on=True)
    assert discussion.accept_answer(world.visit(amina), post=second, on=False).thread.state == "answered"


@pytest.mark.parametrize(
    ("who", "allowed"), [("asker", True), ("responder", False), ("facilitator", True), ("staff", True)]
)
def test_who_accepts(world: World, who: str, *, allowed: bool) -> None:
    people: dict[str, Any] = {
        "asker": world.person("Amina"),
        "responder": world.person("Tomás"),
        "facilitator": world.facilitator("Inès"),
        "staff": world.staff("Jo"),
    }
    answer = world.respond(people["responder"], world.ask(people["asker"]).thread.id).post.id
    visit = world.visit(people[who])
    if allowed:
        assert discussion.accept_answer(visit, post=answer, on=True).post.is_accepted
    else:
        with pytest.raises(Forbidden):
            discussion.accept_answer(visit, post=answer, on=True)


def test_discussions_openings_and_comments_have_no_accepted_answer(world: World) -> None:
    amina = world.person("Amina")
    talk = world.ask(amina, kind=Kind.DISCUSSION)
    opening, _, comment = posts_of(world)
    for post in (world.respond(amina, talk.thread.id).post.id, opening, comment):
        with pytest.raises(Forbidden):
            discussion.accept_answer(world.visit(amina), post=post, on=True)


def test_facilitators_endorse_and_take_it_back(world: World) -> None:
    response = posts_of(world)[1]
    ines = world.facilitator("Inès")
    endorsed = discussion.endorse(world.visit(ines), post=response, on=True).post
    assert endorsed.is_endorsed
    assert endorsed.endorsed_by is not None
    assert endorsed.endorsed_by.name == "Inès"
    back = discussion.endorse(world.visit(world.staff("Jo")), post=response, on=False).post
    assert (back.is_endorsed, back.endorsed_by) == (False, None)


def test_learners_endorse_nothing_and_nobody_endorses_openings_or_comments(world: World) -> None:
    opening, response, comment = posts_of(world)
    with pytest.raises(Forbidden):
        discussion.endorse(world.visit(world.person("Amina")), post=response, on=True)
    for post in (opening, comment):
        with pytest.raises(Forbidden):
            discussion.endorse(world.visit(world.facilitator("Inès")), post=post, on=True)


def test_an_endorsed_response_stands_above_votes(world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina)
    first, second = (world.respond(world.person("Tomás"), asked.thread.id).post.id for _ in range(2))
    discussion.vote(world.visit(amina), post=first, on=True)
    discussion.endorse(world.visit(world.facilitator("Inès")), post=second, on=True)
    opened = discussion.get_thread(world.visit(amina), thread=asked.thread.id)
    assert [r.id for r in opened.responses] == [second, first]


def test_a_preview_judges_nothing(world: World) -> None:
    response = posts_of(world)[1]
    visit = world.visit(world.staff("Jo"), is_preview=True)
    before = everything_stored()
    for judge in (discussion.vote, discussion.accept_answer, discussion.endorse):
        with pytest.raises(PreviewOnly):
            judge(visit, post=response, on=True)
    assert everything_stored() == before


def test_posts_of_another_space_cannot_be_judged(world: World) -> None:
    response = posts_of(world)[1]
    visit = world.visit(world.staff("Jo"), space=world.add_space("u2"))
    for judge in (discussion.vote, discussion.accept_answer, discussion.endorse):
        with pytest.raises(NotFound):
            judge(visit, post=response, on=True)
