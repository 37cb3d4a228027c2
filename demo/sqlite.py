"""SQLite as a server process needs it: write-ahead log, writers queue instead of failing."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def sqlite_database(path: Path) -> dict[str, Any]:
    """A Django database on the file `path`."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
