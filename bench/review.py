"""Peer review: what it costs to find the next work, what 32 callers at once do to it, who is left when many leave.

`python -m bench.review [QUICK]`, on the engine that PEER_TEST_DB names, as `make bench-review DB=postgres QUICK=1`
runs it. Finding and leasing the next of 1,000, 10,000 and 100,000 works at several fills; rounds of 32 callers at once
(on servers; SQLite has one writer); a page of the team's overview; grading; terms in which 40 or 50 % never review.
Beside each figure stand its target and what ORA2 7.1.1 of Open edX took for the same on MariaDB: rows compare,
milliseconds only hint.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from random import Random
from statistics import mean

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()

from django.db import connection
from django.test import override_settings

from peer_xblock.api.review.ready import rules_of
from peer_xblock.api.review.taking import allocate
from peer_xblock.domain.review.grading import Given, grade_of, points_of
from peer_xblock.domain.review.reading import Faults
from peer_xblock.domain.review.rubric import read_rubric

from .assignment import FILLS, Assignment, Platform
from .common.counting import measure, prepare_planner
from .common.cpu import cpu_ms
from .common.judging import Row, json_line, table
from .dropout import Outcome, Term
from .race import run_race
from .review_calls import TARGETS as CALLS

SIZES = (1_000, 10_000, 100_000)
ENGINES = {"sqlite": "sqlite", "postgresql": "postgres", "mysql": "mariadb"}
SQL_TARGET, ROWS_TARGET = 5, 20
OVERVIEW_MS, OVERVIEW_PEER_MS = 200, 6700
SQL_PEER = 12
ROWS_PEER = {"half": 0.5, "most": 1.0, "full": 2.0}
CPU_PEER = {"half": 57.0, "most": 152.0, "full": 755.0}
LEAVING = ((0.4, 5), (0.5, 5), (0.4, 3))
UNSEEN_PEER = {(0.4, 5): 0.46, (0.5, 5): 17.7, (0.4, 3): 40.3}
FIRST_PEER = {(0.4, 5): 29.0, (0.5, 5): 58.0, (0.4, 3): 132.0}


def allocation_rows(assignment: Assignment, *, times: int) -> Iterator[Row]:
    """Statements, rows and CPU of finding and leasing the next work."""
    size, fill = assignment.works, assignment.fill.name
    visit = assignment.unit(assignment.reader).block._enter()  # noqa: SLF001  as its handler enters
    rules = rules_of(visit)

    def take() -> None:
        if not allocate(visit, rules):
            raise RuntimeError("there was a work to be had")

    name = f"allocate_{size // 1000}k_{fill}_{ENGINES[connection.vendor]}"
    cost = measure(take)
    yield Row(f"{name}_sql", cost.sql, "sql", SQL_TARGET, SQL_PEER)
    if connection.vendor == "sqlite":
        yield Row(f"{name}_scans", len(cost.faults), "scans", 0)
    else:
        peer = ROWS_PEER.get(fill)
        yield Row(f"{name}_rows", cost.rows, "rows", ROWS_TARGET, None if peer is None else peer * size)
    cpu = round(cpu_ms(take, times=times), 2)
    yield Row(f"{name}_cpu", cpu, "ms", None, CPU_PEER.get(fill) if size == SIZES[-1] else None)


def overview_rows(assignment: Assignment, *, times: int) -> Iterator[Row]:
    """A page of the team's overview, as its handler answers it."""
    team = assignment.unit(assignment.reader, is_staff=True)

    def oversee() -> None:
        status, _page = team.call("oversee", filter="reviewed")
        if status != 200:
            raise RuntimeError(f"oversee: {status}")

    name = f"oversee_{assignment.works // 1000}k_{ENGINES[connection.vendor]}"
    cost = measure(oversee)
    yield Row(f"{name}_sql", cost.sql, "sql", CALLS["oversee_waiting"])
    cpu = round(cpu_ms(oversee, times=times), 2)
    yield Row(
        f"{name}_cpu", cpu, "ms", OVERVIEW_MS, OVERVIEW_PEER_MS if assignment.works == SIZES[-1] else None
    )


def grading_row(*, works: int) -> Row:
    """Grading works of five reviews under four criteria, by their medians."""
    faults = Faults()
    criteria = [
        {
            "id": f"c{n}",
            "name": "Criterion",
            "weight": 25,
            "options": [{"name": "x", "points": p} for p in range(5)],
        }
        for n in range(4)
    ]
    rubric, rng = read_rubric(criteria, faults), Random(5)
    scores = [{f"c{n}": f"o{rng.randint(1, 5)}" for n in range(4)} for _ in range(5 * works)]
    given = [Given(one, points_of(rubric, one)) for one in scores]
    started = time.process_time()
    for place in range(works):
        grade_of(rubric, given[5 * place : 5 * place + 5])
    return Row(f"grade_{works // 1000}k_works", round(time.process_time() - started, 2), "s", 10)


def race_rows(platform: Platform) -> Iterator[Row]:
    """Leases above what is wanted while a work still wants one, after each round of 32 callers at once."""
    engine = ENGINES[connection.vendor]
    for number, after in enumerate(run_race(platform), start=1):
        name = f"race_32_round{number}_{engine}"
        yield Row(f"{name}_leases", after.leases, "leases", 32 * number, better="higher")
        yield Row(f"{name}_above_wanted", min(after.above, after.wanting), "leases", 0)


def dropout_rows(*, terms: int, learners: int) -> Iterator[Row]:
    """Shares in percent, times in hours, over several terms. The rest: what the supply of reviews allows."""
    for leaving, to_give in LEAVING:
        played = [_play(leaving, to_give, seed, learners) for seed in range(terms)]
        name = f"dropout_{leaving:.0%}_give{to_give}".replace("%", "")
        unseen = round(100 * mean(term.unseen for term in played), 3)
        yield Row(f"{name}_unseen", unseen, "%", 0, UNSEEN_PEER[leaving, to_give])
        if to_give == 5:
            short = round(100 * mean(term.short for term in played), 3)
            yield Row(f"{name}_reviewers_short", short, "%", 0 if leaving == 0.4 else 0.1)
        first = round(mean(term.first_h[0] for term in played), 2)
        target = 1 if (leaving, to_give) == (0.4, 5) else None
        yield Row(f"{name}_first_p50", first, "h", target, FIRST_PEER[leaving, to_give])
        late = round(mean(term.first_h[1] for term in played), 1)
        yield Row(f"{name}_first_p95", late, "h", 8 if to_give == 5 else None)


def _play(leaving: float, to_give: int, seed: int, learners: int) -> Outcome:
    return Term(learners=learners, leaving=leaving, wanted=3, to_give=to_give, seed=seed).play()


def run(*, quick: bool) -> list[Row]:
    """All rows, on a database of its own that is removed afterwards."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        platform, rows = Platform(SIZES[-1]), list[Row]()
        for size in SIZES:
            fills = [fill for fill in FILLS if not quick or size < SIZES[-1] or fill.name in ("none", "full")]
            for fill in fills:
                assignment = Assignment(platform, size, fill)
                prepare_planner()
                rows += allocation_rows(assignment, times=5 if quick else 40)
            rows += overview_rows(assignment, times=5 if quick else 40)
        rows.append(grading_row(works=10_000))
        rows += dropout_rows(terms=1 if quick else 20, learners=1_000)
        return rows + (list(race_rows(platform)) if connection.vendor != "sqlite" else [])
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def main(arguments: list[str]) -> int:
    """0 whatever the figures are: they are reported, not gated. 2 for an unknown argument."""
    if arguments not in ([], ["QUICK"]):
        print("usage: python -m bench.review [QUICK]", file=sys.stderr)
        return 2
    with override_settings(PEER_HOST="bench.common.host"):
        rows = run(quick=arguments == ["QUICK"])
    print(table(rows))
    print(json_line("review", rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
