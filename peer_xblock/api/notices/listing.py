"""The tray: what one person was told of in a space, newest first."""

from __future__ import annotations

import re

from peer_xblock.api.discussion.following import notices_of, unread_count
from peer_xblock.api.visits import Visit
from peer_xblock.domain.errors import N_, Invalid
from peer_xblock.domain.notices import NOTICES_PAGE, NoticePage, Unread

from .showing import show_notices

_KEY = re.compile(r"[0-9a-f]{32}")


def list_notices(visit: Visit, *, cursor: str | None = None) -> NoticePage:
    """A page of them. cursor: `next` of the page before. Three statements beside the visit's own, and the names'."""
    mine = notices_of(visit.space, visit.viewer.user_id)
    if cursor is not None:
        mine = mine.filter(key__lt=_key(cursor, field="cursor"))
    found = list(mine.order_by("-key")[: NOTICES_PAGE + 1])
    shown = found[:NOTICES_PAGE]
    return NoticePage(
        notices=tuple(show_notices(visit, shown)),
        next=shown[-1].key if len(found) > NOTICES_PAGE else None,
        unread=unread_count(visit),
    )


def count_notices(visit: Visit) -> Unread:
    """How many wait: one statement beside the visit's own."""
    return Unread(unread_count(visit))


def mark_notices_read(visit: Visit, *, notice: str | None = None) -> Unread:
    """Mark one of the viewer's notices as read, or all of them. Repeating it changes nothing. Raises Invalid."""
    visit.require_write()
    rows = notices_of(visit.space, visit.viewer.user_id).filter(read_at=None)
    if notice is not None:
        rows = rows.filter(key=_key(notice, field="notice"))
    rows.update(read_at=visit.now)
    return Unread(unread_count(visit))


def _key(text: str, *, field: str) -> str:
    if not _KEY.fullmatch(text):
        raise Invalid(N_("This page cannot be found. Start again from the first."), field=field)
    return text
