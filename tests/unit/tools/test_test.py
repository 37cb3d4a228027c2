"""One step of a test run: its status, its time, and what its failure does."""

import sys
from pathlib import Path

import pytest

from tools import test
from tools.test import Session


def test_step_returns_the_status_and_gets_its_environment(tmp_path: Path) -> None:
    session = Session(tmp_path, fast=True)
    command = [sys.executable, "-c", "import os; raise SystemExit(int(os.environ['STATUS']))"]
    assert session.step("a step", command, {"STATUS": "7"}) == 7


def test_step_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(test, "STEP_TIMEOUT_S", 0.2)
    hanging = [sys.executable, "-c", "import time; time.sleep(60)"]
    assert Session(tmp_path, fast=True).step("hangs", hanging) == test.TIMED_OUT


def test_failed_check_breaks_the_whole(tmp_path: Path) -> None:
    session = Session(tmp_path, fast=True)
    session.check("good", [sys.executable, "-c", ""])
    session.check("bad", [sys.executable, "-c", "raise SystemExit(1)"])
    assert session.broken == ["bad"]


def test_times_of_a_phase_add_up(tmp_path: Path) -> None:
    session = Session(tmp_path, fast=True)
    for _ in range(2):
        with session.phase("unit"):
            session.step("works", [sys.executable, "-c", "sum(range(1_000_000))"])
    assert list(session.times) == ["unit"]
    assert session.times["unit"].passed > 0
    assert session.times["unit"].worked > 0


def test_unknown_run_is_a_usage_error() -> None:
    assert test.main(["some"]) == 2
