"""What an administrator does with events that did not get through: send them again, or let them be."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from moodle_bridge.inbox import RETENTION
from moodle_bridge.models import REPLAYABLE_STATES, InboundLine, InboundPost, InboxEvent, Lane, State, Tenant
from moodle_bridge.nudge import nudge_on_commit


@transaction.atomic
def replay(events: QuerySet[InboxEvent], *, now: datetime) -> int:
    """Put refused, held, waiting and withheld events back on their way; how many there were.

    An event whose text was blanked meanwhile cannot be sent again and stays.
    """
    chosen = events.filter(state__in=REPLAYABLE_STATES, lane__isnull=False).exclude(body="")
    rows = list(chosen.values_list("pk", "lane_id"))
    InboxEvent.objects.filter(pk__in=[pk for pk, _ in rows]).update(
        state=State.PENDING, cause="", retry_at=None, settled_at=None, blank_at=None
    )
    lanes = Lane.objects.filter(pk__in={lane for _, lane in rows if lane})
    lanes.update(due_at=now, attempts=0, first_failed_at=None)
    nudge_on_commit()
    return len(rows)


@transaction.atomic
def dismiss(events: QuerySet[InboxEvent], *, now: datetime) -> int:
    """Settle refused, held and waiting events without Moodle; how many there were. Their texts go in 7 days."""
    stuck = events.filter(state__in=[State.DEAD, State.HELD, State.WAITING])
    return stuck.update(state=State.DISMISSED, settled_at=now, blank_at=now + RETENTION, retry_at=None)


def replay_inbound(posts: QuerySet[InboundPost], *, now: datetime) -> int:
    """Put posts from Moodle that were refused or withheld back on their way to the LMS; how many there were."""
    chosen = posts.filter(state__in=(State.DEAD, State.WITHHELD, State.WAITING)).exclude(body="")
    count = chosen.update(
        state=State.PENDING,
        cause="",
        attempts=0,
        received_at=now,
        retry_at=None,
        settled_at=None,
        blank_at=None,
    )
    InboundLine.objects.filter(lease_until=None).update(due_at=now)
    return count


def dismiss_inbound(posts: QuerySet[InboundPost], *, now: datetime) -> int:
    """Settle refused and waiting ones without the LMS; how many there were. Their texts go in 7 days."""
    stuck = posts.filter(state__in=(State.DEAD, State.WAITING))
    return stuck.update(state=State.DISMISSED, settled_at=now, blank_at=now + RETENTION, retry_at=None)


def replay_held(tenant: Tenant, *, now: datetime) -> int:
    """After people were linked: look again at everything that is held for them."""
    return replay(InboxEvent.objects.filter(tenant=tenant, state=State.HELD), now=now)
