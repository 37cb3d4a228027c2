"""A written event wakes the relay. A lost wake-up costs at most a minute: the row is the record."""

from __future__ import annotations

import logging
from typing import Any

from .outbox import appended
from .tasks import relay

_log = logging.getLogger(__name__)


def connect() -> None:
    """Called once, when the app is ready."""
    appended.connect(_nudge, dispatch_uid="peer_xblock.nudge")


def _nudge(**_kwargs: Any) -> None:
    try:
        relay.apply_async(retry=False)
    except Exception as error:  # noqa: BLE001  whatever the broker's client raises, the post stands
        _log.warning("the relay was not woken (%s); peer_tick will send it", type(error).__name__)
