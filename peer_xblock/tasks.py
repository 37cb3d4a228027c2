"""Celery tasks of the LMS's worker: they only do what the due rows say."""

from __future__ import annotations

from datetime import UTC, datetime
from random import SystemRandom

from celery import shared_task
from django.core.cache import cache

from .api.relay import relay_outbox
from .api.ticking import tick

_TICKED = "peer_xblock.ticked"
_TICK_S = 60


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # Celery ships no types
def relay() -> None:
    """Send what is due; at most once a minute also run the other periodic work."""
    now, rng = datetime.now(UTC), SystemRandom()
    relay_outbox(now=now, rng=rng)
    if cache.add(_TICKED, 1, _TICK_S):
        tick(now=now, rng=rng)
