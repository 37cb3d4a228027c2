"""Which database a test run uses, read from the environment that tools/test.py sets.

PEER_TEST_DB: sqlite (the default), postgres or mysql.
PEER_TEST_DB_SOCKET: the folder of PostgreSQL's socket, or MariaDB's socket file.
PEER_TEST_DB_PORT: the port of the private instance. PEER_TEST_DB_USER: its superuser.
"""

import os
import tempfile
from pathlib import Path
from typing import Any

import django

ENGINES = ("sqlite", "postgres", "mysql")
# What a crash would lose is thrown away anyway.
PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
UTF8MB4 = {"CHARSET": "utf8mb4", "COLLATION": "utf8mb4_unicode_ci"}


def database_from_env(name: str) -> dict[str, Any]:
    """Django's settings of the database `name` on the engine of this run.

    Raises ValueError on an engine that is not one of ENGINES.
    """
    engine = os.environ.get("PEER_TEST_DB", "sqlite")
    if engine == "sqlite":
        return _sqlite(name)
    if engine == "postgres":
        return _server("django.db.backends.postgresql", name)
    if engine == "mysql":
        options = {"charset": "utf8mb4", "init_command": "SET sql_mode='STRICT_TRANS_TABLES'"}
        return {**_server("django.db.backends.mysql", name), "OPTIONS": options, "TEST": UTF8MB4}
    raise ValueError(f"PEER_TEST_DB={engine}: not one of {', '.join(ENGINES)}")


def _sqlite(name: str) -> dict[str, Any]:
    """A file, not memory, so that tests with several connections see one another's commits."""
    folder = Path(tempfile.gettempdir()) / f"peer-tests-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{name}-{os.getpid()}.sqlite3"
    engine = "tests.sqlite_immediate"
    options: dict[str, Any] = {"timeout": 20}
    if django.VERSION >= (5, 1):
        engine = "django.db.backends.sqlite3"
        options |= {"transaction_mode": "IMMEDIATE", "init_command": PRAGMAS}
    return {
        "ENGINE": engine,
        "NAME": str(path),
        "OPTIONS": options,
        "TEST": {"NAME": str(path)},
    }


def _server(backend: str, name: str) -> dict[str, Any]:
    return {
        "ENGINE": backend,
        "NAME": name,
        "HOST": os.environ["PEER_TEST_DB_SOCKET"],
        "PORT": os.environ["PEER_TEST_DB_PORT"],
        "USER": os.environ["PEER_TEST_DB_USER"],
    }
