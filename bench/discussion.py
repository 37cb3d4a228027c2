"""The discussion's calls, measured: `python -m bench.discussion [QUICK]`, on the engine that PEER_TEST_DB names.

On a private server: `python -m tools.servers postgres -- .venv/bin/python -m bench.discussion`. Statements and CPU
of each call in spaces of 1,000, 10,000 and 50,000 threads with 5 replies each, and in a thread of 5,000 responses;
QUICK: 1,000 and 10,000. What a search costs at 1,000 and 50,000, and how often it finds what one means on real
questions (`searching`). Beside each figure stand its target and what openedx-forum 0.6.0 (its MySQL backend, on
MariaDB 10.11) took for the same on the machine where both were first measured: SQL compares, CPU only hints.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()

from django.db import connection
from django.test import override_settings

from .calls import TARGETS, calls_of
from .campus import Campus
from .common.counting import measure, prepare_planner
from .common.cpu import cpu_ms
from .common.judging import Row, json_line, table
from .communities import FOLDER
from .searching import quality
from .searching import rows_of as search_rows_of

ENGINES = {"sqlite": "sqlite", "postgresql": "postgres", "mysql": "mariadb"}
SIZES = (1_000, 10_000, 50_000)
SEARCHED = (1_000, 50_000)
LONG = 5_000
GROWTH = 1.5
# By the beginning of a call's name.
CPU_TARGETS = {"list_comments": 14, "list": 12, "open": 14, "create": 10, "vote": 4}
# (CPU ms, SQL) of the peer at each size: docs/decisions on why the LMS's forum is not what this stands on.
PEER = {
    "list_activity": {1_000: (383, 276), 10_000: (2_544, 230), 50_000: (12_659, 199)},
    "list_votes": {1_000: (641, 1_240), 10_000: (2_480, 817), 50_000: (12_883, 318)},
    "open_thread": {1_000: (352, 1_050), 10_000: (3_063, 9_135), 50_000: (14_203, 45_129)},
    "create_thread": {1_000: (16, 45), 10_000: (17, 45), 50_000: (20, 45)},
    "create_response": {1_000: (25, 77), 10_000: (27, 76), 50_000: (28, 74)},
    "vote": {1_000: (9, 26), 10_000: (9, 24), 50_000: (9, 24)},
}
PEER_LONG = {"open_thread": (289, 690)}


def rows_of(campus: Campus, thread: str, *, label: str, size: int | None, times: int) -> Iterator[Row]:
    """Statements and CPU of every call. label: what stands in the rows' names, as `50k_postgres`.

    size: None for a long thread, in which only what reads or writes it is measured.
    """
    prepare_planner()
    for name, run in calls_of(campus, thread).items():
        if size is None and not name.startswith(("open", "create_response", "create_comment")):
            continue
        measure(run)  # Who somebody is stays in a cache for the calls that are made every few seconds.
        run_cost = measure(run)
        peer = PEER.get(name, {}).get(size) if size else PEER_LONG.get(name)
        cpu_peer, sql_peer = peer or (None, None)
        target = next((ms for start, ms in CPU_TARGETS.items() if name.startswith(start)), None)
        yield Row(f"{name}_{label}_sql", run_cost.sql, "sql", TARGETS[name], sql_peer)
        cpu = round(cpu_ms(run, times=times), 2)
        yield Row(f"{name}_{label}_cpu", cpu, "ms", target, cpu_peer)


def growth_of(rows: list[Row], smallest: str, largest: str) -> Iterator[Row]:
    """CPU in the largest space over CPU in the smallest, for each call."""
    values = {row.name: row.value for row in rows}
    for name in TARGETS:
        ratio = values[f"{name}_{largest}_cpu"] / values[f"{name}_{smallest}_cpu"]
        yield Row(f"{name}_{largest}_growth", round(ratio, 2), "x", GROWTH)


def run(*, quick: bool) -> list[Row]:
    """All rows, on a database of its own that is removed afterwards."""
    engine, times = ENGINES[connection.vendor], 10 if quick else 40
    sizes = SIZES[:2] if quick else SIZES
    labels = [f"{size // 1000}k_{engine}" for size in sizes]
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        campus, rows = Campus(responses=3, comments=2), list[Row]()
        for size, label in zip(sizes, labels, strict=True):
            campus.grow(size)
            rows += rows_of(campus, campus.add_long_thread(10), label=label, size=size, times=times)
            rows += search_rows_of(campus, label=label, times=times) if size in SEARCHED else []
        long = campus.add_long_thread(LONG)
        rows += rows_of(campus, long, label=f"long_{engine}", size=None, times=times)
        return rows + list(growth_of(rows, labels[0], labels[-1]))
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def main(arguments: list[str]) -> int:
    """0 whatever the figures are: they are reported, not gated. 2 for an unknown argument."""
    if arguments not in ([], ["QUICK"]):
        print("usage: python -m bench.discussion [QUICK]", file=sys.stderr)
        return 2
    is_quick = arguments == ["QUICK"]
    with (
        tempfile.TemporaryDirectory() as index,
        override_settings(PEER_HOST="bench.common.host", PEER_INDEX_DIR=index),
    ):
        rows = run(quick=is_quick)
    if FOLDER.exists():
        rows += quality(at_most=50 if is_quick else 300)
    print(table(rows))
    print(json_line("discussion", rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
