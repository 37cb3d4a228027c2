"""From claimed lanes to jobs: which events to deliver, with what is known of their posts."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeVar

from moodle_bridge.delivery.claiming import Lease
from moodle_bridge.delivery.lanes import Arrived, Pending, Plan, Seen, may_have_gap, plan_lane
from moodle_bridge.events import PostEvent, parse_post
from moodle_bridge.models import InboxEvent, Lane, LedgerEntry, Presence, State, Tenant

CHUNK: Final = 500
"""Values in one IN list, for databases that cap them."""

Key = TypeVar("Key", int, str)

MAX_PENDING: Final = 5_000
"""Events of one lane that are looked at in one round."""


@dataclass(slots=True)
class Job:
    """One event to bring to Moodle, with everything that is known of its post.

    obsolete: ids of older events of the post, settled with it. entry: its ledger row, None at first sight.
    cause: why it waited or was held the last time, "" at first.
    """

    lane: Lane
    event_id: int
    event: PostEvent
    obsolete: tuple[int, ...]
    entry: LedgerEntry | None
    cause: str = ""


@dataclass(slots=True)
class LaneWork:
    """A claimed lane's plan, and its jobs in order."""

    lane: Lane
    plan: Plan
    jobs: list[Job] = field(default_factory=list)


@dataclass(slots=True)
class Work:
    """A round's lanes, and the ledger rows of their posts and of the posts that these answer."""

    lanes: list[LaneWork]
    ledger: dict[str, LedgerEntry]

    @property
    def jobs(self) -> list[Job]:
        return [job for lane in self.lanes for job in lane.jobs]


def load_work(tenant: Tenant, lease: Lease, *, now: datetime, limit: int) -> Work:
    """Plan every lane, with at most `limit` jobs in all; a lane for which nothing is left has an empty plan."""
    pending = _pending([lane.pk for lane in lease.lanes])
    ledger = _ledger(tenant, {p.subject for events in pending.values() for p in events})
    work = Work([], ledger)
    left = limit
    for lane in lease.lanes:
        events = pending[lane.pk]
        seen = {p.subject: _seen(ledger[p.subject]) for p in events if p.subject in ledger}
        arrived = _arrived(lane) if may_have_gap(events, lane.sequence) else None
        plan = plan_lane(events, seen=seen, sequence=lane.sequence, arrived=arrived, now=now, limit=left)
        work.lanes.append(LaneWork(lane, plan))
        left -= len(plan.steps)
    _load_jobs(work)
    parents = {job.event.post.parent for job in work.jobs} - {"", *ledger}
    ledger.update(_ledger(tenant, parents))
    return work


def _seen(entry: LedgerEntry) -> Seen:
    """What was withheld is decided anew whenever it comes again: maps may have changed."""
    is_withheld = entry.presence == Presence.WITHHELD
    return Seen(entry.revision - 1 if is_withheld else entry.revision, entry.is_erased)


def _pending(lane_ids: Sequence[int]) -> dict[int, list[Pending]]:
    columns = ("lane_id", "id", "subject", "number", "revision", "is_erased", "received_at")
    rows = InboxEvent.objects.filter(lane_id__in=lane_ids, state=State.PENDING).order_by(
        "lane_id", "revision", "id"
    )
    found: dict[int, list[Pending]] = defaultdict(list)
    for lane_id, *values in rows.values_list(*columns).iterator():
        if lane_id is not None and len(found[lane_id]) < MAX_PENDING:
            found[lane_id].append(Pending(*values))
    return found


def _arrived(lane: Lane) -> Arrived:
    rows = InboxEvent.objects.filter(lane=lane).values_list("number", "revision")
    pairs = list(rows.iterator())
    return Arrived(frozenset(n for n, _ in pairs), frozenset(r for _, r in pairs))


def _ledger(tenant: Tenant, subjects: Collection[str]) -> dict[str, LedgerEntry]:
    """By tenant, not by lane: a post that moved to another thread keeps its copy."""
    rows = LedgerEntry.objects.select_related("site").filter(tenant=tenant)
    return {
        entry.external_id: entry
        for chunk in _chunks(sorted(subjects))
        for entry in rows.filter(external_id__in=chunk)
    }


def _load_jobs(work: Work) -> None:
    ids = [step.event_id for lane in work.lanes for step in lane.plan.steps]
    stored: dict[int, InboxEvent] = {}
    for chunk in _chunks(ids):
        stored.update(InboxEvent.objects.only("body", "cause").in_bulk(chunk))
    for lane in work.lanes:
        for step in lane.plan.steps:
            row = stored[step.event_id]
            event = parse_post(json.loads(row.body))
            entry = work.ledger.get(event.post.id)
            lane.jobs.append(Job(lane.lane, row.pk, event, step.obsolete, entry, row.cause))


def _chunks(items: Sequence[Key]) -> Iterator[Sequence[Key]]:
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))
