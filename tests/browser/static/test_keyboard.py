"""Everything by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.browser.static.conftest import Visit
from tests.browser.static.mock_server import Mock

pytestmark = pytest.mark.browser
SLEEP = "0.94 with 8 points"


def test_whole_journey_without_a_mouse(visit: Visit, mock: Mock) -> None:
    page = visit()
    page.locator(".row").first.wait_for()
    page.locator("peer-notices > button").focus()
    page.keyboard.press("Tab")
    expect(page.locator(".composer-closed")).to_be_focused()
    press = page.keyboard.press
    press("j")
    expect(page.get_by_role("link", name="Start here")).to_be_focused()
    press("n")
    expect(page.get_by_role("link", name=SLEEP)).to_be_focused()
    press("Enter")
    expect(page.get_by_role("heading", name=SLEEP)).to_be_focused()
    press("j")
    press("j")
    expect(page.locator(".response").first).to_be_focused()
    press("v")
    expect(page.get_by_role("button", name="Your vote is in, 22 votes")).to_be_visible()
    press("r")
    expect(page.get_by_label("Your comment on Tomás’s post")).to_be_focused()
    page.keyboard.type("By keyboard.")
    press("Control+Enter")
    expect(page.locator(".comment-frame").last).to_be_focused()
    press("u")
    expect(page.get_by_role("link", name=SLEEP)).to_be_focused()
    press("c")
    expect(page.get_by_label("Your question in one sentence")).to_be_focused()
    press("Escape")
    expect(page.locator(".composer-closed")).to_be_focused()


def test_own_post_is_edited_by_e(open_thread: Visit) -> None:
    page = open_thread("skewed sample")
    expect(page.locator("#thread-title")).to_be_focused()
    page.keyboard.press("e")
    expect(page.get_by_label("Text")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".opening")).to_be_focused()


def test_selection_is_quoted_by_q(open_thread: Visit) -> None:
    page = open_thread("Peut-on parler")
    page.locator(".opening .prose p").select_text()
    page.locator(".opening").focus()
    page.locator(".opening .prose p").select_text()
    page.keyboard.press("q")
    expect(page.get_by_label("Your response")).to_have_value("> **Léa**\n>\n> Je me demande.\n\n")


def test_menu_follows_the_pattern(open_thread: Visit) -> None:
    page = open_thread("skewed sample")
    trigger = page.get_by_role("button", name="More actions on Noah’s post")
    trigger.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Edit")).to_be_focused()
    expect(trigger).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("End")
    expect(page.get_by_role("menuitem", name="Remove")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Edit")).to_be_focused()
    page.keyboard.press("c")
    expect(page.get_by_role("menuitem", name="Copy link")).to_be_focused()
    page.keyboard.press("Escape")
    expect(trigger).to_be_focused()
    expect(page.get_by_role("menu")).to_have_count(0)


def test_toolbar_is_one_tab_stop(open_thread: Visit) -> None:
    page = open_thread("Peut-on parler")
    page.get_by_role("button", name="Bold").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Italic")).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("button", name="Preview")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Your response")).to_be_focused()


def test_single_keys_type_in_fields_and_can_be_switched_off(visit: Visit) -> None:
    page = visit()
    page.locator(".composer-closed").click()
    expect(page.get_by_label("Your question in one sentence")).to_be_focused()
    page.keyboard.type("jnc?")
    expect(page.get_by_label("Your question in one sentence")).to_have_value("jnc?")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Shortcuts")
    dialog.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    expect(page.locator(".composer-closed")).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator(".composer-closed")).to_be_focused()
    page.reload()
    page.get_by_role("link", name=SLEEP).focus()
    page.keyboard.press("c")
    expect(page.locator(".composer")).to_have_count(0)


def test_keys_outside_the_block_do_nothing(visit: Visit) -> None:
    page = visit()
    page.locator(".row").first.wait_for()
    page.keyboard.press("c")
    expect(page.locator(".composer")).to_have_count(0)
