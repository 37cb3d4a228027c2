"""A real Moodle over its REST web services, and a course with people of its own for one run of the cases."""

import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import requests

from tests.contract.peerbridge.runner import Case, flatten

PREFIX = "peercheck-"
FAMILY_NAME = "Peercheck"
TIMEOUT_S = 60
FORUMS: dict[str, dict[str, Any]] = {
    "open": {},
    "second": {},
    "grouped": {"groupmode": 1},
    "visible": {"groupmode": 2},
    "hidden": {"visible": False},
    "news": {"type": "news"},
}
PEOPLE = ("amina", "tomas", "noah", "ines", "marta", "outsider", "suspended")
# The ids that a fresh Moodle gives to its own roles; a site that changed them says so at once.
STUDENT = 5
ROLES = {"ines": 3, "marta": 4}
NOT_ENROLLED = {"outsider"}
GROUPS = {"red": "amina", "blue": "tomas"}


class MoodleRefused(Exception):
    """A call of the set-up did not work: which function, and Moodle's own words."""


@dataclass(frozen=True, slots=True)
class Site:
    """A Moodle and the token of an account of its service for checks."""

    url: str
    token: str

    def send(self, function: str, fields: Mapping[str, str], *, raw: bool = False) -> Any:
        """The decoded answer, an error of Moodle included."""
        form = {"wstoken": self.token, "wsfunction": function, "moodlewsrestformat": "json", **fields}
        if raw:
            form["moodlewssettingraw"] = "1"
        answer = requests.post(f"{self.url}/webservice/rest/server.php", data=form, timeout=TIMEOUT_S)
        answer.raise_for_status()
        return answer.json()

    def ask(self, function: str, **params: Any) -> Any:
        """The decoded answer to nested parameters. Raises MoodleRefused when it is an error."""
        answer = self.send(function, dict(flatten(params)))
        if isinstance(answer, dict) and "exception" in answer:
            raise MoodleRefused(f"{function}: {answer['errorcode']}: {answer['message']}")
        return answer

    def other_courses(self) -> list[str]:
        """Short names of courses that no check made; the front page, which every site has, is none."""
        courses = self.ask("core_course_get_courses")
        return [c["shortname"] for c in courses if c["id"] != 1 and not c["shortname"].startswith(PREFIX)]

    def remove_leftovers(self) -> int:
        """Delete the courses and people of all checks; how many."""
        courses = [c["id"] for c in self.ask("core_course_get_courses") if c["shortname"].startswith(PREFIX)]
        # A user name cannot be searched by its beginning, and an address only by those who may see it.
        criteria = [{"key": "lastname", "value": FAMILY_NAME}]
        people = self.ask("core_user_get_users", criteria=criteria)["users"]
        users = [u["id"] for u in people if u["username"].startswith(PREFIX)]
        if courses:
            self.ask("core_course_delete_courses", courseids=courses)
        if users:
            self.ask("core_user_delete_users", userids=users)
        return len(courses) + len(users)


class RealWorld:
    """The world of the cases (README.md of the cases) in a real Moodle."""

    is_concurrent = True

    def __init__(self, site: Site, run: str, names: Mapping[str, int]) -> None:
        self._site = site
        self._run = run
        self._names = names

    def names_for(self, case: Case) -> dict[str, str | int]:
        """Forums of its own for the case, through the plugin."""
        names: dict[str, str | int] = dict(self._names)
        names["source"] = f"{self._run}-{secrets.token_hex(4)}"
        for forum in case.forums:
            wanted = {
                "courseid": self._names["course"],
                "idnumber": f"{self._run}-{case.name}-{forum}",
                "name": f"{case.name}: {forum}",
                **FORUMS[forum],
            }
            made = self._site.ask("local_peerbridge_ensure_forum", forum=json_text(wanted))
            names[f"forum:{forum}"] = made["forumid"]
            names[f"cm:{forum}"] = made["cmid"]
        return names

    def call(self, function: str, fields: Mapping[str, str], *, raw: bool) -> Any:
        """Send one call."""
        return self._site.send(function, fields, raw=raw)


@contextmanager
def prepared_world(site: Site, *, keep: bool = False) -> Iterator[RealWorld]:
    """Make courses, people and groups, and remove them afterwards unless they are to be kept."""
    run = f"{PREFIX}{secrets.token_hex(3)}"
    try:
        yield RealWorld(site, run, make_names(site, run))
    finally:
        if not keep:
            site.remove_leftovers()


def make_names(site: Site, run: str) -> dict[str, int]:
    """Everything but the forums; ids by the names of the cases."""
    category = site.ask("core_course_get_categories", addsubcategories=0)[0]["id"]
    course, other = (
        c["id"]
        for c in site.ask(
            "core_course_create_courses",
            courses=[
                {
                    "fullname": f"Check {run}{end}",
                    "shortname": f"{run}{end}",
                    "categoryid": category,
                    "newsitems": 0,
                }
                for end in ("", "-other")
            ],
        )
    )
    users = {"service": site.ask("core_webservice_get_site_info")["userid"], **make_people(site, run, course)}
    groups = make_groups(site, course, other, users)
    return {
        "course": course,
        **{f"user:{name}": id_ for name, id_ in users.items()},
        **{f"group:{name}": id_ for name, id_ in groups.items()},
    }


def make_people(site: Site, run: str, course: int) -> dict[str, int]:
    """The accounts, enrolled as the cases have them; ids by name."""
    made = site.ask(
        "core_user_create_users",
        users=[
            {
                "username": f"{run}-{name}",
                "password": f"Aa1!{secrets.token_urlsafe(18)}",
                "firstname": name.capitalize(),
                "lastname": FAMILY_NAME,
                "email": f"{run}-{name}@example.invalid",
            }
            for name in PEOPLE
        ],
    )
    users = {user["username"].removeprefix(f"{run}-"): user["id"] for user in made}
    site.ask(
        "enrol_manual_enrol_users",
        enrolments=[
            {"roleid": ROLES.get(name, STUDENT), "userid": users[name], "courseid": course}
            for name in PEOPLE
            if name not in NOT_ENROLLED
        ],
    )
    site.ask("core_user_update_users", users=[{"id": users["suspended"], "suspended": 1}])
    return users


def make_groups(site: Site, course: int, other: int, users: Mapping[str, int]) -> dict[str, int]:
    """The groups with their members; ids by name."""
    places = {**dict.fromkeys(GROUPS, course), "elsewhere": other}
    made = site.ask(
        "core_group_create_groups",
        groups=[
            {"courseid": place, "name": name, "description": "", "descriptionformat": 1}
            for name, place in places.items()
        ],
    )
    groups = {group["name"]: group["id"] for group in made}
    members = [{"groupid": groups[group], "userid": users[person]} for group, person in GROUPS.items()]
    site.ask("core_group_add_group_members", members=members)
    return groups


def json_text(value: Any) -> str:
    """A parameter of the plugin's functions."""
    return json.dumps(value)
