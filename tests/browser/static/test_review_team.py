"""The course team's view of an assignment."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.static.conftest import Visit
from tests.browser.static.kept import await_kept
from tests.browser.static.mock_server import Mock
from tests.browser.static.seed_review import reviewed

pytestmark = pytest.mark.browser


def open_team(visit: Visit, mock: Mock) -> Page:
    reviewed(mock.review).viewer["role"] = "staff"
    page = visit(block="review")
    page.get_by_role("button", name="Course team’s view").click()
    page.get_by_role("table").wait_for()
    return page


def test_learners_see_no_way_to_the_teams_view(visit: Visit) -> None:
    page = visit(block="review")
    page.locator(".stepper").wait_for()
    expect(page.get_by_role("button", name="Course team’s view")).to_have_count(0)


def test_figures_and_bar_say_where_everyone_stands(visit: Visit, mock: Mock) -> None:
    page = open_team(visit, mock)
    expect(page.locator(".tile.attention")).to_contain_text("Without a review")
    bar = page.get_by_role("img", name="7 without a review, 7 with 1, 7 with 2 and 26 with 3 or more")
    expect(bar.locator("span")).to_have_count(4)


def test_more_works_are_added_and_the_first_of_them_has_the_focus(visit: Visit, mock: Mock) -> None:
    page = open_team(visit, mock)
    page.get_by_role("button", name="Show more works").click()
    expect(page.get_by_role("button", name="Read the work of Learner 20")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="40 works shown")).to_be_visible()


def test_a_filter_narrows_the_table_and_says_when_nothing_is_left(visit: Visit, mock: Mock) -> None:
    page = open_team(visit, mock)
    page.get_by_role("button", name="Settled 13").click()
    expect(page.locator("tbody tr")).to_have_count(13)
    mock.review.rows = [row for row in mock.review.rows if row["state"] != "reviewed"]
    page.get_by_role("button", name="Reviewed, not settled").click()
    expect(page.get_by_role("heading", name="No work is in this state")).to_be_visible()
    page.get_by_role("button", name="Show all works").click()
    expect(page.locator("tbody tr")).to_have_count(20)


def test_the_teams_review_settles_a_work(visit: Visit, mock: Mock) -> None:
    page = open_team(visit, mock)
    page.get_by_role("button", name="Read the work of Amina").click()
    expect(page.get_by_role("heading", name="The work of Amina")).to_be_focused()
    for name in ("Protocol", "Uncertainties", "Conclusion"):
        page.get_by_role("group", name=name).get_by_role("radio").last.check()
        page.get_by_label(f"What works, what is missing: {name}").fill("Well done.")
    page.get_by_role("button", name="Settle with this review").click()
    expect(page.get_by_role("status").filter(has_text="The work is settled.")).to_be_visible()
    row = page.locator("tr", has_text="Amina")
    expect(row).to_contain_text("100")
    expect(row).to_contain_text("Settled")
    expect(row.get_by_role("button")).to_be_focused()


def test_the_next_that_waits_is_opened_at_once(visit: Visit, mock: Mock) -> None:
    page = open_team(visit, mock)
    page.get_by_role("button", name="Review the next that waits").click()
    expect(page.get_by_role("heading", name="The work of Amina")).to_be_focused()
    page.go_back()
    expect(page.get_by_role("button", name="Read the work of Amina")).to_be_focused()


def test_what_the_team_began_to_write_is_kept(visit: Visit, mock: Mock) -> None:
    page = open_team(visit, mock)
    page.get_by_role("button", name="Read the work of Amina").click()
    page.get_by_label("On the whole").fill("Half a sentence")
    await_kept(page, "Half a sentence")
    page.reload()
    expect(page.get_by_label("On the whole")).to_have_value("Half a sentence")


def test_what_no_peer_can_settle_any_more_is_listed_and_opened_first(visit: Visit, mock: Mock) -> None:
    mock.review.rows = [{**row, "state": "needs_team"} for row in mock.review.rows[:2]] + mock.review.rows[2:]
    page = open_team(visit, mock)
    page.get_by_role("button", name="Needs you 2").click()
    expect(page.locator("[data-work]")).to_have_count(2)
    expect(page.locator("[data-work]").nth(1)).to_contain_text("passed on 1 time")
    page.get_by_role("button", name="Review the next that waits").click()
    expect(
        page.get_by_role("heading", name=f"The work of {mock.review.rows[0]['person']['name']}")
    ).to_be_visible()


def test_the_team_reads_why_a_work_was_passed_on(visit: Visit, mock: Mock) -> None:
    page = open_team(visit, mock)
    page.locator("[data-work]").nth(1).get_by_role("button").click()
    reasons = page.get_by_role("region", name="Passed on by reviewers")
    expect(reasons).to_contain_text("cannot open or read it")
    expect(reasons).to_contain_text("The second page is white.")
