"""Facilitators pin and close threads."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.static.conftest import Visit
from tests.browser.static.looks import PAGES, check
from tests.browser.static.mock_server import Mock
from tests.browser.static.mock_state import Refusal

pytestmark = pytest.mark.browser
SLEEP = "0.94 with 8 points"


@pytest.fixture
def facilitator(mock: Mock) -> None:
    mock.forum.me, mock.forum.role = "Inès", "facilitator"


def choose(page: Page, item: str) -> None:
    page.locator(".opening [aria-haspopup=menu]").last.click()
    page.get_by_role("menuitem", name=item, exact=True).click()


@pytest.mark.usefixtures("facilitator")
def test_pinning_is_said_can_be_undone_and_moves_the_row(visit: Visit) -> None:
    page = visit()
    page.get_by_role("link", name=SLEEP).click()
    choose(page, "Pin the thread")
    expect(page.locator(".opening .toast")).to_contain_text("Pinned. It leads the list.")
    expect(page.locator(".thread .badge", has_text="Pinned")).to_be_visible()
    page.get_by_role("button", name="All threads of this unit").click()
    expect(page.locator(".rows-head:has-text('Pinned') ~ .row").first).to_be_visible()
    groups = page.locator(".rows > *").all_inner_texts()
    at = next(index for index, text in enumerate(groups) if SLEEP in text)
    assert at < next(index for index, text in enumerate(groups) if text.startswith("New since"))


@pytest.mark.usefixtures("facilitator")
def test_unpinning_is_undone_at_once(open_thread: Visit) -> None:
    page = open_thread("Start here")
    choose(page, "Unpin the thread")
    expect(page.locator(".badge", has_text="Pinned")).to_have_count(0)
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.locator(".badge", has_text="Pinned")).to_be_visible()


@pytest.mark.usefixtures("facilitator")
def test_a_pinned_row_says_so_where_no_heading_does(visit: Visit) -> None:
    page = visit()
    expect(page.locator(".row .badge", has_text="Pinned")).to_have_count(0)
    page.get_by_label("Which threads, in which order").select_option("votes")
    expect(page.locator(".row").first.locator(".badge").first).to_have_text("Pinned")


@pytest.mark.usefixtures("facilitator")
def test_closing_says_who_can_still_write_and_reopening_takes_it_back(open_thread: Visit) -> None:
    page = open_thread(SLEEP)
    choose(page, "Close the thread")
    expect(page.locator(".cluster .badge", has_text="Closed")).to_be_visible()
    expect(page.get_by_text("You can still write in it; learners cannot.")).to_be_visible()
    expect(page.get_by_label("Your response")).to_be_visible()
    choose(page, "Reopen the thread")
    expect(page.locator(".cluster .badge", has_text="Answered")).to_be_visible()
    expect(page.get_by_text("This thread is closed.")).to_have_count(0)


@pytest.mark.usefixtures("facilitator")
def test_a_refused_change_says_why_and_changes_nothing(open_thread: Visit, mock: Mock) -> None:
    mock.faults["close_thread"] = Refusal(403, "forbidden", "Only facilitators close threads.")
    page = open_thread(SLEEP)
    choose(page, "Close the thread")
    expect(page.locator(".toast")).to_have_text("Nothing was changed. Only facilitators close threads.")
    expect(page.locator(".cluster .badge", has_text="Answered")).to_be_visible()


@pytest.mark.usefixtures("facilitator")
def test_the_menu_is_worked_by_keyboard_alone(open_thread: Visit) -> None:
    page = open_thread(SLEEP)
    page.locator(".opening [aria-haspopup=menu]").last.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("c")
    page.keyboard.press("Enter")
    expect(page.locator(".cluster .badge", has_text="Closed")).to_be_visible()
    expect(page.locator(".opening")).to_be_focused()


@pytest.mark.usefixtures("facilitator")
def test_several_threads_are_closed_by_keyboard_and_opened_again_by_one_undo(visit: Visit) -> None:
    page = visit()
    page.get_by_role("button", name="Select threads").wait_for()
    page.get_by_role("link", name=SLEEP).focus()
    page.keyboard.press("k")
    for key in ("j", "x", "j", "j", "Shift+X"):
        page.keyboard.press(key)
    bar = page.get_by_role("group", name="Selected threads")
    expect(bar.get_by_text("3 selected")).to_be_visible()
    closed = page.locator(".row .i-lock")
    before = closed.count()
    bar.get_by_role("button", name="Close", exact=True).click()
    expect(page.get_by_text("3 threads closed.")).to_be_visible()
    expect(closed).to_have_count(before + 3)
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("3 threads are as they were.")).to_be_visible()
    expect(closed).to_have_count(before)


@pytest.mark.usefixtures("facilitator")
def test_a_thread_is_moved_away_and_comes_back_by_undo(open_thread: Visit) -> None:
    page = open_thread(SLEEP)
    choose(page, "Organise the thread…")
    page.get_by_label("Where it stands").select_option(label="2.4 Spread · Discussion of this unit")
    page.get_by_role("button", name="Save the changes").click()
    expect(page.get_by_text("1 thread moved to “2.4 Spread · Discussion of this unit”.")).to_be_visible()
    expect(page.get_by_role("link", name=SLEEP)).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name=SLEEP)).to_be_visible()


@pytest.mark.usefixtures("facilitator")
def test_a_thread_gets_another_kind_and_tags(open_thread: Visit) -> None:
    page = open_thread("skewed sample")
    choose(page, "Organise the thread…")
    page.get_by_label("Discussion", exact=True).check()
    page.get_by_label("Tags").fill("mean, spread")
    page.get_by_role("button", name="Save the changes").click()
    expect(page.locator(".opening .toast")).to_contain_text("The changes are saved.")
    expect(page.locator(".cluster .badge", has_text="Discussion")).to_be_visible()
    page.get_by_role("button", name="All threads of this unit").click()
    expect(page.get_by_role("button", name="spread: all threads with this tag")).to_be_visible()


@pytest.mark.usefixtures("facilitator")
def test_a_response_becomes_a_thread_which_is_then_merged_into_another(open_thread: Visit) -> None:
    page = open_thread(SLEEP)
    page.locator(".responses [aria-label^='More actions']").first.click()
    page.get_by_role("menuitem", name="Make it a thread of its own…").click()
    page.get_by_role("button", name="Make the thread").click()
    expect(page.locator("#organise-error")).to_have_text("Give it a title, in one sentence.")
    expect(page.locator("#organise-error")).to_be_focused()
    page.get_by_label("Title of the new thread").fill("Only the interval")
    page.get_by_role("button", name="Make the thread").click()
    expect(page.locator("#thread-title")).to_have_text("Only the interval")
    choose(page, "Organise the thread…")
    page.get_by_text("Merge it into another thread").click()
    page.get_by_label("Words of the other thread").fill("skewed")
    page.get_by_label("Is the mean a good summary").check()
    page.get_by_role("button", name="Merge the threads").click()
    expect(page.locator("#thread-title")).to_contain_text("skewed sample")


def test_learners_load_nothing_of_what_the_team_does(visit: Visit) -> None:
    page = visit()
    page.get_by_role("link", name=SLEEP).click()
    page.locator(".opening .prose").wait_for()
    page.locator(".composer").wait_for()
    assert page.locator("peer-selection").count() == 0
    loaded = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    assert not [name for name in loaded if "moderating" in name]


@pytest.mark.usefixtures("facilitator")
@pytest.mark.parametrize(("width", "lang"), PAGES)
def test_no_violation_while_threads_are_selected_and_organised(
    page: Page, visit: Visit, width: int, lang: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    visit(lang=lang)
    page.locator(".selection .btn").click()
    page.locator(".row input[type=checkbox]").first.check()
    page.locator(".selection-bar [aria-expanded]").first.click()
    page.locator("#selection-tag").wait_for()
    check(page)
    page.get_by_role("link", name=SLEEP).click()
    page.locator(".opening [aria-haspopup=menu]").last.click()
    page.locator("[role=menuitem]", has=page.locator(".i-bullets")).click()
    page.locator("#organise-place").wait_for()
    page.locator(".merging summary").click()
    check(page)


def test_learners_are_offered_neither(open_thread: Visit) -> None:
    page = open_thread("skewed sample")
    page.locator(".opening [aria-haspopup=menu]").last.click()
    expect(page.get_by_role("menuitem", name="Edit")).to_be_visible()
    expect(page.get_by_role("menuitem", name="thread")).to_have_count(0)


@pytest.mark.usefixtures("facilitator")
@pytest.mark.parametrize(("width", "lang"), PAGES)
def test_no_violation_while_a_thread_is_closed(page: Page, open_thread: Visit, width: int, lang: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    open_thread("Week 2 assignment", lang=lang)
    page.locator(".opening [aria-haspopup=menu]").last.click()
    page.get_by_role("menu").wait_for()
    check(page)
