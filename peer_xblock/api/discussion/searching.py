"""Threads by words and by what they are.

The index only says where to look. Each thread that is handed out was read from the database in this call, for this
viewer, and has the words in what they read there now: neither a hit nor a count tells of anything else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Left

from peer_xblock import search
from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import PAGE
from peer_xblock.domain.errors import N_, Invalid
from peer_xblock.domain.searching import (
    EXCERPT,
    QUERY_CAP,
    SIMILAR,
    FoundThread,
    FoundThreads,
    SimilarThread,
    SimilarThreads,
    ThreadQuery,
)
from peer_xblock.domain.tags import tags_in
from peer_xblock.models import LearningContext, Post, Thread
from peer_xblock.search import Found, Reach, Text, ThreadHit, Word

from .answering import are_answers_hidden
from .listing import page_size
from .present import Byline, Presenter
from .rows import readable_posts
from .scopes import Scope

# Threads that a search goes through at most.
DEEPEST = 1_000
# Candidates for each thread that is shown: some are not for this viewer, or no longer as the index has them.
_SPARE = 2
_CANDIDATES = 12
# What of a title's words a thread must have to be like it.
ALIKE = 0.4
_CURSOR = re.compile(r"\d{1,4}")
_LINE = 160


@dataclass(frozen=True, slots=True)
class _Match:
    """A thread that this viewer reads, with the words where they stand. text: of which post the excerpt is."""

    row: Any
    title: Text
    text: Text
    reply: Post | None
    words: frozenset[Word]


def search_threads(
    visit: Visit, query: ThreadQuery, *, cursor: str | None = None, limit: int = PAGE
) -> FoundThreads:
    """A page of the threads that have the words and are what is asked, of the space or of the whole course.

    The same number of statements at every size, and in whatever number of spaces. Raises Invalid.
    """
    offset, asked = _read_cursor(cursor), query.checked()
    size = page_size(limit)
    window = offset + _SPARE * size
    scope = Scope.of(visit, everywhere=asked.everywhere)
    among = scope.own() if asked.mine else None

    def ask(context: LearningContext, reach: Reach) -> Found:
        """As many as the page may need, and one more."""
        return search.search_threads(context, asked, replace(reach, among=among), limit=window + 1)

    found = _ask(scope, ask)
    candidates = found.hits[offset:window]
    there = _read(scope, candidates, found)
    presenter = Presenter(visit)
    for match in there.values():
        _expect(presenter, match)
    places = [
        place for place, hit in enumerate(candidates, 1) if _is_asked(presenter, asked, there.get(hit.id))
    ]
    shown = [there[candidates[place - 1].id] for place in places[:size]]
    after = offset + (places[size - 1] if len(places) >= size else len(candidates))
    is_more = after < min(len(found.hits), DEEPEST)
    threads = tuple(_shown(presenter, scope, match) for match in shown)
    return FoundThreads(threads, str(after) if is_more else None)


def similar_threads(visit: Visit, *, title: str) -> SimilarThreads:
    """The few threads of the space that are most like a title, those with an accepted answer first."""
    line, scope = title[:QUERY_CAP], Scope.of(visit, everywhere=False)
    found = _ask(
        scope, lambda context, reach: search.similar_threads(context, line, reach, limit=_CANDIDATES)
    )
    enough = max(round(ALIKE * len(found.words)), 1)
    there = _read(scope, found.hits, Found(found.hits, found.words, enough))
    presenter = Presenter(visit)
    for match in there.values():
        presenter.expect_thread(match.row)
    views = [presenter.thread(there[hit.id].row) for hit in found.hits if hit.id in there]
    best = sorted(views, key=lambda view: view.answered_by is None)[:SIMILAR]
    lines = _first_lines(visit, [view.id for view in best if view.answered_by])
    return SimilarThreads(tuple(SimilarThread(v, lines.get(v.id, ""), v.answered_by) for v in best))


def _ask(scope: Scope, question: Callable[[LearningContext, Reach], Found]) -> Found:
    """The index's answer, once it says what the database does. A block of no course has none."""
    visit = scope.visit
    if not visit.space.context_id:
        return Found()
    context = visit.space.context
    search.catch_up(context, now=visit.now)
    return question(context, scope.reach)


def _read(scope: Scope, hits: Sequence[ThreadHit], found: Found) -> dict[str, _Match]:
    """Of these hits those that the viewer reads, and finds the words in. Two statements at most."""
    if not hits:
        return {}
    rows = _rows(scope, [hit.id for hit in hits])
    lacking = [hit for hit in hits if hit.id in rows and not _is_enough(found, _texts(rows[hit.id]))]
    replies = _replies(scope, [post for hit in lacking for post in hit.replies])
    matches = {}
    for hit in hits:
        row = rows.get(hit.id)
        if row is None:
            continue
        theirs = (
            []
            if are_answers_hidden(scope.visit, row)
            else _still_in(row, (replies.get(post) for post in hit.replies))
        )
        match = _match(row, found, theirs)
        if match is not None:
            matches[hit.id] = match
    return matches


def _rows(scope: Scope, idents: Collection[str]) -> dict[str, Any]:
    rows: QuerySet[Thread] = scope.threads().filter(public_id__in=idents)
    shown = rows.annotate(o_html=Left("opening__html", search.SHOWN_OF_OPENING))
    listed = [row for row in shown if row.key_space_activity is not None and row.title]
    return {row.public_id: row for row in listed}


def _replies(scope: Scope, posts: Collection[int]) -> Mapping[int, Any]:
    if not posts:
        return {}
    rows = scope.posts().filter(pk__in=posts, deleted_at=None).exclude(audience="staff")
    shown = rows.annotate(pseudonym_name=F("pseudonym__name"), shown=Left("html", search.SHOWN_OF_REPLY))
    return {row.pk: row for row in shown.defer("source", "html")}


def _still_in(thread: Any, replies: Iterable[Any]) -> list[Any]:
    """Of these those that stand in the thread now, whichever it was when it was indexed."""
    return [reply for reply in replies if reply is not None and reply.thread_id == thread.pk]


def _texts(row: Any) -> tuple[Text, Text]:
    """Title and opening, read once."""
    if not hasattr(row, "texts"):
        row.texts = Text(row.title), Text(search.seen_text(row.o_html or ""))
    texts: tuple[Text, Text] = row.texts
    return texts


def _is_enough(found: Found, texts: Iterable[Text]) -> bool:
    return len(_matched(found, texts)) >= found.needed


def _matched(found: Found, texts: Iterable[Text]) -> dict[Word, set[Word]]:
    """What stands in the texts for each of the words that was asked."""
    matched: dict[Word, set[Word]] = {}
    for text in texts:
        for word, forms in text.matches(found.words).items():
            if forms:
                matched.setdefault(word, set()).update(forms)
    return matched


def _match(row: Any, found: Found, replies: Sequence[Any]) -> _Match | None:
    """Where the words stand: in the opening if any does, else in the response that has most of them."""
    title, opening = _texts(row)
    texts = [Text(search.seen_text(reply.shown)) for reply in replies]
    matched = _matched(found, (title, opening, *texts))
    if len(matched) < found.needed:
        return None
    forms = frozenset().union(*matched.values())
    here = len(_matched(found, [title, opening]))
    best, reply = opening, None
    for text, post in zip(texts, replies, strict=True):
        count = len(_matched(found, [text]))
        if here < found.needed and count > (len(_matched(found, [best])) if reply else 0):
            best, reply = text, post
    return _Match(row, title, best, reply, forms)


def _expect(presenter: Presenter, match: _Match) -> None:
    presenter.expect_thread(match.row)
    if match.reply is not None:
        presenter.expect([Byline.of(match.reply)])


def _is_asked(presenter: Presenter, asked: ThreadQuery, match: _Match | None) -> bool:
    """Whether the thread is there for this viewer, and still what the filters ask for."""
    if match is None:
        return False
    row = match.row
    if asked.author and presenter.author(Byline.of(row, "o_")).kind != "named":
        return False
    return (
        (asked.kind is None or asked.kind.value == row.kind)
        and (not asked.tag or asked.tag in tags_in(row.tags))
        and (not asked.unanswered or row.key_unanswered is not None)
        and (asked.since is None or row.created_at >= _moment(asked.since))
        and (asked.until is None or row.created_at < _moment(asked.until))
    )


def _shown(presenter: Presenter, scope: Scope, match: _Match) -> FoundThread:
    words, reply = set(match.words), match.reply
    return FoundThread(
        thread=presenter.thread(match.row),
        title=match.title.parts(words),
        excerpt=match.text.parts(words, around=EXCERPT),
        post=reply.public_id if reply else match.row.public_id,
        by=presenter.author(Byline.of(reply)) if reply else None,
        where=scope.where(match.row),
    )


def _first_lines(visit: Visit, threads: Collection[str]) -> dict[str, str]:
    """The first line of each of these threads' accepted answers, as plain text. One statement."""
    if not threads:
        return {}
    rows = readable_posts(visit).filter(accepted_of__public_id__in=threads, deleted_at=None)
    answers = rows.values_list("accepted_of__public_id", Left("html", search.SHOWN_OF_REPLY))
    return {thread: _first_line(html) for thread, html in answers}


def _first_line(html: str) -> str:
    """Of what is seen the first paragraph, cut at a word."""
    line = search.seen_text(html.strip().split("\n", 1)[0])
    if len(line) <= _LINE:
        return line
    return f"{line[:_LINE].rsplit(' ', 1)[0]} …"


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _read_cursor(cursor: str | None) -> int:
    """How many threads came before. Raises Invalid."""
    if cursor is None:
        return 0
    if not _CURSOR.fullmatch(cursor) or int(cursor) >= DEEPEST:
        raise Invalid(N_("This page cannot be found. Start again from the first."), field="cursor")
    return int(cursor)
