"""The pytest runs that `make test` and `make test-fast` are made of, and what their reports add up to."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

SUITES = {"peer": "tests.settings", "bridge": "tests.settings_bridge"}
SERVERS = ("postgres", "mysql")
WORKERS = 2
NO_TESTS = 5  # pytest's exit status


@dataclass(frozen=True, slots=True)
class Run:
    """One pytest call: the suite's settings, the markers it selects, the database engine it needs.

    spread: how its WORKERS processes, each with a database of its own, share the tests: one by one (load), or a file
    at a time, so that what a file prepares is prepared once (loadfile).
    is_measured: with coverage, which costs half as much again; the other runs repeat code or drive pages.
    """

    name: str
    phase: str
    settings: str
    markers: str
    engine: str = "sqlite"
    spread: str = "load"
    is_measured: bool = False

    def command(self, python: str, report: Path) -> list[str]:
        measured = ["--cov", "--cov-report=", "--cov-fail-under=0"] if self.is_measured else []
        selected = ["--ds", self.settings, "-m", self.markers, "-n", str(WORKERS), "--dist", self.spread]
        reported = [f"--junitxml={report}", "-o", "junit_family=xunit1"]
        return [python, "-m", "pytest", "-q", *selected, *measured, *reported, "tests"]


def plan(*, fast: bool) -> list[Run]:
    """Every run in order. Tests marked `databases` run on SQLite with the rest, then on each server."""
    if fast:
        return [_unit_run(suite, "not browser and not slow") for suite in SUITES]
    runs = [_unit_run(suite, "not browser", is_measured=True) for suite in SUITES]
    for engine in SERVERS:
        for suite, settings in SUITES.items():
            markers = "databases and not browser"
            runs.append(Run(f"{suite} on {engine}", "databases", settings, markers, engine, "loadfile"))
    runs.append(Run("browser tests", "browser", SUITES["peer"], "browser", spread="loadfile"))
    return runs


def _unit_run(suite: str, markers: str, *, is_measured: bool = False) -> Run:
    settings = SUITES[suite]
    return Run(f"{suite} tests", "unit", settings, markers, is_measured=is_measured)


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
