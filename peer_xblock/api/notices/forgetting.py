"""What was told is kept for a while, and leaves with the person."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from django.db.models import Q

from peer_xblock.models import Mail, MailStop, Mention, Notice, SpaceMember
from peer_xblock.models.spaces import hash_key

KEEP_READ = timedelta(days=30)
KEEP = timedelta(days=90)
_BATCH = 1000


def forget_notices(*, now: datetime) -> int:
    """Drop read notices after 30 days, all and their mails after 90. Returns how many notices went."""
    dropped = sum(iter(lambda: _drop_some(now), 0))
    Mail.objects.filter(created_at__lt=now - KEEP).exclude(state=Mail.WAITING).delete()
    return dropped


def _drop_some(now: datetime) -> int:
    old = Notice.objects.filter(created_at__lt=now - KEEP_READ)
    gone = old.filter(Q(read_at__lt=now - KEEP_READ) | Q(created_at__lt=now - KEEP))
    pks = list(gone.values_list("pk", flat=True)[:_BATCH])
    return Notice.objects.filter(pk__in=pks).delete()[0]


def retire_reader(user_id: int, *, limit: int, now: datetime, rng: Random) -> int:
    """Forget what a retired person was told and chose, and that others called them by name.

    Up to `limit` notices at a time; fewer when none is left. Their name in others' texts is the others' text.
    """
    del now, rng
    pks = list(Notice.objects.filter(user_id=user_id).values_list("pk", flat=True)[:limit])
    Notice.objects.filter(pk__in=pks).delete()
    if len(pks) < limit:
        for model in (SpaceMember, Mail, MailStop, Mention):
            model.objects.filter(user_id=user_id).delete()
    return len(pks)


def leave_reader(user_id: int, context_key: str) -> None:
    """Who leaves a course is told nothing more of it, and cannot be mentioned there. Mails that wait are dropped."""
    key_hash = hash_key(context_key)
    Notice.objects.filter(user_id=user_id, space__context__key_hash=key_hash).delete()
    SpaceMember.objects.filter(user_id=user_id, space__context__key_hash=key_hash).delete()
    Mail.objects.filter(user_id=user_id, context__key_hash=key_hash, state=Mail.WAITING).delete()
