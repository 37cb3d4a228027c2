"""The functions of Moodle that the bridge calls, typed: core's and those of the plugin local_peerbridge."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import requests

from moodle_bridge.moodle.errors import Unusable
from moodle_bridge.moodle.forms import Tree
from moodle_bridge.moodle.transport import Transport
from moodle_bridge.moodle.types import (
    ChangePage,
    DigestRow,
    Discussion,
    Item,
    ItemResult,
    MoodleUser,
    Post,
    SiteInfo,
    change_of,
    result_of,
)

GET_DIGEST: Final = "local_peerbridge_get_digest"
NOTE_POSTS: Final = "local_peerbridge_note_posts"
GET_CHANGES: Final = "local_peerbridge_get_changes"
RETURN_CHANGES: Final = "local_peerbridge_return_changes"
UPSERT_POSTS: Final = "local_peerbridge_upsert_posts"
MAX_BATCH_ITEMS: Final = 100
MAX_LOOKUP_VALUES: Final = 100
CREATED_DESCENDING: Final = 3
"""Sort order of `mod_forum_get_forum_discussions`: newest creation first."""


class MoodleClient:
    """One Moodle seen through one token. Every method raises MoodleError."""

    def __init__(
        self, base_url: str, token: str, *, timeout_s: float = 30.0, session: requests.Session | None = None
    ) -> None:
        self._transport = Transport(base_url, token, timeout_s=timeout_s, session=session)

    @property
    def answers(self) -> int:
        """How many calls Moodle answered, be it with a refusal."""
        return self._transport.answers

    def get_site_info(self) -> SiteInfo:
        """Whose token this is and what it may call."""
        answer = self._object("core_webservice_get_site_info", {})
        functions = answer.get("functions") or []
        return SiteInfo(
            user_id=int(answer.get("userid") or 0),
            release=str(answer.get("release") or ""),
            functions=frozenset(str(f["name"]) for f in functions),
        )

    def get_users_by_idnumber(self, values: Sequence[str]) -> list[MoodleUser]:
        """Accounts whose idnumber Moodle takes for one of `values` (at most 100).

        On MariaDB that ignores case, accents and trailing spaces: the caller compares byte for byte.
        """
        params: dict[str, Tree] = {"field": "idnumber", "values": list(values[:MAX_LOOKUP_VALUES])}
        return [_user_of(r) for r in self._list("core_user_get_users_by_field", params)]

    def get_enrolled_users(self, course_id: int, *, offset: int, limit: int) -> list[MoodleUser]:
        """One page of a course's participants with id and idnumber, by id."""
        options: dict[str, Tree] = {
            "userfields": "id,idnumber",
            "limitfrom": offset,
            "limitnumber": limit,
            "sortby": "id",
        }
        params: dict[str, Tree] = {
            "courseid": course_id,
            "options": [{"name": name, "value": value} for name, value in options.items()],
        }
        return [_user_of(r) for r in self._list("core_enrol_get_enrolled_users", params)]

    def enrol_user(self, user_id: int, *, course_id: int, role_id: int) -> None:
        """Enrol by hand (the course needs the manual method); enrolling twice changes nothing."""
        enrolment: dict[str, Tree] = {"roleid": role_id, "userid": user_id, "courseid": course_id}
        self._transport.call("enrol_manual_enrol_users", {"enrolments": [enrolment]})

    def add_discussion(self, forum_id: int, *, subject: str, message: str, group_id: int) -> int:
        """Start a discussion as the service account; the new discussion's id. Not idempotent."""
        params: dict[str, Tree] = {
            "forumid": forum_id,
            "subject": subject,
            "message": message,
            "groupid": group_id,
        }
        return _number(
            self._object("mod_forum_add_discussion", params), "discussionid", "mod_forum_add_discussion"
        )

    def add_post(self, parent_id: int, *, subject: str, message: str) -> int:
        """Reply to a post as the service account; the new post's id. Not idempotent."""
        params: dict[str, Tree] = {
            "postid": parent_id,
            "subject": subject,
            "message": message,
            "messageformat": 1,
        }
        function = "mod_forum_add_discussion_post"
        return _number(self._object(function, params), "postid", function)

    def update_post(self, post_id: int, *, subject: str, message: str) -> None:
        """Overwrite subject and text. An empty text would leave the old one standing."""
        params: dict[str, Tree] = {
            "postid": post_id,
            "subject": subject,
            "message": message,
            "messageformat": 1,
        }
        self._confirmed("mod_forum_update_discussion_post", params)

    def delete_post(self, post_id: int) -> None:
        """Delete a post, and with it, silently, every reply to it: only for one that has none."""
        self._confirmed("mod_forum_delete_post", {"postid": post_id})

    def get_discussion_posts(self, discussion_id: int) -> list[Post]:
        """All posts of a discussion, by id, texts as stored."""
        function = "mod_forum_get_discussion_posts"
        params: dict[str, Tree] = {"discussionid": discussion_id, "sortby": "id", "sortdirection": "ASC"}
        answer = self._transport.call(function, params, is_raw=True)
        if not isinstance(answer, dict):
            raise Unusable("unexpected", function=function)
        return [_post_of(r) for r in _records(answer.get("posts"), function)]

    def get_forum_discussions(self, forum_id: int, *, page: int, per_page: int) -> list[Discussion]:
        """One page of a forum's discussions, newest creation first, texts as stored."""
        function = "mod_forum_get_forum_discussions"
        params: dict[str, Tree] = {
            "forumid": forum_id,
            "sortorder": CREATED_DESCENDING,
            "page": page,
            "perpage": per_page,
        }
        answer = self._transport.call(function, params, is_raw=True)
        if not isinstance(answer, dict):
            raise Unusable("unexpected", function=function)
        return [
            Discussion(
                id=int(r["discussion"]), first_post_id=int(r["id"]), message=str(r.get("message") or "")
            )
            for r in _records(answer.get("discussions"), function)
        ]

    def upsert_posts(self, items: Sequence[Item]) -> list[ItemResult]:
        """Create or change up to 100 posts, one transaction each; one result an item, in their order.

        Idempotent on (source, externalid). The batch is one parameter holding JSON, since PHP's
        max_input_vars silently drops fields beyond a number.
        """
        texts = json.dumps([item.as_json() for item in items], ensure_ascii=False, separators=(",", ":"))
        records = self._list(UPSERT_POSTS, {"items": texts})
        try:
            results = [result_of(r) for r in records]
        except (KeyError, TypeError, ValueError) as exc:
            raise Unusable("unexpected", function=UPSERT_POSTS) from exc
        if [r.externalid for r in results] != [i.externalid for i in items]:
            raise Unusable("unexpected", function=UPSERT_POSTS)
        return results

    def get_changes(self, cursor: str, forum_ids: Sequence[int]) -> ChangePage:
        """What people changed in these forums since the cursor, "" for the beginning; at most 100 changes."""
        answer = self._object(GET_CHANGES, {"cursor": cursor, "forumids": json.dumps(list(forum_ids))})
        try:
            changes = tuple(change_of(record) for record in answer["changes"])
            unreadable = tuple(int(forum) for forum in answer.get("unreadable") or ())
            return ChangePage(
                changes,
                str(answer["cursor"]),
                bool(answer["more"]),
                unreadable,
                bool(answer.get("restarted")),
            )
        except (KeyError, TypeError, ValueError) as exc:
            raise Unusable("unexpected", function=GET_CHANGES) from exc

    def find_unreadable(self, forum_ids: Sequence[int]) -> frozenset[int]:
        """Those of these forums that are gone, or that the account may not mirror.

        Asked of this function, since the others' code for a forum that is gone is that of a function that is missing.
        """
        params: dict[str, Tree] = {"cursor": "", "forumids": json.dumps(list(forum_ids)), "limit": 1}
        unreadable = self._object(GET_CHANGES, params).get("unreadable")
        if not isinstance(unreadable, list):
            raise Unusable("unexpected", function=GET_CHANGES)
        return frozenset(int(forum) for forum in unreadable)

    def get_digest(self, forum_id: int, after: int, *, limit: int) -> list[DigestRow]:
        """The posts of a forum above a post's number, by number."""
        rows = self._list(GET_DIGEST, {"forumid": forum_id, "afterpostid": after, "limit": limit})
        try:
            return [
                DigestRow(
                    int(row["postid"]),
                    str(row["externalid"]),
                    int(row["revision"]),
                    bool(row["deleted"]),
                    str(row["hash"]),
                )
                for row in rows
            ]
        except (KeyError, TypeError, ValueError) as exc:
            raise Unusable("unexpected", function=GET_DIGEST) from exc

    def note_posts(self, forum_id: int, post_ids: Sequence[int]) -> int:
        """Have posts of Moodle (at most 100) told with the next changes; how many there are."""
        params: dict[str, Tree] = {"forumid": forum_id, "postids": json.dumps(list(post_ids))}
        noted = self._transport.call(NOTE_POSTS, params)
        if not isinstance(noted, int):
            raise Unusable("unexpected", function=NOTE_POSTS)
        return noted

    def return_changes(self, change_ids: Sequence[int]) -> None:
        """Tell those who made these changes (at most 100) that they do not stand; repeating it changes nothing."""
        self._list(RETURN_CHANGES, {"changeids": json.dumps(list(change_ids))})

    def _object(self, function: str, params: Mapping[str, Tree]) -> dict[str, Any]:
        answer = self._transport.call(function, params)
        if not isinstance(answer, dict):
            raise Unusable("unexpected", function=function)
        return answer

    def _list(self, function: str, params: Mapping[str, Tree]) -> list[dict[str, Any]]:
        return _records(self._transport.call(function, params), function)

    def _confirmed(self, function: str, params: Mapping[str, Tree]) -> None:
        if self._object(function, params).get("status") is not True:
            raise Unusable("unexpected", function=function)


def _records(answer: object, function: str) -> list[dict[str, Any]]:
    if not isinstance(answer, list) or not all(isinstance(r, dict) for r in answer):
        raise Unusable("unexpected", function=function)
    return answer


def _number(answer: Mapping[str, Any], name: str, function: str) -> int:
    value = answer.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        raise Unusable("unexpected", function=function)
    return value


def _user_of(record: Mapping[str, Any]) -> MoodleUser:
    idnumber = record.get("idnumber")
    return MoodleUser(id=int(record["id"]), idnumber=None if idnumber is None else str(idnumber))


def _post_of(record: Mapping[str, Any]) -> Post:
    parent = record.get("parentid")
    return Post(
        id=int(record["id"]),
        discussion_id=int(record["discussionid"]),
        parent_id=int(parent) if parent else None,
        subject=str(record.get("subject") or ""),
        message=str(record.get("message") or ""),
        is_deleted=bool(record.get("isdeleted")),
    )
