"""The recorder's site on a stand-in, and the state that it was brought into before single recordings."""

from collections.abc import Callable
from typing import Any

from demo.standin.rig import Rig

SITE = "https://moodle.example.test"
SHOW_ACCOUNTS = ("core_user_get_users_by_field", "core_enrol_get_enrolled_users")


class Recorder:
    """The recorder's site, on a stand-in: accounts, courses and forums under the ids that they had."""

    def __init__(self, rig: Rig, version: str, rows: list[dict[str, Any]]) -> None:
        self.rig = rig
        self.is_old = version == "4.5"
        self.base = 2 if self.is_old else 20
        self.course = 2 if self.is_old else 3
        self.groups = (1, 2) if self.is_old else (4, 5)
        self.seen = accounts_in(rows)
        self.rows = {row["case"]: row for row in rows}

    def build(self) -> None:
        self.rig.control("reset")
        branch = "4.5" if self.is_old else "5.1"
        database = "pgsql" if self.is_old else "mysql"
        self.rig.control(
            "site",
            values={
                "siteurl": SITE,
                "branch": branch,
                "database": database,
                "sitename": f"Rig Moodle {branch}",
            },
        )
        accounts = [self.account(number) for number in range(1, 121)]
        accounts.append(named(3, "bridge", "Peer", "Bridge", system_role="recorded"))
        accounts.append(named(124, "teacher", "Tea", "Cher"))
        names = {row["token_of"] for row in self.rows.values()} - {None, "expired", "badip"}
        ids = {account["username"]: account["id"] for account in accounts}
        tokens = [{"token": f"token-{name}", "account_id": ids[name]} for name in names if name in ids]
        tokens += [
            {"token": "token-expired", "account_id": 3, "valid_until": 1},
            {"token": "token-badip", "account_id": 3, "ip": "192.0.2.7"},
        ]
        self.rig.control("load", accounts=accounts, tokens=tokens, **self.world())
        self.rig.control("sequence", table="accounts", next=125)
        first = self.rows["new discussion as service account"]["response"]["discussionid"]
        self.rig.control("sequence", table="discussions", next=first)
        self.rig.control("sequence", table="posts", next=2 if self.is_old else 13546)

    def account(self, number: int) -> dict[str, Any]:
        username = f"u{number}"
        shown = self.seen.get(username, {})
        return named(
            number + 3,
            username,
            f"First{number}",
            f"Last{number}",
            idnumber=shown.get("idnumber", f"sso|{number}"),
            auth="db" if number == 2 else "manual",
        )

    def world(self) -> dict[str, Any]:
        course = self.rows["course by idnumber"]["response"]["courses"][0]
        ids = sorted({2, self.course})
        enrolled = [*range(4, 104), 124]
        courses = [
            {
                "id": course_id,
                "fullname": "Peer 101",
                "shortname": "peer101" if course_id == 2 else "peer102",
                "idnumber": course["idnumber"] if course_id == 2 and "idnumber" in course else "other",
                "summary": course["summary"],
                "startdate": course["startdate"],
            }
            for course_id in ids
        ]
        courses[0]["idnumber"] = self.rows["course by idnumber"]["params"]["value"]
        members = [[4, 5, 6, 7, 8], [9, 10, 11, 12, 13]]
        extra = [] if self.is_old else [{"id": 1, "course_id": 2, "name": "Group A", "members": [4]}]
        return {
            "courses": courses,
            "enrolments": [
                {"course_id": course_id, "account_id": who, "roleid": 3 if who == 124 else 5}
                for course_id in ids
                for who in enrolled
            ],
            "groups": extra
            + [
                {"id": group, "course_id": self.course, "name": name, "members": people}
                for group, name, people in zip(self.groups, ("Group A", "Group B"), members, strict=True)
            ],
            "forums": self.forums(),
        }

    def forums(self) -> list[dict[str, Any]]:
        kinds: dict[int, dict[str, Any]] = {
            0: {},
            2: {"type": "qanda"},
            3: {"type": "single"},
            4: {"type": "eachuser"},
            5: {"groupmode": 1},
            7: {"blockafter": 2, "blockperiod": 86400},
            8: {"visible": False},
            9: {"cutoffdate": 1700000000},
            13: {},
            14: {},
        }
        return [
            {"id": self.base + offset, "course_id": self.course, "name": f"Forum {offset}", **kind}
            for offset, kind in kinds.items()
        ]

    def before(self, case: str) -> None:
        """Bring the site into the state that the recorder had made for this case."""
        if case in BEFORE:
            BEFORE[case](self)

    def site(self, **values: Any) -> None:
        self.rig.control("site", values=values)

    def bridge(self, **values: Any) -> None:
        fresh = {"suspended": False, "auth": "manual", "confirmed": True, "must_change_password": False}
        self.rig.control("load", accounts=[{"id": 3, **fresh, **values}])

    def learner(self, number: int, **values: Any) -> None:
        self.rig.control("load", accounts=[{"id": number + 3, **values}])

    def forum(self, offset: int, **values: Any) -> None:
        self.rig.control("load", forums=[{"id": self.base + offset, **values}])


def named(account_id: int, username: str, first: str, last: str, **values: Any) -> dict[str, Any]:
    return {
        "id": account_id,
        "username": username,
        "firstname": first,
        "lastname": last,
        "email": f"{username}@example.com",
        **values,
    }


def accounts_in(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Each account as the first recording that shows it had it."""
    seen: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row["function"] in SHOW_ACCOUNTS and isinstance(row["response"], list):
            for account in row["response"]:
                seen.setdefault(account["username"], account)
    return seen


def calm(recorder: Recorder) -> None:
    recorder.site(
        webservices=True,
        rest=True,
        service=True,
        restricted=False,
        missing_functions=[],
        maintenance=False,
        cli_maintenance="",
        sitepolicy=False,
        debug=False,
        debugdisplay=False,
    )
    recorder.bridge()
    recorder.rig.control("load", courses=[{"id": recorder.course, "visible": True}])
    recorder.learner(1, suspended=False)
    recorder.rig.control("suspend", course=recorder.course, account=4, on=False)


def switch(**values: Any) -> Callable[[Recorder], None]:
    def apply(recorder: Recorder) -> None:
        calm(recorder)
        recorder.site(**values)

    return apply


def account(**values: Any) -> Callable[[Recorder], None]:
    def apply(recorder: Recorder) -> None:
        calm(recorder)
        recorder.bridge(**values)

    return apply


def hide_course(recorder: Recorder) -> None:
    calm(recorder)
    recorder.rig.control("load", courses=[{"id": recorder.course, "visible": False}])


def suspend_enrolment(recorder: Recorder) -> None:
    calm(recorder)
    recorder.rig.control("suspend", course=recorder.course, account=4)


def suspend_learner(recorder: Recorder) -> None:
    calm(recorder)
    recorder.learner(1, suspended=True)


def skip_attachment(recorder: Recorder) -> None:
    """The post of a recording that is left out took an id."""
    calm(recorder)
    recorder.rig.control("sequence", table="posts", next=51 if recorder.is_old else 13594)


def same_idnumber(recorder: Recorder) -> None:
    calm(recorder)
    recorder.learner(1, idnumber="sso|changed1", auth="oauth2")
    recorder.learner(2, idnumber="sso|changed1")


BEFORE: dict[str, Callable[[Recorder], None]] = {
    "service account suspended (service account)": account(suspended=True),
    "service account auth=nologin (service account)": account(auth="nologin"),
    "service account unconfirmed (service account)": account(confirmed=False),
    "web services disabled (service account)": switch(webservices=False),
    "REST protocol disabled (service account)": switch(rest=False),
    "external service disabled (service account)": switch(service=False),
    "external service restricted users (service account)": switch(restricted=True),
    "function not in service (service account)": switch(missing_functions=["mod_forum_add_discussion"]),
    "maintenance mode (db) (service account)": switch(maintenance=True),
    "maintenance mode (climaintenance.html) (service account)": switch(cli_maintenance="<h1>maint</h1>"),
    "upgrade pending (version hash differs) (service account)": calm,
    "site policy required (service account)": switch(sitepolicy=True),
    "forced password change (service account)": account(must_change_password=True),
    "course hidden (service account)": hide_course,
    "after all restored": calm,
    "learner token, learner suspended": suspend_learner,
    "learner token, enrolment suspended": suspend_enrolment,
    "disc before deletion": skip_attachment,
    "forum with deletion in progress (async): add discussion": lambda recorder: recorder.forum(
        13, being_deleted=True
    ),
    "deleted forum: add discussion": lambda recorder: recorder.rig.control(
        "remove", table="forums", id=recorder.base + 13
    ),
    "debug=DEVELOPER: unexpected key": switch(debug=True),
    "debugdisplay=1: body still JSON?": switch(debug=True, debugdisplay=True),
    "moodlewssettinglang=de (language pack absent)": calm,
    "read suspended user": lambda recorder: recorder.learner(118, suspended=True),
    "two users with the same idnumber": same_idnumber,
    "idnumber lookup 'auth0|AbCdEf'": lambda recorder: recorder.learner(
        30, idnumber="auth0|AbCdEf", auth="oauth2"
    ),
}
