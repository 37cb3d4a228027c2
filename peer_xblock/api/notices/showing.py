"""Notices as their reader sees them: what is gone, or not for this person any more, is not among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from peer_xblock.api.discussion.present import Byline, Presenter
from peer_xblock.api.discussion.rows import post_rows, readable_threads
from peer_xblock.api.visits import Visit
from peer_xblock.domain.markup import plain_text
from peer_xblock.domain.notices import NoticeView, shorten
from peer_xblock.models import Notice
from peer_xblock.platform import host

EXCERPT = 160


def show_notices(visit: Visit, notices: Sequence[Notice]) -> list[NoticeView]:
    """In the order that they came in. Two statements, one of them the platform's."""
    rows = _posts(visit, [notice.post_id for notice in notices]) if notices else {}
    presenter = Presenter(visit)
    presenter.expect_posts(rows.values())
    return [_show(presenter, notice, rows[notice.post_id]) for notice in notices if notice.post_id in rows]


def _posts(visit: Visit, ids: Sequence[int]) -> dict[int, Any]:
    rows = post_rows(visit).filter(pk__in=ids, thread__in=readable_threads(visit), deleted_at=None)
    return {row.pk: row for row in rows.select_related("thread")}


def _show(presenter: Presenter, notice: Notice, row: Any) -> NoticeView:
    return NoticeView(
        id=notice.key,
        thread=row.thread.public_id,
        post=row.public_id,
        reason=notice.reason,
        depth=row.depth,
        title=row.thread.title,
        author=presenter.author(Byline.of(row)),
        excerpt=shorten(plain_text(row.html), EXCERPT),
        created_at=row.created_at,
        is_read=notice.read_at is not None,
        url=host().post_url(row.public_id),
    )
