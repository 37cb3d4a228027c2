"""Reactions to a post, and its report to the team."""

import pytest
from playwright.sync_api import expect

from tests.browser.static.axe import violations
from tests.browser.static.conftest import Visit
from tests.browser.static.mock_server import Mock

pytestmark = pytest.mark.browser
SLEEP = "0.94 with 8 points"


def test_a_reaction_is_given_and_taken_back_by_keyboard(open_thread: Visit) -> None:
    page = open_thread(SLEEP)
    page.get_by_role("button", name="React to Tomás’s post").press("Enter")
    page.get_by_role("menuitem", name="I learned something").press("Enter")
    chip = page.get_by_role("button", name="I learned something: 1")
    expect(chip).to_have_attribute("aria-pressed", "true")
    assert violations(page) == []
    chip.press("Enter")
    expect(chip).to_have_count(0)


def test_a_post_is_reported_and_the_report_withdrawn(open_thread: Visit) -> None:
    page = open_thread(SLEEP)
    more = page.get_by_role("button", name="More actions on Tomás’s post")
    more.click()
    page.get_by_role("menuitem", name="Report…").click()
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_text("Choose what is wrong with it.")).to_be_visible()
    page.get_by_label("Something else").check()
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_text("Say in a few words what is wrong with it.")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("In your words").fill("It is a copy.")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_text("Reported. The team will look at it.")).to_be_visible()
    more.click()
    page.get_by_role("menuitem", name="Report…").click()
    page.get_by_role("button", name="Withdraw my report").click()
    expect(page.get_by_text("Your report is withdrawn.")).to_be_visible()


def test_the_team_reads_why_a_post_was_reported(open_thread: Visit, mock: Mock) -> None:
    mock.forum.role = "facilitator"
    post = next(post for post in mock.forum.posts.values() if post["source"] == "Fisher.")
    post["flags"] = {"Jo": {"reason": "solution", "words": "Item 4", "at": mock.forum.ago(5)}}
    page = open_thread(SLEEP)
    page.get_by_role("button", name="Reports: 1").click()
    expect(page.locator("dialog")).to_contain_text("Jo It gives a graded solution away: Item 4")
    assert violations(page) == []
