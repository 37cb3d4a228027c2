"""Who leaves a course: what they wrote stays, what waits for them does not."""

from __future__ import annotations

from datetime import datetime

from . import experts, review
from .drafts import leave_drafts
from .notices import leave_reader


def leave_course(user_id: int, context_key: str, *, now: datetime) -> None:
    """Out of the directory, without drafts; the work that they had for review goes on. Repeating it changes nothing."""
    experts.leave_course(user_id, context_key, now=now)
    leave_drafts(user_id, context_key)
    leave_reader(user_id, context_key)
    review.leave_course(user_id, context_key, now=now)
