"""axe finds nothing, and nothing scrolls sideways, in every state, scheme, width and direction."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.static.axe import violations
from tests.browser.static.bringing import bring
from tests.browser.static.conftest import Visit
from tests.browser.static.looks import PAGES, check, has_sideways_scroll
from tests.browser.static.mock_server import Mock

pytestmark = pytest.mark.browser
TAGS = re.compile("^(Tags|Étiquettes)$")
SLEEP = "0.94 with 8 points"


def see_list(page: Page, rows: int = 7) -> None:
    expect(page.locator(".row")).to_have_count(rows)


def see_composer(page: Page) -> None:
    page.locator(".composer-closed").click()
    page.locator(".composer button[type=submit]").click()
    expect(page.locator(".error-text")).to_be_focused()


def see_picture(page: Page) -> None:
    page.locator("peer-pictures").wait_for(state="attached")
    bring(page.locator(".composer-body"), "drop", "notes.pdf", "application/pdf")
    bring(page.locator(".composer-body"), "paste")
    page.locator(".pictures button:not(.icon)").click()
    expect(page.locator(".picture-alt input")).to_be_focused()


def see_people(page: Page) -> None:
    page.locator(".composer-body").press_sequentially("@am")
    page.locator(".calls li").first.wait_for()


def see_other_version(page: Page) -> None:
    """Another device has written since."""
    text = {
        "title": "",
        "body": "From the phone " * 30,
        "kind": "question",
        "anonymous": False,
        "revision": None,
    }
    current = {"revision": 9, "saved_at": "2026-11-24T08:00:00.000Z", "draft": text}
    error = {"code": "stale_draft", "field": "base", "message": "", "details": {"current": current}}
    page.route("**/call/*_draft", lambda route: route.fulfill(status=409, json={"error": error}))
    page.locator(".composer-body").fill("Here")
    page.locator(".composer-other .newer").wait_for()


def see_thread(page: Page) -> None:
    page.locator(".row-title a", has_text="0.94").click()
    page.locator(".katex").first.wait_for()
    page.locator(".composer").wait_for()


def see_menu(page: Page) -> None:
    page.locator(".opening [aria-haspopup=menu]").last.click()
    page.get_by_role("menu").wait_for()


def see_history(page: Page) -> None:
    page.keyboard.press("Escape")
    page.locator(".opening .btn-link").click()
    page.locator("ins").wait_for()


def see_shortcuts(page: Page) -> None:
    page.locator(".row-title a").first.focus()
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()


def see_found(page: Page) -> None:
    page.locator("peer-search button[aria-expanded]").click()
    page.locator("peer-search input[type=search]").fill("corr")
    page.locator(".found mark").first.wait_for()


def see_nothing_found(page: Page) -> None:
    page.locator("peer-search input[type=search]").fill("quokka")
    page.locator("peer-search .empty").wait_for()


def see_similar(page: Page) -> None:
    page.locator(".composer-closed").click()
    page.locator(".composer-title").fill("Does a correlation mean anything?")
    page.get_by_role("textbox", name=TAGS).fill("sample size")
    page.locator(".similar li").first.wait_for()


def see_tray(page: Page) -> None:
    page.locator("peer-notices > button").click()
    expect(page.locator("#tray-title")).to_be_focused()


def see_no_tray(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(page.locator("peer-notices > button")).to_be_focused()


JOURNEYS = {
    "list": [see_list, see_tray, see_no_tray, see_composer],
    "writing": [see_composer, see_people, see_picture, see_other_version],
    "thread": [see_thread, see_menu, see_history],
    "shortcuts": [see_shortcuts],
    "finding": [see_found, see_nothing_found, see_similar],
}


@pytest.mark.parametrize(("width", "lang"), PAGES)
@pytest.mark.parametrize("journey", JOURNEYS)
def test_no_violation(page: Page, visit: Visit, journey: str, width: int, lang: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    visit(lang=lang)
    for see in JOURNEYS[journey]:
        see(page)
        check(page, see.__name__)


def test_no_violation_in_empty_and_failed_lists(visit: Visit, mock: Mock) -> None:
    mock.faults["list_threads"] = "html"
    page = visit()
    page.get_by_role("heading", name="The threads did not load").wait_for()
    check(page)
    mock.forum.threads.clear()
    page.get_by_role("button", name="Try again").click()
    page.get_by_role("heading", name="Nobody has asked yet").wait_for()
    check(page)


def test_no_violation_with_toast_target_edit_and_removed_post(visit: Visit, mock: Mock) -> None:
    post = next(post for post in mock.forum.posts.values() if post["source"].startswith("Autre piste"))
    page = visit(post=post["id"])
    page.locator(".is-target").wait_for()
    assert violations(page) == []
    mine = next(thread["id"] for thread in mock.forum.threads.values() if "skewed" in thread["title"])
    page = visit(thread=mine)
    page.get_by_role("button", name="More actions on Noah’s post").click()
    page.get_by_role("menuitem", name="Remove").click()
    page.locator(".toast").wait_for()
    assert violations(page) == []
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".opening")).to_be_focused()
    page.keyboard.press("e")
    page.get_by_label("Text").wait_for()
    assert violations(page) == []


def test_zoom_to_four_times_and_wide_text_spacing_hold(visit: Visit) -> None:
    page = visit()
    page.set_viewport_size({"width": 320, "height": 700})
    see_thread(page)
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
    )
    assert not has_sideways_scroll(page)


def test_scheme_follows_the_page_not_the_system(visit: Visit) -> None:
    page = visit(theme="light")
    page.emulate_media(color_scheme="dark")
    colour = page.locator(".row").first.evaluate("(row) => getComputedStyle(row).backgroundColor")
    assert colour == "rgb(255, 255, 255)"


def test_colours_are_those_of_the_page_in_forced_colours(visit: Visit) -> None:
    page = visit()
    page.emulate_media(forced_colors="active")
    see_thread(page)
    assert violations(page) == []


def test_long_words_and_names_from_right_to_left_fit_320_pixels(visit: Visit, mock: Mock) -> None:
    long_name = "Wolfeschlegelsteinhausenbergerdorff-Maximiliana"
    mock.forum.person(long_name, 5)
    title = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    thread = mock.forum.add_thread(long_name, title, f"https://example.org/{'path' * 40}")
    mock.forum.add_post(thread["id"], thread["opening"], "أمينة", "هذه الجملة هي ما كان ينقصني.")
    page = visit()
    page.set_viewport_size({"width": 320, "height": 900})
    see_list(page, 8)
    assert not has_sideways_scroll(page)
    page.get_by_role("link", name=title).click()
    page.locator(".composer").wait_for()
    assert not has_sideways_scroll(page)
    assert violations(page) == []
