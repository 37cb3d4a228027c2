"""Listings: a page by one folded key, at the same cost at every depth and size."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from django.db.models import F, Model, Q, QuerySet

from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import PAGE, PAGE_MAX, Kind, ThreadPage
from peer_xblock.domain.errors import N_, Invalid
from peer_xblock.domain.keys import kind_floor, listing_ceiling, listing_floor, mine_floor
from peer_xblock.models.discussion import KEY, KIND_KEY, MINE_KEY

from .following import unread_count, with_unread
from .present import Presenter
from .rows import thread_rows
from .tallies import shown_count, with_own_count
from .watching import moment_of

RowT = TypeVar("RowT", bound=Model)
_HEX = re.compile(r"[0-9a-f]+")


class Sort(StrEnum):
    """The orders of a listing; pinned threads lead the first two. mine: where the viewer wrote, the latest first."""

    ACTIVITY = "activity"
    VOTES = "votes"
    UNANSWERED = "unanswered"
    MINE = "mine"


class CourseSort(StrEnum):
    """The orders of the whole course's threads."""

    ACTIVITY = "activity"
    VOTES = "votes"


@dataclass(frozen=True, slots=True)
class KeyRange:
    """What a listing is cut from: a column of keys, from `low` to below `high`. length: of each key, in characters."""

    column: str
    low: str
    high: str
    length: int

    def page(self, rows: QuerySet[RowT], *, cursor: str | None, size: int) -> list[Any]:
        """The rows below the cursor, the highest key first, and one more; their key is `listed_by`. Raises Invalid."""
        if cursor is not None and (len(cursor) != self.length or not _HEX.fullmatch(cursor)):
            raise Invalid(N_("This page cannot be found. Start again from the first."), field="cursor")
        upper = min(cursor or self.high, self.high)
        keyed = rows.annotate(listed_by=F(self.column)).filter(listed_by__gte=self.low, listed_by__lt=upper)
        return list(keyed.order_by("-listed_by")[: size + 1])


def list_threads(
    visit: Visit,
    *,
    sort: Sort = Sort.ACTIVITY,
    kind: Kind | None = None,
    cursor: str | None = None,
    limit: int = PAGE,
) -> ThreadPage:
    """A page of the space's threads, of one kind where it is given. cursor: `next` of the page before.

    Two statements beside the visit's own.
    """
    size = page_size(limit)
    keys = _range(visit, sort, kind)
    read = (
        Q(read_states__key_mine__gte=keys.low, read_states__key_mine__lt=keys.high)
        if sort is Sort.MINE
        else None
    )
    rows = with_unread(visit, with_own_count(visit, thread_rows(visit, read=read)))
    if sort is Sort.MINE:
        rows = rows.filter(key_space_activity__isnull=False)
    if kind is not None and sort in (Sort.UNANSWERED, Sort.MINE):
        rows = rows.filter(kind=kind.value)
    found = keys.page(rows, cursor=cursor, size=size)
    presenter = Presenter(visit)
    for row in found:
        presenter.expect_thread(row)
    shown = found[:size]
    return ThreadPage(
        space=presenter.space(thread_count=shown_count(visit, found)),
        viewer=presenter.viewer(),
        threads=tuple(presenter.thread(row) for row in shown),
        next=next_cursor(found, size),
        as_of=moment_of(visit),
        unread=found[0].unread if found else unread_count(visit),
    )


def page_size(limit: int) -> int:
    """How many threads a page may have."""
    return min(max(limit, 1), PAGE_MAX)


def next_cursor(found: list[Any], size: int) -> str | None:
    """The cursor of the page after this one, of what `KeyRange.page` gave."""
    return found[size - 1].listed_by if len(found) > size else None


def _range(visit: Visit, sort: Sort, kind: Kind | None) -> KeyRange:
    here = visit.space.pk or 0
    if sort is Sort.MINE:
        user = visit.viewer.user_id
        return KeyRange("mine__key_mine", mine_floor(here, user), mine_floor(here, user + 1), MINE_KEY)
    low, high = listing_floor(here), listing_ceiling(here)
    if sort is Sort.UNANSWERED:
        return KeyRange("key_unanswered", low, high, KEY)
    if kind is None:
        return KeyRange(f"key_space_{sort.value}", low, high, KEY)
    low, high = kind_floor(here, kind.number), kind_floor(here, kind.number + 1)
    return KeyRange(f"key_kind_{sort.value}", low, high, KIND_KEY)
