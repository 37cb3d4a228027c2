"""Periodic work: due rows, claimed with a lease. Nothing in an LMS runs periodically by itself."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db.models import Q

from peer_xblock.domain.ids import new_id
from peer_xblock.models import Job
from peer_xblock.search import catch_up_all

from . import review
from .discussion.answering import retell_threads
from .discussion.retention import purge_removed
from .drafts import purge_drafts
from .files import remove_unused
from .notices import forget_notices, mail_announcements, note_posts, prepare_mails, send_mails
from .pictures import remove_unused_pictures
from .relay import blank_sent, relay_outbox
from .retiring import retire_people

LEASE = timedelta(minutes=10)
LATE = timedelta(minutes=5)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of work: how often, and what it does; it answers with a line for the admin."""

    every_s: int
    run: Callable[[datetime, Random], str]


def _relay(now: datetime, rng: Random) -> str:
    done = relay_outbox(now=now, rng=rng)
    return f"sent {done.sent}, dead {done.dead}, connections failed {done.failed}"


WORK: Mapping[str, Work] = {
    "relay_outbox": Work(60, _relay),
    "blank_sent_events": Work(3600, lambda now, _rng: f"blanked {blank_sent(now=now)}"),
    "retell_threads": Work(60, lambda now, rng: f"told anew {retell_threads(now=now, rng=rng)}"),
    "purge_removed_posts": Work(3600, lambda now, _rng: f"purged {purge_removed(now=now)}"),
    "purge_drafts": Work(3600, lambda now, _rng: f"purged {purge_drafts(now=now)}"),
    "retire_people": Work(60, lambda now, rng: f"unlinked {retire_people(now=now, rng=rng)}"),
    "return_leases": Work(60, lambda now, _rng: f"returned {review.return_expired(now=now)}"),
    "settle_works": Work(60, lambda now, rng: f"settled {review.settle_due(now=now, rng=rng)}"),
    "publish_grades": Work(60, lambda now, _rng: f"published {review.publish_grades(now=now)}"),
    "remove_unused_files": Work(3600, lambda now, _rng: f"removed {remove_unused(now=now)}"),
    "note_posts": Work(60, lambda now, rng: f"notices {note_posts(now=now, rng=rng)}"),
    "mail_announcements": Work(60, lambda now, rng: f"mails {mail_announcements(now=now, rng=rng)}"),
    "prepare_mails": Work(60, lambda now, rng: f"mails {prepare_mails(now=now, rng=rng)}"),
    "send_mails": Work(60, lambda now, rng: f"sent {send_mails(now=now, rng=rng)}"),
    "forget_notices": Work(3600, lambda now, _rng: f"forgot {forget_notices(now=now)}"),
    "remove_unused_pictures": Work(3600, lambda now, _rng: f"removed {remove_unused_pictures(now=now)}"),
    "catch_up_search": Work(60, lambda now, _rng: f"indexes {catch_up_all(now=now)}"),
}


def tick(*, now: datetime, rng: Random) -> dict[str, str]:
    """Run each job that is due and that nobody else is running: its name and its line."""
    _make_rows(now)
    due = Job.objects.filter(name__in=WORK, due_at__lte=now).order_by("due_at", "name")
    return {job.name: _run(job, now=now, rng=rng) for job in due if _take(job, now=now, rng=rng)}


def is_late(job: Job, *, now: datetime) -> bool:
    """Whether a job should have run minutes ago: nobody calls peer_tick."""
    return now - job.due_at > LATE


def _make_rows(now: datetime) -> None:
    known = set(Job.objects.filter(name__in=WORK).values_list("name", flat=True))
    missing = [Job(name=name, every_s=w.every_s, due_at=now) for name, w in WORK.items() if name not in known]
    Job.objects.bulk_create(missing, ignore_conflicts=True)


def _take(job: Job, *, now: datetime, rng: Random) -> bool:
    job.lease = new_id(now, rng)
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    claimed = Job.objects.filter(free, pk=job.pk, due_at__lte=now)
    return claimed.update(lease=job.lease, leased_until=now + LEASE) == 1


def _run(job: Job, *, now: datetime, rng: Random) -> str:
    """Run it; what it raises is noted and logged, and holds up no other job."""
    try:
        line = WORK[job.name].run(now, rng)
    except Exception as error:  # noqa: BLE001  one job's fault must not stop the others
        _log.exception("job %s failed", job.name)
        line = f"failed: {type(error).__name__}"
    Job.objects.filter(pk=job.pk, lease=job.lease).update(
        leased_until=None,
        last_run_at=now,
        last_result=line[:255],
        due_at=now + timedelta(seconds=job.every_s),
    )
    return line
