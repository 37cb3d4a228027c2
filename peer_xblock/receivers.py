"""What wakes us: a written event wakes the relay, a deleted block archives its space, a person retires.

A lost wake-up costs at most a minute: the row is the record.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

from django.dispatch import Signal

from .api.retiring import request_retirement
from .api.spaces import archive_space
from .outbox import appended
from .platform.signals import retirement_signal

NUDGE = "peer_xblock.nudge"
ARCHIVE = "peer_xblock.archive"
RETIRE = "peer_xblock.retire"

_log = logging.getLogger(__name__)


def connect_nudge() -> None:
    """Called once, when the app is ready, where there is Celery."""
    from .tasks import relay

    def nudge(**_kwargs: Any) -> None:
        try:
            relay.apply_async(retry=False)
        except Exception as error:  # noqa: BLE001  whatever the broker's client raises, the post stands
            _log.warning("the relay was not woken (%s); peer_tick will send it", type(error).__name__)

    appended.connect(nudge, dispatch_uid=NUDGE, weak=False)


def connect_platform() -> None:
    """Called once, when the app is ready, where there are the platform's own events."""
    from openedx_events.content_authoring.signals import XBLOCK_DELETED

    def archive(xblock_info: Any, **_kwargs: Any) -> None:
        archive_space(str(xblock_info.usage_key), now=datetime.now(UTC))

    XBLOCK_DELETED.connect(archive, dispatch_uid=ARCHIVE, weak=False)
    if (retiring := retirement_signal()) is not None:
        connect_retirement(retiring)


def connect_retirement(signal: Signal) -> None:
    """Whoever the signal names is noted in the transaction that retires them; `peer_tick` does the rest."""

    def retire(user: Any, **_kwargs: Any) -> None:
        request_retirement(user.pk, now=datetime.now(UTC))

    signal.connect(retire, dispatch_uid=RETIRE, weak=False)
