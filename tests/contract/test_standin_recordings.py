"""Every recorded call of a function that the stand-in has is replayed against it, in the recorder's order.

The state that the recorder set up between calls (a locked account, maintenance, a deleted forum) is set up here
by the names of the cases. Compared are status, type, and the whole answer but for times and picture revisions.
"""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from demo.standin.rig import Rig, flatten
from tests.contract.standin_recorder import BEFORE, Recorder, named

pytestmark = pytest.mark.slow  # a stand-in is started and every recording replayed: make test

FOLDER = Path(__file__).parent / "recordings"
FUNCTIONS = frozenset(
    {
        "core_webservice_get_site_info",
        "core_user_get_users_by_field",
        "core_user_create_users",
        "core_course_get_courses_by_field",
        "core_enrol_get_enrolled_users",
        "core_enrol_get_users_courses",
        "enrol_manual_enrol_users",
        "core_group_create_groups",
        "core_group_add_group_members",
        "mod_forum_get_forums_by_courses",
        "mod_forum_add_discussion",
        "mod_forum_add_discussion_post",
        "mod_forum_update_discussion_post",
        "mod_forum_delete_post",
        "mod_forum_get_forum_discussions",
        "mod_forum_get_discussion_posts",
        "mod_forum_get_discussion_post",
        "mod_forum_set_lock_state",
        "mod_forum_set_pin_state",
        "no_such_function",
    }
)
# What the stand-in does not keep. Each is a recording that is not replayed, with the reason.
LEFT_OUT = {
    "post with attachment": "the stand-in stores no files",
    "read post with attachment": "the stand-in stores no files",
    "inline image through a draft area": "the stand-in stores no files",
    "update keeping attachments": "edits the post of the recording above",
    "native reply": "replies to a post of the prototype plugin, whose functions differ from ours",
    "read plugin discussion": "reads posts of the prototype plugin, whose functions differ from ours",
    "debug=DEVELOPER: subject 300": "replies to a post that is in none of the recordings",
    "private reply by service account (no postprivatereply cap)": "replies to a post of an unrecorded call",
}
HEADS_UNTIL = {"core_webservice_get_site_info": '"functions"'}


def recordings(version: str) -> list[dict[str, Any]]:
    loaded = json.loads((FOLDER / f"{version}.json").read_text(encoding="utf-8"))
    rows = loaded["recordings"] if isinstance(loaded, dict) else loaded
    return [row for row in rows if (row["function"] in FUNCTIONS or row["case"] == "no function")]


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    with Rig.start(tmp_path_factory.mktemp("standin")) as started:
        yield started


def request_of(row: dict[str, Any]) -> dict[str, str]:
    params = dict(row["params"])
    if "_note" in params:
        size = int(re.findall(r"\d+", row["case"])[0])
        params = {**json.loads(params["head"].split(', "message"')[0] + "}"), "message": "a" * size}
    fields = dict(flatten(params))
    if row["token_of"]:
        fields["wstoken"] = f"token-{row['token_of']}"
    if row["function"]:
        fields["wsfunction"] = row["function"]
    if row["format"]:
        fields["moodlewsrestformat"] = row["format"]
    extra: dict[str, str] = row["extra"]
    return fields | extra


VOLATILE = re.compile(
    r'("(?:timecreated|timemodified|created|modified|contextid|sortorder|mailed)": )\d+'
    r'|("locked": )(?=\d{4})\d+|boost/core/\d+/u|(<time datetime=)[^>]*>[^<]*'
    r"|(pluginfile.php/)\d+|(IP:)\S+"
    r'|("debuginfo": ")(?:SELECT|INSERT|no such row)[^"]*'
)


def steady(text: str) -> str:
    """The text without what a clock or a cache made."""
    return VOLATILE.sub(lambda match: next((part for part in match.groups() if part), "") + "0", text)


def compare(row: dict[str, Any], answer: requests.Response) -> None:
    assert answer.status_code == row["http_status"]
    assert answer.headers["Content-Type"] == row["content_type"]
    wanted = row["response"]
    if isinstance(wanted, dict) and "_truncated" in wanted:
        compare_head(row, wanted["head"], answer)
    elif row["format"] == "json" and row["content_type"].startswith("application/json"):
        got = json.loads(steady(json.dumps(answer.json())))
        assert got == json.loads(steady(json.dumps(wanted)))
    else:
        assert answer.text == wanted


def compare_head(row: dict[str, Any], head: str, answer: requests.Response) -> None:
    """The recording holds only the beginning of a long body: that much must be the same, key by key."""
    is_json = row["format"] == "json"
    got = steady(json.dumps(answer.json() if is_json else answer.text, ensure_ascii=False))
    wanted = steady(head)
    stop = HEADS_UNTIL.get(row["function"])
    if stop:
        stop = stop if is_json else stop.replace('"', '\\"')
        wanted, got = wanted.split(stop)[0], got.split(stop)[0]
    # The last hundred characters may hold half of a time.
    length = max(len(wanted) - 100, 0) if not stop else len(wanted)
    assert length > (500 if not stop else 100)
    assert got[:length] == wanted[:length]


@pytest.mark.parametrize("version", ["4.5", "5.1"])
def test_standin_answers_as_the_recordings(version: str, rig: Rig) -> None:
    rows = recordings(version)
    recorder = Recorder(rig, version, rows)
    recorder.build()
    failed, replayed = [], 0
    for row in rows:
        recorder.before(row["case"])
        if row["case"] in LEFT_OUT:
            continue
        url = f"{rig.url}/webservice/rest/server.php"
        fields = request_of(row)
        if row["method"] == "GET":
            answer = requests.get(url, params=fields, timeout=60)
        else:
            answer = requests.post(url, data=fields, timeout=60)
        replayed += 1
        try:
            compare(row, answer)
        except AssertionError as error:
            failed.append(f"{row['case']}: {str(error)[:900]}")
    assert not failed, "\n".join(failed)
    assert replayed >= 150


def test_every_recording_left_out_is_there() -> None:
    cases = {row["case"] for version in ("4.5", "5.1") for row in recordings(version)}
    assert set(LEFT_OUT) <= cases
    assert set(BEFORE) <= cases


def test_standin_locks_by_time(rig: Rig) -> None:
    """`targetstate` 0 locks: the time of the lock is now, not 0."""
    rig.control("reset")
    rig.control(
        "load",
        accounts=[named(7, "teacher", "Tea", "Cher")],
        tokens=[{"token": "t", "account_id": 7}],
        courses=[{"id": 2, "fullname": "C", "shortname": "c"}],
        enrolments=[{"course_id": 2, "account_id": 7, "roleid": 3}],
        forums=[{"id": 5, "course_id": 2, "name": "F"}],
    )
    made = rig.call("mod_forum_add_discussion", {"forumid": 5, "subject": "s", "message": "m"}, token="t")
    params = {"forumid": 5, "discussionid": made["discussionid"], "targetstate": 0}
    locked = rig.call("mod_forum_set_lock_state", params, token="t")
    assert locked["locked"] is True
    assert abs(locked["times"]["locked"] - time.time()) < 60
