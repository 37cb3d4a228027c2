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
from demo.standin.mirror_items import hash_of
from demo.standin.models import Account, Change, Discussion, MirrorRow, Post
from demo.standin.textformat import format_text

SETTLED_S = 60
LONGEST = 60_000
_CURSOR = re.compile(r"([0-9]{1,18}):([0-9]{1,18})")


def note(post: Post, actor: Account, *, is_text: bool = False, forum_id: int | None = None) -> None:
    """Somebody made, changed or deleted a post, by anything but the plugin. is_text: it has a new text."""
    Change.objects.create(
        forumid=forum_id or post.discussion.forum_id,
        discussionid=post.discussion_id,
        postid=post.id,
        userid=actor.id,
        timecreated=int(time.time()),
        **(_kept(post) if is_text else {}),
    )


def note_move(discussion: Discussion, actor: Account, *, from_forum: int) -> None:
    """A discussion is in another forum: whoever reads either has to know it of each post."""
    for post in Post.objects.filter(discussion=discussion).select_related("discussion").order_by("id"):
        note(post, actor, forum_id=from_forum)
        note(post, actor)


def _kept(post: Post) -> dict[str, Any]:
    """Of a mirrored post: the version before, and the text where it is not as the bridge wrote it."""
    row = MirrorRow.objects.filter(postid=post.id).first()
    if row is None:
        return {}
    if row.hash == hash_of(post.subject, post.message, post.messageformat):
        return {"base": row.edit}
    text = {"subject": post.subject, "message": post.message, "messageformat": post.messageformat}
    return {"base": row.edit, "edited": True, **text}


def give_back(change_id: int) -> str:
    """A change does not stand: its author is told so, pin and lock are as the bridge left them. Once."""
    change = Change.objects.filter(id=change_id).first()
    if change is None:
        return "gone"
    if not Change.objects.filter(id=change_id, timereturned=0).update(timereturned=int(time.time())):
        return "known"
    row = MirrorRow.objects.filter(postid=change.postid).first()
    discussion = Discussion.objects.filter(firstpost=change.postid).first()
    if row is not None and discussion is not None:
        discussion.pinned = row.pinned
        discussion.timelocked = (discussion.timelocked or int(time.time())) if row.locked else 0
        discussion.save(update_fields=["pinned", "timelocked"])
    return "returned"


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
    """The changes in some forums after a cursor, each with its post as it stands.

    A cursor that is ahead of all changes, as after a restore from a backup, is begun anew.
    """
    is_ahead = cursor.floor > (Change.objects.aggregate(newest=Max("id"))["newest"] or 0)
    cursor = Cursor(0, 0) if is_ahead else cursor
    rows = list(Change.objects.filter(id__gt=cursor.after, forumid__in=forum_ids).order_by("id")[: limit + 1])
    more, rows = len(rows) > limit, rows[:limit]
    last = rows[-1].id if rows else cursor.after
    return {
        "changes": _Page(rows).shown(),
        "cursor": cursor.next(last, more=more, now=int(time.time())),
        "more": more,
        "restarted": is_ahead,
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
        discussion = post.discussion if post else None
        return {
            "id": row.id,
            "noted": row.timecreated,
            "forumid": row.forumid,
            "discussionid": row.discussionid,
            "postid": row.postid,
            "parent": post.parent if post else 0,
            **self._origin(row.postid, ""),
            **self._origin(post.parent if post else 0, "parent"),
            **self._person(post.account if post else None, "author"),
            **self._person(self._actors.get(row.userid), "actor"),
            **_text(row, post, is_mirrored=row.postid in self._mirrored),
            "created": post.created if post else 0,
            "modified": post.modified if post else 0,
            "private": False,
            "base": row.base,
            "inforumid": discussion.forum_id if discussion else row.forumid,
            **_discussion(discussion),
            **_newly(row, discussion, self._mirrored.get(row.postid)),
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


def _text(row: Change, post: Post | None, *, is_mirrored: bool) -> dict[str, Any]:
    """Of a mirrored post only what somebody else wrote over it is told."""
    is_deleted = post is None or post.deleted
    if row.edited:
        subject, message, messageformat = row.subject, row.message, row.messageformat
    elif post is None or post.deleted or is_mirrored:
        return {"subject": "", "message": "", "cut": False, "edited": False, "deleted": is_deleted}
    else:
        subject = post.subject if post.parent else post.discussion.name
        message, messageformat = post.message, post.messageformat
    return {
        "subject": html.unescape(subject),
        "message": format_text(message[:LONGEST], messageformat),
        "cut": len(message) > LONGEST,
        "edited": True,
        "deleted": is_deleted,
    }


def _newly(row: Change, discussion: Discussion | None, known: MirrorRow | None) -> dict[str, bool]:
    """Of a mirrored discussion: whether it is pinned, or locked, otherwise than was sent."""
    if discussion is None or known is None or discussion.firstpost != row.postid:
        return {"newlypinned": False, "newlylocked": False}
    is_pinned, locked = bool(discussion.pinned), is_locked(discussion)
    return {"newlypinned": is_pinned != known.pinned, "newlylocked": locked != known.locked}


def _discussion(discussion: Discussion | None) -> dict[str, Any]:
    return {
        "groupid": discussion.groupid if discussion else -1,
        "pinned": bool(discussion and discussion.pinned),
        "locked": bool(discussion and is_locked(discussion)),
    }
