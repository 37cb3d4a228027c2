"""axe finds nothing, and nothing scrolls sideways, in every view of an assignment."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.static.conftest import Visit
from tests.browser.static.looks import PAGES, check, has_sideways_scroll
from tests.browser.static.mock_server import Mock
from tests.browser.static.seed_review import handed_in, reviewed

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "lang"), PAGES)
def test_no_violation_while_handing_in(page: Page, visit: Visit, width: int, lang: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    visit(block="review", lang=lang)
    page.locator(".composer").wait_for()
    page.set_input_files("input[type=file]", {"name": "a.exe", "mimeType": "x", "buffer": b"x"})
    page.locator(".composer button[type=submit]").click()
    expect(page.locator(".composer .error-text").first).to_be_visible()
    page.locator("details.more > summary").first.click()
    check(page)


@pytest.mark.parametrize(("width", "lang"), PAGES)
def test_no_violation_while_reviewing(page: Page, visit: Visit, mock: Mock, width: int, lang: str) -> None:
    handed_in(mock.review)
    page.set_viewport_size({"width": width, "height": 900})
    visit(block="review", lang=lang)
    page.locator(".next .btn").click()
    page.locator(".criterion").first.wait_for()
    page.locator(".savebar .btn.primary").click()
    page.locator(".error-text").first.wait_for()
    check(page)
    page.locator("[aria-haspopup=dialog]").click()
    page.get_by_role("dialog").wait_for()
    check(page)


@pytest.mark.parametrize(("width", "lang"), PAGES)
def test_no_violation_in_result_and_team(page: Page, visit: Visit, mock: Mock, width: int, lang: str) -> None:
    reviewed(mock.review).viewer["role"] = "staff"
    page.set_viewport_size({"width": width, "height": 900})
    visit(block="review", lang=lang)
    page.locator(".next .btn").click()
    page.locator(".grade").wait_for()
    check(page)
    page.go_back()
    page.locator(".header .btn").click()
    page.get_by_role("table").wait_for()
    check(page)
    page.locator("tbody button").first.click()
    page.locator(".criterion").first.wait_for()
    check(page)


def test_zoom_to_four_times_and_wide_text_spacing_hold(visit: Visit, mock: Mock) -> None:
    handed_in(mock.review)
    page = visit(block="review")
    page.set_viewport_size({"width": 320, "height": 700})
    page.locator(".next .btn").click()
    page.locator(".criterion").first.wait_for()
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
    )
    assert not has_sideways_scroll(page)
