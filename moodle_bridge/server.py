"""`moodle_bridge run`: one process that receives, delivers and keeps house."""

import logging
import signal
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Final

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone
from waitress.server import create_server  # type: ignore[import-untyped]  # ships no types

from moodle_bridge import housekeeping
from moodle_bridge.delivery import Tools, deliver_due
from moodle_bridge.health import beat
from moodle_bridge.inbound import bring_back
from moodle_bridge.inbound.rounds import Tools as InboundTools
from moodle_bridge.nudge import wake
from moodle_bridge.reconcile import reconcile_nightly

logger = logging.getLogger(__name__)

IDLE_S: Final = 1.0
"""How long a loop sleeps when nothing is due and nobody wakes it."""
BEAT_EVERY: Final = timedelta(seconds=15)
STOP_WAIT_S: Final = 75.0
"""Longer than the longest call to a Moodle, so that a round in progress is written down."""
MAX_BODY_BYTES: Final = 2 * 1024 * 1024


class Loops:
    """The threads that deliver and keep house, until `stop`."""

    def __init__(self, delivery_threads: int) -> None:
        self._stopping = threading.Event()
        targets: list[tuple[str, Callable[[], None]]] = [("housekeeping", self._keep_house)]
        targets += [("inbound", self._bring_back)] if delivery_threads else []
        targets += [(f"delivery-{n}", self._deliver) for n in range(delivery_threads)]
        self._threads = [threading.Thread(target=target, name=name, daemon=True) for name, target in targets]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let the rounds in progress end; whatever is left is due again when its lease has passed."""
        self._stopping.set()
        wake.set()
        for thread in self._threads:
            thread.join(timeout=STOP_WAIT_S)

    def _deliver(self) -> None:
        tools = Tools()
        beat_at = timezone.now() - BEAT_EVERY
        while not self._stopping.is_set():
            wake.clear()
            settled = 0
            try:
                if timezone.now() - beat_at >= BEAT_EVERY:
                    beat_at = timezone.now()
                    beat("delivery", now=beat_at)
                settled = deliver_due(tools)
            except DatabaseError:
                logger.exception("the database failed a round of delivery")
            close_old_connections()
            if not settled:
                wake.wait(IDLE_S)
        connections.close_all()

    def _bring_back(self) -> None:
        tools = InboundTools()
        while not self._stopping.is_set():
            done = 0
            try:
                done = bring_back(tools)
                beat("inbound", now=timezone.now())
            except DatabaseError:
                logger.exception("the database failed a round of the way back")
            close_old_connections()
            if not done:
                self._stopping.wait(IDLE_S)
        connections.close_all()

    def _keep_house(self) -> None:
        while not self._stopping.is_set():
            try:
                housekeeping.run(now=timezone.now())
                beat("housekeeping", now=timezone.now())
                reconcile_nightly(InboundTools())
            except DatabaseError:
                logger.exception("the database failed housekeeping")
            close_old_connections()
            self._stopping.wait(housekeeping.STEP.total_seconds())
        connections.close_all()


def serve(*, announce: Callable[[str], None]) -> None:
    """Listen and loop until SIGINT or SIGTERM. Raises OSError when the port is taken."""
    Path(str(settings.STATIC_ROOT)).mkdir(parents=True, exist_ok=True)
    from moodle_bridge.wsgi import application

    server = create_server(
        application,
        host=settings.BRIDGE_HOST,
        port=settings.BRIDGE_PORT,
        threads=settings.BRIDGE_THREADS,
        max_request_body_size=MAX_BODY_BYTES,
        ident=None,
    )
    loops = Loops(0 if settings.BRIDGE_BROKER_URL else settings.BRIDGE_DELIVERY_THREADS)
    signal.signal(signal.SIGTERM, _exit)
    signal.signal(signal.SIGINT, _exit)
    loops.start()
    announce(f"http://{settings.BRIDGE_HOST}:{settings.BRIDGE_PORT}")
    try:
        server.run()
    finally:
        server.close()
        loops.stop()


def _exit(_signal: int, _frame: FrameType | None) -> None:
    """Ends the server's loop, which takes SystemExit as a wish to stop."""
    raise SystemExit(0)
