"""Listings: a page by one folded key, at the same cost at every depth and size."""

from __future__ import annotations

import re
from enum import StrEnum

from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import PAGE, PAGE_MAX, ThreadPage
from peer_xblock.domain.errors import N_, Invalid
from peer_xblock.domain.keys import listing_ceiling, listing_floor

from .present import Presenter
from .rows import thread_rows
from .watching import moment_of

_CURSOR = re.compile(r"[0-9a-f]{33}")


class Sort(StrEnum):
    """The orders of a listing; pinned threads lead the first two."""

    ACTIVITY = "activity"
    VOTES = "votes"
    UNANSWERED = "unanswered"


_COLUMNS = {
    Sort.ACTIVITY: "key_space_activity",
    Sort.VOTES: "key_space_votes",
    Sort.UNANSWERED: "key_unanswered",
}


def list_threads(
    visit: Visit, *, sort: Sort = Sort.ACTIVITY, cursor: str | None = None, limit: int = PAGE
) -> ThreadPage:
    """A page of the space's threads. cursor: `next` of the page before. Two statements beside the visit's own."""
    column = _COLUMNS[sort]
    scope = visit.space.pk or 0
    if cursor is not None and not _CURSOR.fullmatch(cursor):
        raise Invalid(N_("This page cannot be found. Start again from the first."), field="cursor")
    upper = min(cursor or listing_ceiling(scope), listing_ceiling(scope))
    size = min(max(limit, 1), PAGE_MAX)
    rows = thread_rows(visit).filter(**{f"{column}__gte": listing_floor(scope), f"{column}__lt": upper})
    found = list(rows.order_by(f"-{column}")[: size + 1])
    presenter = Presenter(visit)
    for row in found:
        presenter.expect_thread(row)
    shown = found[:size]
    return ThreadPage(
        space=presenter.space(),
        viewer=presenter.viewer(),
        threads=tuple(presenter.thread(row) for row in shown),
        next=getattr(shown[-1], column) if len(found) > size else None,
        as_of=moment_of(visit),
    )
