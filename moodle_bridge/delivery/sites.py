"""The Moodles of a tenant: connecting, finding out how to write, and remembering when one is away."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random
from typing import TypeAlias

import requests

from moodle_bridge.delivery.backoff import backoff
from moodle_bridge.keys import Undecryptable
from moodle_bridge.models import Mode, MoodleSite
from moodle_bridge.moodle.client import UPSERT_POSTS, MoodleClient
from moodle_bridge.moodle.errors import MoodleError, RetryLater, Stop, Transient

logger = logging.getLogger(__name__)

Connect: TypeAlias = Callable[[MoodleSite, requests.Session], MoodleClient]


def connect(site: MoodleSite, session: requests.Session) -> MoodleClient:
    """A client with the site's own token and patience. Raises Stop when the stored token cannot be read."""
    try:
        token = site.get_token()
    except Undecryptable as exc:
        raise Stop("tokenunreadable") from exc
    return MoodleClient(site.base_url, token, timeout_s=site.timeout_s, session=session)


@contextmanager
def open_session() -> Iterator[requests.Session]:
    """Connections that are kept for one round of delivery."""
    with requests.Session() as session:
        yield session


def find_mode(site: MoodleSite, client: MoodleClient) -> str:
    """The way to write, "plugin" or "core"; asks Moodle once if the site is to find out. Raises MoodleError."""
    if site.mode != Mode.AUTO:
        return site.mode
    if not site.mode_found:
        info = client.get_site_info()
        site.mode_found = Mode.PLUGIN if UPSERT_POSTS in info.functions else Mode.CORE
        site.release = info.release[:100]
        site.service_user_id = info.user_id
        site.save(update_fields=["mode_found", "release", "service_user_id"])
    return site.mode_found


def note_success(site: MoodleSite, *, now: datetime) -> None:
    """The site answered."""
    site.failures = 0
    site.retry_at = None
    site.succeeded_at = now
    MoodleSite.objects.filter(pk=site.pk).update(failures=0, retry_at=None, succeeded_at=now)


def note_failure(site: MoodleSite, error: MoodleError, *, now: datetime, rng: Random) -> None:
    """Keep away from a site that is away, and stop one that an administrator must mend."""
    if isinstance(error, Stop):
        site.stop_code = error.code[:100]
        site.stopped_at = now
        site.save(update_fields=["stop_code", "stopped_at"])
        logger.error("site %s stopped: %s", site.pk, error)
    elif isinstance(error, Transient):
        site.failures += 1
        wait = backoff(site.failures, rng=rng)
        site.retry_at = now + wait
        if isinstance(error, RetryLater):
            site.retry_at = now + max(wait, timedelta(seconds=error.retry_after_s))
        site.save(update_fields=["failures", "retry_at"])
        logger.warning("site %s is away (%s), try %s", site.pk, error, site.failures)
