"""What a search costs the database: the same statements at 100 and 1,000 threads, and rows of what it looks at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from bench.campus import Campus
from bench.common.counting import Cost, measure, prepare_planner
from bench.searching import TARGETS, calls_of, index_anew

pytestmark = [pytest.mark.django_db, pytest.mark.databases, pytest.mark.slow]
SIZES = (100, 1_000)
# Of some 40 threads with what is joined to them; planners choose among several orders. There are 6,000 rows in all.
ROWS = 800


@pytest.fixture(scope="module")
def measured(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, list[Cost]]]:
    """Costs by call, in a space that grows; all its threads have the words."""
    index = str(tmp_path_factory.mktemp("index"))
    with (
        django_db_blocker.unblock(),
        override_settings(PEER_HOST="bench.common.host", PEER_INDEX_DIR=index),
    ):
        try:
            campus = Campus(responses=2)
            found: dict[str, list[Cost]] = {name: [] for name in TARGETS}
            for size in SIZES:
                campus.grow(size)
                prepare_planner()
                index_anew(campus)
                for name, run in calls_of(campus).items():
                    measure(run)
                    found[name].append(measure(run))
            yield found
        finally:
            call_command("flush", interactive=False, verbosity=0)
            connection.close()


@pytest.mark.parametrize("name", TARGETS)
def test_a_search_stays_within_its_statements_at_every_size(
    measured: dict[str, list[Cost]], name: str
) -> None:
    small, large = measured[name]
    assert small.sql == large.sql <= TARGETS[name], "\n".join(large.statements)
    assert large.rows <= ROWS, "\n".join(large.statements)
    assert large.faults == []
