"""Reading a thread: its opening, the accepted answer, a page of responses with their first comments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import (
    PAGE,
    PAGE_MAX,
    PRIVATE_FROM,
    Depth,
    Location,
    OpenThread,
    PostView,
    ReadResult,
)
from peer_xblock.domain.errors import N_, Invalid, NotFound
from peer_xblock.domain.keys import accepted_floor, response_floor
from peer_xblock.models import Post, ReadState, Thread

from .answering import are_answers_hidden
from .comments import comments_of
from .finding import find_moved, require_not_moved_away
from .following import settle_notices
from .present import Presenter, is_private
from .rows import get_post_row, get_thread_row, only, post_rows, thread_rows

_CURSOR = re.compile(r"(after|before):([0-9a-f]{29}|[0-9]{1,10})")


class Order(StrEnum):
    """Orders of responses: accepted, endorsed and voted first, or by time."""

    BEST = "best"
    OLDEST = "oldest"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which responses, in which order, and how many of them."""

    order: Order
    cursor: str | None
    size: int


@dataclass(frozen=True, slots=True)
class _Page:
    """A window on the responses. `key` is the column that it moves along."""

    key: str
    descending: bool
    edge: str | int | None = None
    backwards: bool = False
    inclusive: bool = False

    def of(self, rows: QuerySet[Post]) -> QuerySet[Post]:
        """The rows from the edge on, in the order of the page."""
        downwards = self.descending != self.backwards
        if self.edge is not None:
            operator = ("lt" if downwards else "gt") + ("e" if self.inclusive else "")
            rows = rows.filter(**{f"{self.key}__{operator}": self.edge})
        return rows.order_by(f"-{self.key}" if downwards else self.key)


def get_thread(
    visit: Visit,
    *,
    thread: str,
    order: Order = Order.BEST,
    cursor: str | None = None,
    post: str | None = None,
    limit: int = PAGE,
) -> OpenThread:
    """A thread with the first page of responses, the one after or before a cursor, or the one that begins at a post.

    Raises NotFound for a thread or post that is not there or not for this viewer, Elsewhere for one that was moved
    away. At most six statements beside the visit's own, whatever the size; a seventh where anybody wrote to the team
    alone, and one more for what was merged or split.
    """
    wanted = _Wanted(order, cursor, min(max(limit, 1), PAGE_MAX))
    try:
        return _open(visit, thread, post, wanted)
    except NotFound:
        place = find_moved(visit, thread=thread, post=post) if cursor is None else None
        if place is None:
            raise
        return _open(visit, place.thread, place.post, wanted)


def _open(visit: Visit, thread: str, post: str | None, wanted: _Wanted) -> OpenThread:
    row: Any = get_thread_row(visit, thread)
    if are_answers_hidden(visit, row):
        return _unanswered(visit, row)
    heads = {p.public_id: p for p in _heads(visit, row, post)}
    opening = heads[row.public_id]
    accepted = heads.get(row.a_id)
    target = _target(heads, post)
    page, size = _page(wanted.order, wanted.cursor, target, accepted), wanted.size
    responses = _responses(visit, row, page, size + 1)
    more = len(responses) > size
    shown = responses[:size][::-1] if page.backwards else responses[:size]
    has_earlier = (
        page.edge is not None and (not page.backwards or more) and _precedes(visit, row, page, shown)
    )
    private = private_posts(visit, row)
    comments = comments_of(visit, [*shown, *([accepted] if accepted else []), *private], target)
    presenter = Presenter(visit)
    presenter.expect_thread(row)
    presenter.expect_posts([opening, *([accepted] if accepted else []), *shown, *private])
    presenter.expect_posts(c for group in comments.values() for c in group)

    def show(response: Any) -> PostView:
        """A response with its comments."""
        return presenter.post(response, row, owner_id=row.o_author, comments=comments.get(response.pk, ()))

    return OpenThread(
        viewer=presenter.viewer(),
        thread=presenter.thread(row),
        opening=presenter.post(opening, row, owner_id=row.o_author),
        accepted=show(accepted) if accepted else None,
        responses=tuple(show(r) for r in shown),
        previous=f"before:{getattr(shown[0], page.key)}" if shown and has_earlier else None,
        next=f"after:{getattr(shown[-1], page.key)}" if shown and (more or page.backwards) else None,
        target=post if target else None,
        private=tuple(show(post) for post in private),
    )


def _unanswered(visit: Visit, row: Any) -> OpenThread:
    """The opening, for who has yet to answer, and what they wrote to the team. A link to an answer leads here too."""
    opening = _heads(visit, row, None)[0]
    private = private_posts(visit, row)
    comments = comments_of(visit, private, None)
    presenter = Presenter(visit)
    presenter.expect_thread(row)
    presenter.expect_posts([opening, *private, *(c for group in comments.values() for c in group)])
    return OpenThread(
        viewer=presenter.viewer(),
        thread=presenter.thread(row),
        opening=presenter.post(opening, row, owner_id=row.o_author),
        accepted=None,
        responses=(),
        previous=None,
        next=None,
        target=None,
        private=tuple(
            presenter.post(one, row, owner_id=row.o_author, comments=comments.get(one.pk, ()))
            for one in private
        ),
    )


def locate(visit: Visit, *, post: str) -> Location:
    """Which thread a post is in, for a link that knows only the post. Raises NotFound, Elsewhere.

    An answer that is hidden until one has answered is no more than its thread.
    """
    try:
        row: Any = get_post_row(visit, post)
    except NotFound:
        hidden = only(thread_rows(visit).filter(posts__public_id=post, posts__audience="course"))
        if hidden is None or not are_answers_hidden(visit, hidden):
            require_not_moved_away(visit, post)
            raise
        return Location(hidden.public_id, hidden.public_id)
    return Location(row.thread_public_id, row.public_id)


def mark_read(visit: Visit, *, thread: str, number: int) -> ReadResult:
    """Note how far the viewer has read. Only rising; a number past the end counts as the end."""
    row: Any = get_thread_row(visit, thread)
    if are_answers_hidden(visit, row):
        row.last_number = row.read_number or 0
    seen = min(number, row.last_number)
    if visit.viewer.is_preview:
        return ReadResult(row.public_id, seen, row.last_number - seen)
    if row.read_number is None:
        seen = _first_read(visit, row, seen)
    elif row.read_number < seen:
        ReadState.objects.filter(user_id=visit.viewer.user_id, thread=row, number__lt=seen).update(
            number=seen
        )
    else:
        seen = row.read_number
    settle_notices(visit, row, seen)
    return ReadResult(row.public_id, seen, row.last_number - seen)


def _first_read(visit: Visit, row: Thread, seen: int) -> int:
    try:
        with transaction.atomic():
            ReadState.objects.create(user_id=visit.viewer.user_id, thread=row, number=seen)
    except IntegrityError:  # A second tab was first: the higher number stands.
        ReadState.objects.filter(user_id=visit.viewer.user_id, thread=row, number__lt=seen).update(
            number=seen
        )
    return seen


def private_posts(visit: Visit, row: Any) -> list[Post]:
    """What the viewer wrote to the team in a thread, or for the team what everybody did: at most 50 talks, the oldest
    first. No statement where there are none.
    """
    if not row.private_count:
        return []
    rows = post_rows(visit).filter(thread=row, depth=Depth.RESPONSE, number__gte=PRIVATE_FROM)
    return list(rows.order_by("number")[:PAGE_MAX])


def _heads(visit: Visit, row: Any, target: str | None) -> list[Post]:
    """Opening, accepted answer and the post of a deep link in one statement: an opening has its thread's public id."""
    wanted = {row.public_id, row.a_id, target} - {None}
    rows = post_rows(visit).filter(thread=row, public_id__in=wanted)
    return list(
        rows.annotate(
            parent_key=F("parent__key_best"), parent_number=F("parent__number"), parent_pk=F("parent_id")
        )
    )


def _target(heads: dict[str, Post], post: str | None) -> Any:
    if post is None:
        return None
    if post not in heads:
        raise NotFound(N_("This post is not here, or not for you."), field="post")
    return heads[post]


def _page(order: Order, cursor: str | None, target: Any, accepted: Post | None) -> _Page:
    key, descending = ("key_best", True) if order is Order.BEST else ("number", order is Order.NEWEST)
    if cursor is not None:
        match = _CURSOR.fullmatch(cursor)
        if not match or (len(match[2]) == 29) != (key == "key_best"):
            raise Invalid(N_("This page cannot be found. Start again from the first."), field="cursor")
        edge = match[2] if key == "key_best" else int(match[2])
        return _Page(key, descending, edge, backwards=match[1] == "before")
    if target is None or target.depth == Depth.OPENING or is_private(target):
        return _Page(key, descending)
    is_comment = target.depth == Depth.COMMENT
    if accepted is not None and (target.parent_pk if is_comment else target.pk) == accepted.pk:
        return _Page(key, descending)
    own, of_parent = (
        (target.key_best, target.parent_key) if key == "key_best" else (target.number, target.parent_number)
    )
    return _Page(key, descending, of_parent if is_comment else own, inclusive=True)


def _responses(visit: Visit, row: Thread, page: _Page, count: int) -> list[Post]:
    return list(page.of(_listed(visit, row, page.key))[:count])


def _listed(visit: Visit, row: Any, key: str) -> QuerySet[Post]:
    """The responses that a page is cut from: within the thread's own range of the key, less the accepted one.

    Never by `accepted_of IS NULL`: nearly every post is, and SQLite would walk them all by that column's index.
    """
    rows = post_rows(visit)
    if key == "key_best":
        return rows.filter(key_best__gte=response_floor(row.pk), key_best__lt=accepted_floor(row.pk))
    rows = rows.filter(thread=row, depth=Depth.RESPONSE, number__lt=PRIVATE_FROM)
    return rows.exclude(public_id=row.a_id) if row.a_id else rows


def _precedes(visit: Visit, row: Thread, page: _Page, shown: Sequence[Post]) -> bool:
    """Whether anything stands before what is shown; only a deep link has to ask."""
    if not page.inclusive or not shown:
        return bool(shown)
    before = _Page(page.key, page.descending, getattr(shown[0], page.key), backwards=True)
    return before.of(_listed(visit, row, page.key)).exists()
