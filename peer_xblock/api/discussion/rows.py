"""The queries: threads and posts with all that one viewer is shown, each in one statement.

A thread's opening post, the accepted answer and the viewer's read state come in by joins on unique keys, so that a
listing costs the same at every size. The opening's text is never fetched for a listing.
"""

from __future__ import annotations

from typing import Any, TypeVar, cast

from django.db import connection
from django.db.models import F, FilteredRelation, Model, OuterRef, Q, QuerySet, Subquery, Sum

from peer_xblock.api.visits import Visit
from peer_xblock.domain.answering import AnswerFirst
from peer_xblock.domain.discussion import Depth
from peer_xblock.domain.errors import N_, NotFound
from peer_xblock.models import Bookmark, Post, PostReaction, Thread, Vote

from .answering import setting_of, shown_posts

RowT = TypeVar("RowT", bound=Model)


def thread_rows(visit: Visit) -> QuerySet[Thread]:
    """Threads of the space that the viewer may read, with opening (`o_`), accepted answer (`a_`), `read_number`
    and `has_answered`.
    """
    return as_rows(readable_threads(visit), visit.viewer.user_id)


def as_rows(threads: QuerySet[Thread], user_id: int) -> QuerySet[Thread]:
    """The same of threads that the caller has found readable."""
    return threads.annotate(
        opening=FilteredRelation("posts", condition=Q(posts__public_id=F("public_id"))),
        mine=FilteredRelation("read_states", condition=Q(read_states__user_id=user_id)),
        o_author=F("opening__author_id"),
        o_role=F("opening__author_role"),
        o_anonymity=F("opening__anonymity"),
        o_pseudonym=F("opening__pseudonym__name"),
        o_guest=F("opening__guest"),
        o_deleted_at=F("opening__deleted_at"),
        o_deleted_by=F("opening__deleted_by"),
        a_id=F("accepted_post__public_id"),
        a_author=F("accepted_post__author_id"),
        a_role=F("accepted_post__author_role"),
        a_anonymity=F("accepted_post__anonymity"),
        a_pseudonym=F("accepted_post__pseudonym__name"),
        a_guest=F("accepted_post__guest"),
        a_endorsed_at=F("accepted_post__endorsed_at"),
        read_number=F("mine__number"),
        has_answered=F("mine__has_answered"),
        read_follows=F("mine__follows"),
        wrote=F("mine__key_mine"),
    )


def post_rows(visit: Visit) -> QuerySet[Post]:
    """Posts that the viewer may read, with `voted`, `saved` and `marks` (their vote, bookmark, reactions, or None) and
    `parent_public_id`.

    All are looked up for each post that comes out. By a join, PostgreSQL reads all votes of the viewer where it
    takes a response of many comments for one whose comments are all asked for.
    """
    votes = Vote.objects.filter(user_id=visit.viewer.user_id, post=OuterRef("pk"))
    saved = Bookmark.objects.filter(user_id=visit.viewer.user_id, post=OuterRef("pk"))
    mine = PostReaction.objects.filter(user_id=visit.viewer.user_id, post=OuterRef("pk")).order_by()
    return readable_posts(visit).annotate(
        voted=Subquery(votes.values("pk")[:1]),
        saved=Subquery(saved.values("pk")[:1]),
        parent_public_id=Subquery(Post.objects.filter(pk=OuterRef("parent_id")).values("public_id")[:1]),
        pseudonym_name=F("pseudonym__name"),
        marks=Subquery(mine.values("post").annotate(marks=Sum("mark")).values("marks")),
    )


def only(rows: QuerySet[RowT]) -> RowT | None:
    """The row of a unique key, or None.

    Not `first()`, which asks for an order: SQLite sorts the one row, and PostgreSQL may walk the primary key for it.
    """
    return next(iter(rows), None)


def get_thread_row(visit: Visit, thread: str) -> Thread:
    """One thread of the space. Raises NotFound, also where it is not for this viewer."""
    row = only(thread_rows(visit).filter(public_id=thread))
    if row is None:
        raise _no_thread()
    return row


def get_post_row(visit: Visit, post: str, *, field: str = "post") -> Post:
    """One post of the space. Raises NotFound, also where it is not for this viewer."""
    row = only(readable_rows(visit).filter(public_id=post))
    if row is None:
        raise _no_post(field)
    return row


def readable_rows(visit: Visit) -> QuerySet[Post]:
    """Posts of the space, as `post_rows` has them, with their `thread_public_id`."""
    rows = post_rows(visit).annotate(thread_public_id=F("thread__public_id"))
    return rows.filter(_readable_filter(visit, "thread__"))


def lock_thread(visit: Visit, thread: str) -> Thread:
    """The same, locked: under this lock counters, numbers and the sequence move."""
    row = only(_lock(thread_rows(visit)).filter(public_id=thread))
    if row is None:
        raise _no_thread()
    return row


def lock_parent(visit: Visit, response: str) -> Post:
    """The response that a comment goes under and its thread, both locked; `thread.o_author` as `thread_rows` has it.

    Raises NotFound.
    """
    opening = Post.objects.filter(public_id=OuterRef("thread__public_id"))
    rows = _lock_with_thread(readable_posts(visit)).annotate(o_author=Subquery(opening.values("author_id")))
    row: Any = only(rows.filter(_readable_filter(visit, "thread__"), public_id=response))
    if row is None:
        raise _no_post("response")
    row.thread.o_author = row.o_author
    return cast("Post", row)


def lock_post(visit: Visit, post: str, *, field: str = "post") -> Post:
    """A post and its thread (`post.thread`), both locked, in one statement."""
    rows = _lock_with_thread(readable_posts(visit)).annotate(pseudonym_name=F("pseudonym__name"))
    row = only(rows.filter(_readable_filter(visit, "thread__"), public_id=post))
    if row is None:
        raise _no_post(field)
    return row


def lock_opening(visit: Visit, thread: str, *, field: str = "thread") -> Post:
    """A thread's opening and the thread, both locked, in one statement: the two share their id. Raises NotFound."""
    rows = _lock_with_thread(readable_posts(visit)).annotate(pseudonym_name=F("pseudonym__name"))
    row = only(rows.filter(_readable_filter(visit, "thread__"), public_id=thread, depth=Depth.OPENING))
    if row is None:
        raise _no_thread(field)
    return row


def _lock(rows: QuerySet[RowT], *related: str) -> QuerySet[RowT]:
    """Lock the rows themselves; an engine that cannot say which locks the joined ones too, which only costs time."""
    if connection.features.has_select_for_update_of:
        return rows.select_for_update(of=(*related, "self"))
    return rows.select_for_update()


def _lock_with_thread(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Posts with their threads, the thread locked first as everywhere: two orders would be a deadlock in waiting."""
    return _lock(posts.select_related("thread"), "thread")


def readable_threads(visit: Visit) -> QuerySet[Thread]:
    """The space's threads that the viewer may read."""
    return Thread.objects.filter(_readable_filter(visit))


def _readable_filter(visit: Visit, prefix: str = "") -> Q:
    here = Q(**{f"{prefix}space_id": visit.space.pk})
    viewer = visit.viewer
    if viewer.is_moderator or not visit.space.was_divided:
        return here
    own = viewer.group.id if viewer.group else ""
    return here & Q(**{f"{prefix}group_id__in": ["", own]})


def readable_posts(visit: Visit, *, everywhere: bool = False) -> QuerySet[Post]:
    """Posts, of threads that the caller has found readable, that the viewer may read.

    everywhere: the threads may be of other spaces of the course, where one may have to answer first.
    """
    if visit.viewer.is_moderator:
        return Post.objects.all()
    user_id = visit.viewer.user_id
    own = Q(author_id=user_id) | Q(private_to_id=user_id)
    rows = Post.objects.filter(~Q(audience="staff") | own)
    is_open = setting_of(visit.space) is AnswerFirst.OFF and not everywhere
    return rows if is_open else rows.filter(shown_posts(user_id))


def _no_thread(field: str = "thread") -> NotFound:
    return NotFound(N_("This thread is not here, or not for you."), field=field)


def _no_post(field: str) -> NotFound:
    return NotFound(N_("This post is not here, or not for you."), field=field)
