"""`manage.py peer_repair_counters [--space ID]`: counters and listing keys from the rows that are there."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext, ngettext

from peer_xblock.api.discussion import repair_spaces
from peer_xblock.domain.errors import NotFound


class Command(BaseCommand):
    help = "Recount threads, votes and replies; prints the public id of each thread or space that was wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--space", help="public id of the only space to recount")

    def handle(self, *_args: Any, **options: Any) -> None:
        wrong = 0
        try:
            for public_id in repair_spaces(options["space"]):
                wrong += 1
                self.stdout.write(public_id)
        except NotFound as error:
            raise CommandError(gettext(error.message)) from error
        line = ngettext(
            "%(count)d was wrong and is put right.", "%(count)d were wrong and are put right.", wrong
        )
        self.stdout.write(line % {"count": wrong})
