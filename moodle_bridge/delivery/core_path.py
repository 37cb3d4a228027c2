"""Delivery without the plugin: Moodle's own functions, under the service account.

They have no idempotency. A marker in the stored text and a look for it before every second try make a
duplicate rare, not impossible: an answer that comes after the look is not seen. Pinning, locking, the original
time and the true author are not possible on this way.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from moodle_bridge.delivery.deciding import Planned
from moodle_bridge.delivery.outcomes import Copy, Outcome, again, applied, dead, placed, waiting
from moodle_bridge.mapping import Wording
from moodle_bridge.models import LedgerEntry, MoodleSite, Presence
from moodle_bridge.moodle.client import MoodleClient
from moodle_bridge.moodle.errors import Refused, Transient, Unreachable, Unusable
from moodle_bridge.moodle.types import Item, Post

GONE: Final = "invalidpostid"
"""Moodle's code for a post that is not there: a deletion of it is done, be it by an earlier try."""
MAX_DEPTH: Final = 2
"""Depth of a comment, which no post of ours answers."""
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
        return self._guarded(lambda: self._adopt(plan, parent, now=now))

    def send(self, plan: Planned, parent: LedgerEntry | None, *, now: datetime) -> Outcome:
        """Create, change or remove one post. Raises Unreachable and Stop."""
        outcome = self._guarded(lambda: self._write(plan, parent, now=now))
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

    def _adopt(self, plan: Planned, parent: LedgerEntry | None, *, now: datetime) -> Outcome | None:
        found = self._find(plan.item, parent)
        if found is None:
            return None
        copy = self._change(plan, found.id, found.discussion_id)
        return applied(copy, "moodle:found", *plan.counters) if plan.is_whole else placed(copy, now=now)

    def _write(self, plan: Planned, parent: LedgerEntry | None, *, now: datetime) -> Outcome | None:
        entry = plan.job.entry
        if entry is not None and entry.post_id is not None:
            return applied(
                self._change(plan, entry.post_id, entry.discussion_id or 0), "moodle:updated", *plan.counters
            )
        if plan.item.deleted:
            return applied(Copy(Presence.ERASED, plan.item.revision), *plan.counters)
        copy = self._create(plan.item, parent)
        if copy is None:
            return None
        return applied(copy, "moodle:created", *plan.counters) if plan.is_whole else placed(copy, now=now)

    def _create(self, item: Item, parent: LedgerEntry | None) -> Copy | None:
        """None when the post that it answers is not there."""
        message = item.message + marker_of(item)
        if not item.parent:
            discussion_id = self._client.add_discussion(
                item.forumid, subject=item.subject, message=message, group_id=item.groupid
            )
            posts = self._client.get_discussion_posts(discussion_id)
            first = next((post for post in posts if post.parent_id is None), None)
            if first is None:
                raise Unusable("unexpected", function="mod_forum_get_discussion_posts")
            return Copy(Presence.PRESENT, item.revision, discussion_id, first.id)
        if parent is None or parent.post_id is None:
            return None
        post_id = self._client.add_post(parent.post_id, subject=item.subject, message=message)
        return Copy(Presence.PRESENT, item.revision, parent.discussion_id, post_id)

    def _change(self, plan: Planned, post_id: int, discussion_id: int) -> Copy:
        item = plan.item
        if not item.deleted:
            self._client.update_post(post_id, subject=item.subject, message=item.message + marker_of(item))
            return Copy(Presence.PRESENT, item.revision, discussion_id, post_id)
        try:
            return self._remove(plan, post_id, discussion_id)
        except Refused as error:
            if error.code != GONE:
                raise
            return Copy(Presence.ERASED, item.revision)

    def _remove(self, plan: Planned, post_id: int, discussion_id: int) -> Copy:
        if self._may_go(plan, post_id, discussion_id):
            self._client.delete_post(post_id)
            return Copy(Presence.ERASED, plan.item.revision)
        notice = f"<p>{self._wording.removed}</p>{marker_of(plan.item)}"
        self._client.update_post(post_id, subject=self._wording.removed, message=notice)
        return Copy(Presence.ERASED, plan.item.revision, discussion_id, post_id)

    def _may_go(self, plan: Planned, post_id: int, discussion_id: int) -> bool:
        """Only a comment that nobody answered: Moodle deletes the replies along, and ours may still be coming."""
        if plan.job.event.post.depth < MAX_DEPTH:
            return False
        return all(post.parent_id != post_id for post in self._client.get_discussion_posts(discussion_id))

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
