"""What one hears of a discussion: declared once, for the block's handler and the views alike."""

from __future__ import annotations

from peer_xblock.api import notices as api
from peer_xblock.api.discussion.following import follow_thread
from peer_xblock.api.discussion.mentioning import suggest_people
from peer_xblock.domain.notices import Digest

from .dispatch import Operation, Registry
from .fields import Choice, Flag, Id, Text

OPERATIONS: Registry = {
    operation.name: operation
    for operation in (
        Operation("list_notices", api.list_notices, {"cursor": Text(required=False)}),
        Operation("count_notices", api.count_notices, {}, glances=True),
        Operation("mark_notices_read", api.mark_notices_read, {"notice": Text(required=False)}),
        Operation("follow_thread", follow_thread, {"thread": Id(), "on": Flag()}, tracks="thread.followed"),
        Operation("follow_space", api.follow_space, {"on": Flag()}),
        Operation("notice_settings", api.notice_settings, {}),
        Operation("suggest_people", suggest_people, {"text": Text()}),
        Operation("choose_notices", api.choose_notices, {"digest": Choice(of=Digest)}),
    )
}
