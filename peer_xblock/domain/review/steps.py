"""What comes next for a learner, and when: hand in, review, read. Never silence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial

from .activity import Activity, Dates


class Why(StrEnum):
    """Why nobody's work can be had now."""

    SUBMIT_FIRST = "submit_first"
    ALL_GIVEN = "all_given"
    NOT_OPEN = "not_open"
    CLOSED = "closed"
    NONE_WAITING = "none_waiting"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. at: when it was done, or when it opens or closes. done, total: works, reviews given, reviews had."""

    name: str
    state: str
    at: datetime | None
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Where one learner stands. has_next: whether some work could be had for review."""

    submitted_at: datetime | None = None
    gave: int = 0
    gave_at: datetime | None = None
    received: int = 0
    settled_at: datetime | None = None
    has_lease: bool = False
    has_next: bool = True


def steps_of(activity: Activity, mine: Progress, now: datetime) -> tuple[Step, ...]:
    """The three steps, in order."""
    return (
        _submit(activity.dates, mine, now),
        _review(activity, mine, now),
        _read(activity, mine, now),
    )


def may_read(activity: Activity, mine: Progress, now: datetime) -> bool:
    """Whether the reviews of one's own work are open: once one has given one's own, or nobody can any more."""
    if mine.submitted_at is None:
        return False
    return mine.gave >= activity.to_give or mine.settled_at is not None or activity.dates.has_closed(now)


def why_waiting(activity: Activity, mine: Progress, now: datetime) -> tuple[Why, datetime | None] | None:
    """Why no work can be had now, and until when; None when one can."""
    dates = activity.dates
    if mine.gave >= activity.to_give:
        return Why.ALL_GIVEN, None
    if dates.has_closed(now):
        return Why.CLOSED, dates.reviews_due
    if mine.submitted_at is None:
        why = Why.SUBMIT_FIRST if dates.takes_submissions(now) else Why.CLOSED
        return why, _first(dates.submissions_due, dates.reviews_due)
    if not dates.has_opened(now):
        return Why.NOT_OPEN, dates.reviews_open
    if not mine.has_lease and not mine.has_next:
        return Why.NONE_WAITING, None
    return None


def _submit(dates: Dates, mine: Progress, now: datetime) -> Step:
    closes = _first(dates.submissions_due, dates.reviews_due)
    if mine.submitted_at is not None:
        return Step("submit", "done", mine.submitted_at, 1, 1)
    return Step("submit", "current" if dates.takes_submissions(now) else "missed", closes, 0, 1)


def _review(activity: Activity, mine: Progress, now: datetime) -> Step:
    dates = activity.dates
    step = partial(_step, "review", mine.gave, activity.to_give)
    if mine.gave >= activity.to_give:
        return step("done", mine.gave_at)
    if dates.has_closed(now) or (mine.submitted_at is None and not dates.takes_submissions(now)):
        return step("missed", dates.reviews_due)
    if mine.submitted_at is None or not dates.has_opened(now):
        return step("upcoming", dates.reviews_open)
    if not mine.has_lease and not mine.has_next:
        return step("waiting", None)
    return step("current", dates.reviews_due)


def _read(activity: Activity, mine: Progress, now: datetime) -> Step:
    step = partial(_step, "read", mine.received, activity.wanted)
    if mine.settled_at is not None:
        return step("done", mine.settled_at)
    if mine.submitted_at is None:
        return step("upcoming" if activity.dates.takes_submissions(now) else "missed", None)
    if not may_read(activity, mine, now):
        return step("upcoming", None)
    return step("current" if mine.received else "waiting", activity.dates.reviews_due)


def _step(name: str, done: int, total: int, state: str, at: datetime | None) -> Step:
    return Step(name, state, at, min(done, total), total)


def _first(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)
