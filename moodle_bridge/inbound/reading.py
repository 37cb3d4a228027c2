"""Reading a Moodle's changes: each revision is stored once, in the transaction that moves the cursor."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Final

from django.db import transaction

from moodle_bridge.models import InboundLine, InboundPost, SpaceMap
from moodle_bridge.moodle.client import MoodleClient
from moodle_bridge.moodle.types import Change

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
        new += _store(line, page.changes, page.cursor, now=now)
        if not page.more:
            break
    return new


@transaction.atomic
def _store(line: InboundLine, changes: Sequence[Change], cursor: str, *, now: datetime) -> int:
    """Only while the lease is still ours: whoever took it over reads from the cursor that is stored."""
    held = InboundLine.objects.select_for_update().filter(pk=line.pk, lease_token=line.lease_token)
    if not held.update(cursor=cursor, read_at=now):
        raise LeaseLost
    line.cursor = cursor
    ids = {change.postid for change in changes}
    known = set(
        InboundPost.objects.filter(site=line.site_id, post_id__in=ids).values_list("post_id", "revision")
    )
    rows = [
        InboundPost(
            site_id=line.site_id,
            post_id=change.postid,
            revision=change.id,
            forum_id=change.forumid,
            discussion_id=change.discussionid,
            is_offer=bool(change.externalid),
            body=json.dumps(asdict(change), ensure_ascii=False),
            received_at=now,
        )
        for change in changes
        if (change.postid, change.id) not in known
    ]
    InboundPost.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


class LeaseLost(Exception):
    """Another worker holds the line by now."""
