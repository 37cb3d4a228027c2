"""Celery tasks of the LMS's and Studio's workers: they only do what the rows, or the course, say."""

from __future__ import annotations

from datetime import UTC, datetime
from random import SystemRandom

from celery import shared_task
from django.core.cache import cache

from .api.relay import relay_outbox
from .api.spaces import sync_spaces
from .api.ticking import tick
from .domain.spaces import SpaceKind
from .platform import host

_TICKED = "peer_xblock.ticked"
_TICK_S = 60


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # Celery ships no types
def relay() -> None:
    """Send what is due; at most once a minute also run the other periodic work."""
    now, rng = datetime.now(UTC), SystemRandom()
    relay_outbox(now=now, rng=rng)
    if cache.add(_TICKED, 1, _TICK_S):
        tick(now=now, rng=rng)


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # Celery ships no types
def follow_course(context_key: str) -> None:
    """Bring the spaces of a course in line with the blocks that its learners have."""
    types = [kind.block_type for kind in SpaceKind]
    settings = [block.space_settings() for block in host().published_blocks(context_key, types)]
    sync_spaces(context_key, settings, now=datetime.now(UTC), rng=SystemRandom())
