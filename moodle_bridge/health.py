"""How the bridge is: alive (it answers and reaches its database) and useful (events get through)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import DatabaseError
from django.db.models import Count, Min, Q, QuerySet

from moodle_bridge.models import Heartbeat, InboundLine, InboundPost, InboxEvent, Lane, MoodleSite, State

LOOP_LATE: Final = timedelta(seconds=120)
LANE_LATE: Final = timedelta(minutes=10)
READ_LATE: Final = timedelta(minutes=10)
FAILURES: Final = 3


@dataclass(frozen=True, slots=True)
class Health:
    """Ages in seconds, None when there is nothing to measure. problems: what keeps it from being useful.

    last_read_age_s: of the Moodle whose changes were not read for the longest time. inbound_pending, inbound_dead:
    what Moodles told and the LMS has not, and has refused. reconcile_age_s: since the last nightly comparison.
    """

    is_alive: bool
    is_useful: bool
    problems: tuple[str, ...] = ()
    last_round_age_s: float | None = None
    oldest_due_age_s: float | None = None
    pending: int = 0
    held: int = 0
    dead: int = 0
    last_read_age_s: float | None = None
    inbound_pending: int = 0
    inbound_dead: int = 0
    reconcile_age_s: float | None = None


def beat(name: str, *, now: datetime) -> None:
    """A loop went round."""
    Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": now})


def measure(*, now: datetime) -> Health:
    """Reads only; a database that does not answer is a result, not an error."""
    try:
        return _measure(now)
    except DatabaseError:
        return Health(is_alive=False, is_useful=False, problems=("database",))


def _measure(now: datetime) -> Health:
    beat_at = Heartbeat.objects.filter(name="delivery").values_list("beat_at", flat=True).first()
    oldest = Lane.objects.filter(due_at__lte=now).aggregate(oldest=Min("due_at"))["oldest"]
    counts = InboxEvent.objects.aggregate(
        pending=Count("pk", filter=Q(state__in=[State.PENDING, State.WAITING])),
        held=Count("pk", filter=Q(state=State.HELD)),
        dead=Count("pk", filter=Q(state=State.DEAD)),
    )
    problems = []
    if beat_at is None or beat_at + LOOP_LATE < now:
        problems.append("delivery is not running")
    if oldest is not None and oldest + LANE_LATE < now:
        problems.append("events are overdue")
    stopped = MoodleSite.objects.exclude(stop_code="").order_by("pk").values_list("pk", "stop_code")
    problems += [f"site {pk} is stopped: {code}" for pk, code in stopped]
    away = MoodleSite.objects.filter(failures__gte=3, stop_code="", is_paused=False).order_by("pk")
    problems += [f"site {pk} is away" for pk in away.values_list("pk", flat=True)]
    lines = list(_lines())
    problems += _problems_of_lines(lines, now)
    reads = [line.read_at for line in lines if line.read_at is not None]
    back = InboundPost.objects.aggregate(
        pending=Count("pk", filter=Q(state__in=[State.PENDING, State.WAITING])),
        dead=Count("pk", filter=Q(state=State.DEAD)),
    )
    compared_at = Heartbeat.objects.filter(name="reconcile").values_list("beat_at", flat=True).first()
    return Health(
        is_alive=True,
        is_useful=not problems,
        problems=tuple(problems),
        last_round_age_s=None if beat_at is None else (now - beat_at).total_seconds(),
        oldest_due_age_s=None if oldest is None else (now - oldest).total_seconds(),
        pending=counts["pending"],
        held=counts["held"],
        dead=counts["dead"],
        last_read_age_s=(now - min(reads)).total_seconds() if reads else None,
        inbound_pending=back["pending"],
        inbound_dead=back["dead"],
        reconcile_age_s=None if compared_at is None else (now - compared_at).total_seconds(),
    )


def _lines() -> QuerySet[InboundLine]:
    """The ways back that are open: to an LMS, from a Moodle that is neither paused nor stopped."""
    lines = InboundLine.objects.filter(
        site__tenant__is_active=True, site__is_paused=False, site__stop_code=""
    )
    return lines.exclude(site__tenant__lms_url="").order_by("site_id")


def _problems_of_lines(lines: Iterable[InboundLine], now: datetime) -> Iterator[str]:
    for line in lines:
        if line.failures >= FAILURES:
            yield f"the way back of site {line.site_id} fails: {line.cause}"
        elif line.due_at + READ_LATE < now and (line.read_at is None or line.read_at + READ_LATE < now):
            yield f"the way back of site {line.site_id} is not read"
