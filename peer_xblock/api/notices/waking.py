"""When a digest is due: with the first notice that waits for one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from peer_xblock.domain.notices import Digest, next_digest
from peer_xblock.models import Notice, SpaceMember

_CHUNK = 500


def default_digest() -> Digest:
    """How often whoever has chosen nothing gets one: `PEER_DIGEST`."""
    return Digest(getattr(settings, "PEER_DIGEST", Digest.DAILY.value))


def digest_of(member: SpaceMember) -> Digest:
    """What a person chose in a space, or what the site has chosen for them."""
    return Digest(member.digest) if member.digest else default_digest()


def due_moment(digest: Digest, *, now: datetime) -> datetime:
    """The next time that such a digest goes out, by the site's clock."""
    return next_digest(timezone.localtime(now), digest, hour=int(getattr(settings, "PEER_DIGEST_HOUR", 7)))


def wake_digests(made: Iterable[Notice], *, now: datetime) -> None:
    """Set when the digest is due of all who got a notice and wait for no digest yet. A few statements a space."""
    people: dict[int, set[int]] = defaultdict(set)
    for notice in made:
        people[notice.space_id].add(notice.user_id)
    for space_id, user_ids in people.items():
        ordered = sorted(user_ids)
        for start in range(0, len(ordered), _CHUNK):
            _wake(space_id, ordered[start : start + _CHUNK], now)


def lock_members(members: QuerySet[SpaceMember]) -> list[int]:
    """Their spaces, locked until the transaction ends: when a mail is due and what waits for it are decided by one.

    Without it a notice that is written while its person's digest is made is in no mail, and wakes none.
    """
    return list(members.select_for_update().order_by("pk").values_list("space_id", flat=True))


def _wake(space_id: int, user_ids: list[int], now: datetime) -> None:
    members = [SpaceMember(space_id=space_id, user_id=user_id) for user_id in user_ids]
    SpaceMember.objects.bulk_create(members, ignore_conflicts=True)
    there = SpaceMember.objects.filter(space_id=space_id, user_id__in=user_ids)
    lock_members(there)
    idle = there.filter(mail_due_at=None)
    for digest in (Digest.DAILY, Digest.WEEKLY):
        chosen = [digest.value, ""] if default_digest() is digest else [digest.value]
        idle.filter(digest__in=chosen).update(mail_due_at=due_moment(digest, now=now))
