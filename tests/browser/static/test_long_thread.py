"""Long threads stay small on the page."""

import pytest
from playwright.sync_api import expect

from tests.browser.static.conftest import Visit
from tests.browser.static.mock_seed import long_thread
from tests.browser.static.mock_server import Mock

pytestmark = pytest.mark.browser
MAX_MOUNTED = 60


def test_at_most_sixty_posts_are_mounted(visit: Visit, mock: Mock) -> None:
    page = visit(thread=long_thread(mock.forum, 130))
    for _ in range(5):
        page.get_by_role("button", name="Show 20 later").click()
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        assert page.locator("[data-post]").count() <= MAX_MOUNTED
    expect(page.get_by_text("Response 120", exact=True)).to_be_visible()
    expect(page.get_by_text("Response 1", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Show 20 earlier").click()
    expect(page.get_by_text("Response 61", exact=True)).to_be_visible()
    assert page.locator("[data-post]").count() <= MAX_MOUNTED


def test_later_responses_take_the_focus(visit: Visit, mock: Mock) -> None:
    page = visit(thread=long_thread(mock.forum, 30))
    page.get_by_role("button", name="Show 10 later").click()
    expect(page.locator(".response", has_text="Response 21")).to_be_focused()


def test_comments_come_in_steps_and_never_too_many(visit: Visit, mock: Mock) -> None:
    page = visit(thread=long_thread(mock.forum, 20, comments=70))
    expect(page.locator(".comment-frame")).to_have_count(10)
    for _ in range(6):
        page.get_by_role("button", name="more comments").click()
        page.wait_for_timeout(150)
        assert page.locator("[data-post]").count() <= MAX_MOUNTED
    expect(page.get_by_text("Comment 70", exact=True)).to_be_visible()
    page.get_by_role("button", name="Show earlier comments").click()
    expect(page.get_by_text("Comment 22", exact=True)).to_be_visible()
    assert page.locator("[data-post]").count() <= MAX_MOUNTED


def test_link_into_a_long_thread_has_both_ways_on(visit: Visit, mock: Mock) -> None:
    thread = long_thread(mock.forum, 1200)
    target = next(post for post in mock.forum.posts.values() if post["source"] == "Response 610")
    page = visit(post=target["id"])
    expect(page.locator(f"[data-post='{target['id']}']")).to_be_focused()
    expect(page.get_by_role("button", name="Show 20 earlier")).to_be_visible()
    expect(page.get_by_role("button", name="First")).to_be_visible()
    calls = [
        operation for operation, data in mock.forum.calls if data.get("thread") == thread or "post" in data
    ]
    assert len([name for name in calls if name in ("locate", "get_thread")]) <= 3


def test_other_order_starts_anew(visit: Visit, mock: Mock) -> None:
    page = visit(thread=long_thread(mock.forum, 30))
    page.get_by_label("Order of responses").select_option("newest")
    expect(page.locator(".response").first).to_contain_text("Response 30")
    expect(page.get_by_label("Order of responses")).to_be_focused()
