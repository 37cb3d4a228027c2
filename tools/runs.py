"""The pytest runs that `make test` and `make test-fast` are made of, and what their reports add up to."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

SUITES = {"peer": "tests.settings", "bridge": "tests.settings_bridge"}
FOLDERS_OF_BRIDGE = "moodle_bridge"  # tests/*/moodle_bridge, as tests/conftest.py has it
ENGINES = ("sqlite", "postgres", "mysql")
TESTS = Path(__file__).resolve().parent.parent / "tests"
NO_TESTS = 5  # pytest's exit status


@dataclass(frozen=True, slots=True)
class Run:
    """One pytest call: the suite's settings, the markers it selects, the database engine it needs.

    paths: the folders or files that are read; to read them all takes longer than to run a few of them.
    spread: how its workers, each a process with a database of its own, share the tests: one by one (load), or a file
    at a time, so that what a file prepares is prepared once (loadfile).
    workers: one for each of two cores, and a third where they wait for other processes.
    is_measured: with coverage, which costs half as much again; the other runs repeat code or drive pages.

    On SQLite the tables are made from the models at once; the servers, the wheel and the campus run the migrations, and
    `make lint` holds them against the models.
    """

    name: str
    phase: str
    settings: str
    markers: str
    paths: tuple[str, ...] = ("tests",)
    engine: str = "sqlite"
    spread: str = "load"
    workers: int = 2
    is_measured: bool = False

    def command(self, python: str, report: Path) -> list[str]:
        measured = ["--cov", "--cov-report=", "--cov-fail-under=0"] if self.is_measured else []
        selected = ["--ds", self.settings, "-m", self.markers, "-n", str(self.workers), "--dist", self.spread]
        tables = ["--no-migrations"] if self.engine == "sqlite" else []
        reported = [f"--junitxml={report}", "-o", "junit_family=xunit1"]
        return [python, "-m", "pytest", "-q", *selected, *tables, *measured, *reported, *self.paths]


def plan(*, fast: bool) -> list[Run]:
    """Every run in order. What is marked `databases` runs on each engine; `slow` and `browser` by themselves."""
    if fast:
        return [_unit_run(suite, "not browser and not slow") for suite in SUITES]
    runs = [
        _unit_run(suite, "not browser and not databases and not slow", is_measured=True) for suite in SUITES
    ]
    runs += [_marked_run(suite, "slow", "not browser and not databases") for suite in SUITES]
    runs += [_marked_run(suite, "databases", "not browser", engine) for engine in ENGINES for suite in SUITES]
    runs.append(
        Run("browser tests", "browser", SUITES["peer"], "browser", ("tests/browser",), spread="loadfile")
    )
    return runs


def _unit_run(suite: str, markers: str, *, is_measured: bool = False) -> Run:
    paths = tuple(f"tests/{folder.name}" for folder in sorted(TESTS.iterdir()) if _is_read(folder))
    return Run(f"{suite} tests", "unit", SUITES[suite], markers, paths, is_measured=is_measured)


def _is_read(folder: Path) -> bool:
    return folder.is_dir() and folder.name != "browser" and any(folder.rglob("test_*.py"))


def _marked_run(suite: str, marker: str, others: str, engine: str | None = None) -> Run:
    name, phase = (f"{suite} on {engine}", marker) if engine else (f"{suite} {marker} tests", "unit")
    markers, paths = f"{marker} and {others}", marked(marker, suite)
    if engine:
        return Run(name, phase, SUITES[suite], markers, paths, engine, "loadfile")
    return Run(name, phase, SUITES[suite], markers, paths, spread="loadfile", workers=3, is_measured=True)


def marked(marker: str, suite: str) -> tuple[str, ...]:
    """The suite's files that name the marker."""
    files = (path.relative_to(TESTS.parent) for path in sorted(TESTS.rglob("test_*.py")))
    ours = (path for path in files if (FOLDERS_OF_BRIDGE in path.parts) == (suite == "bridge"))
    return tuple(str(path) for path in ours if f"mark.{marker}" in (TESTS.parent / path).read_text())


@dataclass(slots=True)
class Totals:
    """What the runs came to. durations: (seconds, run, test). skipped: (what, reason)."""

    passed: int = 0
    failed: list[str] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    durations: list[tuple[float, str, str]] = field(default_factory=list)

    def add_report(self, run: str, report: Path) -> None:
        """Read one JUnit file. A missing or broken one counts as a failure: the run ended before its end."""
        try:
            cases = list(ET.parse(report).iter("testcase"))
        except (OSError, ET.ParseError):
            self.failed.append(f"{run}: ended without a report")
            return
        for case in cases:
            self._add_case(run, case)

    def _add_case(self, run: str, case: ET.Element) -> None:
        name = f"{case.get('file') or case.get('classname')}::{case.get('name')}"
        self.durations.append((float(case.get("time", "0")), run, name))
        skip = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            self.failed.append(f"{run}: {name}")
        elif skip is not None and skip.get("type") != "pytest.xfail":
            self.skipped.append((f"{run}: {name}", skip.get("message", "")))
        else:
            self.passed += 1

    def slowest(self, count: int) -> list[tuple[float, str, str]]:
        return sorted(self.durations, reverse=True)[:count]

    def closing_line(self) -> str:
        """Alone on the last line, for people and for what reads logs."""
        return f"tests: {self.passed} passed, {len(self.failed)} failed, {len(self.skipped)} skipped"


def skipped_by_reason(skipped: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The tests that were skipped under each reason, in the order met."""
    grouped: dict[str, list[str]] = {}
    for name, reason in skipped:
        grouped.setdefault(reason, []).append(name)
    return grouped
