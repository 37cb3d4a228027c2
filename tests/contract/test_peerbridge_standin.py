"""The cases of the Moodle plugin's functions, run against the stand-in: it must behave as the PHP plugin does."""

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import requests

from demo.standin.rig import Rig
from tests.contract.peerbridge.runner import Case, load_cases
from tests.contract.peerbridge.runner import run_case as check_case

pytestmark = pytest.mark.slow  # a stand-in is started for the cases: make test

COURSE, ELSEWHERE = 2, 3
TOKEN = "service"
PEOPLE = {
    "service": 3,
    "amina": 4,
    "tomas": 5,
    "noah": 6,
    "ines": 7,
    "outsider": 8,
    "suspended": 9,
    "marta": 10,
}
ROLES = {"amina": 5, "tomas": 5, "noah": 5, "suspended": 5, "marta": 4, "ines": 3}
GROUPS = {"red": 1, "blue": 2, "elsewhere": 3}
FORUMS: dict[str, dict[str, Any]] = {
    "open": {},
    "second": {},
    "grouped": {"groupmode": 1},
    "visible": {"groupmode": 2},
    "hidden": {"visible": False},
    "news": {"type": "news"},
}


class StandinWorld:
    """One stand-in for all cases; each case has new forums and a source of its own."""

    is_concurrent = True

    def __init__(self, rig: Rig) -> None:
        self._rig = rig
        self._forum_ids = itertools.count(10)
        self._sources = itertools.count(1)
        rig.control("reset")
        rig.control("site", values={"siteurl": rig.url})
        rig.control("load", **world())

    def names_for(self, case: Case) -> Mapping[str, str | int]:
        forums = {name: next(self._forum_ids) for name in case.forums}
        rows = [
            {"id": forum_id, "course_id": COURSE, "name": name, **FORUMS[name]}
            for name, forum_id in forums.items()
        ]
        self._rig.control("load", forums=rows)
        return {
            "source": f"case-{next(self._sources)}",
            "course": COURSE,
            **{f"forum:{name}": forum_id for name, forum_id in forums.items()},
            **{f"cm:{name}": forum_id + 1000 for name, forum_id in forums.items()},
            **{f"user:{name}": user_id for name, user_id in PEOPLE.items()},
            **{f"group:{name}": group_id for name, group_id in GROUPS.items()},
        }

    def call(self, function: str, fields: Mapping[str, str], *, raw: bool) -> Any:
        form = {**fields, "wstoken": TOKEN, "wsfunction": function, "moodlewsrestformat": "json"}
        if raw:
            form["moodlewssettingraw"] = "1"
        return requests.post(f"{self._rig.url}/webservice/rest/server.php", data=form, timeout=60).json()


def world() -> dict[str, Any]:
    accounts = [
        {
            "id": user_id,
            "username": name,
            "firstname": name.capitalize(),
            "lastname": "Peercheck",
            "email": f"{name}@example.com",
            "suspended": name == "suspended",
            "system_role": "bridge" if name == "service" else "",
        }
        for name, user_id in PEOPLE.items()
    ]
    return {
        "accounts": accounts,
        "tokens": [{"token": TOKEN, "account_id": PEOPLE["service"]}],
        "courses": [
            {"id": COURSE, "fullname": "Peercheck", "shortname": "peercheck"},
            {"id": ELSEWHERE, "fullname": "Elsewhere", "shortname": "elsewhere"},
        ],
        "enrolments": [
            {"course_id": COURSE, "account_id": PEOPLE[name], "roleid": role} for name, role in ROLES.items()
        ],
        "groups": [
            {"id": GROUPS["red"], "course_id": COURSE, "name": "Red", "members": [PEOPLE["amina"]]},
            {"id": GROUPS["blue"], "course_id": COURSE, "name": "Blue", "members": [PEOPLE["tomas"]]},
            {"id": GROUPS["elsewhere"], "course_id": ELSEWHERE, "name": "Elsewhere", "members": []},
        ],
    }


@pytest.fixture(scope="module")
def standin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandinWorld]:
    with Rig.start(tmp_path_factory.mktemp("standin")) as rig:
        yield StandinWorld(rig)


@pytest.mark.parametrize("case", load_cases(), ids=lambda case: case.name)
def test_standin_holds_the_case(case: Case, standin: StandinWorld) -> None:
    check_case(case, standin)  # raises CaseFailed, an AssertionError, at the first step that does not hold
