"""Imports a community file into a unit's discussion, with progress."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from random import SystemRandom
from typing import Any

from django.core.management.base import BaseCommand

from demo.community.importing import Counts, Importer
from demo.community.seedfile import SeedFile
from demo.community.writing import space_of

DEFAULT = "block-v1:Peer+DL101+2026+type@peer_discussion+block@talk31"
_EVERY_S = 2.0


class Command(BaseCommand):
    """campus_import."""

    help = "Import questions and answers from a JSON lines file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--block", default=DEFAULT, help="usage key of the discussion")

    def handle(self, *_args: Any, **options: Any) -> None:
        rng = SystemRandom()
        space = space_of(options["block"], now=datetime.now(UTC), rng=rng)
        began = self._shown = time.monotonic()
        counts = Importer(SeedFile(options["path"]), space, rng=rng).run(self._progress)
        for problem in counts.problems:
            self.stdout.write(str(problem))
        self._show(counts, f"in {time.monotonic() - began:.0f} s")

    def _progress(self, counts: Counts) -> None:
        if time.monotonic() - self._shown >= _EVERY_S:
            self._shown = time.monotonic()
            self._show(counts, "so far")

    def _show(self, counts: Counts, when: str) -> None:
        self.stdout.write(
            f"{counts.threads} threads, {counts.responses} responses, {counts.votes} votes, "
            f"{counts.acceptances} acceptances, {len(counts.problems)} lines or answers left out, {when}"
        )
        self.stdout.flush()
