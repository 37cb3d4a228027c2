"""Delivery without the plugin: Moodle's own functions, under the service account.

They have no idempotency. A marker in the stored text and a look for it before every second try make a
duplicate rare, not impossible: an answer that comes after the look is not seen. Pinning, locking, the original
time and the true author are not possible on this way.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from moodle_bridge.delivery.deciding import Planned
from moodle_bridge.delivery.outcomes import Copy, Outcome, again, applied, dead, waiting
from moodle_bridge.mapping import Wording
from moodle_bridge.models import LedgerEntry, MoodleSite, Presence
from moodle_bridge.moodle.client import MoodleClient
from moodle_bridge.moodle.errors import Refused, Transient, Unreachable
from moodle_bridge.moodle.types import Item, Post

PAGE: Final = 50
MAX_PAGES: Final = 20
"""Discussions that are looked through for a marker: the newest thousand."""


def marker_of(item: Item) -> str:
    """What identifies the post in the stored text. Moodle removes comments when it shows a text."""
    return f"<!-- peerbridge {item.source} {item.externalid} -->"


class CoreWriter:
    """Brings posts to one Moodle, one call after another."""

    def __init__(self, site: MoodleSite, client: MoodleClient, wording: Wording) -> None:
        self._settle = timedelta(seconds=site.settle_s)
        self._client = client
        self._wording = wording

    def look_for_earlier(self, plan: Planned, parent: LedgerEntry | None, *, now: datetime) -> Outcome | None:
        """What an earlier try of unknown effect came to; None when it had none and may be repeated.

        Not before Moodle's longest request is over. Raises Unreachable and Stop.
        """
        entry = plan.job.entry
        settled_at = now if entry is None or entry.sent_at is None else entry.sent_at + self._settle
        if settled_at > now:
            return again("settling", retry_at=settled_at)
        return self._guarded(lambda: self._adopt(plan, parent))

    def send(self, plan: Planned, parent: LedgerEntry | None, *, now: datetime) -> Outcome:
        """Create, change or remove one post. Raises Unreachable and Stop."""
        outcome = self._guarded(lambda: self._write(plan, parent))
        return outcome if outcome is not None else waiting("parentmissing", now=now)

    @staticmethod
    def _guarded(write: Callable[[], Outcome | None]) -> Outcome | None:
        try:
            return write()
        except Unreachable:
            raise
        except Transient as error:
            return again(error.code, is_fault=True)
        except Refused as error:
            return dead(error.code)

    def _adopt(self, plan: Planned, parent: LedgerEntry | None) -> Outcome | None:
        item = plan.items[-1]
        found = self._find(item, parent)
        if found is None:
            return None
        return applied(self._change(item, found.id, found.discussion_id), "moodle:found", *plan.counters)

    def _write(self, plan: Planned, parent: LedgerEntry | None) -> Outcome | None:
        entry = plan.job.entry
        if entry is None or entry.post_id is None:
            is_nothing_there = plan.items[0].deleted
            return (
                applied(Copy(Presence.ERASED), *plan.counters)
                if is_nothing_there
                else self._create(plan, parent)
            )
        copy = self._change(plan.items[-1], entry.post_id, entry.discussion_id or 0)
        return applied(copy, "moodle:updated", *plan.counters)

    def _create(self, plan: Planned, parent: LedgerEntry | None) -> Outcome | None:
        item = plan.items[0]
        message = self._message(item)
        if not item.parent:
            discussion_id = self._client.add_discussion(
                item.forumid, subject=item.subject, message=message, group_id=item.groupid
            )
            first = next(p for p in self._client.get_discussion_posts(discussion_id) if p.parent_id is None)
            copy = Copy(Presence.PRESENT, discussion_id, first.id)
        elif parent is None or parent.post_id is None:
            return None
        else:
            post_id = self._client.add_post(parent.post_id, subject=item.subject, message=message)
            copy = Copy(Presence.PRESENT, parent.discussion_id, post_id)
        if plan.items[-1].deleted:
            copy = Copy(Presence.ERASED, copy.discussion_id, copy.post_id)
        return applied(copy, "moodle:created", *plan.counters)

    def _change(self, item: Item, post_id: int, discussion_id: int) -> Copy:
        if not item.deleted:
            self._client.update_post(post_id, subject=item.subject, message=self._message(item))
            return Copy(Presence.PRESENT, discussion_id, post_id)
        posts = self._client.get_discussion_posts(discussion_id)
        if any(post.parent_id == post_id for post in posts):
            notice = f"<p>{self._wording.removed}</p>{marker_of(item)}"
            self._client.update_post(post_id, subject=self._wording.removed, message=notice)
            return Copy(Presence.ERASED, discussion_id, post_id)
        if any(post.id == post_id for post in posts):
            self._client.delete_post(post_id)
        return Copy(Presence.ERASED)

    def _find(self, item: Item, parent: LedgerEntry | None) -> Post | None:
        """The post that an earlier try made after all, by its marker."""
        marker = marker_of(item)
        if item.parent:
            if parent is None or parent.discussion_id is None:
                return None
            posts = self._client.get_discussion_posts(parent.discussion_id)
            return next((post for post in posts if marker in post.message), None)
        for page in range(MAX_PAGES):
            found = self._client.get_forum_discussions(item.forumid, page=page, per_page=PAGE)
            for discussion in found:
                if marker in discussion.message:
                    return Post(
                        discussion.first_post_id,
                        discussion.id,
                        None,
                        "",
                        discussion.message,
                        is_deleted=False,
                    )
            if len(found) < PAGE:
                break
        return None

    def _message(self, item: Item) -> str:
        return item.message + marker_of(item)
