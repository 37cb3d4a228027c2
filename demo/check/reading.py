"""Reads a mirrored course back, over Moodle's web services only."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from demo.check.compare import Actual, Site
from demo.moodle_side import MoodleSide, Place, paged

_PAGE = 200
_DIGEST = 1000


def read_posts(moodle: MoodleSide, place: Place) -> list[Actual]:
    """Every post of the course's mirrored forums, as stored."""
    forums = [forum for forum in (place.forum, place.grouped_forum) if forum]
    return [post for forum in forums for post in _read_forum(moodle, forum)]


def _read_forum(moodle: MoodleSide, forum: int) -> Iterable[Actual]:
    digest = _digest(moodle, forum)
    for discussion in _discussions(moodle, forum):
        answer = moodle.call(
            "mod_forum_get_discussion_posts",
            {"discussionid": discussion["discussion"], "sortby": "created", "sortdirection": "ASC"},
            raw=True,
        )
        for post in answer["posts"]:
            yield _actual(post, discussion, forum, digest.get(post["id"], {}))


def _actual(post: dict[str, Any], discussion: dict[str, Any], forum: int, known: dict[str, Any]) -> Actual:
    is_deleted = bool(post["isdeleted"])
    return Actual(
        id=post["id"],
        discussion=post["discussionid"],
        forum=forum,
        group=discussion["groupid"],
        parent=post["parentid"] or 0,
        user=post["author"]["id"],
        created=known.get("created") or post["timecreated"] or 0,
        # Of an erased post Moodle gives a notice of its own; the digest tells whether a text is left.
        subject="" if is_deleted else post["subject"],
        message="" if is_deleted and known.get("hash") in (None, *_ERASED) else post["message"],
        is_deleted=is_deleted,
        external=known.get("externalid", ""),
    )


# What the digest gives for an empty title and text: the format's number is a part of it.
_ERASED = frozenset(hashlib.sha256(f"\0\0{text_format}".encode()).hexdigest() for text_format in (1, 2))


def _digest(moodle: MoodleSide, forum: int) -> dict[int, dict[str, Any]]:
    if not moodle.has_plugin():
        return {}
    found: dict[int, dict[str, Any]] = {}
    after = 0
    while True:
        params = {"forumid": forum, "afterpostid": after, "limit": _DIGEST}
        page = moodle.call("local_peerbridge_get_digest", params)
        found |= {one["postid"]: one for one in page}
        if len(page) < _DIGEST:
            return found
        after = page[-1]["postid"]


def _discussions(moodle: MoodleSide, forum: int) -> Iterable[dict[str, Any]]:
    page = 0
    while True:
        params = {"forumid": forum, "sortorder": 3, "page": page, "perpage": _PAGE}
        found = moodle.call("mod_forum_get_forum_discussions", params, raw=True)["discussions"]
        yield from found
        if len(found) < _PAGE:
            return
        page += 1


def read_site(moodle: MoodleSide, place: Place, subjects: Iterable[str]) -> Site:
    """Accounts by identity, compared byte for byte; one that two accounts have is nobody's."""
    accounts: dict[str, list[int]] = {}
    for page in paged(sorted(set(subjects) - {""}), 100):
        params = {"field": "idnumber", "values": list(page)}
        for account in moodle.call("core_user_get_users_by_field", params):
            if account["idnumber"] in page:
                accounts.setdefault(account["idnumber"], []).append(account["id"])
    service = moodle.call("core_webservice_get_site_info")["userid"]
    return Site(
        accounts={subject: ids[0] for subject, ids in accounts.items() if len(ids) == 1},
        service=service,
        groups=place.groups,
        forum=place.forum,
        grouped_forum=place.grouped_forum,
    )
