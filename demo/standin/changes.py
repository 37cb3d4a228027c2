"""local_peerbridge's outbox: which posts people changed in forums, and how far somebody has read that."""

from __future__ import annotations

import html
import re
import time
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from demo.standin.access import is_locked
from demo.standin.errors import InvalidParameter
from demo.standin.models import Account, Change, Discussion, MirrorRow, Post
from demo.standin.textformat import format_text

SETTLED_S = 60
LONGEST = 60_000
_CURSOR = re.compile(r"([0-9]{1,18}):([0-9]{1,18})")


def note(post: Post, actor: Account) -> None:
    """Somebody made, changed or deleted a post, by anything but the plugin."""
    Change.objects.create(
        forumid=post.discussion.forum_id,
        discussionid=post.discussion_id,
        postid=post.id,
        userid=actor.id,
        timecreated=int(time.time()),
    )


@dataclass(frozen=True, slots=True)
class Cursor:
    """Nothing up to `floor` can be missing any more; `after` is the last id that was read."""

    floor: int
    after: int

    @classmethod
    def parse(cls, text: str) -> Cursor:
        """A cursor that was given out earlier, "" for the beginning. Raises InvalidParameter."""
        if not text:
            return cls(0, 0)
        match = _CURSOR.fullmatch(text)
        if match is None or int(match[2]) < int(match[1]):
            raise InvalidParameter("cursor: one that this function gave, or an empty text")
        return cls(int(match[1]), int(match[2]))

    def next(self, last: int, *, more: bool, now: int) -> str:
        """Where to go on: what is younger than a minute is read again."""
        old = Change.objects.filter(timecreated__lte=now - SETTLED_S)
        settled = old.aggregate(newest=Max("id"))["newest"] or 0
        floor = max(self.floor, min(settled, last) if more else settled)
        return f"{floor}:{max(last, floor) if more else floor}"


def read_page(cursor: Cursor, forum_ids: Collection[int], limit: int) -> dict[str, Any]:
    """The changes in some forums after a cursor, each with its post as it stands."""
    rows = list(Change.objects.filter(id__gt=cursor.after, forumid__in=forum_ids).order_by("id")[: limit + 1])
    more, rows = len(rows) > limit, rows[:limit]
    last = rows[-1].id if rows else cursor.after
    return {
        "changes": _Page(rows).shown(),
        "cursor": cursor.next(last, more=more, now=int(time.time())),
        "more": more,
    }


class _Page:
    """Rows with all that is told of them, looked up together."""

    def __init__(self, rows: Sequence[Change]) -> None:
        self._rows = rows
        posts = Post.objects.select_related("discussion__forum", "account")
        self._posts = posts.in_bulk({row.postid for row in rows})
        wanted = {row.postid for row in rows} | {post.parent for post in self._posts.values() if post.parent}
        self._mirrored = {row.postid: row for row in MirrorRow.objects.filter(postid__in=wanted)}
        self._actors = Account.objects.in_bulk({row.userid for row in rows})
        everybody = [*self._actors.values(), *(post.account for post in self._posts.values())]
        numbers = {person.idnumber for person in everybody} - {""}
        holders = Account.objects.filter(idnumber__in=numbers, deleted=False)
        self._holders = Counter(holders.values_list("idnumber", flat=True))

    def shown(self) -> list[dict[str, Any]]:
        return [self._show(row) for row in self._rows]

    def _show(self, row: Change) -> dict[str, Any]:
        post = self._posts.get(row.postid)
        return {
            "id": row.id,
            "forumid": row.forumid,
            "discussionid": row.discussionid,
            "postid": row.postid,
            "parent": post.parent if post else 0,
            **self._origin(row.postid, ""),
            **self._origin(post.parent if post else 0, "parent"),
            **self._person(post.account if post else None, "author"),
            **self._person(self._actors.get(row.userid), "actor"),
            **_text(post),
            "created": post.created if post else 0,
            "modified": post.modified if post else 0,
            "private": False,
            **_discussion(post.discussion if post else None),
        }

    def _origin(self, post_id: int, prefix: str) -> dict[str, str]:
        known = self._mirrored.get(post_id)
        return {
            f"{prefix}source": known.source if known else "",
            f"{prefix}externalid": known.externalid if known else "",
        }

    def _person(self, person: Account | None, prefix: str) -> dict[str, Any]:
        number = person.idnumber if person and self._holders[person.idnumber] == 1 else ""
        return {
            f"{prefix}id": person.id if person else 0,
            f"{prefix}name": person.fullname if person else "",
            f"{prefix}idnumber": number,
        }


def _text(post: Post | None) -> dict[str, Any]:
    if post is None or post.deleted:
        return {"subject": "", "message": "", "cut": False, "deleted": True}
    subject = post.subject if post.parent else post.discussion.name
    return {
        "subject": html.unescape(subject),
        "message": format_text(post.message[:LONGEST], post.messageformat),
        "cut": len(post.message) > LONGEST,
        "deleted": False,
    }


def _discussion(discussion: Discussion | None) -> dict[str, Any]:
    return {
        "groupid": discussion.groupid if discussion else -1,
        "pinned": bool(discussion and discussion.pinned),
        "locked": bool(discussion and is_locked(discussion)),
    }
