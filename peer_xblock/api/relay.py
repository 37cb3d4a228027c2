"""Drain the outbox: all due rows of all connections, in signed batches, each row settled by its own result."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from time import monotonic

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q

from peer_xblock.domain.backoff import backoff_s
from peer_xblock.domain.ids import new_id
from peer_xblock.models import Connection, OutboxEvent

from .bridge import BatchTooLarge, BridgeError, Result, send_batch
from .secrets import read_secrets

BATCH = 100
BATCH_BYTES = 1024 * 1024
LEASE_S = 120
BUDGET_S = 50.0
KEEP_BODY = timedelta(days=7)
KEEP_DEAD = timedelta(days=30)

_log = logging.getLogger(__name__)
_SETTLED = {"stored": OutboxEvent.SENT, "duplicate": OutboxEvent.SENT}
_FRAME = len(b'{"events":[]}')


@dataclass(frozen=True, slots=True)
class Relayed:
    """What a run did. failed: connections that took nothing."""

    sent: int = 0
    dead: int = 0
    failed: int = 0

    def plus(self, other: Relayed) -> Relayed:
        """Both together."""
        return Relayed(self.sent + other.sent, self.dead + other.dead, self.failed + other.failed)


def relay_outbox(*, now: datetime, rng: Random, budget_s: float = BUDGET_S) -> Relayed:
    """Send what is due, one connection after the other, until nothing is left or the time is up.

    Safe to run at any time and many times at once: a connection is taken with a lease.
    """
    ends = monotonic() + budget_s
    done = Relayed()
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    due = Q(due_at=None) | Q(due_at__lte=now)
    waiting = OutboxEvent.objects.filter(state=OutboxEvent.WAITING).values("connection")
    for connection in Connection.objects.filter(free, due, is_active=True, pk__in=waiting):
        if monotonic() < ends and _take(connection, now=now, rng=rng):
            done = done.plus(_drain(connection, now=now, rng=rng, ends=ends))
    return done


def blank_sent(*, now: datetime) -> int:
    """Forget the text of events that were sent 7 days ago, or are dead for 30; the hash stays. Returns how many."""
    sent = Q(state=OutboxEvent.SENT, settled_at__lt=now - KEEP_BODY)
    dead = Q(state=OutboxEvent.DEAD, settled_at__lt=now - KEEP_DEAD)
    return OutboxEvent.objects.filter(sent | dead).exclude(body="").update(body="")


def send_again(events: Iterable[int], *, now: datetime) -> int:
    """Put dead letters back among the waiting ones. Returns how many."""
    dead = OutboxEvent.objects.filter(pk__in=events, state=OutboxEvent.DEAD).exclude(body="")
    connections = list(dead.values_list("connection", flat=True))
    count = dead.update(state=OutboxEvent.WAITING, error_code="", error_field="", settled_at=None)
    Connection.objects.filter(pk__in=connections).update(due_at=now)
    return count


def _take(connection: Connection, *, now: datetime, rng: Random) -> bool:
    """Compare and set: whoever changes the row has the lease."""
    connection.lease = new_id(now, rng)
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    taken = Connection.objects.filter(free, pk=connection.pk).update(
        lease=connection.lease, leased_until=now + timedelta(seconds=LEASE_S)
    )
    return taken == 1


def _drain(connection: Connection, *, now: datetime, rng: Random, ends: float) -> Relayed:
    done = Relayed()
    size = BATCH
    try:
        secrets = read_secrets(connection.outgoing_secrets)
        if not secrets:
            raise ImproperlyConfigured("no outgoing secret")
        while monotonic() < ends and (batch := _next_batch(connection, size)):
            try:
                done = done.plus(_send(connection, batch, secrets, now=now, rng=rng))
            except BatchTooLarge:
                if len(batch) == 1:
                    done = done.plus(
                        _settle(batch, [Result(batch[0].event_id, "refused", "too_large", "")], now=now)
                    )
                size = max(len(batch) // 2, 1)
    except (BridgeError, ImproperlyConfigured) as error:
        code = error.code if isinstance(error, BridgeError) else "no_secret"
        _give_up(connection, code, now=now, rng=rng)
        return done.plus(Relayed(failed=1))
    _release(connection, now=now, sent=done.sent > 0)
    return done


def _next_batch(connection: Connection, size: int) -> list[OutboxEvent]:
    """The oldest waiting events, up to the caps."""
    waiting = OutboxEvent.objects.filter(connection=connection, state=OutboxEvent.WAITING).order_by("id")[
        :size
    ]
    batch: list[OutboxEvent] = []
    total = _FRAME
    for event in waiting:
        total += len(event.body.encode()) + 1
        if batch and total > BATCH_BYTES:
            break
        batch.append(event)
    return batch


def _send(
    connection: Connection, batch: Sequence[OutboxEvent], secrets: list[str], *, now: datetime, rng: Random
) -> Relayed:
    body = '{"events":[' + ",".join(event.body for event in batch) + "]}"
    url = f"{connection.bridge_url.rstrip('/')}/v1/{connection.slug}/events"
    return _settle(
        batch, send_batch(url, body, message_id=new_id(now, rng), secrets=secrets, now=now), now=now
    )


def _settle(batch: Sequence[OutboxEvent], results: Sequence[Result], *, now: datetime) -> Relayed:
    """Each row by its own result; what the bridge does not name stays waiting."""
    by_id = {result.id: result for result in results}
    sent = [event.pk for event in batch if (r := by_id.get(event.event_id)) and r.status in _SETTLED]
    OutboxEvent.objects.filter(pk__in=sent).update(state=OutboxEvent.SENT, settled_at=now)
    dead = 0
    for event in batch:
        result = by_id.get(event.event_id)
        if result is None or result.status in _SETTLED:
            continue
        dead += OutboxEvent.objects.filter(pk=event.pk).update(
            state=OutboxEvent.DEAD,
            settled_at=now,
            error_code=(result.code or result.status)[:64],
            error_field=result.field[:64],
        )
    if not sent and not dead:
        raise BridgeError("no_results")
    return Relayed(sent=len(sent), dead=dead)


def _give_up(connection: Connection, code: str, *, now: datetime, rng: Random) -> None:
    failures = connection.failures + 1
    _log.warning("relay to %s failed (%s), try %d", connection.slug, code, failures)
    Connection.objects.filter(pk=connection.pk, lease=connection.lease).update(
        leased_until=None,
        failures=failures,
        last_error=code[:64],
        due_at=now + timedelta(seconds=backoff_s(failures, rng)),
    )


def _release(connection: Connection, *, now: datetime, sent: bool) -> None:
    changes = {"last_sent_at": now} if sent else {}
    Connection.objects.filter(pk=connection.pk, lease=connection.lease).update(
        leased_until=None, failures=0, last_error="", due_at=None, **changes
    )
