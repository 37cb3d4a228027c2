"""Listings: a page by one folded key, at the same cost at every depth and size."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from django.db.models import F, Model, QuerySet

from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import PAGE, PAGE_MAX, ThreadPage
from peer_xblock.domain.errors import N_, Invalid
from peer_xblock.domain.keys import listing_ceiling, listing_floor, mine_floor
from peer_xblock.models import ReadState, Thread
from peer_xblock.models.discussion import KEY, MINE_KEY

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
    cursor: str | None = None,
    limit: int = PAGE,
) -> ThreadPage:
    """A page of the space's threads. cursor: `next` of the page before.

    Two statements beside the visit's own; three for those in which the viewer wrote.
    """
    size = page_size(limit)
    rows = with_unread(visit, with_own_count(visit, thread_rows(visit)))
    keys = _range(visit, sort)
    if sort is Sort.MINE:
        found, after = _own(rows, keys, cursor, size)
    else:
        listed = keys.page(rows, cursor=cursor, size=size)
        found, after = listed[:size], next_cursor(listed, size)
    presenter = Presenter(visit)
    for row in found:
        presenter.expect_thread(row)
    return ThreadPage(
        space=presenter.space(thread_count=shown_count(visit, found)),
        viewer=presenter.viewer(),
        threads=tuple(presenter.thread(row) for row in found),
        next=after,
        as_of=moment_of(visit),
        unread=found[0].unread if found else unread_count(visit),
    )


def _own(
    rows: QuerySet[Thread], keys: KeyRange, cursor: str | None, size: int
) -> tuple[list[Any], str | None]:
    """A page of the threads in which the viewer wrote, and the next one's cursor.

    First their read states, then the threads: MariaDB, asked for both at once, may begin at all threads, and sort.
    What is removed, or for others by now, leaves its place on the page empty.
    """
    states = keys.page(ReadState.objects.all(), cursor=cursor, size=size)
    wanted = [state.thread_id for state in states[:size]]
    listed = rows.filter(pk__in=wanted, key_space_activity__isnull=False) if wanted else ()
    found = {row.pk: row for row in listed}
    return [found[pk] for pk in wanted if pk in found], next_cursor(states, size)


def page_size(limit: int) -> int:
    """How many threads a page may have."""
    return min(max(limit, 1), PAGE_MAX)


def next_cursor(found: list[Any], size: int) -> str | None:
    """The cursor of the page after this one, of what `KeyRange.page` gave."""
    return found[size - 1].listed_by if len(found) > size else None


def _range(visit: Visit, sort: Sort) -> KeyRange:
    here = visit.space.pk or 0
    if sort is Sort.MINE:
        user = visit.viewer.user_id
        return KeyRange("key_mine", mine_floor(here, user), mine_floor(here, user + 1), MINE_KEY)
    low, high = listing_floor(here), listing_ceiling(here)
    if sort is Sort.UNANSWERED:
        return KeyRange("key_unanswered", low, high, KEY)
    return KeyRange(f"key_space_{sort.value}", low, high, KEY)
