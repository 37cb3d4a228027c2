"""Counters and keys from what is there: a repair that changes nothing where all is well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet

from peer_xblock.domain.discussion import PRIVATE_FROM, Depth
from peer_xblock.domain.errors import N_, NotFound
from peer_xblock.domain.keys import MINE_SCOPE, mine_key
from peer_xblock.models import Flag, Post, ReadState, Space, Thread, Vote

from .answering import repair_answered
from .changes import best_key, listing_keys
from .reacting import count_reactions
from .tallies import repair_tallies

_ALIVE = Q(deleted_at=None)


def repair_spaces(space: str | None = None) -> Iterator[str]:
    """Recount one space, by its public id, or all; yields what was wrong, as `repair_counters` does.

    Raises NotFound.
    """
    spaces = Space.objects.order_by("pk")
    if space is not None:
        spaces = spaces.filter(public_id=space)
        if not spaces.exists():
            raise NotFound(N_("There is no such discussion."), field="space")
    for row in spaces:
        yield from repair_counters(row)


def repair_counters(space: Space) -> Iterator[str]:
    """Recount a space, one transaction a thread; yields the public id of each thread, or space, that was wrong."""
    for pk in Thread.objects.filter(space=space).order_by("pk").values_list("pk", flat=True).iterator():
        with transaction.atomic():
            thread = Thread.objects.select_for_update().get(pk=pk)
            was_wrong = _repair_posts(thread) | _repair_thread(space, thread)
            was_wrong |= repair_answered(space, thread) | _repair_mine(space, thread)
        if was_wrong:
            yield thread.public_id
    if repair_tallies(space):
        yield space.public_id


def _repair_posts(thread: Thread) -> bool:
    """Each number is counted for itself: joined to one another, votes, comments and reports would multiply."""
    wrong = False
    posts = Post.objects.filter(thread=thread)
    votes = _counted(Vote.objects.filter(post__thread=thread), "post")
    children = _counted(posts.filter(parent__isnull=False), "parent")
    comments = _counted(posts.filter(_ALIVE, parent__isnull=False), "parent")
    flags = _counted(Flag.objects.filter(post__thread=thread), "post")
    reactions = count_reactions(thread)
    for post in posts:
        right = {
            "vote_count": votes.get(post.pk, 0) if post.depth != Depth.OPENING else 0,
            "comment_count": comments.get(post.pk, 0),
            "child_total": children.get(post.pk, 0),
            "flag_count": flags.get(post.pk, 0),
            "reactions": reactions.get(post.pk, {}),
        }
        wrong |= _mend(post, right)
        wrong |= _mend(post, {"key_best": best_key(thread, post)})
    return wrong


def _counted(rows: QuerySet[Any], name: str) -> Mapping[int, int]:
    """How many rows there are by one of their foreign keys. One statement."""
    return dict(rows.order_by().values_list(name).annotate(number=Count("pk")))


def _repair_thread(space: Space, thread: Thread) -> bool:
    posts = Post.objects.filter(thread=thread)
    opening = posts.get(number=0)
    public = posts.filter(number__lt=PRIVATE_FROM)
    replies = public.filter(_ALIVE, depth__gt=Depth.OPENING)
    last = public.order_by("-number").values_list("number", flat=True)[0]
    highest = posts.order_by("-number").values_list("number", flat=True)[0]
    right: dict[str, object] = {
        "vote_count": Vote.objects.filter(post=opening).count(),
        "post_count": replies.count(),
        "response_count": replies.filter(depth=Depth.RESPONSE).count(),
        "last_number": last,
        "private_count": max(highest + 1 - PRIVATE_FROM, 0),
    }
    wrong = _mend(thread, right)
    is_listed = opening.deleted_at is None or thread.post_count > 0
    is_answered = posts.filter(accepted_of=thread).exists()
    return wrong | _mend(thread, listing_keys(space, thread, is_listed=is_listed, is_answered=is_answered))


def _repair_mine(space: Space, thread: Thread) -> bool:
    """Whoever wrote in the thread finds it among their own, by when they last did.

    Not earlier: what was brought in from elsewhere came later than it was written.
    """
    written = Post.objects.filter(thread=thread, author__isnull=False, number__lt=PRIVATE_FROM).order_by()
    latest = written.values_list("author_id").annotate(at=Max("created_at"))
    right = {user: mine_key(space.pk, user, at, thread.public_id) for user, at in latest}
    states = ReadState.objects.filter(thread=thread)
    kept = dict(states.values_list("user_id", "key_mine"))
    wrong = {user: key for user, key in right.items() if not _is_at_least(kept.get(user), key)}
    for user, key in wrong.items():
        if not states.filter(user_id=user).update(key_mine=key):
            ReadState.objects.create(thread=thread, user_id=user, number=0, key_mine=key)
    return bool(wrong)


def _is_at_least(kept: str | None, right: str) -> bool:
    return kept is not None and kept[:MINE_SCOPE] == right[:MINE_SCOPE] and kept >= right


def _mend(row: Post | Thread, right: Mapping[str, object]) -> bool:
    changed = [name for name, value in right.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, right[name])
    if changed:
        row.save(update_fields=changed)
    return bool(changed)
