"""What comes late takes the place that was kept for it: nothing moves under who reads or clicks."""

import pytest
from playwright.sync_api import Page

from tests.browser.pages import hold, settle
from tests.browser.static.conftest import Visit
from tests.browser.static.looks import PAGES

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "lang"), PAGES)
def test_the_list_stands_still_when_search_and_tray_come(
    page: Page, visit: Visit, width: int, lang: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    search, tray = hold(page, "**/peer-discussion-search.js"), hold(page, "**/peer-discussion-notices.js")
    visit(lang=lang, at_once=True)
    first = page.locator(".row").first
    first.wait_for()
    before = first.bounding_box()
    search()
    tray()
    page.locator("peer-search input[type=search]").wait_for()
    page.locator("peer-notices button").wait_for()
    settle(page)
    assert first.bounding_box() == before


@pytest.mark.parametrize(("width", "lang"), PAGES)
def test_a_thread_stands_still_when_following_comes(
    page: Page, open_thread: Visit, width: int, lang: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    follow = hold(page, "**/peer-discussion-notices.js")
    open_thread("0.94", lang=lang, at_once=True)
    page.locator("peer-reply").wait_for()
    opening = page.locator(".opening")
    before = opening.bounding_box()
    follow()
    page.locator("peer-follow button").wait_for()
    settle(page)
    after = opening.bounding_box()
    assert before is not None
    assert after is not None
    assert (after["x"], after["y"]) == (before["x"], before["y"])
