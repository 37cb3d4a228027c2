"""Counters and keys from what is there: a repair that changes nothing where all is well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db import transaction
from django.db.models import Count, Q

from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import Depth
from peer_xblock.models import Post, Space, Thread, Vote

from .changes import best_key, listing_keys

_ALIVE = Q(deleted_at=None)


def repair_counters(visit: Visit) -> Iterator[str]:
    """Recount the visit's space, one transaction a thread; yields the public id of each thread that was wrong."""
    for pk in Thread.objects.filter(space=visit.space).order_by("pk").values_list("pk", flat=True).iterator():
        with transaction.atomic():
            thread = Thread.objects.select_for_update().get(pk=pk)
            if _repair_posts(thread) | _repair_thread(visit, thread):
                yield thread.public_id
    listed = Thread.objects.filter(space=visit.space, key_space_activity__isnull=False).count()
    if visit.space.thread_count != listed:
        Space.objects.filter(pk=visit.space.pk).update(thread_count=listed)
        yield visit.space.public_id


def _repair_posts(thread: Thread) -> bool:
    wrong = False
    counted = Post.objects.filter(thread=thread).annotate(
        votes_there=Count("votes", distinct=True),
        comments_there=Count("children", filter=Q(children__deleted_at=None), distinct=True),
        children_there=Count("children", distinct=True),
    )
    for post in counted:
        right = {
            "vote_count": post.votes_there if post.depth != Depth.OPENING else 0,
            "comment_count": post.comments_there,
            "child_total": post.children_there,
        }
        wrong |= _mend(post, right)
        wrong |= _mend(post, {"key_best": best_key(thread, post)})
    return wrong


def _repair_thread(visit: Visit, thread: Thread) -> bool:
    posts = Post.objects.filter(thread=thread)
    opening = posts.get(number=0)
    replies = posts.filter(_ALIVE, depth__gt=Depth.OPENING)
    last = posts.order_by("-number").values_list("number", flat=True)[0]
    right: dict[str, object] = {
        "vote_count": Vote.objects.filter(post=opening).count(),
        "post_count": replies.count(),
        "response_count": replies.filter(depth=Depth.RESPONSE).count(),
        "last_number": last,
    }
    wrong = _mend(thread, right)
    is_listed = opening.deleted_at is None or thread.post_count > 0
    is_answered = posts.filter(accepted_of=thread).exists()
    return wrong | _mend(thread, listing_keys(visit, thread, is_listed=is_listed, is_answered=is_answered))


def _mend(row: Post | Thread, right: Mapping[str, object]) -> bool:
    changed = [name for name, value in right.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, right[name])
    if changed:
        row.save(update_fields=changed)
    return bool(changed)
