"""Tables, people, course, connection and the story: repeatable, what is there is left alone.

The last line of the output is JSON: the spaces by usage key, each with its id and whether it is divided.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import SystemRandom
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import QuerySet

from demo.campus.models import Block
from demo.campus.olx import import_course
from demo.community.cast import CAST
from demo.community.directory import tell_directory
from demo.community.people import ensure_people
from demo.community.telling import Teller
from demo.community.workshop import tell_workshop
from demo.community.writing import space_of
from peer_xblock.api.connections import reassign_contexts
from peer_xblock.api.secrets import add_secret, read_secrets
from peer_xblock.models import Connection, ConnectionScope, ExpertProfile, Slot, Space, Thread
from peer_xblock.models.spaces import hash_key

COURSE = Path(__file__).resolve().parents[2] / "course" / "course.xml"


class Command(BaseCommand):
    """campus_seed."""

    help = "Make the demo's people, course, connection and first posts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bridge-url", default="")
        parser.add_argument("--tenant", default="campus")
        parser.add_argument("--secret", default="")
        parser.add_argument("--inbound-secret", default="")
        parser.add_argument("--course", type=Path, default=COURSE)
        parser.add_argument("--no-story", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        ensure_people(CAST, is_listed=True)
        key = str(import_course(options["course"].read_bytes()))
        if options["bridge_url"]:
            connection = connect(key, options["tenant"], options["bridge_url"], options["secret"])
            take_back(connection, options["inbound_secret"])
        if not options["no_story"]:
            self._tell(key)
        spaces = {
            space.usage_key: {"id": space.public_id, "is_divided": space.is_divided}
            for space in discussions(key)
        }
        self.stdout.write(json.dumps(spaces))

    def _tell(self, key: str) -> None:
        """Each part of the story once, all of it or nothing."""
        now, rng = datetime.now(UTC), SystemRandom()
        parts: list[tuple[str, QuerySet[Any], Callable[[], int]]] = [
            ("threads", Thread.objects.all(), Teller(key, now=now, rng=rng).tell),
            ("works and reviews", Slot.objects.all(), partial(tell_workshop, key, now=now, rng=rng)),
            (
                "people to be found",
                ExpertProfile.objects.all(),
                partial(tell_directory, key, now=now, rng=rng),
            ),
        ]
        for name, told, tell in parts:
            if not told.exists():
                with transaction.atomic():
                    steps = tell()
                self.stdout.write(f"the story, {name}: {steps} contributions")


def discussions(course_key: str) -> list[Space]:
    """The spaces of all discussions of the course, be anything written in them or not: each needs its forum."""
    now, rng = datetime.now(UTC), SystemRandom()
    blocks = Block.objects.filter(course_key=course_key, block_type="peer_discussion").order_by("pk")
    return [space_of(block.usage_key, now=now, rng=rng) for block in blocks]


def connect(course_key: str, tenant: str, bridge_url: str, secret: str) -> Connection:
    """Connect the course's organisation to the bridge; an address or secret that changed is taken over."""
    connection = Connection.objects.filter(slug=tenant).first() or Connection(slug=tenant)
    connection.bridge_url = bridge_url
    if secret not in read_secrets(connection.outgoing_secrets):
        connection.outgoing_secrets = add_secret(connection.outgoing_secrets, secret)
    connection.save()
    ConnectionScope.objects.update_or_create(
        value_hash=hash_key(course_key),
        defaults={"connection": connection, "kind": "course", "value": course_key},
    )
    reassign_contexts()
    return connection


def take_back(connection: Connection, secret: str) -> None:
    """Let the bridge bring posts back, signed with this secret; without one nothing is taken."""
    if secret and secret not in read_secrets(connection.incoming_secrets):
        connection.incoming_secrets = add_secret(connection.incoming_secrets, secret)
        connection.save()
