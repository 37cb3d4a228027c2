"""The database's side: which threads and people of a course there are, which changed, and what is told of them.

Both sources are alike: a listing by one folded key, newest first, for an index that begins; a feed of changes by
another, oldest first, for one that goes on. A row that gives no document is gone: removed, erased, no longer listed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import F, FilteredRelation, Q

from peer_xblock.domain.discussion import Depth, Kind
from peer_xblock.domain.keys import (
    change_ceiling,
    listing_ceiling,
    listing_floor,
    response_floor,
    seconds,
)
from peer_xblock.domain.people import Anonymity
from peer_xblock.models import ExpertProfile, LearningContext, Post, Thread
from peer_xblock.platform import host

from .documents import ANSWERS_KEPT, Answered, Document, PersonDocument, ThreadDocument

_NAMED = Anonymity.NAMED.value


@dataclass(frozen=True, slots=True)
class Change:
    """A row of the feed. mark: another one after each change, also within a millisecond."""

    pk: int
    id: str
    key: str
    mark: str


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
        """Three statements, and one for each thread with very many responses."""
        rows = list(_openings(pks))
        answers = _answers(rows)
        for row in rows:
            yield ThreadDocument(
                id=row["public_id"],
                space=row["space_id"],
                group=row["group_id"],
                title=row["title"],
                text=row["source"],
                at=seconds(row["active_at"]),
                is_question=row["kind"] == Kind.QUESTION.value,
                answers=tuple(answers.get(row["pk"], ())),
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


def _openings(pks: Collection[int]) -> Iterable[Any]:
    """Threads with the text of their opening, of those whose opening is there."""
    rows = Thread.objects.filter(pk__in=pks).annotate(
        opening=FilteredRelation("posts", condition=Q(posts__public_id=F("public_id"))),
        source=F("opening__source"),
        asker=F("opening__author_id"),
        asker_anonymity=F("opening__anonymity"),
    )
    alive = rows.filter(opening__deleted_at=None).exclude(title="")
    return alive.values(
        "pk", "public_id", "kind", "space_id", "group_id", "title", "active_at", "source", "response_count",
        "asker", "asker_anonymity",
    )  # fmt: skip


def _answers(rows: Sequence[Mapping[str, Any]]) -> dict[int, list[Answered]]:
    """The best named answers of each question, by thread; never one to a question of one's own.

    An anonymous asker is not compared: to leave an answer out would tell who asked.
    """
    askers = {row["pk"]: row["asker"] for row in rows if row["asker_anonymity"] == _NAMED}
    found: dict[int, list[Answered]] = {}
    for thread, author, post in _responses(rows):
        kept = found.setdefault(thread, [])
        if author != askers.get(thread) and len(kept) < ANSWERS_KEPT:
            kept.append(Answered(author, post))
    return found


def _responses(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, int, int]]:
    """(thread, author, post), best first in each thread. Of a very long thread only its best are read."""
    short = [row["pk"] for row in rows if 0 < row["response_count"] <= ANSWERS_KEPT]
    if short:
        columns = ("thread_id", "author_id", "pk", "key_best")
        some = list(_named_answers().filter(thread__in=short, depth=Depth.RESPONSE).values_list(*columns))
        for thread, author, post, _ in sorted(some, key=lambda row: row[3] or "", reverse=True):
            yield thread, author, post
    for row in rows:
        if row["response_count"] > ANSWERS_KEPT:
            floor, ceiling = response_floor(row["pk"]), response_floor(row["pk"] + 1)
            best = _named_answers().filter(key_best__gte=floor, key_best__lt=ceiling).order_by("-key_best")
            yield from best.values_list("thread_id", "author_id", "pk")[: 2 * ANSWERS_KEPT]


def _named_answers() -> Any:
    rows = Post.objects.filter(anonymity=_NAMED, deleted_at=None, author__isnull=False)
    return rows.exclude(audience="staff")
