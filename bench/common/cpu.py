"""CPU of this process and of the database that works for it, in milliseconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import psutil
from django.db import connection, transaction


def cpu_ms(work: Callable[[], object], *, times: int) -> float:
    """The median of `times` runs, each rolled back, client and database together.

    PostgreSQL: the backend of this connection. MariaDB: the whole private server. SQLite works in this process.
    The database's part is read in ticks of 10 ms, so it is taken over all runs together.
    """
    server = _server()
    client: list[float] = []
    before = _seconds(server)
    for _ in range(times):
        with transaction.atomic():
            started = time.process_time()
            work()
            client.append(time.process_time() - started)
            transaction.set_rollback(True)
    return 1000 * (median(client) + (_seconds(server) - before) / times)


def _server() -> psutil.Process | None:
    if connection.vendor == "sqlite":
        return None
    question = "SELECT pg_backend_pid()" if connection.vendor == "postgresql" else "SELECT @@pid_file"
    with connection.cursor() as cursor:
        cursor.execute(question)
        answer = cursor.fetchone()[0]
    pid = answer if connection.vendor == "postgresql" else int(Path(answer).read_text())
    return psutil.Process(pid)


def _seconds(server: psutil.Process | None) -> float:
    if server is None:
        return 0.0
    used = server.cpu_times()
    return float(used.user + used.system)
