"""Real question-and-answer communities, replayed in time order: who would have been found for each new question.

Read from ../shared/data/cqa beside the checkout: Stack Exchange content, CC BY-SA 4.0. Where a community's file tells
only the order of its posts, its whole span is taken as three years.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log2
from pathlib import Path
from statistics import mean
from typing import Any

from peer_xblock.search.documents import Answered, Reach, ThreadDocument
from peer_xblock.search.engine import Engine

FOLDER = Path(__file__).parents[2] / "shared/data/cqa"
TESTED = 0.2
PROVEN = 3
LIVE_BATCH = 25
EVERYWHERE = Reach(frozenset({1}), None)
_DAY_S = 86_400
_SPAN_DAYS = 3 * 365
_ORDER_ONLY = 10**8


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. user: a number. day: since the community began."""

    user: int
    votes: int
    is_accepted: bool
    day: float

    @property
    def is_good(self) -> bool:
        """Taken well by somebody: what counts as evidence."""
        return self.is_accepted or self.votes > 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its answers."""

    id: str
    title: str
    body: str
    day: float
    replies: tuple[Reply, ...]

    def best(self) -> set[int]:
        """Who answered best: the accepted one, else those with most votes."""
        accepted = {reply.user for reply in self.replies if reply.is_accepted}
        most = max((reply.votes for reply in self.replies), default=0)
        return accepted or {reply.user for reply in self.replies if reply.votes == most > 0}


@dataclass(slots=True)
class Known:
    """What is known at a moment: all earlier questions in the index, and answers by user."""

    engine: Engine
    days: dict[tuple[str, int], float] = field(default_factory=dict)
    answers: Counter[int] = field(default_factory=Counter)


# (what is known, the question, its day) to users, best first.
Ranker = Callable[[Known, Asked], Sequence[int]]


def names() -> list[str]:
    """The communities that are there."""
    return sorted(path.name.split(".")[0] for path in FOLDER.glob("*.jsonl.gz"))


def read(name: str) -> list[Asked]:
    """A community's questions, oldest first."""
    with gzip.open(FOLDER / f"{name}.jsonl.gz", "rt") as lines:
        rows = [json.loads(line) for line in lines]
    users: dict[str, int] = {}
    first, last = rows[0]["t"], max(row["t"] for row in rows)
    scale = _SPAN_DAYS / (last - first) if last < _ORDER_ONLY else 1 / _DAY_S
    return [_asked(row, users, lambda moment: (moment - first) * scale) for row in rows]


def replay(
    questions: Sequence[Asked], folder: Path, rankers: Mapping[str, Ranker], *, at_most: int
) -> dict[str, list[float]]:
    """nDCG@10 of each ranker for each of the newest 20 %, up to `at_most` of them evenly chosen.

    The index is kept current: it holds what was asked and answered before the question at hand.
    """
    known = Known(Engine(folder))
    start = int(len(questions) * (1 - TESTED))
    _learn(known, questions[:start], until=questions[start].day)
    scores: dict[str, list[float]] = {name: [] for name in rankers}
    step = max((len(questions) - start) // at_most, 1)
    learned = start
    for place in range(start, len(questions), step):
        question = questions[place]
        if place - learned >= LIVE_BATCH:
            _learn(known, questions[max(learned - LIVE_BATCH, 0) : place], until=question.day)
            learned = place
        truth = {user for user in question.best() if known.answers[user] >= PROVEN}
        for name, ranker in rankers.items() if truth else ():
            scores[name].append(ndcg(ranker(known, question)[:10], truth))
    return scores


def ndcg(ranked: Sequence[int], truth: set[int]) -> float:
    """Of a list of at most ten, with each right user worth the same."""
    gain = sum(1 / log2(place + 2) for place, user in enumerate(ranked) if user in truth)
    return gain / sum(1 / log2(place + 2) for place in range(min(len(truth), 10)))


def macro_micro(scores: Sequence[Sequence[float]]) -> tuple[float, float]:
    """(mean over communities, mean over questions)."""
    return mean(map(mean, scores)), mean(score for one in scores for score in one)


def _asked(row: dict[str, Any], users: dict[str, int], day: Callable[[float], float]) -> Asked:
    replies = (
        Reply(users.setdefault(a["u"], len(users) + 1), a["s"], bool(a.get("acc")), day(a["t"]))
        for a in row["answers"]
        if a["u"] != row["asker"]
    )
    return Asked(f"{row['id']:032x}", row["title"], row["body"], day(row["t"]), tuple(replies))


def _learn(known: Known, questions: Sequence[Asked], *, until: float) -> None:
    known.engine.write(_documents(known, questions, until))


def _documents(known: Known, questions: Sequence[Asked], until: float) -> Iterator[ThreadDocument]:
    for question in questions:
        there = [reply for reply in question.replies if reply.day < until]
        for reply in there:
            if (question.id, reply.user) not in known.days:
                known.days[question.id, reply.user] = reply.day
                known.answers[reply.user] += 1
        good = sorted((r for r in there if r.is_good), key=lambda r: (r.is_accepted, r.votes), reverse=True)
        answers = tuple(Answered(reply.user, 0) for reply in good[:12])
        yield ThreadDocument(
            question.id, 1, "", question.title, question.body, int(question.day * _DAY_S), "question", answers
        )
