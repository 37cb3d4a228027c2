"""Reading a Moodle's changes: each revision is stored once, in the transaction that moves the cursor."""

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Max

from moodle_bridge.models import InboundLine, InboundPost, SpaceMap
from moodle_bridge.moodle.client import MoodleClient
from moodle_bridge.moodle.types import Change, ChangePage

logger = logging.getLogger(__name__)

MARGIN: Final = timedelta(minutes=2)
PAGES: Final = 10
"""So many pages a round, so that what was read is sent in between."""


def read_changes(line: InboundLine, client: MoodleClient, *, now: datetime) -> int:
    """Read on from the cursor; how many revisions were new. Raises MoodleError; what was stored stays."""
    forums = SpaceMap.objects.filter(course__site=line.site_id).values_list("forum_id", flat=True)
    forum_ids = sorted(set(forums))
    if not forum_ids:
        return 0
    new = 0
    for _ in range(PAGES):
        page = client.get_changes(line.cursor, forum_ids)
        new += _store(line, page, now=now)
        if not page.more:
            break
    return new


@transaction.atomic
def _store(line: InboundLine, page: ChangePage, *, now: datetime) -> int:
    """Only while the lease is still ours: whoever took it over reads from the cursor that is stored."""
    changes: Sequence[Change] = page.changes
    if page.restarted:
        changes = _begin_anew(line, changes)
    held = InboundLine.objects.select_for_update().filter(pk=line.pk, lease_token=line.lease_token)
    if not held.update(cursor=page.cursor, offset=line.offset, read_at=now):
        raise LeaseLost
    line.cursor, line.read_at = page.cursor, now
    ids = {change.postid for change in changes}
    known = set(
        InboundPost.objects.filter(site=line.site_id, post_id__in=ids).values_list("post_id", "revision")
    )
    rows = [
        InboundPost(
            site_id=line.site_id,
            post_id=change.postid,
            revision=change.id + line.offset,
            forum_id=change.forumid,
            discussion_id=change.discussionid,
            is_gone=change.deleted or change.inforumid not in (0, change.forumid),
            is_offer=bool(change.externalid),
            body=json.dumps(asdict(change), ensure_ascii=False),
            received_at=now,
        )
        for change in changes
        if (change.postid, change.id + line.offset) not in known
    ]
    InboundPost.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _begin_anew(line: InboundLine, changes: Sequence[Change]) -> list[Change]:
    """Moodle counts from an earlier number again: what it tells now must outrank what it told before.

    What people did to copies before the last look was offered then.
    """
    newest = InboundPost.objects.filter(site=line.site_id).aggregate(newest=Max("revision"))["newest"]
    line.offset = newest or 0
    before = 0.0 if line.read_at is None else (line.read_at - MARGIN).timestamp()
    logger.warning(
        "site %s was restored from a backup: its changes are read from the beginning", line.site_id
    )
    return [change for change in changes if not change.externalid or change.noted >= before]


class LeaseLost(Exception):
    """Another worker holds the line by now."""
