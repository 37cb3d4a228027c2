"""Reactions, and reports of posts to the team."""

from __future__ import annotations

from typing import Any

import pytest

from peer_xblock.api import discussion
from peer_xblock.domain.errors import Forbidden, Invalid, NotFound, TooLarge
from peer_xblock.domain.flagging import WORDS_CAP, Reason
from peer_xblock.models import Flag, OutboxEvent, Post, PostReaction

from .world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(world: World) -> str:
    """A response of Tomás's to a question of Amina's."""
    thread = world.ask(world.person("Amina")).thread.id
    return world.respond(world.person("Tomás"), thread).post.id


def react(world: World, name: str, post: str, code: str = "thanks", *, on: bool = True) -> Any:
    return discussion.react(world.visit(world.person(name)), post=post, reaction=code, on=on)


def shown(world: World, name: str) -> list[tuple[str, int, bool]]:
    """The reactions to the only response, as somebody sees them."""
    thread = Post.objects.get(number=0).public_id
    (response,) = discussion.get_thread(world.visit(world.person(name)), thread=thread).responses
    return [(one.code, one.count, one.is_mine) for one in response.reactions]


def test_each_reaction_counts_once_a_person(world: World, answer: str) -> None:
    for _ in range(2):
        assert (react(world, "Yuki", answer).count, react(world, "Yuki", answer).is_mine) == (1, True)
    assert react(world, "Noah", answer).count == 2
    assert react(world, "Yuki", answer, "insight").count == 1
    assert PostReaction.objects.count() == 3


def test_a_post_shows_how_many_and_which_are_mine(world: World, answer: str) -> None:
    react(world, "Yuki", answer)
    react(world, "Noah", answer)
    react(world, "Noah", answer, "celebrate")
    assert shown(world, "Noah") == [("thanks", 2, True), ("celebrate", 1, True)]
    assert shown(world, "Yuki") == [("thanks", 2, True), ("celebrate", 1, False)]


def test_a_reaction_is_taken_back_once(world: World, answer: str) -> None:
    react(world, "Yuki", answer)
    for _ in range(2):
        assert (react(world, "Yuki", answer, on=False).count, shown(world, "Yuki")) == (0, [])


@pytest.mark.parametrize("code", ["lost", "shrug", "", "THANKS"])
def test_only_what_the_space_offers_is_taken(world: World, answer: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        react(world, "Yuki", answer, code)
    assert refused.value.field == "reaction"


def test_what_is_no_longer_offered_is_no_longer_shown(world: World, answer: str) -> None:
    react(world, "Yuki", answer)
    world.add_space("u1", options={"reactions": ["lost"]})
    assert shown(world, "Yuki") == []
    assert react(world, "Yuki", answer, "lost").count == 1


def test_nobody_reacts_to_or_reports_their_own_post_or_one_that_is_gone(world: World, answer: str) -> None:
    with pytest.raises(Forbidden):
        react(world, "Tomás", answer)
    with pytest.raises(Forbidden):
        flag(world, "Tomás", answer)
    discussion.delete_post(world.visit(world.person("Tomás")), post=answer)
    for act in (react, flag):
        with pytest.raises(Forbidden):
            act(world, "Yuki", answer)


def test_neither_tells_the_bridge(world: World, answer: str) -> None:
    events = OutboxEvent.objects.count()
    react(world, "Yuki", answer)
    flag(world, "Yuki", answer)
    assert OutboxEvent.objects.count() == events


def test_the_repair_counts_both_anew(world: World, answer: str) -> None:
    react(world, "Yuki", answer)
    flag(world, "Yuki", answer)
    Post.objects.filter(public_id=answer).update(reactions={"thanks": 7, "lost": 1}, flag_count=4)
    assert len(list(discussion.repair_counters(world.reload()))) == 1
    assert shown(world, "Yuki") == [("thanks", 1, True)]
    assert Post.objects.get(public_id=answer).flag_count == 1
    assert list(discussion.repair_counters(world.reload())) == []


def flag(world: World, name: str, post: str, reason: Reason = Reason.SPAM, words: str = "") -> Any:
    return discussion.flag_post(world.visit(world.person(name)), post=post, reason=reason, words=words)


def test_a_person_reports_a_post_once_and_the_newer_reason_stands(world: World, answer: str) -> None:
    flag(world, "Yuki", answer)
    told = flag(world, "Yuki", answer, Reason.OTHER, " It  hurts \n me ")
    assert told.mine is not None
    assert (told.mine.reason, told.mine.words) == ("other", "It hurts me")
    assert Flag.objects.count() == Post.objects.get(public_id=answer).flag_count == 1


def test_the_team_sees_how_many_from_whom_and_why_and_learners_only_their_own(
    world: World, answer: str
) -> None:
    flag(world, "Yuki", answer)
    flag(world, "Noah", answer, Reason.ABUSE, "Rude")
    for team in (world.facilitator("Inès"), world.staff("Jo")):
        told = discussion.get_flags(world.visit(team), post=answer)
        assert [(one.by.name, one.reason) for one in told.all] == [("Yuki", "spam"), ("Noah", "abuse")]
        assert (told.count, told.mine) == (2, None)
    mine = discussion.get_flags(world.visit(world.person("Yuki")), post=answer)
    assert (mine.count, mine.all) == (0, ())
    assert mine.mine is not None
    assert discussion.get_flags(world.visit(world.person("Tomás")), post=answer).mine is None


@pytest.mark.parametrize(("who", "count"), [("Inès", 1), ("Tomás", 0), ("Yuki", 0)])
def test_only_the_team_sees_on_the_post_that_it_was_reported(
    world: World, answer: str, who: str, count: int
) -> None:
    world.facilitator("Inès")
    flag(world, "Yuki", answer)
    thread = Post.objects.get(number=0).public_id
    opened = discussion.get_thread(world.visit(world.person(who)), thread=thread)
    assert opened.responses[0].flag_count == count


def test_a_report_is_withdrawn_by_the_same_person_once(world: World, answer: str) -> None:
    flag(world, "Yuki", answer)
    discussion.withdraw_flag(world.visit(world.person("Noah")), post=answer)
    assert Post.objects.get(public_id=answer).flag_count == 1
    for _ in range(2):
        assert discussion.withdraw_flag(world.visit(world.person("Yuki")), post=answer).mine is None
        assert Post.objects.get(public_id=answer).flag_count == 0


def test_the_words_of_a_report_are_checked(world: World, answer: str) -> None:
    with pytest.raises(Invalid) as refused:
        flag(world, "Yuki", answer, Reason.OTHER, "  ")
    with pytest.raises(TooLarge) as too_large:
        flag(world, "Yuki", answer, Reason.SPAM, "a" * (WORDS_CAP + 1))
    assert (refused.value.field, too_large.value.field) == ("words", "words")


def test_what_one_cannot_read_one_cannot_react_to_or_report(world: World, answer: str) -> None:
    elsewhere = world.visit(world.person("Yuki"), space=world.add_space("u2"))
    with pytest.raises(NotFound):
        discussion.react(elsewhere, post=answer, reaction="thanks", on=True)
    with pytest.raises(NotFound):
        discussion.flag_post(elsewhere, post=answer, reason=Reason.SPAM)
    with pytest.raises(NotFound):
        discussion.get_flags(elsewhere, post=answer)
