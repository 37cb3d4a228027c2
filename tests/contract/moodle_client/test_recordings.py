"""Every recorded call that the client can make, replayed: it asks as was asked and reads what a Moodle answered."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
import requests
import responses

from moodle_bridge.moodle.client import MoodleClient
from moodle_bridge.moodle.errors import MoodleError, Refused, Stop, Transient, Unreachable, Unusable
from moodle_bridge.moodle.forms import form_fields
from moodle_bridge.moodle.types import Discussion, MoodleUser, Post

FOLDER = Path(__file__).parents[1] / "recordings"
VERSIONS = ("4.5", "5.1")
URL = "https://moodle.example.test"
ENDPOINT = f"{URL}/webservice/rest/server.php"
Call = Callable[[MoodleClient, dict[str, Any]], Any]

CALLS: dict[str, Call] = {
    "core_webservice_get_site_info": lambda c, _: c.get_site_info(),
    "core_user_get_users_by_field": lambda c, p: c.get_users_by_idnumber(p["values"]),
    "core_enrol_get_enrolled_users": lambda c, p: c.get_enrolled_users(p["courseid"], offset=0, limit=3),
    "mod_forum_add_discussion": lambda c, p: c.add_discussion(
        p["forumid"], subject=p["subject"], message=p["message"], group_id=p.get("groupid", 0)
    ),
    "mod_forum_add_discussion_post": lambda c, p: c.add_post(
        p["postid"], subject=p.get("subject", ""), message=p.get("message", "")
    ),
    "mod_forum_update_discussion_post": lambda c, p: c.update_post(
        p["postid"], subject=p.get("subject", ""), message=p.get("message", "")
    ),
    "mod_forum_delete_post": lambda c, p: c.delete_post(p["postid"]),
    "mod_forum_get_discussion_posts": lambda c, p: c.get_discussion_posts(p["discussionid"]),
    "mod_forum_get_forum_discussions": lambda c, p: c.get_forum_discussions(
        p["forumid"], page=p["page"], per_page=p["perpage"]
    ),
    "enrol_manual_enrol_users": lambda c, p: c.enrol_user(
        p["enrolments"][0]["userid"], course_id=p["enrolments"][0]["courseid"], role_id=5
    ),
}
STOPS = {"invalidtoken", "accessexception", "sitepolicynotagreed", "forcepasswordchangenotice"}


def recordings(version: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((FOLDER / f"{version}.json").read_text())["recordings"]
    return [
        row
        for row in rows
        if row["function"] in CALLS
        and row["method"] == "POST"
        and row["format"] == "json"
        and "_note" not in row["params"]
        and not (isinstance(row["response"], dict) and row["response"].get("_truncated"))
    ]


CASES = [
    pytest.param(row, id=f"{v}-{n}-{row['case'][:40]}")
    for v in VERSIONS
    for n, row in enumerate(recordings(v))
]


def replay(row: dict[str, Any]) -> tuple[Any, requests.PreparedRequest]:
    with responses.RequestsMock() as mock:
        body = row["response"] if row["http_status"] != 200 else json.dumps(row["response"])
        mock.post(ENDPOINT, body=body, status=row["http_status"])
        try:
            outcome: Any = CALLS[row["function"]](MoodleClient(URL, "t"), row["params"])
        except MoodleError as error:
            outcome = error
        request: requests.PreparedRequest = mock.calls[0].request
    return outcome, request


@pytest.mark.parametrize("row", CASES)
def test_a_recorded_answer_is_read_as_what_it_is(row: dict[str, Any]) -> None:
    outcome, _ = replay(row)
    answer = row["response"]
    if row["http_status"] == 403:
        assert isinstance(outcome, Stop)
    elif row["http_status"] != 200:
        assert isinstance(outcome, Unreachable)
    elif isinstance(answer, dict) and "exception" in answer:
        assert isinstance(outcome, MoodleError)
        code = answer.get("errorcode", "phpfatal")
        assert outcome.code == code
        is_stop = code in STOPS or code.startswith("wsaccessuser")
        assert isinstance(outcome, Stop) == is_stop
        assert isinstance(outcome, Unusable) == ("errorcode" not in answer)
    else:
        assert not isinstance(outcome, MoodleError)


@pytest.mark.parametrize("version", VERSIONS)
def test_the_fields_of_a_reply_are_those_that_were_recorded(version: str) -> None:
    row = next(r for r in recordings(version) if r["case"] == "reply as service account")
    outcome, request = replay(row)
    assert outcome == row["response"]["postid"]
    sent = dict(parse_qsl(str(request.body), keep_blank_values=True))
    assert set(form_fields(row["params"])) <= set(sent.items())


def case(version: str, name: str) -> dict[str, Any]:
    return next(r for r in recordings(version) if r["case"] == name)


@pytest.mark.parametrize("version", VERSIONS)
def test_posts_and_discussions_are_read(version: str) -> None:
    posts, request = replay(case(version, "read posts"))
    assert isinstance(posts[0], Post)
    assert (posts[0].parent_id, posts[0].is_deleted) == (None, False)
    assert "moodlewssettingraw=1" in str(request.body)
    discussions, _ = replay(case(version, "list discussions"))
    assert all(isinstance(d, Discussion) and d.first_post_id > 0 for d in discussions)


@pytest.mark.parametrize("version", VERSIONS)
def test_accounts_come_with_their_id_numbers(version: str) -> None:
    users, _ = replay(case(version, "user by idnumber present"))
    assert [type(u) for u in users] == [MoodleUser]
    assert users[0].idnumber == case(version, "user by idnumber present")["params"]["values"][0]


def test_what_passes_is_never_taken_for_a_refusal() -> None:
    """Over all recordings: maintenance and broken answers are tried again, a refusal is final."""
    for version in VERSIONS:
        for row in recordings(version):
            outcome, _ = replay(row)
            if isinstance(outcome, MoodleError):
                assert isinstance(outcome, Transient | Refused | Stop)
                assert isinstance(outcome, Transient) == (
                    outcome.code in ("sitemaintenance", "http503", "phpfatal", "dmlwriteexception")
                )
