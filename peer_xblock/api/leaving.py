"""Who leaves a course: what they wrote stays, what waits for them does not."""

from __future__ import annotations

from datetime import datetime, timedelta

from peer_xblock.models import Pair
from peer_xblock.models.spaces import hash_key

from .drafts import leave_drafts
from .experts import leave_course as leave_directory
from .notices import leave_reader
from .review import return_expired


def leave_course(user_id: int, context_key: str, *, now: datetime) -> None:
    """Out of the directory, without drafts; the work that they had for review goes on. Repeating it changes nothing."""
    leave_directory(user_id, context_key, now=now)
    leave_drafts(user_id, context_key)
    leave_reader(user_id, context_key)
    held = Pair.objects.filter(held_by_id=user_id, activity__context__key_hash=hash_key(context_key))
    if held.update(expires_at=now - timedelta(seconds=1)):
        return_expired(now=now)
