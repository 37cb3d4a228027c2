"""The database's side: which threads and people of a course there are, which changed, and what is told of them.

Both sources are alike: a listing by one folded key, newest first, for an index that begins; a feed of changes by
another, oldest first, for one that goes on. A row that gives no document is gone: removed, erased, no longer listed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.db.models.functions import Left

from peer_xblock.domain.discussion import Depth
from peer_xblock.domain.keys import (
    change_ceiling,
    listing_ceiling,
    listing_floor,
    response_floor,
    seconds,
)
from peer_xblock.domain.markup import plain_text
from peer_xblock.domain.people import Anonymity
from peer_xblock.domain.tags import tags_in
from peer_xblock.models import ExpertProfile, LearningContext, Post, Thread
from peer_xblock.platform import host

from .documents import (
    ANSWERS_KEPT,
    REPLIES_KEPT,
    Answered,
    Document,
    PersonDocument,
    Reply,
    ThreadDocument,
)

# Characters of HTML that are read of an opening and of a response.
SHOWN_OF_OPENING, SHOWN_OF_REPLY = 20_000, 3_000

_NAMED = Anonymity.NAMED.value


@dataclass(frozen=True, slots=True)
class Change:
    """A row of the feed. mark: another one after each change, also within a millisecond."""

    pk: int
    id: str
    key: str
    mark: str


@dataclass(frozen=True, slots=True)
class _Response:
    """A response that all readers of its thread read. author: None for who has left."""

    post: int
    author: int | None
    anonymity: str
    key_best: str
    html: str


class Source(Protocol):
    """A kind of document."""

    name: str

    def listed(self, context: LearningContext, *, below: str, limit: int) -> Sequence[tuple[str, int]]:
        """(key, primary key) of what is listed, from just below a key downwards."""

    def changed(self, context: LearningContext, *, above: str, limit: int) -> Sequence[Change]:
        """What changed, from just above a key upwards."""

    def load(self, pks: Collection[int]) -> Iterator[Document]:
        """The documents of these rows; none for what is gone."""


class Threads:
    """Questions and discussions whose opening is there."""

    name = "threads"

    def listed(self, context: LearningContext, *, below: str, limit: int) -> Sequence[tuple[str, int]]:
        key = "key_course_activity"
        floor = listing_floor(context.pk)
        rows = Thread.objects.filter(key_course_activity__gte=floor, key_course_activity__lt=below)
        return list(rows.order_by(f"-{key}").values_list(key, "pk")[:limit])

    def changed(self, context: LearningContext, *, above: str, limit: int) -> Sequence[Change]:
        ceiling = change_ceiling(context.pk)
        rows = Thread.objects.filter(key_course_changed__gt=above, key_course_changed__lt=ceiling)
        ordered = rows.order_by("key_course_changed")[:limit]
        found = ordered.values_list("pk", "public_id", "key_course_changed", "sequence")
        return [Change(pk, ident, key or "", f"{key}.{sequence}") for pk, ident, key, sequence in found]

    def load(self, pks: Collection[int]) -> Iterator[Document]:
        """Two statements, one for each thread with very many responses, and the names of who asked."""
        rows = list(_openings(pks))
        responses = _responses(rows)
        asking = {row["asker"] for row in rows if row["asker_anonymity"] == _NAMED} - {None}
        people = host().names_of(asking) if asking else {}
        for row in rows:
            named = row["asker_anonymity"] == _NAMED
            theirs = responses.get(row["pk"], [])
            yield ThreadDocument(
                id=row["public_id"],
                space=row["space_id"],
                group=row["group_id"],
                title=row["title"],
                text=seen_text(row["html"]),
                at=seconds(row["active_at"]),
                kind=row["kind"],
                answers=_answers(theirs, row["asker"] if named else None),
                created=seconds(row["created_at"]),
                author=people.get(row["asker"], "") if named else "",
                is_open=row["key_unanswered"] is not None,
                tags=tags_in(row["tags"]),
                replies=() if row["answer_first"] else _replies(theirs),
            )


class People:
    """Those who chose to be found, by the names that the platform gives them now."""

    name = "people"

    def listed(self, context: LearningContext, *, below: str, limit: int) -> Sequence[tuple[str, int]]:
        rows = ExpertProfile.objects.filter(key_recent__gte=listing_floor(context.pk), key_recent__lt=below)
        found = rows.order_by("-key_recent").values_list("key_recent", "pk")[:limit]
        return [(key or "", pk) for key, pk in found]

    def changed(self, context: LearningContext, *, above: str, limit: int) -> Sequence[Change]:
        ceiling = change_ceiling(context.pk)
        rows = ExpertProfile.objects.filter(key_course_changed__gt=above, key_course_changed__lt=ceiling)
        ordered = rows.order_by("key_course_changed")[:limit]
        found = ordered.values_list("pk", "public_id", "key_course_changed", "revision")
        return [Change(pk, ident, key or "", f"{key}.{revision}") for pk, ident, key, revision in found]

    def load(self, pks: Collection[int]) -> Iterator[Document]:
        rows = dict(
            ExpertProfile.objects.filter(pk__in=pks, is_listed=True).values_list("user_id", "public_id")
        )
        names = host().names_of(rows) if rows else {}
        for user_id, ident in rows.items():
            if names.get(user_id):
                yield PersonDocument(ident, user_id, names[user_id])


SOURCES: tuple[Source, ...] = (People(), Threads())


def top(context: LearningContext) -> str:
    """Above every key of the course's listings."""
    return listing_ceiling(context.pk)


def seen_text(html: str) -> str:
    """The words of a post as its readers see them: no addresses of links, no marks of Markdown."""
    return " ".join(plain_text(html).split())


def any_is_gone(posts: Collection[int]) -> bool:
    """Whether one of these responses is no longer there, or not for all readers of its thread. One statement."""
    if not posts:
        return False
    return _for_all().filter(pk__in=posts).count() < len(posts)


def _openings(pks: Collection[int]) -> Iterable[Any]:
    """Threads with the text of their opening, of those whose opening is there."""
    rows = Thread.objects.filter(pk__in=pks).annotate(
        opening=FilteredRelation("posts", condition=Q(posts__public_id=F("public_id"))),
        html=Left("opening__html", SHOWN_OF_OPENING),
        asker=F("opening__author_id"),
        asker_anonymity=F("opening__anonymity"),
    )
    alive = rows.filter(opening__deleted_at=None).exclude(title="")
    return alive.values(
        "pk", "public_id", "kind", "space_id", "group_id", "title", "created_at", "active_at", "html",
        "response_count", "key_unanswered", "tags", "answer_first", "asker", "asker_anonymity",
    )  # fmt: skip


def _answers(responses: Sequence[_Response], asker: int | None) -> tuple[Answered, ...]:
    """The best named answers of a question; never one to a question of one's own.

    An anonymous asker is not compared: to leave an answer out would tell who asked.
    """
    theirs = (r for r in responses if r.anonymity == _NAMED and r.author and r.author != asker)
    return tuple(Answered(r.author, r.post) for r in islice(theirs, ANSWERS_KEPT) if r.author)


def _replies(responses: Sequence[_Response]) -> tuple[Reply, ...]:
    return tuple(Reply(response.post, seen_text(response.html)) for response in responses[:REPLIES_KEPT])


def _responses(rows: Sequence[Mapping[str, Any]]) -> dict[int, list[_Response]]:
    """What all readers of each thread read, best first. Of a very long thread only its best are read."""
    short = [row["pk"] for row in rows if 0 < row["response_count"] <= ANSWERS_KEPT]
    found: dict[int, list[_Response]] = defaultdict(list)
    if short:
        some = _response_rows(_for_all().filter(thread__in=short, depth=Depth.RESPONSE))
        for thread, response in sorted(some, key=lambda one: one[1].key_best, reverse=True):
            found[thread].append(response)
    for row in rows:
        if row["response_count"] > ANSWERS_KEPT:
            floor, ceiling = response_floor(row["pk"]), response_floor(row["pk"] + 1)
            best = _for_all().filter(key_best__gte=floor, key_best__lt=ceiling).order_by("-key_best")
            found[row["pk"]] = [response for _, response in _response_rows(best[: 2 * ANSWERS_KEPT])]
    return found


def _response_rows(posts: QuerySet[Post]) -> Iterator[tuple[int, _Response]]:
    columns = ("thread_id", "pk", "author_id", "anonymity", "key_best", "shown")
    for thread, post, author, anonymity, key, html in posts.values_list(*columns):
        yield thread, _Response(post, author, anonymity, key or "", html)


def _for_all() -> QuerySet[Post]:
    rows = Post.objects.filter(deleted_at=None).exclude(audience="staff")
    return rows.annotate(shown=Left("html", SHOWN_OF_REPLY))
