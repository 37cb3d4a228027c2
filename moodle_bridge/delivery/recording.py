"""Writing down what is about to be done and what was done: ledger, inbox, lanes, counters."""

import hashlib
import logging
from collections import Counter as Tally
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from random import Random
from typing import Final

from django.db import transaction
from django.db.models import F

from moodle_bridge.delivery.backoff import backoff
from moodle_bridge.delivery.claiming import INTERNAL, Lease, lock_held
from moodle_bridge.delivery.deciding import Planned
from moodle_bridge.delivery.outcomes import Copy, Outcome, again, dead
from moodle_bridge.delivery.work import Job, LaneWork, Work
from moodle_bridge.inbox import RETENTION
from moodle_bridge.models import Counter, InboxEvent, Lane, LedgerEntry, MoodleSite, Presence, State, Tenant
from moodle_bridge.moodle.types import Item

logger = logging.getLogger(__name__)

MAX_ATTEMPTS: Final = 12
INTENT_FIELDS: Final = ["site", "forum_id", "user_id", "presence", "sent_revision", "content_hash", "sent_at"]
SETTLED: Final = frozenset({State.APPLIED, State.WITHHELD, State.SUPERSEDED})
REPLACEABLE: Final = (State.PENDING, State.WAITING, State.HELD, State.DEAD)


def hash_content(item: Item) -> str:
    """The hash that the plugin's digest gives for the same post."""
    text = f"{item.subject}\0{item.message}\0{item.messageformat}"
    return hashlib.sha256(text.encode()).hexdigest()


def write_intents(
    planned: Sequence[Planned], ledger: dict[str, LedgerEntry], site: MoodleSite, *, mode: str, now: datetime
) -> None:
    """Note in the ledger what will be sent, before it is: a lost answer must not hide that a copy may exist."""
    new: list[LedgerEntry] = []
    known: list[LedgerEntry] = []
    for plan in planned:
        entry = ledger.get(plan.job.event.post.id)
        if entry is None:
            entry = ledger[plan.job.event.post.id] = _new_entry(plan.job)
            new.append(entry)
        else:
            known.append(entry)
        plan.job.entry = entry
        _intend(entry, plan, site, now=now)
    with transaction.atomic():
        LedgerEntry.objects.bulk_create(new)
        LedgerEntry.objects.bulk_update(known, INTENT_FIELDS)
        lanes = {plan.job.lane.pk for plan in planned if not plan.job.lane.path}
        Lane.objects.filter(pk__in=lanes, path="").update(path=mode)


def _new_entry(job: Job) -> LedgerEntry:
    post = job.event.post
    return LedgerEntry(
        tenant_id=job.lane.tenant_id,
        lane=job.lane,
        external_id=post.id,
        number=post.number,
        parent=post.parent,
        presence=Presence.WITHHELD,
    )


def _intend(entry: LedgerEntry, plan: Planned, site: MoodleSite, *, now: datetime) -> None:
    item = plan.item
    entry.site = site
    entry.forum_id = item.forumid
    entry.user_id = item.userid
    entry.sent_revision = max(entry.sent_revision, item.revision)
    entry.content_hash = hash_content(item)
    entry.sent_at = now
    if entry.presence != Presence.PRESENT:
        entry.presence = Presence.SENDING


@transaction.atomic
def record(
    tenant: Tenant, lease: Lease, work: Work, outcomes: Mapping[int, Outcome], *, now: datetime, rng: Random
) -> int:
    """Write every outcome and give the lanes back; how many events were settled.

    Lanes that were lost to another worker are left to it. A job without an outcome stays pending.
    """
    held = {lane.pk: lane for lane in lock_held(lease)}
    tally: Tally[str] = Tally()
    settled = 0
    for lane_work in work.lanes:
        lane = held.get(lane_work.lane.pk)
        if lane is None:
            logger.warning("lane %s was lost to another worker", lane_work.lane.pk)
            continue
        results = _give_up(lane, lane_work.jobs, outcomes)
        settled += _settle_events(lane_work, results, now=now)
        _write_copies(lane_work.jobs, work.ledger, results, now=now)
        _release(lane, lane_work, results, now=now, rng=rng)
        tally.update(_counters(lane_work.jobs, results))
    _count(tenant, tally)
    return settled


def _give_up(lane: Lane, jobs: Sequence[Job], outcomes: Mapping[int, Outcome]) -> dict[int, Outcome]:
    """The lane's outcomes; its first fault becomes a dead letter after enough tries while the site was well."""
    results = {job.event_id: outcomes[job.event_id] for job in jobs if job.event_id in outcomes}
    first = next((e for e, o in results.items() if o.state == State.PENDING), None)
    if first is None or not results[first].is_fault or lane.attempts + 1 < MAX_ATTEMPTS:
        return results
    job = next(job for job in jobs if job.event_id == first)
    site = job.entry.site if job.entry else None
    is_site_well = site is None or (
        site.succeeded_at is not None
        and (lane.first_failed_at is None or site.succeeded_at > lane.first_failed_at)
    )
    if is_site_well:
        results[first] = dead(f"gaveup:{results[first].cause}")
    return results


def _settle_events(lane_work: LaneWork, results: Mapping[int, Outcome], *, now: datetime) -> int:
    obsolete = set(lane_work.plan.obsolete)
    rows: list[InboxEvent] = []
    for job in lane_work.jobs:
        outcome = results.get(job.event_id)
        if outcome is None or outcome.state == State.PENDING:
            continue
        row = InboxEvent(
            pk=job.event_id, state=outcome.state, cause=outcome.cause[:100], retry_at=outcome.retry_at
        )
        if outcome.state in SETTLED:
            row.settled_at = now
            row.blank_at = now + RETENTION
        rows.append(row)
        obsolete |= set(job.obsolete)
        _replace_older(job, now=now)
    InboxEvent.objects.bulk_update(rows, ["state", "cause", "retry_at", "settled_at", "blank_at"])
    _supersede(obsolete, now=now)
    return len(rows) + len(obsolete)


def _replace_older(job: Job, *, now: datetime) -> None:
    """Older events of a post say nothing that this one does not; an erasure takes their texts along."""
    mine = InboxEvent.objects.filter(tenant_id=job.lane.tenant_id, subject=job.event.post.id).exclude(
        pk=job.event_id
    )
    stuck = mine.filter(state__in=REPLACEABLE, revision__lt=job.event.revision)
    stuck.update(state=State.SUPERSEDED, settled_at=now, blank_at=now + RETENTION, retry_at=None)
    if job.event.post.is_erased:
        mine.exclude(body="").update(body="", blank_at=None)


def _supersede(ids: Collection[int], *, now: datetime) -> None:
    rows = InboxEvent.objects.filter(pk__in=ids).exclude(state=State.SUPERSEDED)
    rows.update(state=State.SUPERSEDED, settled_at=now, blank_at=now + RETENTION, retry_at=None)


def _write_copies(
    jobs: Sequence[Job], ledger: dict[str, LedgerEntry], results: Mapping[int, Outcome], *, now: datetime
) -> None:
    new: list[LedgerEntry] = []
    changed: list[LedgerEntry] = []
    for job in jobs:
        outcome = results.get(job.event_id)
        if outcome is None or outcome.copy is None:
            continue
        entry = ledger.get(job.event.post.id)
        if entry is None:
            entry = ledger[job.event.post.id] = _new_entry(job)
            new.append(entry)
        else:
            changed.append(entry)
        _learn(entry, job, outcome.copy, now=now)
    LedgerEntry.objects.bulk_create(new)
    fields = ["lane", "discussion_id", "post_id", "presence", "revision", "is_erased", "delivered_at"]
    LedgerEntry.objects.bulk_update(changed, fields)


def _learn(entry: LedgerEntry, job: Job, copy: Copy, *, now: datetime) -> None:
    entry.lane = job.lane
    entry.revision = copy.revision
    entry.is_erased = entry.is_erased or job.event.post.is_erased
    if copy.presence == Presence.WITHHELD:
        return
    entry.presence = copy.presence
    entry.discussion_id = copy.discussion_id
    entry.post_id = copy.post_id
    entry.delivered_at = now


def _release(
    lane: Lane, lane_work: LaneWork, results: Mapping[int, Outcome], *, now: datetime, rng: Random
) -> None:
    """Give the lane back: asleep when nothing is pending, else due now, or when its wait is over."""
    if any(o.copy is not None and o.copy.post_id is not None for o in results.values()):
        waiting = InboxEvent.objects.filter(lane=lane, state=State.WAITING)
        waiting.update(state=State.PENDING, retry_at=None)
    failed = next((o for o in results.values() if o.state == State.PENDING), None)
    lane.lease_token = ""
    lane.lease_until = None
    if failed is not None:
        _postpone(lane, failed, now=now, rng=rng)
    else:
        lane.sequence = max(lane.sequence, lane_work.plan.sequence)
        lane.holes += lane_work.plan.holes
        lane.attempts = 0
        lane.first_failed_at = None
        lane.cause = "hole" if lane_work.plan.wait_until else ""
        is_pending = InboxEvent.objects.filter(lane=lane, state=State.PENDING).exists()
        lane.due_at = (lane_work.plan.wait_until or now) if is_pending else None
    lane.save(
        update_fields=[
            "lease_token",
            "lease_until",
            "sequence",
            "holes",
            "attempts",
            "first_failed_at",
            "cause",
            "due_at",
        ]
    )


def _postpone(lane: Lane, failed: Outcome, *, now: datetime, rng: Random) -> None:
    lane.cause = failed.cause[:100]
    if failed.is_fault or failed.retry_at is None:
        lane.attempts += 1
        lane.first_failed_at = lane.first_failed_at or now
    lane.due_at = failed.retry_at or now + backoff(lane.attempts, rng=rng)


@transaction.atomic
def abandon(lease: Lease, *, now: datetime, rng: Random) -> None:
    """Give lanes back after a fault of our own; one that keeps failing alone loses its first event to it."""
    for lane in lock_held(lease):
        if lane.attempts + 1 >= MAX_ATTEMPTS and len(lease.lanes) == 1:
            first = (
                InboxEvent.objects.filter(lane=lane, state=State.PENDING).order_by("revision", "id").first()
            )
            if first is not None:
                InboxEvent.objects.filter(pk=first.pk).update(state=State.DEAD, cause=INTERNAL)
        _postpone(lane, again(INTERNAL, is_fault=True), now=now, rng=rng)
        lane.lease_token = ""
        lane.lease_until = None
        lane.save(
            update_fields=["lease_token", "lease_until", "attempts", "first_failed_at", "cause", "due_at"]
        )


def _counters(jobs: Sequence[Job], results: Mapping[int, Outcome]) -> Iterator[str]:
    """What to count; an event that is still held for the same reason was counted when that began."""
    for job in jobs:
        outcome = results.get(job.event_id)
        if outcome is not None and not (outcome.state == State.HELD and outcome.cause == job.cause):
            yield from outcome.counters


def _count(tenant: Tenant, tally: Mapping[str, int]) -> None:
    for name, times in sorted(tally.items()):
        if Counter.objects.filter(tenant=tenant, name=name).update(value=F("value") + times):
            continue
        Counter.objects.bulk_create([Counter(tenant=tenant, name=name)], ignore_conflicts=True)
        Counter.objects.filter(tenant=tenant, name=name).update(value=F("value") + times)
