"""Waking delivery when something is due. Only a hint: whoever misses it finds the rows at the next round."""

import logging
import threading

from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError as BrokerError

logger = logging.getLogger(__name__)

wake = threading.Event()
"""Set when there is work; the loops of `moodle_bridge run` wait on it."""


def nudge_on_commit() -> None:
    """Wake delivery once the surrounding transaction is committed."""
    transaction.on_commit(_nudge)


def _nudge() -> None:
    wake.set()
    if not settings.BRIDGE_BROKER_URL:
        return
    from moodle_bridge.tasks import deliver

    try:
        deliver.delay()
    except BrokerError:
        logger.warning("the broker is away; delivery goes on at its next round")
