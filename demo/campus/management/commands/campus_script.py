"""Acts as the mirror's check wants it, waits until all events have left, writes what Moodle should show."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from random import Random
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from demo.check.expecting import expected_posts, totals
from demo.check.script import Plan, Script
from demo.community.seedfile import SeedFile
from peer_xblock.models import OutboxEvent


class Command(BaseCommand):
    """campus_script."""

    help = "Act, wait for the outbox, write the expected posts to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("seed", type=Path)
        parser.add_argument("expected", type=Path, help="where the JSON goes")
        parser.add_argument("--share", type=float, default=1.0, help="of each number of actions")
        parser.add_argument("--wait", type=float, default=600.0, metavar="SECONDS")

    def handle(self, *_args: Any, **options: Any) -> None:
        seed = SeedFile(options["seed"])
        community = [member.username for member in seed.members()]
        script = Script(shrink(Plan(), options["share"]), community, rng=Random(seed.digest))
        done = script.run()
        self._wait(options["wait"])
        posts = expected_posts()
        found = {"done": done, "totals": totals(posts), "posts": posts}
        options["expected"].write_text(json.dumps(found), encoding="utf-8")

    def _wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while OutboxEvent.objects.filter(state=OutboxEvent.WAITING).exists():
            if time.monotonic() > until:
                raise CommandError(f"events still wait in the outbox after {seconds:.0f} s")
            time.sleep(0.5)
        dead = OutboxEvent.objects.filter(state=OutboxEvent.DEAD).count()
        if dead:
            raise CommandError(f"{dead} events were refused by the bridge")


def shrink(plan: Plan, share: float) -> Plan:
    """The plan with every number times `share`, at least 2 of each."""
    return Plan(**{name: max(2, round(getattr(plan, name) * share)) for name in Plan.__slots__})
