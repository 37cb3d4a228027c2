"""axe finds nothing, and nothing scrolls sideways, in every view of the directory."""

import pytest
from playwright.sync_api import expect

from tests.browser.static.conftest import Visit
from tests.browser.static.mock_server import Mock
from tests.browser.static.seed_experts import request
from tests.browser.static.test_accessibility import LOOKS
from tests.browser.static.test_review_accessibility import check

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "query"), LOOKS)
def test_no_violation_among_the_people(visit: Visit, mock: Mock, width: int, query: dict[str, str]) -> None:
    request(mock.experts, "Does the interval mean something?", "Amina", mine=False)
    request(mock.experts, "How do I read a box plot?", "Tomás", mine=True)
    page = visit(block="experts", **query)
    page.set_viewport_size({"width": width, "height": 900})
    page.locator(".expert summary").first.click()
    check(page)
    page.locator(".ask").first.click()
    page.locator(".composer").wait_for()
    page.locator(".composer button[type=submit]").click()
    expect(page.locator(".error-text")).to_be_visible()
    check(page)


@pytest.mark.parametrize(("width", "query"), LOOKS)
def test_no_violation_in_the_own_card(visit: Visit, mock: Mock, width: int, query: dict[str, str]) -> None:
    mock.experts.me["evidence"] = mock.experts.cards[0]["evidence"]
    page = visit(block="experts", **query)
    page.set_viewport_size({"width": width, "height": 900})
    page.locator(".own-card").click()
    page.locator("#skill-text").press_sequentially("sa")
    page.get_by_role("listbox").wait_for()
    check(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_violation_where_nobody_is(visit: Visit, mock: Mock, theme: str) -> None:
    mock.experts.cards.clear()
    page = visit(block="experts", theme=theme)
    page.locator(".empty").wait_for()
    check(page)
