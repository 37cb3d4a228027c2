"""Drafts: there after the browser was killed, and never shown to the next person."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import new_page
from tests.browser.static.conftest import Visit
from tests.browser.static.kept import STORED
from tests.browser.static.killable import GRACE_S, Killable, type_until_killed
from tests.browser.static.mock_server import Mock

pytestmark = pytest.mark.browser
TITLE = "Your question in one sentence"
TYPED_S = 2.5
ROUNDS = 4


@pytest.fixture
def killable(browser: Browser, tmp_path: Path) -> Iterator[Killable]:
    chromium = Killable(browser, tmp_path)
    yield chromium
    chromium.kill()


def write(page: Page, text: str) -> None:
    page.locator(".composer-closed").click()
    page.get_by_label(TITLE).fill("Half a question")
    page.get_by_label("Details").press_sequentially(text, delay=20)


def test_what_was_typed_until_a_second_before_a_kill_is_there_again(killable: Killable, mock: Mock) -> None:
    losses = [kept_over_a_kill(killable, mock.url)]
    # A busy machine may stop for longer than a second itself.
    while losses[-1] > GRACE_S and len(losses) < ROUNDS:
        losses.append(kept_over_a_kill(killable, mock.url))
    assert losses[-1] <= GRACE_S, losses


def kept_over_a_kill(killable: Killable, url: str) -> float:
    """Type for a while until the browser is killed, and start it again: the seconds of typing that it cost."""
    round_ = type_until_killed(killable, url, "mean slope sample why " * 3, TYPED_S)
    page = killable.open()
    page.goto(url)
    page.locator(".composer-closed").click()
    kept = page.get_by_label("Details").input_value()
    killable.kill()
    return round_.lost_s(kept)


def test_a_draft_is_kept_while_one_goes_on_typing(visit: Visit) -> None:
    page = visit()
    write(page, "word " * 12)
    [stored] = page.evaluate(STORED)
    assert len(stored) >= 30
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes('draft'))") == []


@pytest.fixture
def keep_draft(visit: Visit) -> Callable[..., Page]:
    """Leave a draft of a reader on this device."""

    def keep(reader: str) -> Page:
        page = visit(reader=reader)
        write(page, "For my eyes only")
        expect(page.get_by_text("Draft kept")).to_be_visible()
        return page

    return keep


def test_the_next_person_at_this_computer_sees_nothing_of_it(
    keep_draft: Callable[..., Page], visit: Visit
) -> None:
    keep_draft("noah")
    page = visit(reader="amina")
    expect(page.locator(".composer-closed")).to_contain_text("Ask about this unit")
    page.locator(".composer-closed").click()
    expect(page.get_by_label("Details")).to_have_value("")
    assert page.evaluate(STORED) == []


def test_people_of_the_same_name_are_not_taken_for_one_another(
    keep_draft: Callable[..., Page], visit: Visit
) -> None:
    keep_draft("alex-one")
    expect(visit(reader="alex-two").locator(".composer-closed")).to_contain_text("Ask about this unit")


def test_after_the_log_out_the_device_holds_none(keep_draft: Callable[..., Page], visit: Visit) -> None:
    keep_draft("noah")
    page = visit(reader="")
    page.locator(".row").first.wait_for()
    assert page.evaluate(STORED) == []


def test_a_browser_without_a_database_says_that_it_keeps_nothing(page: Page, visit: Visit) -> None:
    page.add_init_script("Object.defineProperty(window, 'indexedDB', {value: undefined})")
    visit()
    write(page, "Here only")
    expect(page.get_by_text("This browser keeps no drafts")).to_be_visible()


@pytest.fixture
def device(browser: Browser, mock: Mock) -> Iterator[Callable[[], Page]]:
    """Further devices of the reader: each with a memory of its own."""
    contexts = []

    def start() -> Page:
        contexts.append(browser.new_context(reduced_motion="reduce"))
        page = new_page(contexts[-1])
        page.goto(mock.url)
        page.locator(".composer-closed").click()
        return page

    yield start
    for context in contexts:
        context.close()


KEPT_FOR_ALL = "Draft kept for all your devices"


def test_a_draft_follows_to_another_device_and_is_gone_there_once_sent(
    visit: Visit, device: Callable[[], Page], mock: Mock
) -> None:
    page = visit()
    write(page, "Begun here")
    expect(page.get_by_text(KEPT_FOR_ALL)).to_be_visible()
    other = device()
    expect(other.get_by_label("Details")).to_have_value("Begun here")
    expect(other.get_by_label(TITLE)).to_have_value("Half a question")
    other.get_by_role("button", name="Ask the question").click()
    other.get_by_role("heading", name="Half a question").wait_for()
    page.reload()
    page.get_by_role("button", name="Continue your draft: Half a question").click()
    expect(page.get_by_label("Details")).to_have_value("")


def test_where_both_devices_changed_a_draft_its_person_chooses(
    visit: Visit, device: Callable[[], Page], mock: Mock
) -> None:
    page = visit()
    write(page, "Begun here")
    expect(page.get_by_text(KEPT_FOR_ALL)).to_be_visible()
    other = device()
    expect(other.get_by_label("Details")).to_have_value("Begun here")
    with other.expect_response("**/save_draft"):
        other.get_by_label("Details").fill("Went on there")
    page.get_by_label("Details").fill("Went on here")
    choice = page.get_by_role("region", name="Other version")
    expect(choice).to_contain_text("Went on there")
    expect(page.get_by_label("Details")).to_have_value("Went on here")
    choice.get_by_role("button", name="Take the other version").click()
    expect(page.get_by_label("Details")).to_have_value("Went on there")
    expect(page.get_by_label("Details")).to_be_focused()
