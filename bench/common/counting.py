"""Statements and rows examined of a piece of work, on whichever engine the connection has.

Counted: each statement of the api and of its permission and name look-ups. Not counted: BEGIN, COMMIT, SAVEPOINT.
Rows examined: PostgreSQL by EXPLAIN ANALYZE (rows and rows removed, times loops), MariaDB by its Handler_read_
counters, SQLite not at all: its plans must hold no scan of a table of ours and no temporary B-tree.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, connection, transaction

_UNCOUNTED = re.compile(r"\s*(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|SET)\b", re.IGNORECASE)
_PLANNED = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
_SQLITE_FAULT = re.compile(r"SCAN (?!(\d+ )?CONSTANT ROW|\"?auth_|\"?django_)|USE TEMP B-TREE")
_OURS = "peer_xblock_"
_REMOVED = ("Rows Removed by Filter", "Rows Removed by Join Filter", "Rows Removed by Index Recheck")


@dataclass(slots=True)
class Cost:
    """What a piece of work cost. faults: SQLite's scans and temporary B-trees, each with its statement."""

    statements: list[str] = field(default_factory=list)
    rows: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def sql(self) -> int:
        """How many statements."""
        return len(self.statements)


def measure(work: Callable[[], object]) -> Cost:
    """Run the work in a transaction that is rolled back, and say what it cost."""
    cost = Cost()
    explain = {"postgresql": _explain_postgres, "sqlite": _explain_sqlite}.get(connection.vendor)

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if not _UNCOUNTED.match(sql):
            cost.statements.append(sql)
            if explain is not None and not many and _PLANNED.match(sql):
                explain(cost, sql, params)
        return execute(sql, params, many, context)

    with transaction.atomic():
        with _handler_reads(cost), connection.execute_wrapper(note):
            work()
        transaction.set_rollback(True)
    return cost


def prepare_planner() -> None:
    """Let each engine's planner know the tables, after many rows were added.

    PostgreSQL plans as for an SSD: at its default, made for turning disks, it reads a table of three pages whole,
    and a look-up would cost more rows in a small space than in a large one. Without its cache of repeated look-ups,
    which comes and goes with its estimates, they are counted as they are asked for.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "mysql":
            tables = ", ".join(name for name in connection.introspection.table_names() if _OURS in name)
            cursor.execute(f"ANALYZE TABLE {tables}")
            cursor.fetchall()
        else:
            cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            cursor.execute("SET random_page_cost = 1.1; SET enable_memoize = off")


def _explain_sqlite(cost: Cost, sql: str, params: Any) -> None:
    cursor = connection.create_cursor()
    cursor.execute("EXPLAIN QUERY PLAN " + sql, params)
    cost.faults += [f"{row[3]}: {sql}" for row in cursor.fetchall() if _SQLITE_FAULT.match(row[3])]
    cursor.close()


def _explain_postgres(cost: Cost, sql: str, params: Any) -> None:
    """EXPLAIN ANALYZE runs the statement: in a savepoint, so that the real one finds nothing changed."""
    cursor = connection.create_cursor()
    cursor.execute("SAVEPOINT peer_explain")
    try:
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + sql, params)
        found = cursor.fetchone()[0]
        plans = json.loads(found) if isinstance(found, str) else found
        cost.rows += sum(_rows_of(plan["Plan"]) for plan in plans)
    except DatabaseError:  # A statement that is meant to fail, as a repeated insert.
        pass
    finally:
        cursor.execute("ROLLBACK TO SAVEPOINT peer_explain")
        cursor.close()


def _rows_of(node: dict[str, Any]) -> int:
    below = sum(_rows_of(child) for child in node.get("Plans", ()))
    if not node.get("Relation Name", "").startswith(_OURS) or node["Node Type"] == "ModifyTable":
        return below
    examined: float = node["Actual Rows"] + sum(node.get(name, 0) for name in _REMOVED)
    loops: int = node["Actual Loops"]
    return below + round(examined * loops)


@contextmanager
def _handler_reads(cost: Cost) -> Iterator[None]:
    """MariaDB's own count of rows read by this session, less what asking for it reads."""
    if connection.vendor != "mysql":
        yield
        return
    first, second = _handler_total(), _handler_total()
    yield
    cost.rows += _handler_total() - second - (second - first)


def _handler_total() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SHOW SESSION STATUS LIKE 'Handler_read_%'")
        counters = dict(cursor.fetchall())
    return sum(map(int, counters.values()))
