"""The comments of responses: the first of each, those around a linked one, and the rest step by step.

Always by (parent, ordinal), which is an index, so that the three hundredth costs what the first does.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import COMMENTS_SHOWN, PAGE_MAX, CommentPage, Depth
from peer_xblock.models import Post

from .answering import are_answers_hidden
from .present import Presenter, is_private
from .rows import get_post_row, get_thread_row, post_rows

_BEFORE_LINKED = 5


def list_comments(
    visit: Visit, *, post: str, after: int = 0, before: int | None = None, limit: int = PAGE_MAX
) -> CommentPage:
    """Comments of a response in order: the first ones whose ordinal is over `after`, or the last ones before `before`.

    more: whether there are others further on (or, with `before`, between these and `after`).
    """
    response: Any = get_post_row(visit, post)
    thread: Any = get_thread_row(visit, response.thread_public_id)
    if are_answers_hidden(visit, thread) and not is_private(response):
        return CommentPage(comments=(), more=False)
    rows = post_rows(visit).filter(parent=response, ordinal__gt=after)
    rows = (
        rows.order_by("ordinal") if before is None else rows.filter(ordinal__lt=before).order_by("-ordinal")
    )
    found = list(rows[: limit + 1])
    page = found[:limit] if before is None else found[:limit][::-1]
    presenter = Presenter(visit)
    presenter.expect_posts(page)
    shown = tuple(presenter.post(c, thread, owner_id=thread.o_author) for c in page)
    return CommentPage(comments=shown, more=len(found) > limit)


def comments_of(visit: Visit, responses: Sequence[Post], target: Any) -> dict[int | None, list[Post]]:
    """The first comments of each response and, of a linked comment's response, those around it; one statement."""
    if not any(r.child_total for r in responses):
        return {}
    first = post_rows(visit).filter(parent__in=[r.pk for r in responses], ordinal__lte=COMMENTS_SHOWN)
    rows = first.union(_around(visit, target), all=True) if _is_far(target) else first
    ordered = sorted(rows, key=lambda c: (c.parent_id or 0, c.ordinal))
    return {parent: list(group) for parent, group in groupby(ordered, key=lambda c: c.parent_id)}


def _is_far(target: Any) -> bool:
    """Whether a linked comment is none of the first."""
    return target is not None and target.depth == Depth.COMMENT and target.ordinal > COMMENTS_SHOWN


def _around(visit: Visit, target: Any) -> QuerySet[Post]:
    """As many as are shown first, the linked one among them; none of the first."""
    start = max(target.ordinal - _BEFORE_LINKED, COMMENTS_SHOWN + 1)
    rows = post_rows(visit).filter(parent_id=target.parent_id)
    return rows.filter(ordinal__gte=start, ordinal__lt=start + COMMENTS_SHOWN)
