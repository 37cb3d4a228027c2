"""What came since: asked every few seconds by every open page, so that nothing new costs one statement.

A look at a space reads the course's feed of changes from the moment of the last look. Changes are dated when they
are made and seen when they are committed: a look goes a little further back, and may tell of a change twice.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings

from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import PRIVATE_FROM, Depth, NewPosts, SpaceNews, ThreadNews
from peer_xblock.domain.errors import N_, NotFound
from peer_xblock.domain.keys import change_ceiling, change_floor
from peer_xblock.models import Post, Thread

from .answering import are_answers_hidden
from .present import Presenter
from .rows import get_thread_row, only, post_rows, readable_posts, readable_threads, thread_rows

_SLACK = timedelta(seconds=10)
_CHANGES = 20
_COUNTED = 100
_SHOWN = 20


def moment_of(visit: Visit) -> int:
    """The moment of a look, in seconds since 1970: what the next look goes on from."""
    return int(visit.now.timestamp())


def watch_space(visit: Visit, *, since: int) -> SpaceNews:
    """The threads of the space that changed since a moment, newest first, at most 20.

    since: `as_of` of the answer before. One statement where nothing changed in the course, a second where something
    did here, or much elsewhere.
    """
    start = datetime.fromtimestamp(since, UTC) - _SLACK
    scope = visit.space.context_id or 0
    feed = Thread.objects.filter(
        key_course_changed__gte=change_floor(scope, start), key_course_changed__lt=change_ceiling(scope)
    )
    newest_first = feed.order_by("-key_course_changed")
    changes = list(newest_first.values_list("key_course_changed", "space_id")[:_CHANGES])
    keys = [key or "" for key, space_id in changes if space_id == visit.space.pk]
    if len(changes) == _CHANGES:  # There may be more of here among the older ones.
        keys.append(change_floor(scope, start))
    presenter = Presenter(visit)
    rows = _changed(visit, keys[-1], change_ceiling(scope)) if keys else []
    newest = sorted(rows, key=lambda row: row.active_at, reverse=True)
    for row in newest:
        presenter.expect_thread(row)
    threads = tuple(presenter.thread(row) for row in newest)
    return SpaceNews(threads=threads, as_of=moment_of(visit), interval_s=_interval_s())


def _changed(visit: Visit, lowest: str, ceiling: str) -> list[Any]:
    """Listed threads by their place in the feed, as a page of a listing: by ids, a planner may join whole tables."""
    rows = thread_rows(visit).filter(key_course_changed__gte=lowest, key_course_changed__lt=ceiling)
    found = list(rows.order_by("-key_course_changed")[:_CHANGES])
    return [row for row in found if row.key_space_activity is not None]


def watch_thread(visit: Visit, *, thread: str, number: int) -> ThreadNews:
    """How many posts of others came after a number. One statement where none did. Raises NotFound."""
    row = only(readable_threads(visit).filter(public_id=thread).only("pk", "last_number", "answer_first"))
    if row is None:
        raise NotFound(N_("This thread is not here, or not for you."), field="thread")
    last_number = row.last_number
    if row.answer_first and are_answers_hidden(visit, get_thread_row(visit, thread)):
        last_number = number
    depths = list(_posts_after(visit, row, number)) if last_number > number else []
    responses = depths.count(Depth.RESPONSE)
    return ThreadNews(
        last_number=last_number,
        responses=responses,
        comments=len(depths) - responses,
        interval_s=_interval_s(),
    )


def _posts_after(visit: Visit, thread: Thread, number: int) -> list[int]:
    """The depths of at most 100 posts of others that are there."""
    between = {"number__gt": number, "number__lt": PRIVATE_FROM}
    posts = readable_posts(visit).filter(thread=thread, deleted_at=None, **between)
    others = posts.order_by("number").values_list("depth", "author_id")[:_COUNTED]
    return [depth for depth, author_id in others if author_id != visit.viewer.user_id]


def list_new_posts(visit: Visit, *, thread: str, number: int) -> NewPosts:
    """The next 20 posts after a number, responses and comments as they came. Raises NotFound."""
    row = get_thread_row(visit, thread)
    between = {"number__gt": number, "number__lt": PRIVATE_FROM}
    posts_after = post_rows(visit).filter(thread=row, **between).order_by("number")
    found: list[Post] = [] if are_answers_hidden(visit, row) else list(posts_after[: _SHOWN + 1])
    shown = found[:_SHOWN]
    presenter = Presenter(visit)
    presenter.expect_thread(row)
    presenter.expect_posts(shown)
    owner_id = getattr(row, "o_author", None)
    posts = tuple(presenter.post(post, row, owner_id=owner_id) for post in shown)
    return NewPosts(thread=presenter.thread(row), posts=posts, more=len(found) > _SHOWN)


def _interval_s() -> int:
    return int(getattr(settings, "PEER_WATCH_S", 8))
