"""What has to be done now and then: forgetting texts in time, and another look at what waits."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from moodle_bridge.models import InboundPost, InboxEvent, Lane, State
from moodle_bridge.nudge import nudge_on_commit

CHUNK: Final = 1_000
STEP: Final = timedelta(minutes=5)
"""How often housekeeping is due."""


def run(*, now: datetime) -> None:
    """All of it; safe to run in several processes at once."""
    blank_bodies(now=now)
    InboundPost.objects.filter(blank_at__lte=now).update(body="", blank_at=None)
    wake_waiting(now=now)


def blank_bodies(*, now: datetime) -> int:
    """Blank the bodies of events settled 7 days ago; their hash stays, so that a repeat is still recognised."""
    total = 0
    while True:
        due = InboxEvent.objects.filter(blank_at__lte=now).order_by("blank_at")
        ids = list(due.values_list("pk", flat=True)[:CHUNK])
        if not ids:
            return total
        total += InboxEvent.objects.filter(pk__in=ids).update(body="", blank_at=None)


@transaction.atomic
def wake_waiting(*, now: datetime) -> int:
    """Put events whose wait is over back on their way."""
    waiting = InboxEvent.objects.filter(state__in=[State.WAITING, State.HELD], retry_at__lte=now)
    rows = list(waiting.values_list("pk", "lane_id")[:CHUNK])
    if not rows:
        return 0
    InboxEvent.objects.filter(pk__in=[pk for pk, _ in rows]).update(state=State.PENDING, retry_at=None)
    Lane.objects.filter(pk__in={lane for _, lane in rows if lane}).update(due_at=now)
    nudge_on_commit()
    return len(rows)
