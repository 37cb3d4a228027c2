"""Retirement: the platform says who leaves, periodic work unlinks what they did, a bounded part at each run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from random import Random

from django.db.models import F

from peer_xblock.models import Retirement

from .discussion.retiring import retire_author
from .drafts import retire_drafts
from .experts.leaving import retire_expert
from .notices import retire_reader
from .review.retiring import retire_reviewer

STEP = 200
# Each unlinks up to `limit` rows of a person and returns how many: fewer than the limit when none is left.
SUBJECTS: tuple[Callable[..., int], ...] = (
    retire_author,
    retire_reviewer,
    retire_expert,
    retire_drafts,
    retire_reader,
)


def request_retirement(user_id: int, *, now: datetime) -> None:
    """Note that a person retires. Repeating it begins anew, for what was written since."""
    row, is_new = Retirement.objects.get_or_create(user_id=user_id, defaults={"requested_at": now})
    if not is_new:
        Retirement.objects.filter(pk=row.pk).update(done_at=None)


def retire_people(*, now: datetime, rng: Random) -> int:
    """One step for each person who is not done yet. Returns how many rows were unlinked."""
    return sum(_step(row, now=now, rng=rng) for row in Retirement.objects.filter(done_at=None))


def _step(row: Retirement, *, now: datetime, rng: Random) -> int:
    counts = [retire(row.user_id, limit=STEP, now=now, rng=rng) for retire in SUBJECTS]
    is_done = all(count < STEP for count in counts)
    changed = {"done": F("done") + sum(counts), "done_at": now if is_done else None}
    Retirement.objects.filter(pk=row.pk).update(**changed)
    return sum(counts)
