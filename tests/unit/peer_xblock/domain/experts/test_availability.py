"""When somebody can be asked."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from peer_xblock.domain.experts.availability import Availability, Taking, availability_of, week_start

TUESDAY = datetime(2026, 11, 24, 8, tzinfo=UTC)


def of(limit: int | None = None, asked: int = 0, away: date | None = None) -> Availability:
    return availability_of(weekly_limit=limit, asked=asked, away_until=away, now=TUESDAY)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (of(), Availability(Taking.OPEN, None, None)),
        (of(asked=90), Availability(Taking.OPEN, None, None)),
        (of(3, 1), Availability(Taking.OPEN, None, 2)),
        (of(3, 3), Availability(Taking.FULL, date(2026, 11, 30), 0)),
        (of(3, 4), Availability(Taking.FULL, date(2026, 11, 30), 0)),
        (of(3, 3, date(2026, 12, 2)), Availability(Taking.LATER, date(2026, 12, 2), None)),
        (of(away=date(2026, 11, 24)), Availability(Taking.OPEN, None, None)),
    ],
)
def test_away_then_full_then_open(found: Availability, expected: Availability) -> None:
    assert found == expected


@pytest.mark.parametrize("day", range(23, 30))
def test_a_week_begins_on_monday(day: int) -> None:
    assert week_start(datetime(2026, 11, day, 23, 59, tzinfo=UTC)) == datetime(2026, 11, 23, tzinfo=UTC)
