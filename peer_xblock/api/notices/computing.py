"""Who is told of which post: read from the feed of posts and mentions by due work, never while somebody writes.

Ids are given out when a row is written and seen when it is committed: the last minute is read again each time, and
a notice that is there already is left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random

from peer_xblock.api.transactions import in_transaction
from peer_xblock.domain.keys import notice_key
from peer_xblock.domain.notices import Reason
from peer_xblock.models import Mention, Notice, NoticeCursor, Post, Space
from peer_xblock.platform import host

from .announcing import note_announcements
from .followers import reasons_for
from .naming import note_names
from .readers import readable_ids, visit_as
from .telling import tell_platform
from .waking import wake_digests

BATCH = 200
ROUNDS = 20
OVERLAP = timedelta(seconds=60)
# Older than this is no news: what an importer brings, and what was there before notices were.
FRESH = timedelta(days=2)
_POSTS, _MENTIONS = "posts", "mentions"
_RELATED = ("thread__space__context__connection", "parent", "pseudonym")


@dataclass(slots=True)
class _Round:
    """One go: the posts to tell of, and each person's strongest reason for each."""

    now: datetime
    rng: Random
    posts: dict[int, Post] = field(default_factory=dict)
    reasons: dict[tuple[int, int], Reason] = field(default_factory=dict)

    def add(self, post: Post, wanted: Mapping[int, Reason]) -> None:
        """Note who wants to hear of a post; the strongest reason counts."""
        self.posts[post.pk] = post
        for user_id, reason in wanted.items():
            former = self.reasons.get((user_id, post.pk), reason)
            self.reasons[user_id, post.pk] = min(former, reason, key=_strength)


def note_posts(*, now: datetime, rng: Random) -> int:
    """Tell whom it concerns of new posts and mentions, up to some thousands. Returns how many notices were made."""
    count, is_more = 0, True
    for _ in range(ROUNDS):
        if is_more:
            made, is_more = _note_some(now, rng)
            count += made
    return count


def _note_some(now: datetime, rng: Random) -> tuple[int, bool]:
    """The next 200 of each: how many notices were made, and whether to go on at once."""
    before = _position(_POSTS, now)
    posts, mentions = _next_posts(before), _next_mentions(now)
    work = _Round(now, rng)
    for post in posts:
        if post.created_at >= now - FRESH:
            work.add(post, reasons_for(post))
    for mention in mentions:
        if mention.user_id != mention.post.author_id:
            work.add(mention.post, {mention.user_id: Reason.MENTION})
    made = [notice for group in _missing(work) for notice in group]
    in_transaction(partial(_store, made, posts, mentions, now))
    tell_platform(made, work.posts)
    return len(made), len(posts) == BATCH and _position(_POSTS, now) > before


def _missing(work: _Round) -> Iterable[list[Notice]]:
    """The notices that are not there yet, of those who may read the post now, a group for each person and space."""
    keys = {notice_key(_space_of(work.posts[post]), user, post): (user, post) for user, post in work.reasons}
    known = set(Notice.objects.filter(key__in=keys).values_list("key", flat=True))
    wanted: dict[tuple[int, int], list[int]] = defaultdict(list)
    for key, (user_id, post_id) in keys.items():
        if key not in known:
            wanted[user_id, _space_of(work.posts[post_id])].append(post_id)
    there = host().names_of({user_id for user_id, _ in wanted}) if wanted else {}
    for (user_id, _), posts in wanted.items():
        if user_id in there:
            yield _notices(work, user_id, posts)


def _notices(work: _Round, user_id: int, posts: Sequence[int]) -> list[Notice]:
    space = work.posts[posts[0]].thread.space
    visit = visit_as(user_id, space, now=work.now, rng=work.rng)
    may_read = readable_ids(visit, posts) if visit else set()
    return [
        Notice(
            key=notice_key(space.pk, user_id, pk),
            user_id=user_id,
            space=space,
            thread_id=work.posts[pk].thread_id,
            post_id=pk,
            number=work.posts[pk].number,
            reason=work.reasons[user_id, pk].value,
            created_at=work.now,
        )
        for pk in posts
        if pk in may_read
    ]


def _store(made: list[Notice], posts: Sequence[Post], mentions: Sequence[Mention], now: datetime) -> None:
    """All of one go or nothing of it: the notices, when mails are due, who can be mentioned, how far it was read."""
    Notice.objects.bulk_create(made, ignore_conflicts=True, batch_size=500)
    wake_digests(made, now=now)
    note_names(posts)
    note_announcements([post for post in posts if post.created_at >= now - FRESH])
    _move(_POSTS, [(post.pk, post.created_at) for post in posts], now)
    _move(_MENTIONS, [(one.pk, one.post.edited_at or one.post.created_at) for one in mentions], now)


def _next_posts(position: int) -> list[Post]:
    rows = Post.objects.filter(pk__gt=position, deleted_at=None).order_by("pk")
    return list(rows.select_related(*_RELATED)[:BATCH])


def _next_mentions(now: datetime) -> list[Mention]:
    related = [f"post__{name}" for name in _RELATED]
    rows = Mention.objects.filter(pk__gt=_position(_MENTIONS, now)).order_by("pk")
    return list(rows.select_related(*related)[:BATCH])


def _position(name: str, now: datetime) -> int:
    """Where the last go ended; what was old when the first began is no news."""
    cursor, is_new = NoticeCursor.objects.get_or_create(name=name)
    if is_new and name == _POSTS:
        old = Post.objects.filter(created_at__lt=now - FRESH).order_by("-pk")
        cursor.position = old.values_list("pk", flat=True).first() or 0
        cursor.save(update_fields=["position"])
    return cursor.position


def _move(name: str, rows: Sequence[tuple[int, datetime]], now: datetime) -> None:
    """Past what is older than the overlap; the rest is read again."""
    settled = []
    for pk, moment in rows:
        if moment > now - OVERLAP:
            break
        settled.append(pk)
    if settled:
        NoticeCursor.objects.filter(name=name, position__lt=settled[-1]).update(position=settled[-1])


def _space_of(post: Post) -> int:
    space: Space = post.thread.space
    return space.pk


def _strength(reason: Reason) -> int:
    return list(Reason).index(reason)
