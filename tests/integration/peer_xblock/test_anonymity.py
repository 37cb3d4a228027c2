"""Two worlds that differ only in who wrote the anonymous posts look the same to whoever may not know."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from peer_xblock.api import discussion
from peer_xblock.domain.errors import Invalid, PeerError
from peer_xblock.domain.people import Anonymity
from peer_xblock.models import OutboxEvent, Post, Pseudonym, Space
from peer_xblock.operations import dispatch
from peer_xblock.operations.discussion import OPERATIONS

from .world import World, posted

pytestmark = pytest.mark.django_db
_ROW_ID = re.compile(r"(?<=before:|.after:)[0-9a-f]{12}")  # A cursor begins with the thread's own number.


class Play:
    """A world in which one person, the author, writes only anonymously while others answer by name."""

    def __init__(self, anonymity: str, author: str) -> None:
        self.world = World(anonymity=anonymity)
        world = self.world
        cast = {
            "Amina": world.person("Amina"),
            "Omar": world.person("Omar"),
            "Fatou": world.facilitator("Fatou"),
            "Sven": world.staff("Sven"),
        }
        self.author = cast[author]
        self.yuki, self.noah = world.person("Yuki"), world.person("Noah")
        self.ines, self.jo = world.facilitator("Inès"), world.staff("Jo")

    def run(self, seed: int, steps: int) -> None:
        """The same draws in each world: whether an act is refused must not depend on who the author is."""
        rng = Random(seed)
        self.world.ask(self.author, anonymous=True)
        self.world.ask(self.yuki)
        acts = [self.write, self.write, self.write_by_name, self.change, self.judge, self.judge_others]
        for _ in range(steps):
            try:
                rng.choice(acts)(rng)
            except PeerError:
                continue

    def write(self, rng: Random) -> None:
        self._write(rng, self.author, anonymous=True)

    def write_by_name(self, rng: Random) -> None:
        self._write(rng, rng.choice([self.yuki, self.noah, self.ines]), anonymous=False)

    def _write(self, rng: Random, user: User, *, anonymous: bool) -> None:
        post, text = self._any(rng), f"Text {rng.random()}"
        if rng.random() < 0.2:
            self.world.ask(user, body=text, anonymous=anonymous)
        elif post.depth == 1:
            self.world.comment(user, post.public_id, text, anonymous=anonymous)
        else:
            self.world.respond(user, post.thread.public_id, text, anonymous=anonymous)

    def change(self, rng: Random) -> None:
        """The author edits, removes or restores one of their own."""
        post = rng.choice(list(Post.objects.filter(author=self.author).order_by("pk")))
        visit, act = self.world.visit(self.author), rng.randrange(3)
        if act == 0:
            discussion.edit_post(
                visit, post=post.public_id, revision=post.revision, body=f"New {rng.random()}"
            )
        else:
            (discussion.delete_post, discussion.restore_post)[act - 1](visit, post=post.public_id)

    def judge(self, rng: Random) -> None:
        """The author votes, and accepts where they asked: a moderator could do it elsewhere too."""
        post, visit = self._any(rng), self.world.visit(self.author)
        if rng.random() < 0.5:
            discussion.vote(visit, post=post.public_id, on=True)
            discussion.react(visit, post=post.public_id, reaction="insight", on=True)
        elif Post.objects.get(thread=post.thread, number=0).author_id == self.author.pk:
            discussion.accept_answer(visit, post=post.public_id, on=True)

    def judge_others(self, rng: Random) -> None:
        post, user = self._any(rng), rng.choice([self.yuki, self.noah, self.ines, self.jo])
        act = rng.choice([discussion.vote, discussion.accept_answer, discussion.endorse])
        act(self.world.visit(user), post=post.public_id, on=True)

    def _any(self, rng: Random) -> Post:
        return rng.choice(list(Post.objects.select_related("thread").order_by("pk")))


def every_call() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each operation with each post and thread that it can be asked about; those that write come last."""
    posts = list(Post.objects.select_related("thread").order_by("pk"))
    threads = [p.public_id for p in posts if p.number == 0]
    for sort in ("activity", "votes", "unanswered"):
        yield "list_threads", {"sort": sort}
    for thread in threads:
        yield "get_thread", {"thread": thread, "order": "newest"}
    for post in posts:
        ident = post.public_id
        yield "get_thread", {"thread": post.thread.public_id, "post": ident}
        for name in ("locate", "list_comments", "get_history", "get_source"):
            yield name, {"post": ident}
    yield "preview", {"body": "text"}
    yield "create_thread", {"client_key": "last", "kind": "question", "title": "t", "body": "x"}
    for number, thread in enumerate(threads):
        yield "mark_read", {"thread": thread, "number": 1}
        yield "create_response", {"client_key": f"mine-{number}", "thread": thread, "body": "x"}
    for number, post in enumerate(posts):
        ident = post.public_id
        yield "create_comment", {"client_key": f"comment-{number}", "response": ident, "body": "x"}
        yield "vote", {"post": ident, "on": True}
        yield "react", {"post": ident, "reaction": "thanks", "on": True}
        yield "flag_post", {"post": ident, "reason": "spam"}
        yield "get_flags", {"post": ident}
        yield "withdraw_flag", {"post": ident}
        yield "accept_answer", {"post": ident, "on": True}
        yield "endorse", {"post": ident, "on": True}
        yield "edit_post", {"post": ident, "revision": 99, "body": "x"}
        yield "edit_post", {"post": ident, "revision": post.revision, "body": "x"}
        yield "delete_post", {"post": ident}
        yield "restore_post", {"post": ident}


def received(play: Play, viewer: User) -> list[str]:
    """The bytes of every answer that the viewer can get, then of every event."""
    visit = play.world.visit(viewer)
    calls = list(every_call())
    answers = [
        json.dumps([name, values, dispatch(OPERATIONS, name, posted(values), enter=lambda: visit)])
        for name, values in calls
    ]
    events = OutboxEvent.objects.order_by("pk").values_list(
        "event_id", "aggregate", "sequence", "audience", "body", "body_hash"
    )
    return [_ROW_ID.sub("", text) for text in (*answers, *map(str, events))]


def in_a_world(anonymity: str, author: str, seed: int, viewer: str, *, steps: int = 14) -> list[str]:
    """Played in a savepoint that is rolled back, so that the next world begins from the same nothing."""
    with transaction.atomic():
        play = Play(anonymity, author)
        play.run(seed, steps)
        seen = received(play, getattr(play, viewer))
        transaction.set_rollback(True)
    return seen


@pytest.mark.slow
@pytest.mark.parametrize(
    ("anonymity", "viewer", "seed"),
    [("learners", "noah", 1), ("staff", "noah", 2), ("staff", "ines", 3)],
)
def test_nothing_differs_for_who_may_not_know(anonymity: str, viewer: str, seed: int) -> None:
    """Whoever the author is: another learner, a facilitator, course staff."""
    one = in_a_world(anonymity, "Amina", seed, viewer)
    assert len(one) > 100
    for other in ("Omar", "Fatou", "Sven"):
        two = in_a_world(anonymity, other, seed, viewer)
        assert [pair for pair in zip(one, two, strict=True) if pair[0] != pair[1]] == []


def test_the_comparison_would_see_a_name(db: None) -> None:
    one, two = (in_a_world("staff", author, 1, "jo", steps=3) for author in ("Amina", "Omar"))
    assert one != two


@pytest.mark.parametrize(
    ("anonymity", "knowing"),
    [("learners", {"Inès", "Jo"}), ("staff", {"Jo"})],
)
def test_who_is_told_the_real_name(db: None, anonymity: str, knowing: set[str]) -> None:
    world = World(anonymity=anonymity)
    thread = world.ask(world.person("Amina"), anonymous=True).thread.id
    viewers = [world.person("Yuki"), world.facilitator("Inès"), world.staff("Jo")]
    seen = {
        user.first_name: discussion.get_thread(world.visit(user), thread=thread).opening.author
        for user in viewers
    }
    assert {name for name, author in seen.items() if author.real_name == "Amina"} == knowing
    assert {(a.kind, a.name, a.role) for a in seen.values()} == {
        ("anonymous", Pseudonym.objects.get().name, None)
    }


def test_an_author_knows_their_own_post_and_a_pseudonym_is_kept_in_a_thread(db: None) -> None:
    world = World(anonymity="learners")
    amina = world.person("Amina")
    asked = world.ask(amina, anonymous=True)
    response = world.respond(amina, asked.thread.id, anonymous=True)
    assert asked.opening.author.is_me
    assert asked.opening.is_own
    assert response.post.author.name == asked.opening.author.name
    assert Pseudonym.objects.count() == 1


def test_each_thread_draws_its_own_pseudonym(db: None) -> None:
    world = World(anonymity="learners")
    amina = world.person("Amina")
    names = {world.ask(amina, anonymous=True).opening.author.name for _ in range(8)}
    assert len(names) > 1
    assert Pseudonym.objects.count() == 8


def test_one_person_can_be_named_and_anonymous_in_one_thread(db: None) -> None:
    world = World(anonymity="learners")
    amina = world.person("Amina")
    thread = world.ask(amina).thread.id
    world.respond(amina, thread, anonymous=True)
    opened = discussion.get_thread(world.visit(world.person("Yuki")), thread=thread)
    assert [opened.opening.author.kind, opened.responses[0].author.kind] == ["named", "anonymous"]
    assert "Amina" not in repr(opened.responses)


@pytest.mark.parametrize("later", Anonymity)
def test_a_post_never_becomes_named_when_the_setting_changes(db: None, later: Anonymity) -> None:
    world = World(anonymity="staff")
    thread = world.ask(world.person("Amina"), anonymous=True).thread.id
    Space.objects.update(anonymity=later.value)
    author = discussion.get_thread(world.visit(world.facilitator("Inès")), thread=thread).opening.author
    assert (author.kind, author.real_name) == ("anonymous", None)


def test_where_everyone_posts_by_name_nobody_is_anonymous(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        world.ask(world.person("Amina"), anonymous=True)
    assert refused.value.field == "anonymous"


def test_the_event_of_an_anonymous_post_holds_the_pseudonym_and_nothing_else(db: None) -> None:
    world = World(anonymity="learners")
    amina = world.person("Amina")
    world.ask(amina, anonymous=True)
    body = OutboxEvent.objects.get().body
    assert json.loads(body)["data"]["author"] == {"kind": "anonymous", "name": Pseudonym.objects.get().name}
    assert "Amina" not in body
    assert "amina" not in body
