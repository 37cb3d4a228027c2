"""Skills found by what somebody types: in English or French, unfinished, with a typo.

All labels of all skills stand in one inverted index of trigrams. What was typed is compared by trigram Jaccard;
labels in which a word begins with it come first. Source: docs/decisions, where the alternatives were measured.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import ceil

from .folding import fold

TEXT_CAP = 120
SUGGESTED = 8
_COMPARED = 64
_SPAN_WORDS = 6
# (trigrams, part): a text of so many or more is compared only with labels that share this part of them. Two typos
# take seven at most, so that the longer the text, the more is left.
_SHARED = ((24, 0.65), (16, 0.45), (8, 0.15))
# The rarest trigrams are always walked; of the others only those that stand in fewer labels than this.
_RARE, _FREQUENT = 5, 1_500
_SAME = 0.42
_BEGINS, _WORD_BEGINS = 1.0, 0.5


@dataclass(frozen=True, slots=True)
class Term:
    """A skill as it is shown. labels: the preferred one by language. uri: None for one of our own list."""

    pk: int
    public_id: str
    uri: str | None
    labels: Mapping[str, str]

    def label(self, language: str) -> str:
        """In the reader's language, else in English, else in any."""
        return self.labels.get(language) or self.labels.get("en") or next(iter(self.labels.values()), "")


@dataclass(frozen=True, slots=True)
class Spelling:
    """One label of a skill, folded."""

    skill: int
    folded: str


def trigrams(folded: str) -> set[str]:
    """The threes of each word, with its beginning and end: "ab c" gives "  a", " ab", "ab ", "  c", " c "."""
    return {
        padded[place : place + 3]
        for word in folded.split()
        for padded in [f"  {word} "]
        for place in range(len(padded) - 2)
    }


class Vocabulary:
    """All skills, in memory. Building costs about a second for ESCO's 13,500; asking some milliseconds."""

    def __init__(self, terms: Iterable[Term], spellings: Iterable[Spelling]) -> None:
        self.terms = {term.pk: term for term in terms}
        self.by_id = {term.public_id: term for term in self.terms.values()}
        known = [s for s in spellings if s.folded and s.skill in self.terms]
        self._folded = [s.folded for s in known]
        self._skills = array("q", (s.skill for s in known))
        self._sizes = array("H")
        self._places: dict[str, array[int]] = defaultdict(lambda: array("L"))
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._beginnings: list[tuple[str, int]] = []
        for place, folded in enumerate(self._folded):
            grams = trigrams(folded)
            self._sizes.append(len(grams))
            for gram in grams:
                self._places[gram].append(place)
            self._exact[folded].append(self._skills[place])
            self._beginnings += [(rest, place) for rest in _rests(folded)]
        self._beginnings.sort()
        self._places.default_factory = None
        self._exact.default_factory = None

    def suggest(self, text: str, *, limit: int = SUGGESTED) -> list[Term]:
        """The skills that somebody who typed this may mean, best first. Nothing for nothing."""
        return [self.terms[skill] for skill, _ in self._ranked(fold(text[:TEXT_CAP]))[:limit]]

    def understand(self, text: str, *, limit: int = 5) -> list[Term]:
        """The skills that a question names word for word, longest first; else the one that all of it nearly is."""
        words = fold(text[:TEXT_CAP]).split()
        named = list(dict.fromkeys(skill for span in self._spans(words) for skill in self._exact[span]))
        if not named and 0 < len(words) <= _SPAN_WORDS:
            named = [skill for skill, score in self._ranked(" ".join(words))[:1] if score % 1 >= _SAME]
        return [self.terms[skill] for skill in named[:limit]]

    def _spans(self, words: Sequence[str]) -> Iterator[str]:
        """The labels that stand in these words, longest first, no word used twice."""
        free = [True] * len(words)
        for length in range(min(_SPAN_WORDS, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                span = " ".join(words[start : start + length])
                if span in self._exact and all(free[start : start + length]):
                    free[start : start + length] = [False] * length
                    yield span

    def _ranked(self, folded: str) -> list[tuple[int, float]]:
        """(skill, score), best first: Jaccard in 0..1, one more when a label begins so. Ties: the shorter label."""
        if not folded:
            return []
        grams = trigrams(folded)
        best: dict[int, tuple[float, int]] = {}
        for place in {*self._similar(grams), *self._beginning(folded)}:
            label = self._folded[place]
            found = (_score(folded, grams, label), -len(label))
            skill = self._skills[place]
            if skill not in best or found > best[skill]:
                best[skill] = found
        ordered = sorted(best.items(), key=lambda item: (*(-part for part in item[1]), item[0]))
        return [(skill, score) for skill, (score, _) in ordered]

    def _similar(self, grams: set[str]) -> list[int]:
        """The labels that share most, rarest trigrams first: the frequent ones are walked only when they must be."""
        lists = sorted((self._places[gram] for gram in grams if gram in self._places), key=len)
        part = next((part for size, part in _SHARED if len(grams) >= size), 0.0)
        needed = max(1, ceil(part * len(grams)))
        walked = max(1, len(lists) - needed + 1)
        shared: Counter[int] = Counter()
        for number, places in enumerate(lists[:walked]):
            if number < _RARE or len(places) < _FREQUENT:
                shared.update(places)
        if not shared:
            return []
        sizes, size, floor = self._sizes, len(grams), max(shared.values()) // 3
        near = [(n / (size + sizes[place] - n), place) for place, n in shared.items() if n > floor]
        return [place for _, place in nlargest(_COMPARED, near)]

    def _beginning(self, folded: str) -> list[int]:
        """Labels in which a word begins with the text; in a list of thousands, the first in the alphabet."""
        start = bisect_left(self._beginnings, (folded, -1))
        window = self._beginnings[start : start + _COMPARED]
        return [place for rest, place in window if rest.startswith(folded)]


def _rests(folded: str) -> Iterator[str]:
    """The label from each of its words on."""
    yield folded
    for place, character in enumerate(folded):
        if character == " ":
            yield folded[place + 1 :]


def _score(folded: str, grams: set[str], label: str) -> float:
    theirs = trigrams(label)
    shared = len(grams & theirs)
    jaccard = shared / (len(grams) + len(theirs) - shared)
    if label == folded:
        return 2 * _BEGINS + jaccard
    if label.startswith(folded):
        return _BEGINS + jaccard
    return jaccard + (_WORD_BEGINS if f" {folded}" in label else 0)
