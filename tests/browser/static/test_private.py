"""What a learner writes to the team alone."""

import pytest
from playwright.sync_api import expect

from tests.browser.static.axe import violations
from tests.browser.static.conftest import Visit
from tests.browser.static.mock_server import Mock

pytestmark = pytest.mark.browser
SLEEP = "0.94 with 8 points"


def test_a_learner_writes_to_the_team_and_the_team_answers(open_thread: Visit, mock: Mock) -> None:
    page = open_thread(SLEEP)
    page.get_by_role("button", name="Write to the team alone").click()
    text = page.get_by_label("Your words to the team")
    expect(text).to_be_focused()
    expect(page.get_by_text("It is in no list, search or notification of others.")).to_be_visible()
    text.fill("Somebody here frightens me.")
    page.keyboard.press("Control+Enter")
    mine = page.locator(".talks .response")
    expect(mine).to_be_focused()
    expect(mine).to_contain_text("Only you and the team")
    expect(mine.locator(".vote")).to_have_count(0)
    assert violations(page) == []
    mock.forum.me, mock.forum.role = "Inès", "facilitator"
    page.reload()
    expect(page.locator(".talks .response")).to_contain_text("Private, to the team")
    expect(page.get_by_role("button", name="Write to the team alone")).to_have_count(0)
    page.locator(".talks").get_by_role("button", name="Comment").click()
    page.get_by_label("Your comment on Noah’s post").fill("We are with you.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".talks .comments .badge", has_text="Private, to the team")).to_be_visible()
    assert violations(page) == []
