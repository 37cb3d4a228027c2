"""Answer first: what others answered is shown once one has answered, on every path."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User

from peer_xblock.api import discussion, spaces
from peer_xblock.api.discussion.answering import retell_threads
from peer_xblock.domain.discussion import OpenThread, ThreadView
from peer_xblock.domain.errors import NotFound
from peer_xblock.models import OutboxEvent, ReadState, Thread
from peer_xblock.operations import dispatch
from peer_xblock.operations.discussion import OPERATIONS

from .world import World, posted

pytestmark = pytest.mark.django_db
SECRET = "The answer is forty-two"


class Prompt:
    """A thread that the team started, with an accepted answer, another one, and a comment of others."""

    def __init__(self, setting: str = "team") -> None:
        self.world = World(options={"answer_first": setting})
        world = self.world
        self.jo, self.ines = world.staff("Jo"), world.facilitator("Inès")
        self.yuki, self.amina = world.person("Yuki"), world.person("Amina")
        self.thread = world.ask(self.jo).thread.id
        self.first = world.respond(self.yuki, self.thread, SECRET).post.id
        self.second = world.respond(world.person("Noah"), self.thread, SECRET).post.id
        self.comment = world.comment(world.person("Noah"), self.first, SECRET).post.id
        discussion.accept_answer(world.visit(self.jo), post=self.first, on=True)
        discussion.endorse(world.visit(self.ines), post=self.first, on=True)

    def opened(self, user: User) -> OpenThread:
        return discussion.get_thread(self.world.visit(user), thread=self.thread)

    def answer(self, user: User) -> str:
        return self.world.respond(user, self.thread, "Mine").post.id

    def set(self, setting: str) -> None:
        self.world.add_space("u1", options={"answer_first": setting})


@pytest.fixture
def prompt(db: None) -> Prompt:
    return Prompt()


def numbers(thread: ThreadView) -> tuple[object, ...]:
    return (
        thread.response_count,
        thread.post_count,
        thread.last_number,
        thread.new_count,
        thread.answered_by,
        thread.is_endorsed,
        thread.state,
    )


def reads_of(prompt: Prompt) -> list[tuple[str, dict[str, Any]]]:
    """Every call that could show an answer, or tell that there is one."""
    posts = (prompt.thread, prompt.first, prompt.second, prompt.comment)
    calls: list[tuple[str, dict[str, Any]]] = [
        *(("list_threads", {"sort": sort}) for sort in ("activity", "votes", "unanswered")),
        ("watch_space", {"since": 0}),
        ("watch_thread", {"thread": prompt.thread, "number": 0}),
        ("list_new_posts", {"thread": prompt.thread, "number": 0}),
        ("mark_read", {"thread": prompt.thread, "number": 9}),
    ]
    for post in posts:
        calls += [("get_thread", {"thread": prompt.thread, "post": post, "order": "newest"})]
        calls += [(name, {"post": post}) for name in ("locate", "list_comments", "get_history", "get_source")]
        calls += [(name, {"post": post, "on": True}) for name in ("vote", "accept_answer", "endorse")]
        calls += [("create_comment", {"client_key": f"c-{post}", "response": post, "body": "Ha"})]
    return calls


def test_nothing_of_an_answer_reaches_who_has_not_answered(prompt: Prompt) -> None:
    visit = prompt.world.visit(prompt.amina)
    for name, values in reads_of(prompt):
        _, answer = dispatch(OPERATIONS, name, posted(values), enter=lambda: visit)
        told = json.dumps(answer)
        assert SECRET not in told, name
        assert not {"Yuki", "Noah"} & set(told.replace('"', " ").split()), name


def test_the_thread_counts_nothing_of_what_is_hidden(prompt: Prompt) -> None:
    hidden = prompt.opened(prompt.amina).thread
    assert hidden.answers_hidden
    assert numbers(hidden) == (0, 0, 0, 0, None, False, "open")
    assert hidden.active_at == hidden.created_at
    (listed,) = discussion.list_threads(prompt.world.visit(prompt.amina)).threads
    assert numbers(listed) == numbers(hidden)


def test_looks_for_news_tell_of_none(prompt: Prompt) -> None:
    visit = prompt.world.visit(prompt.amina)
    news = discussion.watch_thread(visit, thread=prompt.thread, number=0)
    assert (news.last_number, news.responses, news.comments) == (0, 0, 0)
    assert discussion.list_new_posts(visit, thread=prompt.thread, number=0).posts == ()
    read = discussion.mark_read(visit, thread=prompt.thread, number=9)
    assert (read.read_number, read.new_count) == (0, 0)


def test_ones_own_answer_shows_those_of_the_others_as_new(prompt: Prompt) -> None:
    mine = prompt.answer(prompt.amina)
    opened = prompt.opened(prompt.amina)
    assert not opened.thread.answers_hidden
    assert opened.accepted is not None
    assert opened.accepted.id == prompt.first
    assert {post.id for post in opened.responses} == {prompt.second, mine}
    assert (opened.thread.read_number, opened.thread.new_count) == (0, 4)


def test_a_removed_answer_hides_the_others_again_and_its_restore_shows_them(prompt: Prompt) -> None:
    mine, visit = prompt.answer(prompt.amina), prompt.world.visit(prompt.amina)
    assert discussion.delete_post(visit, post=mine).thread.answers_hidden
    assert prompt.opened(prompt.amina).responses == ()
    assert not discussion.restore_post(visit, post=mine).thread.answers_hidden


def test_a_link_to_a_hidden_answer_leads_to_its_thread(prompt: Prompt) -> None:
    visit = prompt.world.visit(prompt.amina)
    located = discussion.locate(visit, post=prompt.comment)
    assert (located.thread, located.post) == (prompt.thread, prompt.thread)
    opened = discussion.get_thread(visit, thread=prompt.thread, post=prompt.first)
    assert (opened.target, opened.responses) == (None, ())
    with pytest.raises(NotFound):
        discussion.locate(visit, post="0" * 32)


@pytest.mark.parametrize("who", ["jo", "ines", "yuki"])
def test_the_team_and_those_who_answered_see_all(prompt: Prompt, who: str) -> None:
    opened = prompt.opened(getattr(prompt, who))
    assert (opened.thread.answer_first, opened.thread.answers_hidden) == (True, False)
    assert opened.thread.response_count == 2


def test_who_asked_reads_the_answers_to_their_own_question(db: None) -> None:
    prompt = Prompt("all")
    asked = prompt.world.ask(prompt.amina).thread.id
    answer = prompt.world.respond(prompt.yuki, asked).post.id
    visit = prompt.world.visit(prompt.amina)
    assert discussion.get_thread(visit, thread=asked).responses[0].id == answer
    assert discussion.vote(visit, post=answer, on=True).vote_count == 1


def test_only_threads_that_the_team_started_by_name_ask_for_an_answer(db: None) -> None:
    world = World(anonymity="staff", options={"answer_first": "team"})
    by = {
        "learner": world.ask(world.person("Amina")),
        "team": world.ask(world.facilitator("Inès")),
        "unknown": world.ask(world.facilitator("Inès"), anonymous=True),
    }
    assert {who: made.thread.answer_first for who, made in by.items()} == {
        "learner": False,
        "team": True,
        "unknown": False,
    }


def test_closing_a_thread_shows_its_answers_to_all(prompt: Prompt) -> None:
    discussion.close_thread(prompt.world.visit(prompt.jo), thread=prompt.thread, on=True)
    opened = prompt.opened(prompt.amina)
    assert (opened.thread.answers_hidden, opened.thread.response_count) == (False, 2)
    assert opened.accepted is not None


def test_the_authors_setting_counts_for_the_threads_that_are_there(prompt: Prompt) -> None:
    for setting, is_hidden in (("off", False), ("team", True), ("all", True)):
        prompt.set(setting)
        assert prompt.opened(prompt.amina).thread.answers_hidden is is_hidden


def audiences() -> dict[str, str]:
    """The newest event of each post says who may read it."""
    events = OutboxEvent.objects.order_by("pk").values_list("body", flat=True)
    bodies = [json.loads(body)["data"] for body in events]
    return {data["post"]["id"]: data["audience"]["kind"] for data in bodies}


def test_the_bridge_gets_the_opening_and_withholds_the_answers(prompt: Prompt) -> None:
    told = audiences()
    assert told.pop(prompt.thread) == "course"
    assert set(told.values()) == {"withheld"}
    assert not OutboxEvent.objects.filter(body__contains=SECRET).exists()


@pytest.mark.parametrize("how", ["closed", "setting"])
def test_what_opens_is_told_to_the_bridge_anew(prompt: Prompt, how: str) -> None:
    world = prompt.world
    if how == "closed":
        discussion.close_thread(world.visit(prompt.jo), thread=prompt.thread, on=True)
    else:
        prompt.set("off")
    assert retell_threads(now=world.at, rng=world.rng) == 3
    assert set(audiences().values()) == {"course"}
    assert retell_threads(now=world.at, rng=world.rng) == 0
    assert list(Thread.objects.values_list("retell_from", flat=True)) == [None]


def test_without_a_connection_nothing_waits_to_be_told(db: None) -> None:
    world = World(connected=False, options={"answer_first": "all"})
    world.ask(world.person("Amina"))
    world.add_space("u1", options={"answer_first": "off"})
    assert list(Thread.objects.values_list("retell_from", flat=True)) == [None]


def test_the_repair_notes_who_has_answered(prompt: Prompt) -> None:
    ReadState.objects.update(has_answered=False)
    Thread.objects.update(answer_first=False)
    assert list(discussion.repair_counters(prompt.world.reload())) == [prompt.thread]
    assert not prompt.opened(prompt.yuki).thread.answers_hidden
    assert prompt.opened(prompt.amina).thread.answers_hidden
    assert list(discussion.repair_counters(prompt.world.reload())) == []


def test_a_repeated_create_answers_as_the_thread_is_shown_now(prompt: Prompt) -> None:
    visit = prompt.world.visit(prompt.amina)
    made = discussion.create_response(visit, client_key="once", thread=prompt.thread, body="Mine")
    discussion.delete_post(visit, post=made.post.id)
    again = discussion.create_response(visit, client_key="once", thread=prompt.thread, body="Mine")
    assert (again.post.id, again.thread.response_count) == (made.post.id, 0)


def test_what_olx_says_wrongly_is_off(prompt: Prompt) -> None:
    prompt.set("sometimes")
    assert not prompt.opened(prompt.amina).thread.answer_first
    assert spaces.find_space(prompt.world.space.usage_key) is not None
