"""tantivy, for one course: documents in, hits out. Nothing here knows the database.

One process writes at a time (its caller holds the folder's lock); any number read. Readers see a commit as a whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Document as Row
from tantivy import Filter, Occur, Query, Schema, SchemaBuilder, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from .documents import Answered, Document, PersonDocument, Reach, ThreadDocument, ThreadHit

# In the folder's name: an index of another schema is never opened, but made anew beside the old one.
SCHEMA_VERSION = 1
# tantivy's least for one thread.
_HEAP_BYTES = 15_000_000
_WORD_CAP = 40
_WORDS_ASKED = 60
_NAME_WORDS = 4
_FORGIVING = 5
_EVERYBODY = "everybody"
_THREAD, _PERSON = "thread", "person"


class Engine:
    """The index in one folder; made when it is not there. Raises ValueError or OSError when it cannot be opened."""

    def __init__(self, folder: Path) -> None:
        self._schema = _schema()
        self._words, self._names = _words(), _names()
        self._index = tantivy.Index(self._schema, path=str(folder), reuse=True)
        self._index.register_tokenizer("words", self._words)
        self._index.register_tokenizer("names", self._names)
        # Without a thread that watches the folder: the LMS forks after loading.
        self._index.config_reader("manual")

    def write(self, documents: Iterable[Document], gone: Iterable[str] = ()) -> None:
        """Add or replace the documents and drop those that are gone, in one commit."""
        with self._writer() as writer:
            for ident in gone:
                writer.delete_documents_by_term("id", ident)
            for document in documents:
                writer.delete_documents_by_term("id", document.id)
                writer.add_document(self._row(document))

    def replace(self, documents: Iterable[Document]) -> None:
        """These documents and no others, in one commit. The files of all former ones are removed."""
        with self._writer() as writer:
            writer.delete_all_documents()
            for document in documents:
                writer.add_document(self._row(document))
        with self._writer() as writer:
            writer.garbage_collect_files()

    def count(self) -> int:
        """How many documents there are."""
        return self._searcher().num_docs

    def holds(self, ident: str) -> bool:
        """Whether a document of this id is there."""
        return self._searcher().search(self._term("id", ident), 1, count=False).hits != []

    def holds_word(self, word: str) -> bool:
        """Whether any file of the index still knows the word, also of documents that are gone."""
        tokens = self._words.analyze(word)
        return any(self._searcher().doc_freq("text", token) for token in tokens)

    def find_threads(self, text: str, reach: Reach, *, limit: int) -> list[ThreadHit]:
        """Questions whose words are those of the text, best first. A thread needs one of them only."""
        tokens = list(dict.fromkeys(self._words.analyze(text)))[:_WORDS_ASKED]
        if not tokens or not reach.spaces:
            return []
        asked = [(Occur.Should, self._term("text", token)) for token in tokens]
        found = Query.boolean_query([(Occur.Must, Query.boolean_query(asked)), *self._within(reach)])
        searcher = self._searcher()
        hits = searcher.search(found, limit, count=False).hits
        return [_hit(searcher.doc(address), score) for score, address in hits]

    def threads_answered_by(self, user: int, reach: Reach, *, limit: int) -> list[ThreadHit]:
        """Questions that somebody answered by name, the last active first."""
        if not reach.spaces:
            return []
        theirs = Query.const_score_query(self._term("answerer", user), 1.0)
        found = Query.boolean_query([(Occur.Must, theirs), *self._within(reach)])
        searcher = self._searcher()
        hits = searcher.search(found, limit, count=False, order_by_field="at").hits
        return [_hit(searcher.doc(address), 0.0) for _, address in hits]

    def find_people(self, name: str, *, limit: int) -> list[int]:
        """The accounts of those in whose name each word of the text begins one; from five letters on with a typo."""
        tokens = self._names.analyze(name)
        if not 0 < len(tokens) <= _NAME_WORDS:
            return []
        begins = [(Occur.Must, self._beginning("name", token)) for token in tokens]
        searcher = self._searcher()
        hits = searcher.search(Query.boolean_query(begins), limit, count=False).hits
        return [int(searcher.doc(address).get_first("user") or 0) for _, address in hits]

    def _within(self, reach: Reach) -> list[tuple[Occur, Query]]:
        filters = [
            self._term("kind", _THREAD),
            self._term("is_question", 1),
            Query.term_set_query(self._schema, "space", sorted(reach.spaces)),
        ]
        if reach.group is not None:
            filters.append(
                Query.term_set_query(self._schema, "group", [_EVERYBODY, reach.group or _EVERYBODY])
            )
        return [(Occur.Must, Query.const_score_query(one, 0.0)) for one in filters]

    def _term(self, field: str, value: str | int) -> Query:
        return Query.term_query(self._schema, field, value)

    def _beginning(self, field: str, token: str) -> Query:
        distance = int(len(token) >= _FORGIVING)
        return Query.fuzzy_term_query(self._schema, field, token, distance=distance, prefix=True)

    def _searcher(self) -> tantivy.Searcher:
        self._index.reload()
        return self._index.searcher()

    @contextmanager
    def _writer(self) -> Iterator[tantivy.IndexWriter]:
        """A writer that commits, or rolls back; its threads end with it."""
        writer = self._index.writer(_HEAP_BYTES, 1)
        try:
            yield writer
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()

    def _row(self, document: Document) -> Row:
        values = (
            _person_values(document) if isinstance(document, PersonDocument) else _thread_values(document)
        )
        return Row.from_dict(values, self._schema)


def _person_values(person: PersonDocument) -> dict[str, Any]:
    return {"id": person.id, "kind": _PERSON, "name": person.name, "user": person.user}


def _thread_values(thread: ThreadDocument) -> dict[str, Any]:
    return {
        "id": thread.id,
        "kind": _THREAD,
        "is_question": int(thread.is_question),
        "space": thread.space,
        "group": thread.group or _EVERYBODY,
        # The title says what it is about: its words count twice.
        "text": f"{thread.title}\n{thread.title}\n{thread.text}",
        "at": thread.at,
        "answers": json.dumps([[a.author, a.post] for a in thread.answers]).encode(),
        "answerer": sorted({answer.author for answer in thread.answers}),
    }


def _hit(row: Row, score: float) -> ThreadHit:
    stored: Sequence[Sequence[int]] = json.loads(bytes(row.get_first("answers") or b"[]"))
    return ThreadHit(str(row.get_first("id")), score, tuple(Answered(*pair) for pair in stored))


def _schema() -> Schema:
    return (
        SchemaBuilder()
        .add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        .add_text_field("kind", tokenizer_name="raw", index_option="basic")
        .add_unsigned_field("is_question", indexed=True)
        .add_unsigned_field("space", indexed=True)
        .add_text_field("group", tokenizer_name="raw", index_option="basic")
        .add_text_field("text", tokenizer_name="words", index_option="freq")
        .add_unsigned_field("at", fast=True)
        .add_unsigned_field("answerer", indexed=True)
        .add_bytes_field("answers", stored=True)
        .add_unsigned_field("user", stored=True)
        .add_text_field("name", tokenizer_name="names", index_option="freq")
        .build()
    )


def _words() -> TextAnalyzer:
    """Words of English and French: without the commonest, without accents, by their stem.

    The English stemmer takes the plural off French words too, and an index of one kind serves courses in both.
    """
    return (
        TextAnalyzerBuilder(Tokenizer.simple())
        .filter(Filter.remove_long(_WORD_CAP))
        .filter(Filter.lowercase())
        .filter(Filter.stopword("english"))
        .filter(Filter.stopword("french"))
        .filter(Filter.ascii_fold())
        .filter(Filter.stemmer("english"))
        .build()
    )


def _names() -> TextAnalyzer:
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    return builder.filter(Filter.lowercase()).filter(Filter.ascii_fold()).build()
