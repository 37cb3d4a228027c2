"""The list of threads."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import hold
from tests.browser.static.conftest import Visit
from tests.browser.static.mock_server import Mock
from tests.browser.static.mock_state import Forum

pytestmark = pytest.mark.browser


def test_threads_stand_in_three_groups(visit: Visit) -> None:
    page = visit()
    heads = page.locator(".rows-head")
    expect(heads).to_have_text(["Pinned by the course team", "New since your last visit", "Earlier"])
    expect(page.locator(".row.unread .row-title")).to_have_count(3)


def test_row_says_state_author_and_counts(visit: Visit) -> None:
    row = visit().locator(".row", has_text="0.94 with 8 points")
    expect(row).to_contain_text("Answered question.")
    expect(row).to_contain_text("Answered by Tomás")
    expect(row).to_contain_text("Amina asked 3 h ago")
    expect(row.locator(".stat").nth(0)).to_contain_text("12 votes")
    expect(row.locator(".stat").nth(1)).to_contain_text("+2")


def test_own_thread_says_you(visit: Visit) -> None:
    expect(visit().locator(".row", has_text="skewed sample")).to_contain_text("You asked 5 days ago")


def test_sort_asks_the_server_and_drops_the_groups(visit: Visit, mock: Mock) -> None:
    page = visit()
    page.get_by_label("Which threads, in which order").select_option("votes")
    expect(page.locator(".row-title").first).to_contain_text("Start here")
    expect(page.locator(".row-title").nth(1)).to_contain_text("Spearman")
    expect(page.locator(".rows-head")).to_have_count(0)
    assert ("list_threads", {"sort": "votes"}) in mock.forum.calls


def test_more_rows_come_on_demand_and_take_the_focus(visit: Visit, mock: Mock) -> None:
    for number in range(25):
        mock.forum.add_thread("Omar", f"Old thread {number}", "Text", 9000 + number, read_number=0)
    page = visit()
    expect(page.locator(".row")).to_have_count(20)
    page.get_by_role("button", name="Show 20 more").click()
    expect(page.locator(".row")).to_have_count(32)
    expect(page.get_by_text("32 of 32 threads")).to_be_visible()
    expect(page.locator(".row").nth(20).locator("a")).to_be_focused()


def test_nobody_has_asked_yet(visit: Visit, mock: Mock) -> None:
    mock.forum.threads.clear()
    page = visit()
    expect(page.get_by_role("heading", name="Nobody has asked yet")).to_be_visible()
    page.get_by_role("button", name="Ask a question").click()
    expect(page.get_by_label("Your question in one sentence")).to_be_focused()


def test_all_questions_answered_names_the_way_back(visit: Visit, mock: Mock) -> None:
    for thread in mock.forum.threads.values():
        thread["is_closed"] = True
    page = visit()
    page.get_by_label("Which threads, in which order").select_option("unanswered")
    expect(page.get_by_role("heading", name="No question is waiting")).to_be_visible()
    page.get_by_role("button", name="Show all threads").click()
    expect(page.locator(".row")).to_have_count(7)


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ({"can_write": False, "is_preview": True}, "This is a preview."),
        ({"can_write": False}, "You can read here, not write."),
    ],
)
def test_who_cannot_write_learns_why(visit: Visit, mock: Mock, flags: dict[str, bool], words: str) -> None:
    mock.forum.viewer_flags.update(flags)
    page = visit()
    expect(page.get_by_text(words)).to_be_visible()
    expect(page.locator(".composer-closed")).to_have_count(0)


def test_failure_keeps_the_place_and_offers_a_retry(visit: Visit, mock: Mock) -> None:
    mock.faults["list_threads"] = "html"
    page = visit()
    expect(page.get_by_role("heading", name="The threads did not load")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".row")).to_have_count(7)


def test_skeleton_shows_only_when_it_takes_long(page: Page, visit: Visit) -> None:
    answer = hold(page, "**/list_threads")
    visit(at_once=True)
    expect(page.get_by_text("Loading threads")).to_be_attached()
    answer()
    expect(page.locator(".row[data-thread]")).to_have_count(7)
    expect(page.get_by_text("Loading threads")).to_have_count(0)


def test_nothing_is_sent_without_the_csrf_header(visit: Visit, mock: Mock) -> None:
    page = visit()
    page.locator(".row").first.wait_for()
    answer = page.request.post(f"{mock.url}/handler/discussion/call/list_threads", data={})
    assert answer.status == 403


def test_a_stranger_title_is_text(visit: Visit, mock: Mock) -> None:
    forum: Forum = mock.forum
    forum.add_thread("Omar", "<img src=x onerror=alert(1)> & co", "Text")
    expect(visit().get_by_role("link", name="<img src=x onerror=alert(1)> & co")).to_be_visible()
