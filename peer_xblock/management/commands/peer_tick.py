"""Run what is due: by cron or a CronJob each minute, or kept running with --every."""

from __future__ import annotations

import logging
import time
from argparse import ArgumentParser
from datetime import UTC, datetime
from random import SystemRandom
from typing import Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connections

from peer_xblock.api.relay import relay_outbox
from peer_xblock.api.ticking import tick

_log = logging.getLogger(__name__)


class Command(BaseCommand):
    """peer_tick."""

    help = "Run periodic work that is due: relay the outbox, forget what is kept too long."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--every",
            type=float,
            metavar="SECONDS",
            help="keep running: relay at this interval, all else when it is due",
        )

    def handle(self, *_args: Any, every: float | None = None, **_options: Any) -> None:
        self._tick()
        if every is not None:
            self._keep_running(every)

    def _keep_running(self, every: float) -> None:
        while True:
            time.sleep(every)
            self._round()

    def _round(self) -> None:
        """A database that is busy or away for a moment must not end the loop: what is due stays due."""
        try:
            relay_outbox(now=datetime.now(UTC), rng=SystemRandom())
            self._tick()
        except (OperationalError, InterfaceError) as error:
            _log.warning("peer_tick goes on after %s", type(error).__name__)
            connections.close_all()

    def _tick(self) -> None:
        for name, line in tick(now=datetime.now(UTC), rng=SystemRandom()).items():
            self.stdout.write(f"{name}: {line}")
