"""Long threads stay small on the page."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.static.conftest import Visit
from tests.browser.static.looks import check
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
    for shown in range(20, 71, 10):
        page.get_by_role("button", name="more comments").click()
        expect(page.get_by_text(f"Comment {shown}", exact=True)).to_be_visible()
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


def link_to_comment(visit: Visit, mock: Mock, number: int, *, of: int = 320) -> Page:
    long_thread(mock.forum, 3, comments=of)
    target = next(post for post in mock.forum.posts.values() if post["source"] == f"Comment {number}")
    page = visit(post=target["id"])
    expect(page.locator(f"[data-post='{target['id']}']")).to_be_focused()
    return page


def test_a_link_reaches_the_three_hundredth_comment_and_shows_the_gap(visit: Visit, mock: Mock) -> None:
    page = link_to_comment(visit, mock, 300)
    comments = page.locator(".comment-frame")
    expect(comments).to_have_count(20)
    expect(comments.nth(9)).to_contain_text("Comment 10")
    expect(page.locator(".gap").get_by_role("button")).to_have_text("Show 10 of 284 earlier comments")
    expect(comments.nth(10)).to_contain_text("Comment 295")
    expect(page.get_by_role("button", name="Show 10 of 16 more comments")).to_be_visible()
    assert [name for name, _ in mock.forum.calls if name in ("locate", "get_thread", "list_comments")] == [
        "locate",
        "get_thread",
    ]


def test_a_gap_is_filled_from_below_and_keeps_the_linked_comment(visit: Visit, mock: Mock) -> None:
    page = link_to_comment(visit, mock, 30)
    gap = page.locator(".gap").get_by_role("button")
    gap.click()
    expect(page.locator(".comment-frame", has_text="Comment 15")).to_be_focused()
    expect(page.locator(".is-target")).to_contain_text("Comment 30")
    expect(gap).to_have_text("Show 4 earlier comments")
    gap.click()
    expect(page.locator(".comment-frame", has_text="Comment 11")).to_be_focused()
    expect(page.locator(".gap")).to_have_count(0)
    expect(page.locator(".comment-frame")).to_have_count(34)


def test_filling_gaps_never_mounts_too_many(visit: Visit, mock: Mock) -> None:
    page = link_to_comment(visit, mock, 300)
    for shown in range(1, 7):
        page.locator(".gap").get_by_role("button").click()
        expect(page.locator(".comment-frame", has_text=f"Comment {295 - 10 * shown}")).to_be_focused()
        assert page.locator("[data-post]").count() <= MAX_MOUNTED
    expect(page.locator(".gap")).to_have_text("Show 10 of 224 earlier comments")


def test_an_own_comment_below_many_leaves_a_gap(visit: Visit, mock: Mock) -> None:
    page = visit(thread=long_thread(mock.forum, 1, comments=14))
    page.locator(".response").first.get_by_role("button", name="Comment", exact=True).click()
    page.get_by_label("Your comment on").fill("Mine.")
    page.get_by_role("button", name="Post comment").click()
    expect(page.locator(".comment-frame").last).to_contain_text("Mine.")
    page.get_by_role("button", name="Show 4 earlier comments").click()
    expect(page.locator(".comment-frame")).to_have_count(15)


def test_no_violation_beside_a_gap(visit: Visit, mock: Mock) -> None:
    page = link_to_comment(visit, mock, 300)
    page.set_viewport_size({"width": 320, "height": 900})
    page.locator(".composer").wait_for()
    check(page)


def test_other_order_starts_anew(visit: Visit, mock: Mock) -> None:
    page = visit(thread=long_thread(mock.forum, 30))
    page.get_by_label("Order of responses").select_option("newest")
    expect(page.locator(".response").first).to_contain_text("Response 30")
    expect(page.get_by_label("Order of responses")).to_be_focused()
