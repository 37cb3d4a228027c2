"""What one saved, the whole course, and where one wrote."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.static.conftest import Visit
from tests.browser.static.looks import PAGES, check
from tests.browser.static.mock_server import Mock

pytestmark = pytest.mark.browser
SLEEP = "0.94 with 8 points"


def test_a_post_is_saved_by_key_found_among_what_was_saved_and_taken_off_again(
    open_thread: Visit, mock: Mock
) -> None:
    page = open_thread(SLEEP)
    page.locator(".response").first.focus()
    page.keyboard.press("s")
    expect(page.get_by_text("Saved. You find it under")).to_be_visible()
    page.get_by_role("button", name="All threads of this unit").click()
    page.get_by_role("button", name="Saved posts").click()
    row = page.locator("peer-saved .row")
    expect(row).to_contain_text("Tomás responded")
    with page.expect_response("**/save_post"):
        row.get_by_role("button", name="Take off").click()
    expect(row.get_by_role("button", name="Save again")).to_be_focused()
    row.get_by_role("link", name=SLEEP).click()
    expect(page.locator(".response").first).to_be_focused()
    assert [data["on"] for name, data in mock.forum.calls if name == "save_post"] == [True, False]


def test_nothing_saved_says_how_one_saves(visit: Visit) -> None:
    page = visit()
    page.get_by_role("button", name="Saved posts").click()
    expect(page.get_by_role("heading", name="You have saved nothing yet")).to_be_visible()


def test_the_whole_course_names_each_threads_discussion(visit: Visit) -> None:
    page = visit()
    page.get_by_role("button", name="Whole course").click()
    expect(page.locator("peer-whole-course .row")).to_have_count(7)
    expect(page.locator("peer-whole-course .row").last).to_contain_text("In “2.4 Spread”")
    page.get_by_role("link", name=SLEEP).click()
    expect(page.get_by_role("heading", name=SLEEP)).to_be_focused()


def test_where_one_wrote_is_an_order_of_the_list(visit: Visit, mock: Mock) -> None:
    page = visit()
    page.get_by_label("Which threads, in which order").select_option("mine")
    expect(page.locator(".row", has_text="skewed sample")).to_be_visible()
    expect(page.locator(".row", has_text="Start here")).to_have_count(0)


@pytest.mark.parametrize(("width", "lang"), PAGES)
def test_no_violation_in_either_place(page: Page, visit: Visit, mock: Mock, width: int, lang: str) -> None:
    next(post for post in mock.forum.posts.values() if post["depth"] == 1)["is_saved"] = True
    page.set_viewport_size({"width": width, "height": 900})
    visit(lang=lang)
    for place, name in ((1, "peer-whole-course"), (2, "peer-saved")):
        page.locator(".tabs .tab").nth(place).click()
        page.locator(f"{name} .row[data-thread], {name} .row[data-post]").first.wait_for()
        check(page, name)
