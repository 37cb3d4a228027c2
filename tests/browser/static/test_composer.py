"""What a composer does beyond its text: pictures, people called by name, undo."""

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.static.bringing import bring
from tests.browser.static.conftest import Visit
from tests.browser.static.mock_drafts import PICTURE, PNG
from tests.browser.static.mock_server import Mock
from tests.browser.static.mock_state import Refusal

pytestmark = pytest.mark.browser
MARKDOWN = f"![A slope of \\[two\\]](/peer/i/{PICTURE})"
SHOWS = "What the picture shows, for those who do not see it"


def slope() -> FilePayload:
    return {"name": "slope.png", "mimeType": "image/png", "buffer": PNG}


def choose(page: Page) -> None:
    with page.expect_file_chooser() as choosing:
        page.get_by_role("button", name="Picture", exact=True).click()
    choosing.value.set_files(slope())


def composing(page: Page) -> Page:
    page.locator(".composer-closed").click()
    page.get_by_label("Your question in one sentence").fill("Is this a slope?")
    page.get_by_label("Details").fill("See ")
    page.locator("peer-pictures").wait_for(state="attached")
    return page


def test_a_picture_is_chosen_described_and_inserted_at_the_caret(visit: Visit) -> None:
    page = composing(visit())
    choose(page)
    page.get_by_role("button", name="Insert the picture").click()
    alt = page.get_by_label(SHOWS)
    expect(alt).to_be_focused()
    expect(page.get_by_text("Say it in a few words, then insert the picture.")).to_be_visible()
    alt.fill("A slope of [two]")
    alt.press("Enter")
    expect(page.get_by_label("Details")).to_have_value(f"See {MARKDOWN}")
    expect(page.get_by_label("Details")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(page.get_by_label("Details")).to_have_value("See ")


def test_a_text_is_not_sent_without_the_picture_that_waits(visit: Visit, mock: Mock) -> None:
    page = composing(visit())
    choose(page)
    page.get_by_label(SHOWS).wait_for()
    page.get_by_role("button", name="Ask the question").click()
    expect(page.get_by_text("A picture is not in the text yet")).to_be_visible()
    assert not any(operation == "create_thread" for operation, _ in mock.forum.calls)
    page.get_by_role("button", name="Remove slope.png").click()
    page.get_by_role("button", name="Ask the question").click()
    page.get_by_role("heading", name="Is this a slope?").wait_for()


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_pasted_and_dropped_pictures_are_sent(visit: Visit, kind: str) -> None:
    page = composing(visit())
    bring(page.get_by_label("Details"), kind)
    expect(page.get_by_label(SHOWS)).to_be_visible()


def test_what_is_no_picture_is_refused_in_words_by_name(visit: Visit, mock: Mock) -> None:
    page = composing(visit())
    bring(page.get_by_label("Details"), "drop", "notes.pdf", "application/pdf")
    expect(page.locator(".pictures .error-text")).to_contain_text("“notes.pdf” is no picture")
    mock.faults["upload_picture"] = Refusal(400, "invalid", "This is no picture.", "content")
    choose(page)
    expect(page.locator(".pictures .error-text")).to_have_text(
        "“slope.png” was not added. This is no picture."
    )


def test_an_upload_that_breaks_off_can_be_tried_again(visit: Visit, mock: Mock) -> None:
    page = composing(visit())
    mock.faults["upload_picture"] = "drop"
    choose(page)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_label(SHOWS)).to_be_visible()


def test_somebody_is_called_by_the_first_letters_of_their_name(visit: Visit) -> None:
    page = composing(visit())
    body = page.get_by_label("Details")
    body.press_sequentially("@am")
    expect(page.locator(".calls [role=option]")).to_have_text(["Amina Diallo", "Amélie"])
    body.press("ArrowDown")
    expect(page.locator(".calls").get_by_role("option", name="Amélie")).to_have_attribute(
        "aria-selected", "true"
    )
    body.press("Enter")
    expect(body).to_have_value("See @Amélie ")
    expect(page.locator(".calls [role=option]")).to_have_count(0)
    body.press_sequentially("@to")
    page.locator(".calls").get_by_role("option", name="Tomás").wait_for()
    body.press("Escape")
    expect(page.locator(".calls [role=option]")).to_have_count(0)
    expect(body).to_be_focused()


def test_undo_takes_back_what_the_toolbar_did(visit: Visit) -> None:
    page = composing(visit())
    page.get_by_label("Details").select_text()
    page.get_by_role("button", name="Bold").click()
    expect(page.get_by_label("Details")).to_have_value("**See **")
    page.keyboard.press("Control+z")
    expect(page.get_by_label("Details")).to_have_value("See ")
