"""The Moodle that a demo or a check mirrors into, prepared over its own web services: course, people, groups, forums.

The same calls for the stand-in and for a real Moodle. Everything is repeatable: what is there is found again.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import requests

from demo.community.cast import Member
from demo.standin.rig import flatten

STUDENT = 5
# A teacher who edits would be the course's contact, and Moodle then mails a welcome to everybody who is enrolled.
NON_EDITING_TEACHER = 4
_PAGE = 100
_TIMEOUT_S = (5, 120)


class MoodleRefused(Exception):
    """The site answered with an error; `code` is its errorcode."""

    def __init__(self, function: str, code: str, message: str) -> None:
        super().__init__(f"{function}: {code}: {message}")
        self.code = code


@dataclass(frozen=True, slots=True)
class Place:
    """Where the course is mirrored. `groups`: cohort number to group id; `grouped_forum` 0: there is none."""

    course: int
    forum: int
    grouped_forum: int
    groups: Mapping[int, int]


class MoodleSide:
    """A site, a token, and what a mirror needs there. Raises MoodleRefused, or requests' errors."""

    def __init__(self, url: str, token: str, *, session: requests.Session | None = None) -> None:
        self.url = url.rstrip("/")
        self._token = token
        self._session = session or requests.Session()

    def call(self, function: str, params: Mapping[str, Any] | None = None, *, raw: bool = False) -> Any:
        """One web service call; its value."""
        fields = dict(flatten(params or {}))
        fields |= {"wstoken": self._token, "wsfunction": function, "moodlewsrestformat": "json"}
        if raw:
            fields["moodlewssettingraw"] = "1"
        address = f"{self.url}/webservice/rest/server.php"
        answer = self._session.post(address, data=fields, timeout=_TIMEOUT_S)
        answer.raise_for_status()
        value = answer.json()
        if isinstance(value, dict) and "exception" in value:
            raise MoodleRefused(function, value.get("errorcode", ""), value.get("message", ""))
        return value

    def has_plugin(self) -> bool:
        """Whether the token's service offers local_peerbridge."""
        info = self.call("core_webservice_get_site_info")
        return any(one["name"] == "local_peerbridge_upsert_posts" for one in info["functions"])

    def prepare(
        self, idnumber: str, title: str, members: Sequence[Member], cohorts: Mapping[int, str]
    ) -> Place:
        """Course, people, groups and forums, found or made."""
        course = self.ensure_course(idnumber, title)
        ids: dict[str, int] = {}
        # Enrolled at once: whoever is in no course of a check is not found when it is cleaned up.
        for page in paged(members, _PAGE):
            made = self.ensure_people(page)
            self.enrol(course, page, made)
            ids |= made
        groups = self.ensure_groups(course, cohorts, members, ids)
        forum, grouped = self.ensure_forums(course, idnumber)
        return Place(course, forum, grouped, groups)

    def ensure_course(self, idnumber: str, title: str) -> int:
        """The course with the idnumber."""
        found = self.call("core_course_get_courses_by_field", {"field": "idnumber", "value": idnumber})
        if found["courses"]:
            return int(found["courses"][0]["id"])
        new = {"fullname": title, "shortname": idnumber, "categoryid": 1, "idnumber": idnumber}
        return int(self.call("core_course_create_courses", {"courses": [new]})[0]["id"])

    def ensure_people(self, members: Sequence[Member]) -> dict[str, int]:
        """Accounts by username for those, of at most 100, whom the identity provider knows."""
        known = [member for member in members if member.subject]
        if not known:
            return {}
        names = [member.username for member in known]
        found = self.call("core_user_get_users_by_field", {"field": "username", "values": names})
        ids = {one["username"]: int(one["id"]) for one in found}
        if missing := [_account(member) for member in known if member.username not in ids]:
            made = self.call("core_user_create_users", {"users": missing})
            ids |= {one["username"]: int(one["id"]) for one in made}
        return ids

    def enrol(self, course: int, members: Sequence[Member], ids: Mapping[str, int]) -> None:
        """Those, of at most 100, who have an account; facilitators and staff as non-editing teachers."""
        rows = [
            {
                "roleid": STUDENT if member.role == "learner" else NON_EDITING_TEACHER,
                "userid": ids[member.username],
                "courseid": course,
            }
            for member in members
            if member.username in ids
        ]
        if rows:
            self.call("enrol_manual_enrol_users", {"enrolments": rows})

    def ensure_groups(
        self, course: int, cohorts: Mapping[int, str], members: Sequence[Member], ids: Mapping[str, int]
    ) -> dict[int, int]:
        """A group a cohort, with the cohort's people in it."""
        listed = self.call("core_group_get_course_groups", {"courseid": course})
        by_name = {one["name"]: int(one["id"]) for one in listed}
        new = [
            {"courseid": course, "name": name, "description": "", "idnumber": f"cohort:{number}"}
            for number, name in cohorts.items()
            if name not in by_name
        ]
        if new:
            made = self.call("core_group_create_groups", {"groups": new})
            by_name |= {one["name"]: int(one["id"]) for one in made}
        rows = [
            {"groupid": by_name[cohorts[member.cohort]], "userid": ids[member.username]}
            for member in members
            if member.username in ids and member.cohort in cohorts
        ]
        for page in paged(rows, _PAGE):
            self.call("core_group_add_group_members", {"members": list(page)})
        return {number: by_name[name] for number, name in cohorts.items()}

    def ensure_forums(self, course: int, idnumber: str) -> tuple[int, int]:
        """(forum for everybody, forum of separate groups). Without the plugin: the course's own first forum, 0."""
        if not self.has_plugin():
            forums = self.call("mod_forum_get_forums_by_courses", {"courseids": [course]})
            general = [one for one in forums if one["type"] == "general"]
            if not general:
                raise MoodleRefused("mod_forum_get_forums_by_courses", "noforum", "the course has no forum")
            return int(general[0]["id"]), 0
        slug = "".join(char if char.isalnum() else "-" for char in idnumber.lower())
        made = [
            self.call(
                "local_peerbridge_ensure_forum",
                {
                    "forum": json.dumps(
                        {"courseid": course, "idnumber": f"{slug}.{kind}", "name": name, **more}
                    )
                },
            )
            for kind, name, more in (
                ("all", "Questions and discussions", {}),
                ("groups", "Discussions of the groups", {"groupmode": 1}),
            )
        ]
        return int(made[0]["forumid"]), int(made[1]["forumid"])

    def forum_page(self, forum: int) -> str:
        """The address at which people read the forum."""
        return f"{self.url}/mod/forum/view.php?f={forum}"


def paged(rows: Iterable[Any], size: int) -> Iterator[tuple[Any, ...]]:
    """Consecutive parts of at most `size`."""
    iterator = iter(rows)
    while page := tuple(islice(iterator, size)):
        yield page


def _account(member: Member) -> dict[str, str]:
    return {
        "username": member.username,
        "auth": "manual",
        "password": f"Aa1!{secrets.token_urlsafe(18)}",
        "firstname": member.first,
        "lastname": member.last or "-",
        "email": member.email,
        "idnumber": member.subject,
    }
