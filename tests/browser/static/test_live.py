"""What others write while the page is open waits behind a quiet line."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import settle
from tests.browser.static.conftest import Visit
from tests.browser.static.looks import PAGES, check
from tests.browser.static.mock_seed import long_thread
from tests.browser.static.mock_server import Mock
from tests.browser.static.mock_state import Json

pytestmark = pytest.mark.browser
MINE = "skewed sample"
#: Seconds that pass at once: what is asked meanwhile is answered before the next.
STEP = 5
LONG = 180
COUNT_ASKED = """() => {
  const ask = window.fetch;
  window.asked = 0;
  window.fetch = (...request) => { window.asked += 1; return ask(...request).finally(() => { window.asked -= 1; }); };
}"""


def thread_of(mock: Mock, title: str) -> Json:
    return next(thread for thread in mock.forum.threads.values() if title in thread["title"])


def somebody_responds(mock: Mock, title: str, text: str) -> Json:
    thread = thread_of(mock, title)
    return mock.forum.add_post(thread["id"], thread["opening"], "Léa", text)


def watched(mock: Mock, operation: str) -> int:
    return sum(name == operation for name, _ in mock.forum.calls)


def pass_seconds(page: Page, seconds: int) -> None:
    """Let this time pass on the page's clock."""
    for _step in range(0, seconds, STEP):
        page.clock.run_for(STEP * 1_000)
        page.wait_for_function("window.asked === 0")
        settle(page)


def pass_until_news(page: Page) -> None:
    """Let time pass until the line is there. How soon it comes is left to chance, within what pulse.test.ts says."""
    for _step in range(0, LONG, STEP):
        pass_seconds(page, STEP)
        if page.locator(".newbar").count():
            return


@pytest.fixture
def page(page: Page) -> Page:
    """A page whose clock goes only when a test says so."""
    page.add_init_script(f"({COUNT_ASKED})()")
    now = datetime.now(UTC)
    page.clock.install(time=now)
    page.clock.pause_at(now + timedelta(seconds=1))
    return page


def test_new_responses_wait_and_come_when_asked(open_thread: Visit, mock: Mock) -> None:
    page = open_thread(MINE)
    for text in ("First of two.", "Second of two."):
        somebody_responds(mock, MINE, text)
    pass_until_news(page)
    expect(page.get_by_role("status").filter(has_text="2 new responses: show them")).to_be_visible()
    expect(page.locator(".response")).to_have_count(2)
    page.get_by_role("button", name="2 new responses: show them").click()
    expect(page.locator(".response", has_text="First of two.")).to_be_focused()
    expect(page.locator(".response")).to_have_count(4)
    expect(page.locator(".newbar")).to_have_count(0)
    expect(page.get_by_role("heading", name="4 responses")).to_be_visible()


def test_nothing_moves_under_who_types(open_thread: Visit, mock: Mock) -> None:
    page = open_thread(MINE)
    body = page.get_by_label("Your response")
    body.fill("I am typ")
    before = body.bounding_box()
    somebody_responds(mock, MINE, "Meanwhile.")
    pass_until_news(page)
    expect(page.locator(".newbar")).to_be_visible()
    assert body.bounding_box() == before
    expect(body).to_be_focused()
    expect(body).to_have_value("I am typ")


def test_a_new_comment_comes_to_its_response(open_thread: Visit, mock: Mock) -> None:
    page = open_thread(MINE)
    response = mock.forum.of_thread(thread_of(mock, MINE)["id"], 1)[0]
    mock.forum.add_post(response["thread"], response["id"], "Léa", "Below the first.")
    pass_until_news(page)
    page.get_by_role("button", name="1 new comment: show it").click()
    expect(page.locator(".response").first.locator(".comment-frame")).to_be_focused()


def test_own_posts_are_no_news(open_thread: Visit, mock: Mock) -> None:
    page = open_thread(MINE)
    page.get_by_label("Your response").fill("Mine.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".response").last).to_contain_text("Mine.")
    pass_seconds(page, 10)
    assert watched(mock, "watch_thread") == 1
    expect(page.locator(".newbar")).to_have_count(0)
    somebody_responds(mock, MINE, "After it.")
    pass_until_news(page)
    expect(page.locator(".newbar")).to_have_text("1 new response: show it")


def test_more_than_fits_opens_at_the_first_of_them(visit: Visit, mock: Mock) -> None:
    page = visit(thread=long_thread(mock.forum, 30))
    for number in range(3):
        somebody_responds(mock, "A very long thread", f"Fresh {number}")
    pass_until_news(page)
    page.get_by_role("button", name="3 new responses: show them").click()
    expect(page.locator(".response", has_text="Fresh 0")).to_be_focused()
    expect(page.get_by_role("button", name="Show 20 earlier")).to_be_visible()
    expect(page.locator(".target-note")).to_have_count(0)


def test_new_threads_wait_on_the_edge_of_the_list(visit: Visit, mock: Mock) -> None:
    page = visit()
    first = page.locator(".row").first
    pass_seconds(page, 5)
    before = first.bounding_box()
    for title in ("Fresh one", "Fresh two"):
        mock.forum.add_thread("Léa", title, "So.", read_number=-1)
    pass_until_news(page)
    expect(page.locator(".newbar")).to_have_text("2 new threads")
    assert first.bounding_box() == before
    page.locator(".newbar").click()
    expect(page.get_by_role("link", name="Fresh two")).to_be_focused()
    expect(page.locator(".row")).to_have_count(9)
    expect(page.locator(".newbar")).to_have_count(0)


def test_new_posts_in_a_listed_thread_are_told_and_votes_are_not(visit: Visit, mock: Mock) -> None:
    page = visit()
    thread_of(mock, MINE)["active_at"] = mock.forum.ago(0)
    pass_seconds(page, 15)
    assert watched(mock, "watch_space") >= 1
    expect(page.locator(".newbar")).to_have_count(0)
    somebody_responds(mock, MINE, "News.")
    pass_until_news(page)
    expect(page.locator(".newbar")).to_have_text("New posts in 1 thread")


def test_only_what_is_seen_is_watched(visit: Visit, mock: Mock) -> None:
    page = visit()
    page.get_by_role("link", name=MINE).click()
    page.locator(".composer").wait_for()
    settle(page)
    pass_seconds(page, 12)
    assert watched(mock, "watch_thread") >= 1
    assert watched(mock, "watch_space") == 0


def set_visibility(page: Page, state: str) -> None:
    page.evaluate(
        """(state) => {
        Object.defineProperty(document, "visibilityState", {value: state, configurable: true});
        document.dispatchEvent(new Event("visibilitychange"));
        }""",
        state,
    )


def test_a_hidden_page_asks_nothing_and_asks_at_once_when_it_is_seen_again(
    open_thread: Visit, mock: Mock
) -> None:
    page = open_thread(MINE)
    set_visibility(page, "hidden")
    before = watched(mock, "watch_thread")
    pass_seconds(page, 60)
    assert watched(mock, "watch_thread") == before
    with page.expect_request("**/watch_thread"):
        set_visibility(page, "visible")


def test_looks_slow_down_while_nothing_comes(open_thread: Visit, mock: Mock) -> None:
    page = open_thread(MINE)
    pass_seconds(page, 300)
    assert 3 <= watched(mock, "watch_thread") <= 14  # At the first pace it would be 37.


def test_a_server_that_wants_no_looks_gets_no_more(open_thread: Visit, mock: Mock) -> None:
    mock.forum.interval_s = 0
    page = open_thread(MINE)
    pass_seconds(page, 120)
    set_visibility(page, "hidden")
    set_visibility(page, "visible")
    pass_seconds(page, 10)
    assert watched(mock, "watch_thread") == 1


def test_failing_looks_are_silent_and_go_on(open_thread: Visit, mock: Mock) -> None:
    page = open_thread(MINE)
    mock.faults["watch_thread"] = "html"
    somebody_responds(mock, MINE, "Behind a failure.")
    pass_until_news(page)
    expect(page.locator(".newbar")).to_have_text("1 new response: show it")


def test_news_that_do_not_load_say_so_and_can_be_asked_again(open_thread: Visit, mock: Mock) -> None:
    page = open_thread(MINE)
    somebody_responds(mock, MINE, "At last.")
    pass_until_news(page)
    mock.faults["list_new_posts"] = "html"
    page.locator(".newbar").click()
    expect(page.locator(".newbar")).to_have_text("They did not load. Try again")
    page.locator(".newbar").click()
    expect(page.locator(".response", has_text="At last.")).to_be_focused()


@pytest.mark.parametrize(("width", "lang"), PAGES)
def test_no_violation_with_news(page: Page, visit: Visit, mock: Mock, width: int, lang: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    visit(lang=lang)
    mock.forum.add_thread("Léa", "Fresh", "So.", read_number=-1)
    pass_until_news(page)
    page.locator(".newbar").wait_for()
    page.clock.resume()  # axe has timers of its own.
    check(page)
