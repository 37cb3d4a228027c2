"""What people removed is kept for 30 days, so that it can be restored, and then forgotten for good."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from peer_xblock.api.pictures import delete_pictures_of
from peer_xblock.domain.discussion import Depth
from peer_xblock.models import Flag, Post, PostVersion, Thread

KEEP_REMOVED = timedelta(days=30)
_BATCH = 500


def purge_removed(*, now: datetime) -> int:
    """Blank the text, title, tags, history and pictures of posts that were removed 30 days ago. Returns how many.

    The posts themselves stand: their numbers, and the replies under them.
    """
    return sum(iter(lambda: _purge_some(now), 0))


def _purge_some(now: datetime) -> int:
    with_text = ~Q(source="") | ~Q(html="")
    removed = Post.objects.filter(with_text, deleted_at__lt=now - KEEP_REMOVED)
    with transaction.atomic():
        rows = list(removed.values_list("pk", "thread_id", "depth")[:_BATCH])
        posts = [pk for pk, _, _ in rows]
        delete_pictures_of(posts)
        Flag.objects.filter(post__in=posts).update(words="")
        PostVersion.objects.filter(post__in=posts).delete()
        Thread.objects.filter(pk__in=[t for _, t, depth in rows if depth == Depth.OPENING]).update(
            removed_title="", tags=""
        )
        return Post.objects.filter(pk__in=posts).update(source="", html="")
