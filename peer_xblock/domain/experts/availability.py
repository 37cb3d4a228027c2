"""When somebody takes questions: away, full for the week, or with places left. Days are days of UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum


class Taking(StrEnum):
    """Whether a person takes questions now."""

    OPEN = "open"
    LATER = "later"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Availability:
    """since: from when they take questions again, None when they do now. left: free places of this week, if counted."""

    state: Taking
    since: date | None
    left: int | None

    @property
    def is_open(self) -> bool:
        """Whether they can be asked now."""
        return self.state is Taking.OPEN


def week_start(now: datetime) -> datetime:
    """Monday, midnight: when the places of a week are free again."""
    today = now.astimezone(UTC).date()
    return datetime.combine(today - timedelta(days=today.weekday()), time(), tzinfo=UTC)


def availability_of(
    *, weekly_limit: int | None, asked: int, away_until: date | None, now: datetime
) -> Availability:
    """asked: questions of this week that were not passed on. away_until: the first day back."""
    if away_until is not None and now.astimezone(UTC).date() < away_until:
        return Availability(Taking.LATER, away_until, None)
    if weekly_limit is None:
        return Availability(Taking.OPEN, None, None)
    left = max(weekly_limit - asked, 0)
    if left:
        return Availability(Taking.OPEN, None, left)
    return Availability(Taking.FULL, (week_start(now) + timedelta(days=7)).date(), 0)
