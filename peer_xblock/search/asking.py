"""From what is looked for to a query of tantivy: which words, in which fields, within which threads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import tantivy
from tantivy import FieldType, Occur, Query, Schema

from peer_xblock.domain.searching import ThreadQuery

from .documents import Reach
from .schema import EVERYBODY, THREAD
from .wording import Word, names

# What a word counts in each field, beside the opening's text. Measured by `make bench-discussion`.
WEIGHTS = (("title", 1.5), ("text", 1.0), ("replies", 0.6))
FRENCH = 0.9
# What a word counts that is not there as it was written: less than one that is.
NEARLY, BEGUN = 2.0, 1.5
TIE = 0.1
# Of so many words one may be absent.
FORGIVING = 4
# Letters of a name from which one may be wrong.
_NAME_SLIP = 5

Clause = tuple[Occur, Query]


class Asker:
    """Queries over one schema."""

    def __init__(self, fields: Schema) -> None:
        self._fields = fields

    def term(self, field: str, value: str | int) -> Query:
        """Documents with this value."""
        return Query.term_query(self._fields, field, value)

    def understand(self, words: Sequence[Word], searcher: tantivy.Searcher) -> list[Word]:
        """The words, each marked by whether any document has it."""
        return [replace(word, is_known=_is_known(word, searcher)) for word in words]

    def by_words(self, words: Sequence[Word], *, needed: int) -> Query:
        """Documents with at least so many of the words."""
        clauses = [(Occur.Should, self._by_word(word)) for word in words]
        return Query.boolean_query(clauses, minimum_number_should_match=needed)

    def within(self, reach: Reach) -> list[Clause]:
        """Threads that somebody reads, without a word on how good they are."""
        filters = [self.term("kind", THREAD)]
        filters.append(Query.term_set_query(self._fields, "space", sorted(reach.spaces)))
        if reach.group is not None:
            groups = [EVERYBODY, reach.group or EVERYBODY]
            filters.append(Query.term_set_query(self._fields, "group", groups))
        if reach.among is not None:
            filters.append(Query.term_set_query(self._fields, "id", sorted(reach.among)))
        return _silent(filters)

    def filtered(self, asked: ThreadQuery) -> list[Clause]:
        """What else the threads must be."""
        filters = [self.term("type", asked.kind.value)] if asked.kind else []
        if asked.tag:
            filters.append(self.term("tag", asked.tag))
        if asked.unanswered:
            filters.append(self.term("is_open", 1))
        if asked.since is not None or asked.until is not None:
            filters.append(self._begun(asked.since, asked.until))
        return _silent([*filters, *self.named("author", asked.author)])

    def named(self, field: str, name: str) -> list[Query]:
        """In whose name each of the words begins one; from five letters on with a slip."""
        return [
            Query.fuzzy_term_query(
                self._fields, field, token, distance=int(len(token) >= _NAME_SLIP), prefix=True
            )
            for token in names().analyze(name)
        ]

    def _begun(self, since: int | None, until: int | None) -> Query:
        low = since or 0
        if until is None:
            return Query.range_query(self._fields, "created", FieldType.Unsigned, low, None)
        return Query.range_query(self._fields, "created", FieldType.Unsigned, low, until, include_upper=False)

    def _by_word(self, word: Word) -> Query:
        ways = [Query.boost_query(self.term(field, word.english), weight) for field, weight in WEIGHTS]
        ways.append(Query.boost_query(self.term("french", word.french), FRENCH))
        if not word.is_known and word.slips:
            ways.append(self._spelt(word.spelt, NEARLY, distance=word.slips))
        if word.is_begun:
            ways.append(self._spelt(word.spelt, BEGUN, prefix=True))
        return Query.disjunction_max_query(ways, TIE)

    def _spelt(self, letters: str, score: float, *, distance: int = 0, prefix: bool = False) -> Query:
        near = Query.fuzzy_term_query(self._fields, "spelt", letters, distance=distance, prefix=prefix)
        return Query.const_score_query(near, score)


def needed_of(words: Sequence[Word]) -> int:
    """How many of the words a thread must have: all of a few, all but one of more."""
    return len(words) - (len(words) >= FORGIVING)


def _is_known(word: Word, searcher: tantivy.Searcher) -> bool:
    if any(searcher.doc_freq(field, word.english) for field, _ in WEIGHTS):
        return True
    return bool(searcher.doc_freq("french", word.french))


def _silent(filters: Sequence[Query]) -> list[Clause]:
    return [(Occur.Must, Query.const_score_query(one, 0.0)) for one in filters]
