"""Storing what arrives: each event once, whatever happens, and one answer for each."""

import logging
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import OperationalError, connection, transaction

from moodle_bridge.events import POST_TYPE, Envelope, Invalid, PostEvent, parse_envelope, parse_post
from moodle_bridge.models import InboxEvent, Lane, State, Tenant
from moodle_bridge.nudge import nudge_on_commit

logger = logging.getLogger(__name__)

DEADLOCK_TRIES: Final = 3
RETENTION: Final = timedelta(days=7)
"""How long the body of a settled event is kept."""


@dataclass(frozen=True, slots=True)
class Result:
    """The answer for one event. status: stored, duplicate, conflict or refused (then code and field)."""

    id: str
    status: str
    code: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class _Arrival:
    envelope: Envelope
    post: PostEvent | None


def store(tenant: Tenant, events: Sequence[Any], *, now: datetime) -> list[Result]:
    """Insert each event once and commit; results in the order of `events`.

    A known id with the same content is a `duplicate`, with another content a `conflict`; neither changes
    anything. The number of statements does not grow with the batch.
    """
    answers: list[Result | None] = [None] * len(events)
    arrivals: dict[str, _Arrival] = {}
    repeats: list[tuple[int, Envelope]] = []
    for index, event in enumerate(events):
        try:
            arrival = _parse(event, tenant.slug)
        except Invalid as invalid:
            answers[index] = Result(_shown_id(event), "refused", invalid.code, invalid.field)
            continue
        repeats.append((index, arrival.envelope))
        arrivals.setdefault(arrival.envelope.id, arrival)
    stored = _insert(tenant, list(arrivals.values()), now=now)
    seen: set[str] = set()
    for index, envelope in repeats:
        body_hash, is_new = stored[envelope.id]
        answers[index] = _answer(envelope, body_hash, is_new=is_new and envelope.id not in seen)
        seen.add(envelope.id)
    return [answer for answer in answers if answer is not None]


def _answer(envelope: Envelope, body_hash: str, *, is_new: bool) -> Result:
    if envelope.body_hash != body_hash:
        return Result(envelope.id, "conflict", "conflict", "id")
    return Result(envelope.id, "stored" if is_new else "duplicate")


def _parse(event: Any, slug: str) -> _Arrival:
    envelope = parse_envelope(event, tenant=slug)
    if envelope.type != POST_TYPE:
        return _Arrival(envelope, None)
    return _Arrival(envelope, parse_post(event))


def _shown_id(event: Any) -> str:
    """The id that a refused event gave, as far as it can be shown."""
    value = event.get("id") if isinstance(event, Mapping) else None
    return value[:64].encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _insert(tenant: Tenant, arrivals: list[_Arrival], *, now: datetime) -> dict[str, tuple[str, bool]]:
    """Event id -> (hash that is stored, True when this call stored it)."""
    if not arrivals:
        return {}
    _make_lanes(tenant, [a.post for a in arrivals if a.post is not None])
    attempt = 1
    while True:
        try:
            return _insert_once(tenant, arrivals, now=now)
        except OperationalError:
            if attempt == DEADLOCK_TRIES or connection.in_atomic_block:
                raise
        logger.info("two batches met in the database: once more")
        attempt += 1


@transaction.atomic
def _insert_once(tenant: Tenant, arrivals: list[_Arrival], *, now: datetime) -> dict[str, tuple[str, bool]]:
    """The row of a concurrent twin is told from ours by the receipt, so that a lost race is a duplicate.

    Lanes are locked first, as by a worker that puts one to sleep: it sees our events, or we wake the lane after it.
    """
    receipt = uuid.uuid4().hex
    lanes = _lock_lanes(tenant, [a.post for a in arrivals if a.post is not None])
    rows = [_row(tenant, a, lanes, receipt=receipt, now=now) for a in arrivals]
    InboxEvent.objects.bulk_create(rows, ignore_conflicts=True)
    found = InboxEvent.objects.filter(tenant=tenant, event_id__in=[a.envelope.id for a in arrivals])
    stored = {e: (h, r == receipt) for e, h, r in found.values_list("event_id", "body_hash", "receipt")}
    fresh = {lanes[a.post.thread.id].pk for a in arrivals if a.post and stored[a.envelope.id][1]}
    if fresh:
        Lane.objects.filter(pk__in=fresh).update(due_at=now)
        nudge_on_commit()
    return stored


def _make_lanes(tenant: Tenant, posts: list[PostEvent]) -> None:
    """A lane for each new thread, committed by itself: an empty lane harms nobody, a lock held for it would."""
    contexts = {post.thread.id: post.space.context for post in posts}
    known = set(Lane.objects.filter(tenant=tenant, thread__in=contexts).values_list("thread", flat=True))
    missing = [
        Lane(tenant=tenant, thread=t, context=c) for t, c in sorted(contexts.items()) if t not in known
    ]
    if missing:
        Lane.objects.bulk_create(missing, ignore_conflicts=True)


def _lock_lanes(tenant: Tenant, posts: list[PostEvent]) -> dict[str, Lane]:
    """The lanes of these posts' threads, locked by key in one order until the commit."""
    threads = {post.thread.id for post in posts}
    ids = list(Lane.objects.filter(tenant=tenant, thread__in=threads).values_list("pk", flat=True))
    locked = Lane.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    return {lane.thread: lane for lane in locked}


def _row(
    tenant: Tenant, arrival: _Arrival, lanes: Mapping[str, Lane], *, receipt: str, now: datetime
) -> InboxEvent:
    envelope, post = arrival.envelope, arrival.post
    row = InboxEvent(
        tenant=tenant,
        event_id=envelope.id,
        type=envelope.type,
        subject=envelope.subject,
        body=envelope.body,
        body_hash=envelope.body_hash,
        receipt=receipt,
        received_at=now,
    )
    if post is None:
        row.state = State.KEPT
        row.cause = "unknowntype"
        return row
    row.lane = lanes[post.thread.id]
    row.number = post.post.number
    row.revision = post.revision
    row.is_erased = post.post.is_erased
    return row
