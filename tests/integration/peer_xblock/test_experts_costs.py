"""What each call of the directory costs: the same statements, and no more rows, in a course ten times as large."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from bench.campus import SPACES
from bench.common.counting import Cost, measure, prepare_planner
from bench.directory import TARGETS, Directory

pytestmark = [pytest.mark.django_db, pytest.mark.databases, pytest.mark.slow]
SIZES = ({"threads": 800, "people": 400}, {"threads": 8_000, "people": 4_000})
# What is found differs from one size to the other; how much of it is looked at does not.
ROWS_GROWTH = 1.3
# An engine may read a small table whole, such as that of the spaces.
SMALL_TABLE = SPACES
# A table of two rows, the lists of skills, is read whole.
TWO_ROWS = "SCAN peer_xblock_taxonomy:"
Measured = dict[str, list[Cost]]


@pytest.fixture(scope="module")
def measured(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Measured]:
    """One course that grows, committed, so that each engine plans as it would for real data."""
    index = str(tmp_path_factory.mktemp("index"))
    with (
        django_db_blocker.unblock(),
        override_settings(PEER_HOST="bench.common.host", PEER_INDEX_DIR=index),
    ):
        try:
            directory = Directory()
            found: Measured = {name: [] for name in TARGETS}
            for size in SIZES:
                directory.grow(**size)
                prepare_planner()
                for name, run in directory.calls().items():
                    assert measure(run).sql  # Once, to fill caches.
                    found[name].append(measure(run))
            yield found
        finally:
            call_command("flush", interactive=False, verbosity=0)
            connection.close()  # With what was set for its planner.


def told(cost: Cost) -> str:
    return "\n".join(cost.statements)


@pytest.mark.parametrize("name", TARGETS)
def test_a_call_stays_within_its_statements(measured: Measured, name: str) -> None:
    for cost in measured[name]:
        assert cost.sql <= TARGETS[name], told(cost)


@pytest.mark.parametrize("name", TARGETS)
def test_a_call_costs_the_same_statements_at_every_size(measured: Measured, name: str) -> None:
    small, large = measured[name]
    assert small.sql == large.sql, told(large)


@pytest.mark.parametrize("name", TARGETS)
def test_a_call_examines_no_more_rows_in_a_larger_course(measured: Measured, name: str) -> None:
    small, large = measured[name]
    assert large.rows <= ROWS_GROWTH * small.rows + SMALL_TABLE, told(large)


@pytest.mark.parametrize("name", TARGETS)
def test_no_call_scans_a_table_or_sorts_in_a_temporary_one(measured: Measured, name: str) -> None:
    for cost in measured[name]:
        assert [fault for fault in cost.faults if not fault.startswith(TWO_ROWS)] == []
