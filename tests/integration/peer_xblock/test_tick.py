"""Periodic work as due rows."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from peer_xblock.api import ticking
from peer_xblock.api.ticking import Work, is_late, tick
from peer_xblock.management.commands.peer_tick import Command
from peer_xblock.models import Job

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


def run(minutes: float = 0) -> dict[str, str]:
    return tick(now=NOW + timedelta(minutes=minutes), rng=Random(1))


def test_all_work_runs_at_the_first_tick() -> None:
    lines = run()
    assert set(lines) == set(ticking.WORK)
    assert lines["relay_outbox"] == "sent 0, dead 0, connections failed 0"
    assert [line for line in lines.values() if line.startswith("failed")] == []


def test_work_runs_again_only_when_it_is_due() -> None:
    run()
    assert run(0.5) == {}
    assert set(run(1)) == {name for name, work in ticking.WORK.items() if work.every_s == 60}
    assert set(run(60)) == set(ticking.WORK)


def test_a_job_that_somebody_runs_is_left_alone_until_its_lease_ends() -> None:
    run()
    Job.objects.update(due_at=NOW, leased_until=NOW + timedelta(minutes=9))
    assert run(1) == {}
    assert set(run(10)) == set(ticking.WORK)


def test_a_job_that_fails_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_now: datetime, _rng: Random) -> str:
        raise ValueError

    work = {"broken": Work(60, fail), "sound": Work(60, lambda _now, _rng: "done")}
    monkeypatch.setattr(ticking, "WORK", work)
    assert run() == {"broken": "failed: ValueError", "sound": "done"}
    assert Job.objects.get(name="broken").last_result == "failed: ValueError"


def test_a_job_is_late_when_nobody_ticks() -> None:
    run()
    job = Job.objects.get(name="relay_outbox")
    assert not is_late(job, now=NOW + timedelta(minutes=3))
    assert is_late(job, now=NOW + timedelta(minutes=7))


def test_the_command_reports_what_it_ran() -> None:
    out = io.StringIO()
    call_command("peer_tick", stdout=out)
    assert "relay_outbox: sent 0" in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_the_loop_goes_on_after_a_database_that_was_busy(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    rounds = iter([None, None])

    def wait(_seconds: float) -> None:
        if next(rounds, "over") == "over":
            raise KeyboardInterrupt

    def busy(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        raise OperationalError("database is locked")

    monkeypatch.setattr("time.sleep", wait)
    with connection.execute_wrapper(busy), pytest.raises(KeyboardInterrupt):
        Command()._keep_running(0.1)
    assert caplog.text.count("peer_tick goes on after OperationalError") == 2
