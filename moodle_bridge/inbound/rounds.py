"""One round of the way back: claim a Moodle's line, read what is new, send it, and give the line back."""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Final

from django.db import DatabaseError
from django.db.models import Q
from django.utils import timezone

from moodle_bridge.delivery.backoff import backoff
from moodle_bridge.delivery.sites import Connect, connect, find_mode, open_session
from moodle_bridge.inbound.lms import LmsError
from moodle_bridge.inbound.reading import LeaseLost, read_changes
from moodle_bridge.inbound.sending import give_back, send_pending
from moodle_bridge.keys import Undecryptable
from moodle_bridge.models import InboundLine, Mode, MoodleSite
from moodle_bridge.moodle.errors import MoodleError, Refused

logger = logging.getLogger(__name__)

LOOK_EVERY: Final = timedelta(seconds=5)
LEASE: Final = timedelta(seconds=180)
"""Longer than the pages of a round and one batch; who is killed loses the line after it."""


@dataclass(slots=True)
class Tools:
    """What a round needs from outside: the time, chance, and a way to connect."""

    clock: Callable[[], datetime] = timezone.now
    rng: Random = field(default_factory=Random)
    connect: Connect = connect


def bring_back(tools: Tools) -> int:
    """One round for each Moodle that is due; how many revisions were read or settled."""
    now = tools.clock()
    _make_lines(now)
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    due = InboundLine.objects.filter(free, due_at__lte=now, site__tenant__is_active=True)
    lines = due.exclude(site__tenant__lms_url="").select_related("site__tenant").order_by("due_at", "id")
    return sum(_round(line, tools) for line in lines if _claim(line, now=now))


def _make_lines(now: datetime) -> None:
    """A line for each Moodle of a tenant whose LMS takes something back."""
    sites = MoodleSite.objects.filter(line__isnull=True).exclude(tenant__lms_url="")
    lines = [InboundLine(site=site, due_at=now) for site in sites]
    if lines:
        InboundLine.objects.bulk_create(lines, ignore_conflicts=True)


def _claim(line: InboundLine, *, now: datetime) -> bool:
    """Compare and set: whoever changes the row has the lease."""
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    line.lease_token = uuid.uuid4().hex
    claimed = InboundLine.objects.filter(free, pk=line.pk, due_at__lte=now)
    return claimed.update(lease_token=line.lease_token, lease_until=now + LEASE) == 1


def _round(line: InboundLine, tools: Tools) -> int:
    now, done = tools.clock(), 0
    try:
        done = _read(line, tools, now=now)
        done += send_pending(line.site, line.site.tenant, now=now, rng=tools.rng)
        _release(line, due_at=now if done else now + LOOK_EVERY, failures=0, cause="")
    except LeaseLost:
        logger.warning("the way back of site %s was taken over", line.site_id)
    except (MoodleError, LmsError) as error:
        _fail(line, error.code, tools)
    except Undecryptable:
        _fail(line, "lmssecret", tools)
    except DatabaseError as error:
        logger.warning(
            "the database broke off the way back of site %s: %s", line.site_id, type(error).__name__
        )
    except Exception:
        # A fault of ours with one Moodle must not stop the others.
        logger.exception("the way back of site %s failed", line.site_id)
        _fail(line, "internal", tools)
    return done


def _read(line: InboundLine, tools: Tools, *, now: datetime) -> int:
    """Nothing is read from a Moodle that is paused, stopped or away, nor from one without the plugin."""
    site = line.site
    if not site.is_open(now):
        return 0
    with open_session() as session:
        client = tools.connect(site, session)
        if find_mode(site, client) != Mode.PLUGIN:
            raise Refused("pluginmissing")
        if site.service_user_id is None:
            site.service_user_id = client.get_site_info().user_id
            site.save(update_fields=["service_user_id"])
        return read_changes(line, client, now=now) + give_back(site, site.tenant, client, now=now)


def _fail(line: InboundLine, code: str, tools: Tools) -> None:
    now = tools.clock()
    logger.warning("the way back of site %s: %s, try %s", line.site_id, code, line.failures + 1)
    wait = backoff(line.failures + 1, rng=tools.rng)
    _release(line, due_at=now + wait, failures=line.failures + 1, cause=code)


def _release(line: InboundLine, *, due_at: datetime, failures: int, cause: str) -> None:
    held = InboundLine.objects.filter(pk=line.pk, lease_token=line.lease_token)
    held.update(lease_token="", lease_until=None, due_at=due_at, failures=failures, cause=cause[:100])
