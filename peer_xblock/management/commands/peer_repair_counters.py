"""`manage.py peer_repair_counters [--space ID]`: counters and listing keys from the rows that are there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext, ngettext

from peer_xblock.api.discussion import repair_spaces
from peer_xblock.api.experts import repair_directories
from peer_xblock.api.review import repair_activities
from peer_xblock.domain.errors import NotFound


class Command(BaseCommand):
    help = "Recount threads, votes, replies, reviews and listed people; prints what was wrong, by its id."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--space", help="public id of the only space to recount")

    @staticmethod
    def _repair(space: str | None) -> Iterator[str]:
        yield from repair_spaces(space)
        if space is None:
            yield from repair_activities()
            yield from repair_directories()

    def handle(self, *_args: Any, **options: Any) -> None:
        wrong = 0
        try:
            for name in self._repair(options["space"]):
                wrong += 1
                self.stdout.write(name)
        except NotFound as error:
            raise CommandError(gettext(error.message)) from error
        line = ngettext(
            "%(count)d was wrong and is put right.", "%(count)d were wrong and are put right.", wrong
        )
        self.stdout.write(line % {"count": wrong})
