"""What each call of a review assignment costs: the same statements and rows at 1,000 and 10,000 works."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from bench.assignment import FILLS, Assignment, Fill, Platform
from bench.common.counting import Cost, measure, prepare_planner
from bench.review import ROWS_TARGET, SQL_TARGET
from bench.review_calls import TARGETS, Calls
from peer_xblock.api.review.ready import rules_of
from peer_xblock.api.review.taking import allocate

pytestmark = [pytest.mark.django_db, pytest.mark.databases, pytest.mark.slow]
SIZES = (1_000, 10_000)
HALF = Fill("mixed", 2, 1, 3)
# PostgreSQL counts the versions that a rolled back change left in an index, until it is vacuumed.
SLACK = 6
Costs = dict[str, list[Cost]]


@pytest.fixture(scope="module")
def platform(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Platform]:
    """People and other courses, committed, so that each engine plans as it would for real data."""
    with django_db_blocker.unblock(), override_settings(PEER_HOST="bench.common.host"):
        try:
            yield Platform(SIZES[-1])
        finally:
            call_command("flush", interactive=False, verbosity=0)
            connection.close()  # With what was set for its planner.


@pytest.fixture(scope="module")
def measured(platform: Platform, django_db_blocker: DjangoDbBlocker) -> Costs:
    """Every call, in an assignment of each size: both are there, since no table of a real LMS has a thousand rows."""
    found: Costs = {name: [] for name in TARGETS}
    with django_db_blocker.unblock():
        both = [Calls(Assignment(platform, size, HALF, with_reviews=True)) for size in SIZES]
        prepare_planner()
        for calls in both:
            for name, run in calls.all().items():
                assert measure(run).sql  # Once, to fill caches.
                found[name].append(measure(run))
    return found


@pytest.fixture(scope="module")
def allocated(platform: Platform, django_db_blocker: DjangoDbBlocker) -> Costs:
    """Finding and leasing the next work, at each fill in an assignment of each size."""
    found: Costs = {fill.name: [] for fill in FILLS}
    with django_db_blocker.unblock():
        for size in SIZES:
            for fill in FILLS:
                assignment = Assignment(platform, size, fill)
                prepare_planner()
                visit = assignment.unit(assignment.reader).block._enter()
                rules = rules_of(visit)
                found[fill.name].append(measure(lambda v=visit, r=rules: allocate(v, r)))  # type: ignore[misc]  # bound now
    return found


def told(cost: Cost) -> str:
    return "\n".join(cost.statements)


@pytest.mark.parametrize("name", TARGETS)
def test_a_call_stays_within_its_statements(measured: Costs, name: str) -> None:
    for cost in measured[name]:
        assert cost.sql <= TARGETS[name], told(cost)


@pytest.mark.parametrize("name", TARGETS)
def test_a_call_costs_the_same_statements_at_every_size(measured: Costs, name: str) -> None:
    small, large = measured[name]
    assert small.sql == large.sql, told(large)


@pytest.mark.parametrize("name", TARGETS)
def test_a_call_examines_the_same_rows_at_every_size(measured: Costs, name: str) -> None:
    small, large = measured[name]
    assert abs(small.rows - large.rows) <= SLACK, told(large)


@pytest.mark.parametrize("name", TARGETS)
def test_no_call_scans_a_table_or_sorts_in_a_temporary_one(measured: Costs, name: str) -> None:
    for cost in measured[name]:
        assert cost.faults == []


@pytest.mark.parametrize("fill", [fill.name for fill in FILLS])
def test_the_next_work_is_found_within_five_statements_and_twenty_rows(allocated: Costs, fill: str) -> None:
    for cost in allocated[fill]:
        assert cost.sql <= SQL_TARGET, told(cost)
        assert cost.rows <= ROWS_TARGET, told(cost)
        assert cost.faults == []
