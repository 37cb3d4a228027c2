"""tantivy, for one course: documents in, hits out. Nothing here knows the database.

One process writes at a time (its caller holds the folder's lock); any number read. Readers see a commit as a whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from peer_xblock.domain.searching import ThreadQuery

from .asking import Asker, Clause, needed_of
from .documents import Document, Found, Reach, ThreadHit
from .schema import QUESTION, hit_of, posts_of, register_analyzers, row_of, schema
from .wording import Word, english, names, words_of

# tantivy's least for one thread.
_HEAP_BYTES = 15_000_000
_WORDS_ASKED = 60
_WORDS_SEARCHED = 24
_NAME_WORDS = 4


class Engine:
    """The index in one folder; made when it is not there. Raises ValueError or OSError when it cannot be opened."""

    def __init__(self, folder: Path) -> None:
        self._schema = schema()
        self._ask = Asker(self._schema)
        self._index = tantivy.Index(self._schema, path=str(folder), reuse=True)
        register_analyzers(self._index)
        # Without a thread that watches the folder: the LMS forks after loading.
        self._index.config_reader("manual")

    def write(self, documents: Iterable[Document], gone: Iterable[str] = ()) -> None:
        """Add or replace the documents and drop those that are gone, in one commit."""
        with self._writer() as writer:
            for ident in gone:
                writer.delete_documents_by_term("id", ident)
            for document in documents:
                writer.delete_documents_by_term("id", document.id)
                writer.add_document(row_of(document, self._schema))

    def replace(self, documents: Iterable[Document]) -> None:
        """These documents and no others, in one commit. The files of all former ones are removed."""
        with self._writer() as writer:
            writer.delete_all_documents()
            for document in documents:
                writer.add_document(row_of(document, self._schema))
        with self._writer() as writer:
            writer.garbage_collect_files()

    def count(self) -> int:
        """How many documents there are."""
        return self._searcher().num_docs

    def holds(self, ident: str) -> bool:
        """Whether a document of this id is there."""
        return self._searcher().search(self._ask.term("id", ident), 1, count=False).hits != []

    def holds_word(self, word: str) -> bool:
        """Whether any file of the index still knows the word, also of documents that are gone."""
        searcher = self._searcher()
        fields = ("text", "title", "replies")
        return any(searcher.doc_freq(field, token) for token in english().analyze(word) for field in fields)

    def posts_of(self, idents: Collection[str]) -> set[int]:
        """The responses whose words are indexed with these threads."""
        if not idents:
            return set()
        searcher = self._searcher()
        among = Query.term_set_query(self._schema, "id", sorted(idents))
        hits = searcher.search(among, len(idents), count=False).hits
        return {post for _, address in hits for post in posts_of(searcher.doc(address))}

    def find_threads(self, text: str, reach: Reach, *, limit: int) -> list[ThreadHit]:
        """Questions whose words are those of the text, best first. A thread needs one of them only."""
        tokens = list(dict.fromkeys(english().analyze(text)))[:_WORDS_ASKED]
        if not tokens or reach.is_empty:
            return []
        asked = [(Occur.Should, self._ask.term("text", token)) for token in tokens]
        return self._hits([(Occur.Must, Query.boolean_query(asked)), *self._questions(reach)], limit=limit)

    def threads_answered_by(self, user: int, reach: Reach, *, limit: int) -> list[ThreadHit]:
        """Questions that somebody answered by name, the last active first."""
        if reach.is_empty:
            return []
        theirs = Query.const_score_query(self._ask.term("answerer", user), 1.0)
        return self._latest([(Occur.Must, theirs), *self._questions(reach)], limit=limit)

    def search_threads(self, asked: ThreadQuery, reach: Reach, *, limit: int) -> Found:
        """Threads of any kind that have the words, in whatever form, best first.

        All of a few words, all but one of more; where nothing has so many, whatever has any.
        """
        if reach.is_empty:
            return Found()
        filters = [*self._ask.within(reach), *self._ask.filtered(asked)]
        if not asked.query.strip():
            return Found(tuple(self._latest(filters, limit=limit)))
        words = self._words(asked.query, is_typing=asked.typing)
        for needed in dict.fromkeys((needed_of(words), 1)) if words else ():
            found = self._ask.by_words(words, needed=needed)
            hits = self._hits([(Occur.Must, found), *filters], limit=limit)
            if hits:
                return Found(tuple(hits), tuple(words), needed)
        return Found(words=tuple(words))

    def similar_threads(self, title: str, reach: Reach, *, limit: int) -> Found:
        """Threads of any kind with words of a title, best first."""
        words = self._words(title, is_typing=False)
        if not words or reach.is_empty:
            return Found()
        found = self._ask.by_words(words, needed=1)
        hits = self._hits([(Occur.Must, found), *self._ask.within(reach)], limit=limit)
        return Found(tuple(hits), tuple(words), 1)

    def find_people(self, name: str, *, limit: int) -> list[int]:
        """The accounts of those in whose name each word of the text begins one; from five letters on with a typo."""
        if not 0 < len(names().analyze(name)) <= _NAME_WORDS:
            return []
        begins = [(Occur.Must, query) for query in self._ask.named("name", name)]
        searcher = self._searcher()
        hits = searcher.search(Query.boolean_query(begins), limit, count=False).hits
        return [int(searcher.doc(address).get_first("user") or 0) for _, address in hits]

    def _words(self, text: str, *, is_typing: bool) -> list[Word]:
        words = words_of(text, at_most=_WORDS_SEARCHED, is_typing=is_typing)
        return self._ask.understand(words, self._searcher())

    def _questions(self, reach: Reach) -> list[Clause]:
        question = Query.const_score_query(self._ask.term("type", QUESTION), 0.0)
        return [*self._ask.within(reach), (Occur.Must, question)]

    def _hits(self, clauses: Sequence[Clause], *, limit: int) -> list[ThreadHit]:
        searcher = self._searcher()
        hits = searcher.search(Query.boolean_query(clauses), limit, count=False).hits
        return [hit_of(searcher.doc(address), score) for score, address in hits]

    def _latest(self, clauses: Sequence[Clause], *, limit: int) -> list[ThreadHit]:
        searcher = self._searcher()
        hits = searcher.search(Query.boolean_query(clauses), limit, count=False, order_by_field="at").hits
        return [hit_of(searcher.doc(address), 0.0) for _, address in hits]

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
