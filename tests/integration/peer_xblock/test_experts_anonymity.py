"""Two worlds that differ only in who wrote the anonymous posts have the same directory, to the byte."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import SystemRandom
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import override_settings

from peer_xblock.api import discussion
from peer_xblock.api.experts.importing import import_builtin
from peer_xblock.domain.people import Anonymity
from peer_xblock.models import ExpertProfile, Post
from peer_xblock.operations import dispatch
from peer_xblock.operations.experts import OPERATIONS
from peer_xblock.search.folder import Folder

from .test_anonymity import Play
from .town import Town
from .world import START, posted

pytestmark = pytest.mark.django_db
EVERYBODY = ("Amina", "Omar", "Fatou", "Sven", "Yuki", "Noah", "Inès", "Jo")


class TownPlay(Play):
    """The same play where everybody is listed, with the skills that all texts are about."""

    def __init__(self, anonymity: str, author: str) -> None:
        self.world = town = Town(anonymity=anonymity)
        facilitators, staff = ("Fatou", "Inès"), ("Sven", "Jo")
        people = {
            name: town.facilitator(name)
            if name in facilitators
            else town.staff(name)
            if name in staff
            else town.person(name)
            for name in EVERYBODY
        }
        for place, person in enumerate(people.values()):
            town.join(person, *(["Statistics"] if place % 2 else []), about=f"Ask {person.first_name}.")
        self.author = people[author]
        self.yuki, self.noah, self.ines, self.jo = (people[name] for name in EVERYBODY[4:])

    def run(self, seed: int, steps: int) -> None:
        """Then named and anonymous answers to all questions are taken well, the latter ones best."""
        super().run(seed, steps)
        for opening in list(Post.objects.filter(depth=0, deleted_at=None).order_by("pk")):
            thread = opening.thread.public_id
            hidden = self.world.respond(self.author, thread, "Text.", anonymous=True).post.id
            self.world.respond(self.noah, thread, "Text.")
            named = self.world.respond(self.yuki, thread, "Text.").post.id
            for user, post in ((self.noah, named), (self.noah, hidden), (self.yuki, hidden)):
                discussion.vote(self.world.visit(user), post=post, on=True)
            discussion.endorse(self.world.visit(self.ines), post=hidden, on=True)


def every_call() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each operation with all that it can be asked."""
    people = list(ExpertProfile.objects.order_by("pk").values_list("public_id", flat=True))
    yield "open_directory", {}
    for query in ("", "Why?", "text", "because", "statistics", "Amina", "Omar", "Fatou", "Sven"):
        for filters in ({}, {"available": True}, {"language": "en"}):
            yield "find_people", {"query": query, "limit": 50, **filters}
    yield "suggest_skills", {"text": "amina"}
    for number, person in enumerate(people):
        question = {"client_key": f"k{number}", "person": person, "title": "May I?", "body": "x"}
        yield "ask", question
    yield "open_directory", {}


def received(play: Play, viewer: User) -> list[str]:
    """The bytes of every answer, then what the index holds under each name."""
    town = play.world
    assert isinstance(town, Town)
    visit = town.enter(viewer)
    answers = [
        json.dumps([name, dispatch(OPERATIONS, name, posted(values), enter=lambda: visit)])
        for name, values in every_call()
    ]
    return [*answers, *indexed(town)]


def indexed(town: Town) -> Iterator[str]:
    from peer_xblock.search import Reach

    engine, reach = Folder(town.space.context).engine, Reach(frozenset({town.space.pk}), None)
    for user in User.objects.filter(first_name__in=EVERYBODY).order_by("pk"):
        hits = engine.threads_answered_by(user.pk, reach, limit=500)
        yield json.dumps([user.first_name, sorted(hit.id for hit in hits)])


def in_a_world(folder: Path, anonymity: str, author: str, seed: int, viewer: str) -> list[str]:
    """Played in a savepoint that is rolled back, with an index of its own."""
    index = folder / f"{anonymity}-{author}-{seed}-{viewer}"
    with override_settings(PEER_INDEX_DIR=str(index)), transaction.atomic():
        play = TownPlay(anonymity, author)
        play.run(seed, 16)
        assert Post.objects.filter(author=play.author, anonymity=anonymity).exists()
        seen = received(play, getattr(play, viewer))
        transaction.set_rollback(True)
    return seen


@pytest.mark.slow
@pytest.mark.parametrize(
    ("anonymity", "viewer", "seed"),
    [
        ("learners", "noah", 1),
        ("learners", "jo", 4),
        ("staff", "noah", 2),
        ("staff", "ines", 3),
        ("staff", "jo", 5),
    ],
)
def test_the_directory_is_the_same_whoever_wrote_anonymously(
    tmp_path: Path, anonymity: str, viewer: str, seed: int
) -> None:
    """For all viewers: what is anonymous is nobody's evidence, also for those who may know the name."""
    import_builtin(now=START, rng=SystemRandom())
    one = in_a_world(tmp_path, anonymity, "Amina", seed, viewer)
    assert '"kind": "answer"' in "".join(one)
    for other in ("Omar", "Fatou", "Sven"):
        two = in_a_world(tmp_path, anonymity, other, seed, viewer)
        assert [pair for pair in zip(one, two, strict=True) if pair[0] != pair[1]] == []


@pytest.mark.parametrize("anonymity", [Anonymity.LEARNERS, Anonymity.STAFF])
def test_an_anonymous_answer_is_nobodys_evidence(db: None, anonymity: Anonymity) -> None:
    town = Town(anonymity=anonymity.value)
    tomas, jo = town.person("Tomás"), town.staff("Jo")
    town.join(tomas)
    asked = town.ask(town.person("Asker"), "What is a median?").thread.id
    post = town.respond(tomas, asked, anonymous=True).post.id
    Post.objects.filter(public_id=post).update(vote_count=9)
    for viewer in (town.person("Amina"), tomas, jo):
        assert town.names(viewer, "median") == []
        assert town.card(viewer, "Tomás").evidence == ()
