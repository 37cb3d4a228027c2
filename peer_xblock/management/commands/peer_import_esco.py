"""`manage.py peer_import_esco skills_en.csv skills_fr.csv`: ESCO's skills; `--built-in`: our own short list."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from random import SystemRandom
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext

from peer_xblock.api.experts.importing import Imported, import_builtin, import_skills
from peer_xblock.domain.experts.esco import ESCO, NotEsco, RowFault, language_of, read_rows

_PROGRESS = 5_000


class Command(BaseCommand):
    help = (
        "Import ESCO's skills from its CSV files, in any languages that share their URIs. Repeat it at will."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="skills_en.csv, skills_fr.csv")
        parser.add_argument("--language", choices=("en", "fr"), help="where the file's name does not tell")
        parser.add_argument("--built-in", action="store_true", help="also load the list that comes along")

    def handle(self, *, files: list[Path], language: str | None, built_in: bool, **_options: Any) -> None:
        if not files and not built_in:
            raise CommandError(gettext("Name at least one CSV file, or give --built-in."))
        for path in files:
            spoken = language or language_of(path.name)
            if spoken is None:
                raise CommandError(gettext("%(name)s: say --language en or fr.") % {"name": path.name})
            self._import(path, spoken)
        if built_in:
            self._tell("--built-in", import_builtin(now=datetime.now(UTC), rng=SystemRandom()))

    def _import(self, path: Path, language: str) -> None:
        labels: dict[str, tuple[str, ...]] = {}
        try:
            with path.open(newline="", encoding="utf-8", errors="surrogateescape") as lines:
                for row in read_rows(lines):
                    if isinstance(row, RowFault):
                        self._complain(path, row)
                        continue
                    labels[row.uri] = row.labels
                    if len(labels) % _PROGRESS == 0:
                        self.stdout.write(gettext("%(count)d rows read") % {"count": len(labels)})
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except NotEsco as error:
            line = gettext("%(name)s: its first line has no column “%(column)s”.")
            raise CommandError(line % {"name": path.name, "column": error.args[0]}) from error
        self._tell(
            path.name, import_skills(ESCO, language, labels, now=datetime.now(UTC), rng=SystemRandom())
        )

    def _complain(self, path: Path, fault: RowFault) -> None:
        line = gettext("%(name)s, line %(line)d: left out. %(reason)s")
        self.stderr.write(line % {"name": path.name, "line": fault.line, "reason": gettext(fault.reason)})

    def _tell(self, name: str, done: Imported) -> None:
        line = gettext("%(name)s: %(skills)d skills new, %(labels)d labels new, %(removed)d labels removed.")
        counts = {"skills": done.skills, "labels": done.labels, "removed": done.removed}
        self.stdout.write(line % {"name": name, **counts})
