"""Run what is due: by cron or a CronJob each minute, or kept running with --every."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from datetime import UTC, datetime
from random import SystemRandom
from typing import Any

from django.core.management.base import BaseCommand

from peer_xblock.api.relay import relay_outbox
from peer_xblock.api.ticking import tick


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
        while every is not None:
            time.sleep(every)
            relay_outbox(now=datetime.now(UTC), rng=SystemRandom())
            self._tick()

    def _tick(self) -> None:
        for name, line in tick(now=datetime.now(UTC), rng=SystemRandom()).items():
            self.stdout.write(f"{name}: {line}")
