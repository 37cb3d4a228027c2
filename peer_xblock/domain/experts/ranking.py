"""Who is likely to know: by the questions that they answered well, the recent ones more.

Each question is found by BM25; a person's score is the sum over those that they answered (CombSUM), halved with age.
What matches twice as well counts four times: many questions that share a common word do not outweigh the one meant.
Who is asked a lot steps back a little. Those who only declare a skill get a place in ten, or nobody would ever find
them. Source: docs/decisions, where it was measured beside counting answers, link analysis and embeddings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

HALF_LIFE_DAYS = 180.0
LOAD = 0.3
# Whoever answered fewer questions well than this is new.
PROVEN = 3
NEWCOMERS_PLACE = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """A question that somebody answered well. relevance: of the question to what is asked, over 0."""

    relevance: float
    age_days: float

    @property
    def weight(self) -> float:
        """What it adds to the score."""
        return float(max(self.relevance, 0.0) ** 2 * 0.5 ** (max(self.age_days, 0.0) / HALF_LIFE_DAYS))


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be shown. invited: questions that were put to them lately.

    is_named: what was typed is their name. declares: they declare a skill that was asked for. recency: any text that
    is higher for who came later; it also settles ties, so that it must be unique.
    """

    id: int
    answers: tuple[Answer, ...]
    invited: int
    is_free: bool
    is_named: bool
    declares: bool
    recency: str

    @property
    def score(self) -> float:
        """CombSUM with decay, lowered softly by load."""
        return sum(answer.weight for answer in self.answers) / (1 + LOAD * self.invited)

    @property
    def is_new(self) -> bool:
        """Whether too little is known of them to rank by it."""
        return len(self.answers) < PROVEN


def rank(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Who takes questions now, then the others; in each part by name, by score, then the latest."""
    listed = list(candidates)
    free = [one for one in listed if one.is_free]
    others = [one for one in listed if not one.is_free]
    return [*_order(free), *_order(others)]


def _order(candidates: Sequence[Candidate]) -> list[Candidate]:
    best = sorted(
        candidates, key=lambda one: (one.is_named, one.score, one.declares, one.recency), reverse=True
    )
    return give_places(best, to=lambda one: one.declares and one.is_new)


def give_places(ranked: Sequence[T], *, to: Callable[[T], bool]) -> list[T]:
    """The ranking with one of each ten places for somebody who has none, the best of them first.

    Ten that hold such a person already stay as they are, but for those who were moved up before.
    """
    left = list(ranked)
    placed: list[T] = []
    while left:
        ten = left[:NEWCOMERS_PLACE]
        chosen = next((one for one in left[NEWCOMERS_PLACE:] if to(one)), None)
        if chosen is not None and not any(to(one) for one in ten):
            left.remove(chosen)
            ten = [*ten[:-1], chosen]
            left = left[NEWCOMERS_PLACE - 1 :]
        else:
            left = left[NEWCOMERS_PLACE:]
        placed += ten
    return placed
