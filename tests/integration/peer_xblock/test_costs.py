"""What each call of the block costs: statements and rows examined, the same at 1,000 and 10,000 threads.

Counted as docs/decisions say: the space's and the role's look-ups are in, the platform's own (who somebody is to
single sign-on) and BEGIN, COMMIT, SAVEPOINT are out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from bench.calls import TARGETS, calls_of
from bench.campus import Campus
from bench.common.counting import Cost, measure, prepare_planner
from peer_xblock.models import Post

pytestmark = [pytest.mark.django_db, pytest.mark.databases, pytest.mark.slow]
SIZES = (1_000, 10_000)
LONG = (1_000, 5_000)
COMMENTS = (1_000, 3_000)
OF_COMMENTS = ("open_thread", "open_comment", "list_comments", "create_comment")


@dataclass(frozen=True, slots=True)
class Measured:
    """Costs by call: in a space of each size, in a thread of each length, under a response of so many comments."""

    spaces: dict[str, list[Cost]]
    threads: dict[str, list[Cost]]
    comments: dict[str, list[Cost]]

    def of(self, name: str) -> tuple[list[Cost], ...]:
        sizes = self.spaces[name], self.threads[name]
        return (*sizes, self.comments[name]) if name in OF_COMMENTS else sizes


@pytest.fixture(scope="module")
def measured(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Measured]:
    """One space that grows, committed, so that each engine plans as it would for real data."""
    with django_db_blocker.unblock(), override_settings(PEER_HOST="bench.common.host"):
        try:
            campus = Campus()
            found = Measured(_nothing(), _nothing(), _nothing())
            for size in SIZES:
                campus.grow(size)
                add_costs(found.spaces, campus, campus.add_long_thread(10))
            for length in LONG:
                add_costs(found.threads, campus, campus.add_long_thread(length))
            for number in COMMENTS:
                add_costs(found.comments, campus, campus.add_long_thread(10, comments=number))
            yield found
        finally:
            call_command("flush", interactive=False, verbosity=0)
            connection.close()  # With what was set for its planner.


def _nothing() -> dict[str, list[Cost]]:
    return {name: [] for name in TARGETS}


def add_costs(costs: dict[str, list[Cost]], campus: Campus, thread: str) -> None:
    prepare_planner()
    for name, run in calls_of(campus, thread).items():
        run_once_to_fill_caches = measure(run)
        assert run_once_to_fill_caches.sql
        costs[name].append(measure(run))


def told(cost: Cost) -> str:
    return "\n".join(cost.statements)


@pytest.mark.parametrize("name", TARGETS)
def test_a_call_stays_within_its_statements(measured: Measured, name: str) -> None:
    for cost in chain(*measured.of(name)):
        assert cost.sql <= TARGETS[name], told(cost)


@pytest.mark.parametrize("name", TARGETS)
def test_a_call_costs_the_same_statements_at_every_size(measured: Measured, name: str) -> None:
    for small, large in measured.of(name):
        assert small.sql == large.sql, told(large)


@pytest.mark.parametrize("name", TARGETS)
def test_a_call_examines_the_same_rows_at_every_size(measured: Measured, name: str) -> None:
    for small, large in measured.of(name):
        assert small.rows == large.rows, told(large)


@pytest.mark.parametrize("name", TARGETS)
def test_no_call_scans_a_table_or_sorts_in_a_temporary_one(measured: Measured, name: str) -> None:
    for cost in chain(*measured.of(name)):
        assert cost.faults == []


def test_a_scan_would_be_seen(measured: Measured) -> None:
    """So that what is equal is not equal because nothing was counted."""
    cost = measure(lambda: list(Post.objects.filter(source="nowhere").order_by("html")))
    assert cost.sql == 1
    if connection.vendor == "sqlite":
        assert [fault.split()[0] for fault in cost.faults] == ["SCAN", "USE"]
    else:
        assert cost.rows > SIZES[-1]
        found = {name for name, costs in measured.spaces.items() if all(cost.rows for cost in costs)}
        assert found >= TARGETS.keys() - {"watch_space_idle"}  # Which finds nothing, and reads no more.
