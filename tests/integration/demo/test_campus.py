"""The campus gives a block what the LMS gives it, traps included."""

import html
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from demo.town import COURSE, Town
from tests.integration.demo.visitor import BLOCK, PREFIX, UNIT, Visitor, shell_files

pytestmark = pytest.mark.slow
TALK_ELSEWHERE = f"{PREFIX}peer_discussion+block@talk42"
WORKSHOP = f"{PREFIX}peer_review+block@review43"
THREAD = {"client_key": "k1", "kind": "question", "title": "Does it arrive?", "body": "In Moodle, that is."}


def test_stranger_is_shown_the_door(town: Town) -> None:
    answer = Visitor(town).open("/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/login")


def test_unit_page_does_not_exist_for_a_stranger(town: Town) -> None:
    assert Visitor(town).open(f"/xblock/{UNIT}").status_code == 404


def test_anonymous_get_reaches_the_handler(town: Town) -> None:
    visitor = Visitor(town)
    assert visitor.get(visitor.handler("call/list_threads"), timeout=30).status_code == 405


def test_anonymous_post_is_forbidden(town: Town) -> None:
    visitor = Visitor(town)
    visitor.open("/login")
    assert visitor.operate("list_threads", {}).status_code == 403


def test_post_without_csrf_token_is_forbidden(town: Town) -> None:
    visitor = Visitor(town, "amina")
    answer = visitor.post(visitor.handler("call/list_threads"), json={}, timeout=30)
    assert answer.status_code == 403


def test_learner_lists_threads(town: Town) -> None:
    answer = Visitor(town, "amina").operate("list_threads", {})
    assert answer.status_code == 200
    titles = [thread["title"] for thread in answer.json()["threads"]]
    assert "Does a correlation of 0.94 with 8 points mean anything?" in titles


def test_what_others_wrote_for_one_comes_by_mail_and_the_mailbox_shows_it(town: Town) -> None:
    visitor = Visitor(town, "amina")
    visitor.submit("/mail/now", {})
    page = html.unescape(visitor.open("/mail").text)
    assert "in Data literacy: reading evidence" in page
    stop = re.search(r"/peer/stop/[\w:=-]+", page)
    assert stop is not None
    assert "Stop the mails of this course?" in Visitor(town).open(stop[0]).text


def test_cohort_sees_its_own_threads_only(town: Town) -> None:
    block = f"{PREFIX}peer_discussion+block@talk41"
    seen = {
        name: [
            thread["title"]
            for thread in Visitor(town, name).operate("list_threads", {}, block=block).json()["threads"]
        ]
        for name in ("amina", "noah")
    }
    assert seen == {
        "amina": ["Morning group: which number would you show to a patient?"],
        "noah": ["Evening group: are the wards of equal size?"],
    }


@pytest.mark.parametrize("path", ["handler/none", "handler/call"])
def test_unknown_block_and_handler_are_404(town: Town, path: str) -> None:
    visitor = Visitor(town, "amina")
    block = BLOCK if path == "handler/none" else BLOCK + "x"
    assert visitor.open(f"/courses/{COURSE}/xblock/{block}/{path}").status_code == 404


def test_preview_writes_nothing(town: Town) -> None:
    staff = Visitor(town, "staff")
    answer = staff.operate("create_thread", THREAD, mode="preview")
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "preview")


def test_learner_is_no_author(town: Town) -> None:
    learner = Visitor(town, "amina")
    assert learner.open(f"/studio/{COURSE}").status_code == 302
    assert learner.operate("list_threads", {}, mode="preview").status_code == 403


def test_unit_page_names_hashed_files_that_are_there(town: Town) -> None:
    learner = Visitor(town, "amina")
    files = shell_files(learner.open(f"/xblock/{UNIT}").text)
    block = [path for path in files if "/xblock/resources/peer_xblock/public/peer-discussion." in path]
    assert len(block) == 1
    assert re.search(r"peer-discussion\.[0-9a-f]{12}\.js$", block[0])
    assert all(learner.open(path).status_code == 200 for path in files)


def test_settings_are_kept_and_shown_as_olx(town: Town) -> None:
    staff = Visitor(town, "staff")
    block = f"{PREFIX}peer_discussion+block@talk31"
    saved = staff.post(
        staff.handler("save_settings", mode="studio", block=block),
        json={"display_name": "Dots & lines"},
        headers={"X-CSRFToken": staff.cookies["csrftoken"]},
        timeout=30,
    )
    assert saved.json() == {"result": "success"}
    page = staff.open(f"/studio/block/{block}").text
    assert "display_name=&quot;Dots &amp;amp; lines&quot;" in page


def test_page_speaks_french_and_is_dark_when_asked(town: Town) -> None:
    learner = Visitor(town, "lea")
    learner.submit("/lang", {"language": "fr", "next": "/"})
    learner.submit("/theme", {"theme": "dark", "next": "/"})
    page = learner.open("/").text
    assert '<html lang="fr" data-peer-theme="dark">' in page
    assert "Choisissez une unité" in page


def test_a_file_of_megabytes_is_taken(town: Town) -> None:
    learner = Visitor(town, "noah")
    answer = learner.post(
        learner.handler("call/upload_file", block=WORKSHOP) + "?name=big.csv",
        data=b"a" * 4_000_000,
        headers={"X-CSRFToken": learner.cookies["csrftoken"], "Content-Type": "application/octet-stream"},
        timeout=30,
    )
    assert (answer.status_code, answer.json()["size"]) == (200, 4_000_000)


def test_log_in_does_not_lead_elsewhere(town: Town) -> None:
    visitor = Visitor(town)
    visitor.open("/login")
    answer = visitor.submit("/login", {"username": "amina", "next": "https://elsewhere.test/"})
    assert answer.headers["Location"] == "/"


def test_contribution_completes_the_block_and_arrives_in_moodle(town: Town) -> None:
    learner = Visitor(town, "jo")
    before = learner.open(f"/learn/{COURSE}/{UNIT}").text
    answer = learner.operate("create_thread", THREAD)
    assert answer.status_code == 200
    after = learner.open(f"/learn/{COURSE}/{UNIT}").text
    assert after.count("✓") == before.count("✓") + 1
    assert town.place is not None
    forum = town.moodle.forum_page(town.place.forum)
    assert arrives(learner, forum, THREAD["title"])
    link = f"/peer/p/{answer.json()['opening']['id']}"
    assert learner.open(link).headers["Location"].startswith(f"/peer/course/{COURSE}/")


def arrives(visitor: Visitor, page: str, text: str, *, within_s: float = 30) -> bool:
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        if text in visitor.get(page, timeout=30).text:
            return True
        time.sleep(0.3)
    return False


@pytest.fixture
def elsewhere(town: Town) -> Iterator[str]:
    """A unit that is only for a cohort that nobody is in."""
    unit = f"{PREFIX}vertical+block@unit42"
    path = town.state.folder / "campus.sqlite3"
    change = "UPDATE campus_block SET cohort_id = ? WHERE usage_key = ?"
    with closing(sqlite3.connect(path, timeout=20)) as campus, campus:
        campus.execute(change, (99, unit))
    yield unit
    with closing(sqlite3.connect(path, timeout=20)) as campus, campus:
        campus.execute(change, (0, unit))


def test_a_unit_of_another_cohort_is_nowhere_for_a_learner(town: Town, elsewhere: str) -> None:
    learner, title = Visitor(town, "amina"), "Deux axes"
    assert title not in learner.open("/").text
    assert learner.open(f"/xblock/{elsewhere}").status_code == 404
    assert learner.operate("list_threads", {}, block=TALK_ELSEWHERE).status_code == 404
    assert "Discussion de cette unité" not in learner.open(f"/peer/course/{COURSE}").text
    staff = Visitor(town, "staff")
    assert title in staff.open("/").text
    assert staff.operate("list_threads", {}, block=TALK_ELSEWHERE).status_code == 200
