"""What people write in the stand-in's forum is in the unit: as themselves, or as a guest, and once."""

import re
import time
from typing import Any

import pytest

from demo.town import Town
from tests.integration.demo.visitor import Visitor

pytestmark = pytest.mark.slow


def write_in_moodle(visitor: Visitor, page: str, author: str, message: str) -> None:
    """Reply to the discussion of a page of the stand-in, as the person of that name."""
    shown = visitor.get(page, timeout=30).text
    people = {name: number for number, name in re.findall(r'<option value="(\d+)">([^<:]+)</option>', shown)}
    first = re.search(r'<select id="post".*?<option value="(\d+)"', shown, re.S)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', shown)
    assert first
    assert token
    form = {"csrfmiddlewaretoken": token[1], "author": people[author], "post": first[1], "message": message}
    answer = visitor.post(page.split("/mod/", maxsplit=1)[0] + "/standin/write", data=form, timeout=30)
    assert answer.status_code == 200, answer.text
    assert message in answer.text


def find_discussion(visitor: Visitor, town: Town, title: str) -> str:
    """The page of the mirrored thread, once it is there."""
    assert town.place is not None
    forum = town.moodle.forum_page(town.place.forum)
    for _ in range(100):
        found = re.search(
            rf'discuss\.php\?d=(\d+)"><span dir="auto">{re.escape(title)}', visitor.get(forum).text
        )
        if found:
            return f"{town.target.url}/mod/forum/discuss.php?d={found[1]}"
        time.sleep(0.3)
    raise AssertionError("the thread does not reach Moodle")


def responses_of(visitor: Visitor, thread: str) -> list[dict[str, Any]]:
    answer = visitor.operate("get_thread", {"thread": thread})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["responses"]
    return found


def wait_for(visitor: Visitor, thread: str, count: int) -> list[dict[str, Any]]:
    for _ in range(100):
        if len(found := responses_of(visitor, thread)) >= count:
            return found
        time.sleep(0.3)
    raise AssertionError("the reply does not come back")


def test_a_reply_in_moodle_is_in_the_unit_and_can_be_answered_there(town: Town) -> None:
    amina = Visitor(town, "amina")
    title = "Who answers from Moodle?"
    thread = {"client_key": "wb1", "kind": "question", "title": title, "body": "Somebody?"}
    asked = amina.operate("create_thread", thread).json()["thread"]["id"]
    page = find_discussion(amina, town, title)
    write_in_moodle(amina, page, "Noah Bergström", "I do, from Moodle.")
    reply = wait_for(amina, asked, 1)[0]
    assert reply["html"] == "<p>I do, from Moodle.</p>"
    assert (reply["author"]["name"], reply["author"]["kind"]) == ("Noah Bergström", "named")
    comment = {"client_key": "wb2", "response": reply["id"], "body": "And I hear it here."}
    assert amina.operate("create_comment", comment).status_code == 200
    for _ in range(100):
        if "And I hear it here." in (shown := amina.get(page, timeout=30).text):
            break
        time.sleep(0.3)
    assert shown.count("And I hear it here.") == 1
    assert shown.count("I do, from Moodle.") == 1
    assert len(responses_of(amina, asked)) == 1
