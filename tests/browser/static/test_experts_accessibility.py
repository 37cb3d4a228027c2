"""axe finds nothing, and nothing scrolls sideways, in every view of the directory."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.static.conftest import Visit
from tests.browser.static.looks import PAGES, check
from tests.browser.static.mock_server import Mock
from tests.browser.static.seed_experts import request

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "lang"), PAGES)
def test_no_violation_among_the_people(page: Page, visit: Visit, mock: Mock, width: int, lang: str) -> None:
    request(mock.experts, "Does the interval mean something?", "Amina", mine=False)
    request(mock.experts, "How do I read a box plot?", "Tomás", mine=True)
    page.set_viewport_size({"width": width, "height": 900})
    visit(block="experts", lang=lang)
    page.locator(".expert summary").first.click()
    check(page)
    page.locator(".ask").first.click()
    page.locator(".composer").wait_for()
    page.locator(".composer button[type=submit]").click()
    expect(page.locator(".error-text")).to_be_visible()
    check(page)


@pytest.mark.parametrize(("width", "lang"), PAGES)
def test_no_violation_in_the_own_card(page: Page, visit: Visit, mock: Mock, width: int, lang: str) -> None:
    mock.experts.me["evidence"] = mock.experts.cards[0]["evidence"]
    page.set_viewport_size({"width": width, "height": 900})
    visit(block="experts", lang=lang)
    page.locator(".own-card").click()
    page.locator("#skill-text").press_sequentially("sa")
    page.get_by_role("listbox").wait_for()
    check(page)


def test_no_violation_where_nobody_is(visit: Visit, mock: Mock) -> None:
    mock.experts.cards.clear()
    page = visit(block="experts")
    page.locator(".empty").wait_for()
    check(page)
