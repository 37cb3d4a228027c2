"""Periodic work as due rows."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.core.management import call_command

from peer_xblock.api import ticking
from peer_xblock.api.ticking import Work, is_late, tick
from peer_xblock.models import Job

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


def run(minutes: float = 0) -> dict[str, str]:
    return tick(now=NOW + timedelta(minutes=minutes), rng=Random(1))


def test_all_work_runs_at_the_first_tick() -> None:
    assert run() == {
        "relay_outbox": "sent 0, dead 0, connections failed 0",
        "blank_sent_events": "blanked 0",
        "purge_removed_posts": "purged 0",
    }


def test_work_runs_again_only_when_it_is_due() -> None:
    run()
    assert run(0.5) == {}
    assert list(run(1)) == ["relay_outbox"]
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
