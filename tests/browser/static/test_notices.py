"""The tray: what waits is counted, listed, opened at its post, and read."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import hold, until
from tests.browser.static.conftest import Visit
from tests.browser.static.mock_server import Mock

pytestmark = pytest.mark.browser


def open_tray(page: Page, unread: int) -> None:
    page.get_by_role("button", name=f"Notifications, {unread} unread").click()
    expect(page.get_by_role("dialog", name="Notifications")).to_be_visible()
    expect(page.locator("#tray-title")).to_be_focused()


def test_a_notice_opens_at_its_post_and_is_read(visit: Visit, mock: Mock) -> None:
    page, unread = visit(), mock.told.unread
    open_tray(page, unread)
    newest = mock.told.notices[0]
    page.locator(".tray-item a").first.click()
    expect(page.locator(".is-target")).to_contain_text(newest["excerpt"][:40])
    page.get_by_role("button", name="All threads of this unit").click()
    expect(page.get_by_role("button", name=f"Notifications, {unread - 1} unread")).to_be_visible()
    assert newest["is_read"]


def test_the_tray_is_worked_by_keyboard_alone(visit: Visit, mock: Mock) -> None:
    page, total = visit(), len(mock.told.notices)
    open_tray(page, mock.told.unread)
    page.get_by_role("button", name="Show earlier ones").press("Enter")
    expect(page.locator(".tray-item")).to_have_count(4)
    expect(page.locator(".tray-item a").nth(2)).to_be_focused()
    page.get_by_role("button", name="Mark all as read").press("Enter")
    expect(page.locator(".tray-item.is-unread")).to_have_count(0)
    assert [notice["is_read"] for notice in mock.told.notices] == [True] * total
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Notifications", exact=True)).to_be_focused()


def test_what_one_hears_of_is_chosen_in_the_tray(visit: Visit, mock: Mock) -> None:
    page = visit()
    open_tray(page, mock.told.unread)
    page.get_by_role("button", name="New threads, too").click()
    expect(page.get_by_role("button", name="New threads, too")).to_have_attribute("aria-pressed", "true")
    with page.expect_response("**/choose_notices"):
        page.get_by_label("How often by e-mail").select_option("off")
    expect(page.get_by_label("How often by e-mail")).to_have_value("off")
    assert (mock.told.follows, mock.told.digest) == (True, "off")


def test_a_tray_that_does_not_come_says_so_and_comes_later(visit: Visit, mock: Mock) -> None:
    page, unread = visit(), mock.told.unread
    mock.faults["list_notices"] = "html"
    open_tray(page, unread)
    expect(page.get_by_role("alert")).to_contain_text("did not load")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".tray-item")).to_have_count(2)


def test_f_follows_the_open_thread_and_stops(open_thread: Visit, mock: Mock) -> None:
    page = open_thread("0.94")
    button = page.get_by_role("button", name="Follow this thread")
    expect(button).to_have_attribute("aria-pressed", "false")
    page.locator(".opening").focus()
    with page.expect_response("**/follow_thread"):
        page.keyboard.press("f")
    expect(page.get_by_role("button", name="Following this thread")).to_have_attribute("aria-pressed", "true")
    assert list(mock.told.followed.values()) == [True]
    with page.expect_response("**/follow_thread"):
        page.keyboard.press("f")
    expect(button).to_have_attribute("aria-pressed", "false")
    assert list(mock.told.followed.values()) == [False]


def test_of_two_choices_in_a_row_the_server_has_the_last(open_thread: Visit, mock: Mock) -> None:
    page = open_thread("0.94")
    answer = hold(page, "**/follow_thread")
    for name in ("Follow this thread", "Following this thread"):
        page.get_by_role("button", name=name).press("Enter")
    expect(page.get_by_role("button", name="Follow this thread")).to_have_attribute("aria-pressed", "false")
    answer()
    until(page, lambda: mock.told.choices == [True, False])
