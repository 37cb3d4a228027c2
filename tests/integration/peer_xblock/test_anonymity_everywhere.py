"""Beyond the posts themselves: search and its index, notices, mails, drafts, bookmarks, answer-first, announcements.

Two worlds that differ only in who wrote anonymously look the same there too, for whoever may not know.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.test import override_settings

from peer_xblock import search
from peer_xblock.api import discussion, drafts, notices
from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import Kind
from peer_xblock.domain.errors import PeerError
from peer_xblock.domain.searching import ThreadQuery
from peer_xblock.domain.spaces import SpaceKind
from peer_xblock.models import OutboxEvent, Post, Space, Thread
from peer_xblock.operations import REGISTRIES, dispatch
from peer_xblock.search import Reach
from peer_xblock.search.feed import Threads
from tests.host import NOTIFIED

from .test_anonymity import Play
from .world import posted

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OPERATIONS = REGISTRIES[SpaceKind.DISCUSSION]
TALKING = "talking"
NAMES = ("Amina", "Omar", "Fatou", "Sven")
_STOP = re.compile(r"/peer/stop/[\w:-]+")
# Notices and pages of them are named by the numbers of rows.
_ROWS = re.compile(r'("id"|"next"): "[0-9a-f]{32}"')


class LivelyPlay(Play):
    """The author, anonymous, also drafts, saves, writes to the team, and calls others; the team announces."""

    def __init__(self, anonymity: str, author: str, setting: str) -> None:
        super().__init__(anonymity, author)
        self.talks = setting == TALKING
        self.world.add_space("u1", anonymity=anonymity, options={"answer_first": setting})
        for user in (self.noah, self.ines, self.yuki):
            notices.follow_space(self.world.visit(user), on=True)

    def live(self, seed: int, steps: int) -> None:
        """No act is refused to one author and not to another: of what answers wait for, none is asked."""
        rng, world = Random(seed), self.world
        world.ask(self.yuki, "Where is the median?", "In the middle.")
        world.ask(self.author, "Who knows quartiles?", "Not I, @Yuki.", anonymous=True)
        world.ask(self.jo, "Prompt", "Say what you know, @Yuki.")
        world.ask(self.jo, "Exam moved", kind=Kind.ANNOUNCEMENT)
        for step in range(steps):
            act = rng.choice([self.respond, self.respond, self.note, self.others, self.change])
            try:
                act(rng, step)
            except PeerError:
                continue

    def respond(self, rng: Random, step: int) -> None:
        self.world.respond(self.author, self._thread(rng), f"Quartiles {step}, @Yuki @Noah", anonymous=True)

    def note(self, rng: Random, step: int) -> None:
        """What only the author has: a draft and bookmarks."""
        visit, own = self.world.visit(self.author), Post.objects.filter(author=self.author).order_by("pk")
        if self.talks:
            self.tell_the_team(visit, self._thread(rng))
        drafts.save_draft(visit, place=f"response-{step}", base=0, body="Half a quartile", anonymous=True)
        discussion.save_post(visit, post=rng.choice(list(own)).public_id, on=True)
        discussion.mark_read(visit, thread=self._thread(rng), number=0)

    def tell_the_team(self, visit: Visit, thread: str) -> None:
        key = self.world.key()
        made = discussion.create_private(visit, client_key=key, thread=thread, body="Help", anonymous=True)
        self.world.comment(self.jo, made.post.id, "At once")

    def others(self, rng: Random, step: int) -> None:
        user = rng.choice([self.yuki, self.noah, self.ines])
        self.world.respond(user, self._thread(rng), f"Named {step}, @Inès")

    def change(self, rng: Random, step: int) -> None:  # type: ignore[override]  # with the step
        own = list(Post.objects.filter(author=self.author).order_by("pk"))
        post = rng.choice(own)
        visit = self.world.visit(self.author)
        discussion.edit_post(
            visit, post=post.public_id, revision=post.revision, body=f"Better quartiles {step}, @Noah"
        )

    def _thread(self, rng: Random) -> str:
        return rng.choice(list(Thread.objects.order_by("pk"))).public_id


def calls_of(play: LivelyPlay) -> Iterator[tuple[str, dict[str, Any]]]:
    """What a reader asks beside the posts."""
    since = int(play.world.at.timestamp()) - 3600
    yield "watch_space", {"since": since}
    for name in ("list_course", "list_saved", "list_notices", "count_notices", "notice_settings"):
        yield name, {}
    yield "list_threads", {"sort": "mine"}
    for thread in Thread.objects.order_by("pk"):
        for name in ("watch_thread", "list_new_posts"):
            yield name, {"thread": thread.public_id, "number": 0}
        yield "get_thread", {"thread": thread.public_id}
    for query in ("quartiles", "median", *NAMES, *(name.lower() for name in NAMES)):
        yield "search_threads", {"query": query}
        yield "search_threads", {"query": query, "everywhere": True}
        yield "similar_threads", {"title": f"{query} quartiles"}
    for name in (*NAMES, "Yuki", "Noah"):
        yield "search_threads", {"author": name, "everywhere": True}
        yield "suggest_people", {"text": name[:2]}
    yield "search_threads", {"mine": True}
    yield "get_draft", {"place": "response-1"}
    for post in Post.objects.filter(number__gt=0).order_by("pk"):
        yield "get_thread", {"thread": post.thread.public_id, "post": post.public_id}
        yield "save_post", {"post": post.public_id, "on": True}
    yield "list_saved", {}


def received(play: LivelyPlay, viewer: User) -> list[str]:
    """Answers, mails, the platform's tray, events, and what the index was told."""
    world = play.world
    NOTIFIED.clear()
    mail.outbox.clear()
    world.later(minutes=2)
    notices.note_posts(now=world.at, rng=world.rng)
    visit = world.visit(viewer)
    seen = [
        json.dumps([name, values, dispatch(OPERATIONS, name, posted(values), enter=lambda: visit)])
        for name, values in list(calls_of(play))
    ]
    seen += [repr(told) for people, _, told in NOTIFIED if viewer.pk in people]
    seen += [repr(document) for document in Threads().load(list(Thread.objects.values_list("pk", flat=True)))]
    seen += [event.body for event in OutboxEvent.objects.order_by("pk")]
    world.later(days=1)
    notices.mail_announcements(now=world.at, rng=Random(1))
    notices.prepare_mails(now=world.at, rng=Random(2))
    notices.send_mails(now=world.at, rng=Random(3))
    letters = [one for one in mail.outbox if f"{viewer.username}@example.test" in one.to]
    assert len(letters) == 2, "an announcement and a digest"
    for letter in letters:
        assert isinstance(letter, EmailMultiAlternatives)
        seen += [str(letter.subject), str(letter.body), str(letter.alternatives[0][0])]
    return [_STOP.sub("", _ROWS.sub(r'\1: ""', text)) for text in seen]


def in_a_world(
    folder: Path, author: str, *, anonymity: str, viewer: str, setting: str, seed: int
) -> tuple[list[str], dict[str, int]]:
    """What the viewer receives, and how many threads the index itself has under each name; of a world rolled back."""
    cache.clear()
    with override_settings(PEER_INDEX_DIR=str(folder / author)), transaction.atomic():
        play = LivelyPlay(anonymity, author, setting)
        play.live(seed, 14)
        seen = received(play, getattr(play, viewer))
        context = play.world.space.context
        search.catch_up(context, now=play.world.at)
        everything = Reach(frozenset(Space.objects.values_list("pk", flat=True)), None)
        under = {
            name: len(search.search_threads(context, ThreadQuery(author=name), everything, limit=50).hits)
            for name in (*NAMES, "Yuki")
        }
        transaction.set_rollback(True)
    return seen, under


@pytest.mark.parametrize(
    ("anonymity", "viewer", "setting", "others"),
    [
        ("learners", "noah", "team", ("Omar", "Fatou")),
        ("staff", "ines", "all", ("Omar", "Fatou")),
        # The team does not write to itself: here the author may be any learner.
        ("staff", "ines", TALKING, ("Omar",)),
    ],
)
def test_nothing_anywhere_differs_for_who_may_not_know(
    tmp_path: Path, anonymity: str, viewer: str, setting: str, others: tuple[str, ...]
) -> None:
    world = {"anonymity": anonymity, "viewer": viewer, "setting": setting}
    one, under = in_a_world(tmp_path, "Amina", seed=2, **world)
    assert len(one) > 80
    assert {name for name, count in under.items() if count} == {"Yuki"}
    for other in others:
        two, _ = in_a_world(tmp_path, other, seed=2, **world)
        assert [pair for pair in zip(one, two, strict=True) if pair[0] != pair[1]] == []


def test_no_trace_of_the_author_stands_in_what_others_get(tmp_path: Path) -> None:
    """Neither the account's number, nor its name, username or address, nor one pseudonym in two threads."""
    seen, _ = in_a_world(tmp_path, "Amina", anonymity="staff", viewer="noah", setting="off", seed=4)
    answers = "\n".join(text for text in seen if not re.match(r'\["(search|similar|suggest)', text))
    assert not re.search("amina", answers, re.IGNORECASE)
    told = [json.loads(text)[2][1] for text in seen if text.startswith('["get_thread"')]
    names: dict[str, set[str]] = {}
    for page in told:
        people = [post["author"] for post in (page["opening"], *page["responses"])]
        names.setdefault(page["thread"]["id"], set()).update(
            p["name"] for p in people if p["kind"] == "anonymous"
        )
    pseudonyms = [name for found in names.values() for name in found]
    assert len(pseudonyms) == len(set(pseudonyms)) > 1
