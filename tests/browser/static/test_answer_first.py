"""A thread whose answers wait for one's own."""

import pytest
from playwright.sync_api import expect

from tests.browser.static.axe import violations
from tests.browser.static.conftest import Visit
from tests.browser.static.mock_server import Mock

pytestmark = pytest.mark.browser
SLEEP = "0.94 with 8 points"


def test_answers_come_with_ones_own_by_keyboard_alone(visit: Visit, mock: Mock) -> None:
    thread = next(one for one in mock.forum.threads.values() if SLEEP in one["title"])
    thread["answer_first"] = True
    page = visit()
    row = page.locator(".row", has_text=SLEEP)
    expect(row).to_contain_text("Answer first")
    row.get_by_role("link").click()
    expect(page.get_by_text("What the others answered appears here")).to_be_visible()
    expect(page.locator(".response")).to_have_count(0)
    assert violations(page) == []
    page.keyboard.press("r")
    expect(page.get_by_label("Your response")).to_be_focused()
    page.keyboard.type("It is strong, with a wide margin.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".response").first).to_contain_text("Fisher")
    expect(page.get_by_text("Here is what the others answered.")).to_be_visible()
    expect(page.locator(".response", has_text="with a wide margin.").last).to_be_focused()
