"""Following a thread, and what a reader of it no longer needs to be told."""

from __future__ import annotations

from django.db import connection
from django.db.models import F, Func, IntegerField, Q, QuerySet, Subquery

from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import PRIVATE_FROM
from peer_xblock.domain.keys import notice_ceiling, notice_floor
from peer_xblock.domain.notices import Following
from peer_xblock.models import Notice, Post, ReadState, Space, Thread

from .rows import get_thread_row


def follow_thread(visit: Visit, *, thread: str, on: bool) -> Following:
    """Hear of what is new in a thread, or no more, whatever one has written there. Raises NotFound, PreviewOnly."""
    visit.require_write()
    row = get_thread_row(visit, thread)
    has_target = connection.features.supports_update_conflicts_with_target
    ReadState.objects.bulk_create(
        [ReadState(user_id=visit.viewer.user_id, thread=row, number=0, follows=on)],
        update_conflicts=True,
        update_fields=["follows"],
        unique_fields=["user", "thread"] if has_target else None,
    )
    return Following(row.public_id, on)


def settle_notices(visit: Visit, thread: Thread, number: int) -> None:
    """Who has read a thread up to a number has read what they were told of it, privately too. One statement."""
    unread = Notice.objects.filter(thread=thread, user_id=visit.viewer.user_id, read_at=None)
    unread.filter(Q(number__lte=number) | Q(number__gte=PRIVATE_FROM)).update(read_at=visit.now)


def settle_post(visit: Visit, post: Post) -> None:
    """Nobody need be told of a post that is removed: no number counts it, no mail tells of it. One statement."""
    Notice.objects.filter(post=post, read_at=None).update(read_at=visit.now)


def notices_of(space: Space, user_id: int) -> QuerySet[Notice]:
    """What one person was told of in a space, by the range of its key."""
    floor, ceiling = notice_floor(space.pk or 0, user_id), notice_ceiling(space.pk or 0, user_id)
    return Notice.objects.filter(key__gte=floor, key__lt=ceiling)


def unread_count(visit: Visit) -> int:
    """How many notices wait for the viewer here. One statement."""
    return _unread(visit).count()


def with_unread(visit: Visit, rows: QuerySet[Thread]) -> QuerySet[Thread]:
    """The same as `unread` of each row, counted once for all of them within the statement that fetches them."""
    counted = _unread(visit).annotate(n=Func(F("pk"), function="COUNT", output_field=IntegerField()))
    return rows.annotate(unread=Subquery(counted.order_by().values("n")))


def _unread(visit: Visit) -> QuerySet[Notice]:
    return notices_of(visit.space, visit.viewer.user_id).filter(read_at=None)
