"""Words as the index has them: by their stems, English and French, and how a text is compared with what was asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from peer_xblock.domain.searching import Part

WORD_CAP = 40
# Letters from which a word may be misspelt by one, and by two.
ONE_SLIP, TWO_SLIPS = 4, 8
# Letters from which a word that is being typed stands for all that it begins.
BEGINS = 3

# Words whose stems a process remembers: those of a page come again on the next.
_KEPT = 20_000
_WORD = re.compile(r"[^\W_]+")


@cache
def english() -> TextAnalyzer:
    """Without the commonest words of both languages, without accents, by the English stem.

    The English stemmer takes the plural off French words too.
    """
    return _stemming(Filter.ascii_fold(), Filter.stemmer("english"))


@cache
def french() -> TextAnalyzer:
    """The same by the French stem, which is known by its accents."""
    return _stemming(Filter.stemmer("french"), Filter.ascii_fold())


@cache
def names() -> TextAnalyzer:
    """Words as they are, in lower case and without accents."""
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    return builder.filter(Filter.lowercase()).filter(Filter.ascii_fold()).build()


def _stemming(*filters: Filter) -> TextAnalyzer:
    builder = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(WORD_CAP))
    builder = builder.filter(Filter.lowercase())
    builder = builder.filter(Filter.stopword("english")).filter(Filter.stopword("french"))
    for one in filters:
        builder = builder.filter(one)
    return builder.build()


@dataclass(frozen=True, slots=True)
class Word:
    """A word that counts: as it is spelt, without accents, and by its stems.

    is_begun: whether it may go on. is_known: whether it is taken as it is written.
    """

    spelt: str
    english: str
    french: str
    is_begun: bool = False
    is_known: bool = True

    @property
    def slips(self) -> int:
        """How many letters may be wrong."""
        return (len(self.spelt) >= ONE_SLIP) + (len(self.spelt) >= TWO_SLIPS)

    def is_like(self, other: Word) -> bool:
        """Whether the other is a form of this word, or begins as this one does."""
        if self.english == other.english or self.french == other.french:
            return True
        return self.is_begun and other.spelt.startswith(self.spelt)

    def is_near(self, other: Word) -> bool:
        """Whether the other would be this word but for a slip."""
        return not self.is_known and is_near(self.spelt, other.spelt, self.slips)


@lru_cache(maxsize=_KEPT)
def is_near(one: str, other: str, slips: int) -> bool:
    """Whether at most so many letters are lost, added, replaced or swapped with the next one. O(length squared)."""
    if abs(len(one) - len(other)) > slips or len({*one} ^ {*other}) > 2 * slips:
        return False
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        here = [row]
        for column, its in enumerate(other, 1):
            cost = min(above[column] + 1, here[-1] + 1, above[column - 1] + (letter != its))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == its:
                cost = min(cost, before[column - 2] + 1)
            here.append(cost)
        before, above = above, here
    return above[-1] <= slips


def words_of(text: str, *, at_most: int, is_typing: bool = False) -> list[Word]:
    """The words of a query, none twice. is_typing: whether the last one may not be at its end."""
    found = [match[0] for match in _WORD.finditer(text)]
    words: dict[tuple[str, str], Word] = {}
    for place, written in enumerate(found):
        word = _word(written)
        if word is None:
            continue
        if is_typing and place == len(found) - 1 and text.endswith(written):
            word = replace(word, is_begun=len(word.spelt) >= BEGINS)
        words[word.english, word.french] = word
        if len(words) == at_most:
            break
    return list(words.values())


@lru_cache(maxsize=_KEPT)
def _word(written: str) -> Word | None:
    """None for a word that says nothing."""
    stems = english().analyze(written)
    if len(stems) != 1:
        return None
    spelt, stem = "".join(names().analyze(written)), "".join(french().analyze(written))
    return Word(spelt, stems[0], stem or stems[0])


class Text:
    """A text that a reader sees, with the places of its words."""

    def __init__(self, text: str) -> None:
        self.text = text
        placed = ((match.start(), match.end(), _word(match[0])) for match in _WORD.finditer(text))
        self._placed = [(start, end, word) for start, end, word in placed if word is not None]

    def matches(self, asked: Iterable[Word]) -> dict[Word, set[Word]]:
        """Which of its words stand for each that was asked; those but for a slip only where there is no other."""
        there = {word for _, _, word in self._placed}
        found: dict[Word, set[Word]] = {}
        for word in asked:
            same = {other for other in there if word.is_like(other)}
            found[word] = same or {other for other in there if word.is_near(other)}
        return found

    def parts(self, matched: set[Word], *, around: int | None = None) -> tuple[Part, ...]:
        """The text with the matched words apart. around: only so many characters, about where most of them stand."""
        places = [(start, end) for start, end, word in self._placed if word in matched]
        start, end = (0, len(self.text)) if around is None else self._window(places, around)
        parts = list(self._cut(places, start, end))
        if start > 0:
            parts.insert(0, Part("… "))
        if end < len(self.text):
            parts.append(Part(" …"))
        return tuple(parts)

    def _cut(self, places: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[Part]:
        at = start
        for first, last in places:
            if first < start or last > end:
                continue
            if first > at:
                yield Part(self.text[at:first])
            yield Part(self.text[first:last], is_match=True)
            at = last
        if at < end:
            yield Part(self.text[at:end])

    def _window(self, places: Sequence[tuple[int, int]], size: int) -> tuple[int, int]:
        """From and to, at words' ends, so that most matches lie within; the first of the best ones."""
        if len(self.text) <= size:
            return 0, len(self.text)
        lead = size // 4
        starts = [first for first, _ in places] or [0]
        best = max(starts, key=lambda at: sum(at <= first < at + size - lead for first, _ in places))
        start = max(min(best - lead, len(self.text) - size), 0)
        end = min(start + size, len(self.text))
        start = self.text.find(" ", start, best) + 1 if start else 0
        if end < len(self.text):
            end = max(self.text.rfind(" ", best, end), best + 1)
        return start, end
