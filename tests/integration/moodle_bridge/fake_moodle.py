"""A Moodle at the HTTP edge, in memory: what the bridge calls, and the faults that a test orders.

The plugin's functions follow tests/contract/peerbridge/README.md as far as the bridge can tell.
"""

import hashlib
import itertools
import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import requests
import responses

URL = "https://moodle.example.test"
ENDPOINT = f"{URL}/webservice/rest/server.php"
TOKEN = "t0ken"


@dataclass
class Row:
    id: int
    discussion: int
    parent: int
    userid: int
    subject: str
    message: str
    created: int
    deleted: bool = False


@dataclass
class Mapping:
    postid: int
    discussionid: int
    revision: int
    userid: int
    forumid: int
    deleted: bool


@dataclass
class FakeMoodle:
    """posts by id; maps by (source, externalid); users: (id, idnumber); enrolled: course -> user ids.

    refused: why a person may not post, by user id (0: the service account).
    faults: answers to give instead, first in first out; a fault may be applied after the effect (`lose`).
    """

    has_plugin: bool = True
    users: list[tuple[int, str | None]] = field(default_factory=list)
    enrolled: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    posts: dict[int, Row] = field(default_factory=dict)
    discussions: dict[int, tuple[int, int]] = field(default_factory=dict)
    maps: dict[tuple[str, str], Mapping] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)
    faults: list[Any] = field(default_factory=list)
    item_errors: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    changes: list[dict[str, Any]] = field(default_factory=list)
    returned: list[int] = field(default_factory=list)
    noted: list[int] = field(default_factory=list)
    gone: set[int] = field(default_factory=set)
    restarted: bool = False
    change_ids: Any = field(default_factory=lambda: itertools.count(1))
    ids: Any = field(default_factory=lambda: itertools.count(1))

    # --- HTTP

    def install(self, mock: responses.RequestsMock) -> None:
        mock.add_callback(responses.POST, ENDPOINT, callback=self.answer)

    def answer(self, request: requests.PreparedRequest) -> tuple[int, dict[str, str], str]:
        body = request.body.decode() if isinstance(request.body, bytes) else str(request.body)
        params = dict(parse_qsl(body, keep_blank_values=True))
        function = params["wsfunction"]
        fault = self.faults.pop(0) if self.faults else None
        if isinstance(fault, Exception):
            raise fault
        if isinstance(fault, tuple):
            status, headers, text = fault
            return status, headers, text
        result = self.call(function, params)
        if fault == "lose":
            raise requests.exceptions.ReadTimeout
        return 200, {"Content-Type": "application/json"}, json.dumps(result)

    def call(self, function: str, params: dict[str, Any]) -> Any:
        self.calls.append((function, params))
        if params["wstoken"] != TOKEN:
            return error("invalidtoken")
        if function.startswith("local_") and not self.has_plugin:
            return error("invalidrecordunknown")
        handler = getattr(self, function, None)
        if handler is None:
            return error("accessexception")
        return handler(params)

    def called(self, function: str) -> list[dict[str, Any]]:
        return [params for name, params in self.calls if name == function]

    # --- the plugin

    def local_peerbridge_upsert_posts(self, params: dict[str, Any]) -> Any:
        return [self._upsert(item) for item in json.loads(params["items"])]

    def _upsert(self, item: dict[str, Any]) -> dict[str, Any]:
        external = item["externalid"]
        if self.item_errors[external]:
            return failed(external, self.item_errors[external].pop(0))
        known = self.maps.get((item["source"], external))
        if known and item["revision"] <= known.revision:
            return self._result(
                external, "unchanged" if item["revision"] == known.revision else "stale", known
            )
        if not known or not (known.postid or item["deleted"]):
            problem = self._problem(item)
            return failed(external, problem) if problem else self._create(item, is_restored=known is not None)
        is_other = item["userid"] not in (0, known.userid) and not item["deleted"]
        if is_other and (problem := self._problem_of_author(item["userid"])):
            return failed(external, problem)
        status = "deleted" if item["deleted"] else "restored" if known.deleted else "updated"
        if known.postid:
            row = self.posts[known.postid]
            row.deleted = item["deleted"]
            row.subject, row.message = ("", "") if item["deleted"] else (item["subject"], item["message"])
            row.userid = item["userid"]
        known.revision, known.deleted, known.userid = item["revision"], item["deleted"], item["userid"]
        return self._result(external, status, known)

    def _problem(self, item: dict[str, Any]) -> str:
        if item["deleted"]:
            return ""
        if item["parent"]:
            parent = self.maps.get((item["source"], item["parent"]))
            if parent is None:
                return "parentmissing"
            if not parent.postid:
                return "parentgone"
        return self._problem_of_author(item["userid"])

    def _problem_of_author(self, userid: int) -> str:
        if userid and userid not in {user_id for user_id, _ in self.users}:
            return "usernotfound"
        if userid and userid not in self.enrolled[20]:
            return "notenrolled"
        return self.refused.get(userid, "")

    def _create(self, item: dict[str, Any], *, is_restored: bool) -> dict[str, Any]:
        key = (item["source"], item["externalid"])
        if item["deleted"]:
            self.maps[key] = Mapping(0, 0, item["revision"], item["userid"], item["forumid"], deleted=True)
            return self._result(item["externalid"], "deleted", self.maps[key])
        parent = self.maps.get((item["source"], item["parent"]))
        row = self._insert(
            item["forumid"],
            self.posts[parent.postid] if parent else None,
            item["userid"],
            subject=item["subject"],
            message=item["message"],
            created=item["timecreated"],
        )
        mapping = Mapping(
            row.id, row.discussion, item["revision"], item["userid"], item["forumid"], deleted=False
        )
        self.maps[key] = mapping
        return self._result(item["externalid"], "restored" if is_restored else "created", mapping)

    def _insert(
        self, forum: int, parent: Row | None, userid: int, *, subject: str, message: str, created: int = 0
    ) -> Row:
        post_id = next(self.ids)
        discussion = parent.discussion if parent else next(self.ids)
        row = Row(post_id, discussion, parent.id if parent else 0, userid, subject, message, created)
        self.posts[post_id] = row
        if parent is None:
            self.discussions[discussion] = (forum, post_id)
        return row

    def _result(self, external: str, status: str, known: Mapping) -> dict[str, Any]:
        return {
            "externalid": external,
            "status": status,
            "postid": known.postid,
            "discussionid": known.discussionid,
            "revision": known.revision,
            "errorcode": "",
            "message": "",
        }

    def local_peerbridge_get_changes(self, params: dict[str, Any]) -> Any:
        """The cursor is the last id; the last change is told again, as what is young is."""
        after, forums = int(params["cursor"] or 0), json.loads(params["forumids"])
        new = [change for change in self.changes if change["id"] > after and change["forumid"] in forums]
        page = new[:100]
        cursor = max((change["id"] for change in page), default=after + 1) - 1
        restarted, self.restarted = self.restarted, False
        flags = {
            "more": len(new) > 100,
            "unreadable": [f for f in forums if f in self.gone],
            "restarted": restarted,
        }
        return {"changes": page, "cursor": str(cursor), **flags}

    def local_peerbridge_get_digest(self, params: dict[str, Any]) -> Any:
        forum, after = int(params["forumid"]), int(params["afterpostid"])
        known = {m.postid: (external, m) for (_, external), m in self.maps.items()}
        rows = [r for r in self.posts.values() if self.discussions[r.discussion][0] == forum and r.id > after]
        return [
            {
                "postid": r.id,
                "externalid": known[r.id][0] if r.id in known else "",
                "revision": known[r.id][1].revision if r.id in known else 0,
                "deleted": r.deleted,
                "hash": hashlib.sha256(f"{r.subject}\0{r.message}\x001".encode()).hexdigest(),
            }
            for r in sorted(rows, key=lambda r: r.id)[: int(params["limit"])]
        ]

    def local_peerbridge_note_posts(self, params: dict[str, Any]) -> Any:
        self.noted += json.loads(params["postids"])
        return len(json.loads(params["postids"]))

    def local_peerbridge_return_changes(self, params: dict[str, Any]) -> Any:
        asked = json.loads(params["changeids"])
        new = [change for change in asked if change not in self.returned]
        self.returned += new
        return [{"id": one, "status": "returned" if one in new else "known"} for one in asked]

    def write(self, post: int, **other: Any) -> None:
        """Somebody writes, edits or deletes in forum 7."""
        self.changes.append(
            {
                "id": next(self.change_ids),
                "forumid": 7,
                "discussionid": 50,
                "postid": post,
                "parent": 0,
                **dict.fromkeys(("source", "externalid", "parentsource", "parentexternalid"), ""),
                "authorid": 21,
                "authorname": "Léa Martin",
                "authoridnumber": "lea",
                "subject": "Born in Moodle",
                "message": f"<p>{post}</p>",
                **dict.fromkeys(("cut", "deleted", "private"), False),
                "created": 1760000000,
                "groupid": -1,
                **other,
            }
        )

    # --- core

    def core_webservice_get_site_info(self, params: dict[str, Any]) -> Any:
        names = ["mod_forum_add_discussion"]
        names += ["local_peerbridge_upsert_posts"] if self.has_plugin else []
        return {
            "userid": 3,
            "release": "5.1 (test)",
            "functions": [{"name": n, "version": "1"} for n in names],
        }

    def core_user_get_users_by_field(self, params: dict[str, Any]) -> Any:
        """As on MariaDB: case, accents and trailing spaces are ignored."""
        wanted = {fold(v) for k, v in params.items() if k.startswith("values[")}
        return [
            {"id": user_id} | ({} if idnumber is None else {"idnumber": idnumber})
            for user_id, idnumber in self.users
            if idnumber is None or fold(idnumber) in wanted
        ]

    def core_enrol_get_enrolled_users(self, params: dict[str, Any]) -> Any:
        options = {
            params[f"options[{n}][name]"]: params[f"options[{n}][value]"]
            for n in range(10)
            if f"options[{n}][name]" in params
        }
        start, length = int(options["limitfrom"]), int(options["limitnumber"])
        return [{"id": u} for u in sorted(self.enrolled[int(params["courseid"])])[start : start + length]]

    def enrol_manual_enrol_users(self, params: dict[str, Any]) -> Any:
        self.enrolled[int(params["enrolments[0][courseid]"])].add(int(params["enrolments[0][userid]"]))

    def mod_forum_add_discussion(self, params: dict[str, Any]) -> Any:
        row = self._insert(
            int(params["forumid"]), None, 3, subject=params["subject"], message=params["message"]
        )
        return {"discussionid": row.discussion, "warnings": []}

    def mod_forum_add_discussion_post(self, params: dict[str, Any]) -> Any:
        parent = self.posts.get(int(params["postid"]))
        if parent is None:
            return error("invalidparentpostid")
        row = self._insert(0, parent, 3, subject=params["subject"], message=params["message"])
        return {"postid": row.id, "warnings": [], "post": {}}

    def mod_forum_update_discussion_post(self, params: dict[str, Any]) -> Any:
        row = self.posts.get(int(params["postid"]))
        if row is None:
            return error("invalidpostid")
        row.subject, row.message = params["subject"], params["message"]
        return {"status": True, "warnings": []}

    def mod_forum_delete_post(self, params: dict[str, Any]) -> Any:
        gone = {int(params["postid"])}
        if not gone <= self.posts.keys():
            return error("invalidpostid")
        gone |= {row.id for row in self.posts.values() if row.parent in gone}
        for post_id in gone:
            self.posts.pop(post_id)
        return {"status": True, "warnings": []}

    def mod_forum_get_discussion_posts(self, params: dict[str, Any]) -> Any:
        rows = [r for r in self.posts.values() if r.discussion == int(params["discussionid"])]
        is_raw = params.get("moodlewssettingraw") == "1"
        return {
            "posts": [
                {
                    "id": r.id,
                    "discussionid": r.discussion,
                    "parentid": r.parent or None,
                    "subject": r.subject,
                    "message": r.message if is_raw else re.sub("<!--.*?-->", "", r.message),
                    "isdeleted": r.deleted,
                }
                for r in sorted(rows, key=lambda r: r.id)
            ]
        }

    def mod_forum_get_forum_discussions(self, params: dict[str, Any]) -> Any:
        found = [
            {"id": first, "discussion": d, "message": self.posts[first].message}
            for d, (forum, first) in sorted(self.discussions.items(), reverse=True)
            if forum == int(params["forumid"]) and first in self.posts
        ]
        start = int(params["page"]) * int(params["perpage"])
        return {"discussions": found[start : start + int(params["perpage"])], "warnings": []}

    # --- looking in

    def text_of(self, external: str, source: str = "acme") -> str:
        return self.posts[self.maps[(source, external)].postid].message

    def row_of(self, external: str, source: str = "acme") -> Row:
        return self.posts[self.maps[(source, external)].postid]


def fold(text: str) -> str:
    return text.rstrip(" ").casefold().replace("é", "e")


def error(code: str) -> dict[str, str]:
    return {"exception": "core\\exception\\moodle_exception", "errorcode": code, "message": "..."}


def failed(external: str, code: str) -> dict[str, Any]:
    return {
        "externalid": external,
        "status": "error",
        "postid": 0,
        "discussionid": 0,
        "revision": 0,
        "errorcode": code,
        "message": "...",
    }
