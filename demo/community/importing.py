"""Imports a community file through the public api: threads, responses, votes, acceptances, with their own times."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from django.db import transaction

from demo.community.people import ensure_people
from demo.community.seedfile import Problem, SeedAnswer, SeedFile, SeedQuestion, member_of
from demo.community.writing import Pens
from peer_xblock.api import discussion
from peer_xblock.domain.discussion import Kind
from peer_xblock.domain.errors import PeerError
from peer_xblock.models import Space

TITLE, BODY = 200, 50_000
CUT = "\n\n… (cut here: the original is longer than a post may be)"


@dataclass(slots=True)
class Counts:
    """What was imported, and what was not."""

    threads: int = 0
    responses: int = 0
    votes: int = 0
    acceptances: int = 0
    problems: list[Problem] = field(default_factory=list)


class Importer:
    """Reads one file into one space. A second run of the same file changes nothing."""

    def __init__(self, seed: SeedFile, space: Space, *, rng: Random) -> None:
        self._seed = seed
        self._space = space
        self._rng = rng
        self._stem = seed.digest[:12]
        self.counts = Counts()
        self._voters: list[str] = []

    def run(self, progress: Callable[[Counts], None]) -> Counts:
        """Everything, a transaction a question; `progress` is told after each."""
        members = self._seed.members()
        ensure_people(members, is_listed=False)
        self._voters = [member.username for member in members]
        self._pens = Pens(self._rng)
        for question in self._seed.questions(self.counts.problems.append):
            with transaction.atomic():
                self._ask(question)
            progress(self.counts)
        return self.counts

    def _ask(self, question: SeedQuestion) -> None:
        try:
            thread = discussion.create_thread(
                self._pens.visit(_username(question.author), self._space, question.at),
                client_key=f"{self._stem}-q{question.id}",
                kind=Kind.QUESTION,
                title=cut(question.title, TITLE, "…"),
                body=cut(question.body, BODY, CUT),
            )
        except PeerError as error:
            self._refuse(f"question {question.id}", error)
            return
        self.counts.threads += 1
        for answer in question.answers:
            self._answer(question, thread.thread.id, answer)

    def _answer(self, question: SeedQuestion, thread: str, answer: SeedAnswer) -> None:
        try:
            made = discussion.create_response(
                self._pens.visit(_username(answer.author), self._space, answer.at),
                client_key=f"{self._stem}-a{answer.id}",
                thread=thread,
                body=cut(answer.body, BODY, CUT),
            )
        except PeerError as error:
            self._refuse(f"answer {answer.id}", error)
            return
        self.counts.responses += 1
        self._vote(made.post.id, answer)
        if answer.is_accepted and not made.post.is_accepted:
            accepted = self._pens.visit(
                _username(question.author), self._space, answer.at + timedelta(hours=1)
            )
            discussion.accept_answer(accepted, post=made.post.id, on=True)
            self.counts.acceptances += 1

    def _vote(self, post: str, answer: SeedAnswer) -> None:
        """As many of the community's people as there are votes, never the author; the same ones every time."""
        author = _username(answer.author)
        others = [name for name in self._voters if name != author]
        drawn = Random(f"{self._stem}-{answer.id}").sample(others, min(answer.votes, len(others)))
        for username in drawn:
            visit = self._pens.visit(username, self._space, answer.at + timedelta(minutes=10))
            discussion.vote(visit, post=post, on=True)
            self.counts.votes += 1

    def _refuse(self, what: str, error: PeerError) -> None:
        self.counts.problems.append(Problem(0, what, f"{error.field}: {error}"))


def cut(text: str, longest: int, mark: str) -> str:
    """The text, or its beginning with a mark, within `longest` characters."""
    return text if len(text) <= longest else text[: longest - len(mark)] + mark


def _username(author: str) -> str:
    return member_of(author).username
