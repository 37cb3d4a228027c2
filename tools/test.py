"""Runs the tests: `python -m tools.test all|fast`, after tools.bootstrap made the environment.

all: lint, the unit, integration and contract tests of each package, those marked `databases` once more on a
private PostgreSQL and a private MariaDB, the browser tests, the oldest supported Django and XBlock, and the
coverage floor. fast: the tests that need no server and no browser, in under a minute.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from tools import floor, matrix, servers
from tools.runs import NO_TESTS, Run, Totals, plan, skipped_by_reason

ROOT = Path(__file__).resolve().parent.parent
SLOWEST = 20
FAST_LIMIT_S = 60
STEP_TIMEOUT_S = 1200  # what hangs is ended and named, long before whoever waits for the whole gives up
TIMED_OUT = 124


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds on the clock, and of processors: on a machine that does other things too only the latter compare."""

    passed: float = 0.0
    worked: float = 0.0

    @classmethod
    def now(cls) -> Times:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return cls(time.monotonic(), children.ru_utime + children.ru_stime)

    def __add__(self, other: Times) -> Times:
        return Times(self.passed + other.passed, self.worked + other.worked)

    def __sub__(self, other: Times) -> Times:
        return Times(self.passed - other.passed, self.worked - other.worked)


@dataclass(slots=True)
class Session:
    """One call of this program: its reports, its times, and whether anything failed.

    times: of each phase, the seconds that passed and those that processors worked on it.
    """

    folder: Path
    fast: bool
    totals: Totals = field(default_factory=Totals)
    times: dict[str, Times] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Add the time that passes inside to the phase's."""
        started = Times.now()
        try:
            yield
        finally:
            self.times[name] = self.times.get(name, Times()) + (Times.now() - started)

    def step(self, name: str, command: list[str], environment: dict[str, str] | None = None) -> int:
        """Run a command with its output shown; returns its exit status, TIMED_OUT when it hung."""
        print(f"\n=== {name}", flush=True)
        variables = {**os.environ, **(environment or {})}
        try:
            done = subprocess.run(command, cwd=ROOT, env=variables, check=False, timeout=STEP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            print(f"not done after {STEP_TIMEOUT_S} s: ended")
            return TIMED_OUT
        return done.returncode

    def check(self, name: str, command: list[str]) -> None:
        """Run a command whose failure fails the whole."""
        if self.step(name, command) != 0:
            self.broken.append(name)


def run_pytest(session: Session, run: Run, environment: dict[str, str]) -> None:
    """One pytest process; its report is added to the totals."""
    report = session.folder / f"{run.name.replace(' ', '-')}.xml"
    covered = {"COVERAGE_FILE": str(session.folder / f".coverage.{report.stem}")}
    command = run.command(sys.executable, report)
    status = session.step(run.name, command, {**environment, **covered})
    session.totals.add_report(run.name, report)
    if status == NO_TESTS:
        session.broken.append(f"{run.name}: no test was found")
    elif status != 0:
        session.broken.append(run.name)


def run_tests(session: Session) -> None:
    """The planned runs, grouped so that each server is started once."""
    with ExitStack() as stack:
        engine, environment = "sqlite", {"PEER_TEST_DB": "sqlite"}
        for run in plan(fast=session.fast):
            if run.engine != "sqlite" and not servers.is_there(run.engine):
                session.totals.skipped.append((run.name, f"no {servers.PROGRAMS[run.engine]}"))
                continue
            with session.phase(run.phase):
                if run.engine != engine:
                    stack.close()
                    engine, environment = run.engine, stack.enter_context(servers.database(run.engine))
                run_pytest(session, run, environment)


def run_frontend(session: Session) -> None:
    """The front end's plain modules, by Node's own test runner."""
    with session.phase("unit"):
        session.check("front-end tests", [sys.executable, "-m", "tools.frontend", "test"])


def run_oldest(session: Session) -> None:
    """The oldest Django and XBlock that are supported, where Python 3.11 is there to run them."""
    python = matrix.find_python(matrix.python_version(matrix.OLDEST))
    if python is None:
        session.totals.skipped.append((matrix.OLDEST, "no Python 3.11"))
        return
    report = session.folder / "oldest.xml"
    options = [f"--junitxml={report}", "-o", "junit_family=xunit1"]
    if session.step(matrix.OLDEST, matrix.command(matrix.OLDEST, options), matrix.search_path(python)) != 0:
        session.broken.append(matrix.OLDEST)
    session.totals.add_report(matrix.OLDEST, report)


def report_coverage(session: Session) -> None:
    """Put the runs' data together and hold it against the floor, which itself may only rise."""
    data = {"COVERAGE_FILE": str(session.folder / "combined")}
    coverage = [sys.executable, "-m", "coverage"]
    files = [str(path) for path in session.folder.glob(".coverage.*")]
    session.step("coverage", [*coverage, "combine", "--quiet", *files], data)
    if session.step("coverage report", [*coverage, "report"], data) != 0:
        session.broken.append("coverage")
    session.broken += floor.problems(ROOT)


def print_summary(session: Session) -> None:
    """The slowest tests, the time of each phase, what was skipped and why, what failed."""
    totals = session.totals
    print(f"\n=== the {SLOWEST} slowest tests")
    for seconds, run, name in totals.slowest(SLOWEST):
        print(f"{seconds:8.2f} s  {name}  ({run})")
    print("\n=== time")
    whole = Times()
    for name, times in session.times.items():
        print(f"{times.passed:8.1f} s  {times.worked:8.1f} s of CPU  {name}")
        whole += times
    print(f"{whole.passed:8.1f} s  {whole.worked:8.1f} s of CPU  all")
    for reason, names in skipped_by_reason(totals.skipped).items():
        print(f"\nskipped, {reason}:", *names, sep="\n  ")
    for name in totals.failed:
        print(f"FAILED {name}")
    for name in session.broken:
        print(f"BROKEN {name}")
    if session.fast and whole.passed > FAST_LIMIT_S:
        print(f"slower than the {FAST_LIMIT_S} s that it promises: mark the slowest `slow`")
    print(totals.closing_line(), flush=True)


def run_all(session: Session) -> None:
    with session.phase("lint"):
        session.check("lint", [sys.executable, "-m", "tools.lint"])
    run_frontend(session)
    run_tests(session)
    with session.phase("oldest versions"):
        run_oldest(session)
    with session.phase("coverage"):
        report_coverage(session)


def _exit_on_sigterm(_number: int, _frame: FrameType | None) -> None:
    """So that the servers are stopped as on Ctrl-C."""
    sys.exit(128 + signal.SIGTERM)


def main(arguments: list[str]) -> int:
    """0 when everything passed and, under REQUIRE_ALL=1, nothing was skipped."""
    if arguments not in (["all"], ["fast"]):
        print("usage: python -m tools.test all|fast", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, _exit_on_sigterm)
    # A shell starts what runs in the background with Ctrl-C ignored, and all that we start would inherit it:
    # the campus is ended by exactly that signal.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="peer-test-") as name:
        session = Session(Path(name), fast=arguments == ["fast"])
        if session.fast:
            run_frontend(session)
            run_tests(session)
        else:
            run_all(session)
        if os.environ.get("REQUIRE_ALL") and session.totals.skipped:
            session.broken.append("REQUIRE_ALL=1 and something was skipped")
        print_summary(session)
    return 1 if session.broken or session.totals.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
