"""Bookmarks: posts that a person saved to find them again. Nobody else learns of them."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import PAGE
from peer_xblock.domain.keys import mine_floor, mine_key
from peer_xblock.domain.marks import SavedPage, SavedPost, SavedResult
from peer_xblock.domain.markup import plain_text
from peer_xblock.domain.notices import shorten
from peer_xblock.models import Bookmark
from peer_xblock.models.discussion import MINE_KEY
from peer_xblock.platform import host

from .listing import KeyRange, next_cursor, page_size
from .present import Byline, Presenter
from .rows import get_post_row, readable_rows

_EXCERPT = 200


def save_post(visit: Visit, *, post: str, on: bool) -> SavedResult:
    """Save a post that the viewer may read, or forget it; a repeat changes nothing. Raises NotFound, PreviewOnly."""
    visit.require_write()
    row = get_post_row(visit, post)
    user_id = visit.viewer.user_id
    if not on:
        Bookmark.objects.filter(user_id=user_id, post=row).delete()
        return SavedResult(row.public_id, is_saved=False)
    key = mine_key(visit.space.pk, user_id, visit.now, row.public_id)
    try:
        with transaction.atomic():
            Bookmark.objects.create(user_id=user_id, post=row, key=key, created_at=visit.now)
    except IntegrityError:  # It was saved before, and keeps its place.
        pass
    return SavedResult(row.public_id, is_saved=True)


def list_saved(visit: Visit, *, cursor: str | None = None, limit: int = PAGE) -> SavedPage:
    """What the viewer saved in this space and may still read, the newest bookmark first. Raises Invalid.

    First the bookmarks, then their posts: an engine that is asked for both at once may begin at the posts, and sort.
    """
    user_id, here = visit.viewer.user_id, visit.space.pk or 0
    size = page_size(limit)
    keys = KeyRange("key", mine_floor(here, user_id), mine_floor(here, user_id + 1), MINE_KEY)
    marks = keys.page(Bookmark.objects.all(), cursor=cursor, size=size)
    shown = readable_rows(visit).filter(pk__in=[mark.post_id for mark in marks[:size]])
    rows: dict[int, Any] = {row.pk: row for row in shown.annotate(title=F("thread__title"))} if marks else {}
    presenter = Presenter(visit)
    presenter.expect(Byline.of(row) for row in rows.values())
    found = [rows[mark.post_id] for mark in marks if mark.post_id in rows]
    return SavedPage(tuple(_show(presenter, row) for row in found), next_cursor(marks, size))


def _show(presenter: Presenter, row: Any) -> SavedPost:
    is_deleted = row.deleted_at is not None
    return SavedPost(
        id=row.public_id,
        thread=row.thread_public_id,
        title=row.title,
        depth=row.depth,
        author=presenter.author(Byline.of(row)),
        excerpt="" if is_deleted else shorten(plain_text(row.html), _EXCERPT),
        created_at=row.created_at,
        is_deleted=is_deleted,
        url=host().post_url(row.public_id),
    )
