"""Announcements by mail: one to each person who may read it and wants mails of its space, whatever happens between.

Due work goes through the people of the course in the order of their accounts. The mails of one go and how far it went
are written together, and a person's mail of a thread has one key: what is done again makes none twice.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial
from random import Random

from django.db.models import F

from peer_xblock.api.transactions import in_transaction
from peer_xblock.domain.discussion import Depth, Kind
from peer_xblock.domain.ids import new_id
from peer_xblock.domain.keys import mail_key
from peer_xblock.domain.notices import Digest
from peer_xblock.models import Announcement, Mail, MailStop, Post, Space, SpaceMember
from peer_xblock.platform import host

from .readers import readable_ids, visit_as
from .waking import digest_of

PEOPLE = 200
ROUNDS = 5


def note_announcements(posts: Sequence[Post]) -> None:
    """Of new posts those that announce are to be mailed. A repeat changes nothing."""
    found = [
        Announcement(thread=post.thread)
        for post in posts
        if post.depth == Depth.OPENING and post.thread.kind == Kind.ANNOUNCEMENT.value
    ]
    if found:
        Announcement.objects.bulk_create(found, ignore_conflicts=True)


def mail_announcements(*, now: datetime, rng: Random) -> int:
    """Make the mails of what is announced, for up to 1,000 people a run. Returns how many were made."""
    made = 0
    for _ in range(ROUNDS):
        waiting = Announcement.objects.filter(done_at=None).order_by("pk")
        row = next(iter(waiting[:1]), None)
        if row is None:
            break
        made += _mail_some(row, now, rng)
    return made


def _mail_some(row: Announcement, now: datetime, rng: Random) -> int:
    """The next 200 people of one announcement. It ends where there are none, or where it is gone."""
    openings = Post.objects.filter(thread=row.thread_id, number=0, deleted_at=None)
    post = next(iter(openings.select_related("thread__space__context__connection")), None)
    people = _people(post, row.reached) if post else []
    if post is None or not people:
        Announcement.objects.filter(pk=row.pk).update(done_at=now)
        return 0
    wanted = _wanting(post.thread.space, [user_id for user_id in people if user_id != post.author_id])
    mails = [_mail(post, user_id, now, rng) for user_id in wanted if _may_read(post, user_id, now, rng)]
    return in_transaction(partial(_store, row, people[-1], mails))


def _people(post: Post, reached: int) -> Sequence[int]:
    return host().people_of(post.thread.space.context.key, after=reached, limit=PEOPLE)


def _store(row: Announcement, reached: int, mails: Sequence[Mail]) -> int:
    """Mails and place together; nothing where another run was quicker."""
    here = Announcement.objects.filter(pk=row.pk, reached=row.reached, done_at=None)
    if not here.update(reached=reached, count=F("count") + len(mails)):
        return 0
    Mail.objects.bulk_create(mails, ignore_conflicts=True)
    return len(mails)


def _wanting(space: Space, people: Sequence[int]) -> list[int]:
    """Those who want mails of the space: who chose none there, or stopped those of the course, is left out."""
    rows = SpaceMember.objects.filter(space=space, user_id__in=people)
    members = {member.user_id: member for member in rows}
    stops = MailStop.objects.filter(context_id=space.context_id, user_id__in=people)
    stopped: Collection[int] = set(stops.values_list("user_id", flat=True))
    return [
        user_id
        for user_id in people
        if user_id not in stopped and digest_of(members.get(user_id, SpaceMember())) is not Digest.OFF
    ]


def _may_read(post: Post, user_id: int, now: datetime, rng: Random) -> bool:
    visit = visit_as(user_id, post.thread.space, now=now, rng=rng)
    return visit is not None and bool(readable_ids(visit, [post.pk]))


def _mail(post: Post, user_id: int, now: datetime, rng: Random) -> Mail:
    return Mail(
        public_id=new_id(now, rng),
        user_id=user_id,
        context_id=post.thread.space.context_id,
        created_at=now,
        due_at=now,
        announced=post.thread,
        key=mail_key(post.thread_id, user_id),
    )
