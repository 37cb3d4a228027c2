"""Writing: nothing is posted twice, nothing that was typed is lost."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import hold
from tests.browser.static.conftest import Visit
from tests.browser.static.kept import await_kept
from tests.browser.static.mock_operations import change
from tests.browser.static.mock_server import Mock
from tests.browser.static.mock_state import Refusal

pytestmark = pytest.mark.browser
TITLE = "Your question in one sentence"


def compose(page: Page, title: str, body: str) -> None:
    page.locator(".composer-closed").click()
    page.get_by_label(TITLE).fill(title)
    page.get_by_label("Details").fill(body)


def test_question_is_asked_and_opens(visit: Visit, mock: Mock) -> None:
    page = visit()
    compose(page, "Is r the slope?", "It *looks* so.")
    page.get_by_role("button", name="Ask the question").click()
    expect(page.get_by_role("heading", name="Is r the slope?")).to_be_focused()
    expect(page.locator(".opening .prose em")).to_have_text("looks")
    page.get_by_role("button", name="All threads of this unit").click()
    expect(page.locator(".lede")).to_contain_text("8 threads")


def test_discussion_changes_the_words(visit: Visit, mock: Mock) -> None:
    page = visit()
    page.locator(".composer-closed").click()
    page.get_by_role("radio", name="Discussion").check()
    page.get_by_label("What you want to talk about, in one sentence").fill("Axes")
    page.get_by_label("Your thoughts").fill("I have some.")
    page.get_by_role("button", name="Start the discussion").click()
    page.get_by_role("heading", name="Axes").wait_for()
    data = next(data for operation, data in mock.forum.calls if operation == "create_thread")
    assert data["kind"] == "discussion"


def test_missing_title_is_said_beside_the_title(visit: Visit, mock: Mock) -> None:
    page = visit()
    compose(page, "", "Text")
    page.get_by_role("button", name="Ask the question").click()
    expect(page.locator(".error-text")).to_be_focused()
    expect(page.get_by_label(TITLE)).to_have_attribute("aria-invalid", "true")
    assert not any(operation == "create_thread" for operation, _ in mock.forum.calls)


def test_field_error_of_the_server_stands_beside_its_field(visit: Visit) -> None:
    page = visit()
    compose(page, "?", "Text")
    page.get_by_role("button", name="Ask the question").click()
    error = page.locator(".error-text")
    expect(error).to_have_text("Write at least 8 characters, so that others can find it.")
    expect(error).to_be_focused()
    described = page.get_by_label(TITLE).get_attribute("aria-describedby")
    assert error.get_attribute("id") == described
    expect(page.get_by_label("Details")).to_have_value("Text")


def test_anonymous_choice_is_said_and_sent(visit: Visit, mock: Mock) -> None:
    page = visit()
    compose(page, "Am I the only one?", "I am lost.")
    page.get_by_role("button", name="Post as Noah").click()
    page.get_by_role("menuitemradio", name="Anonymously").click()
    expect(page.get_by_text("Facilitators and the course team see your name")).to_be_visible()
    page.get_by_role("button", name="Ask the question").click()
    expect(page.locator(".opening .name")).to_have_text("Blue Heron")
    data = next(data for operation, data in mock.forum.calls if operation == "create_thread")
    assert data["anonymous"] is True


def test_named_space_offers_no_choice(visit: Visit, mock: Mock) -> None:
    mock.forum.viewer_flags["may_be_anonymous"] = False
    page = visit()
    page.locator(".composer-closed").click()
    expect(page.get_by_text("Post as Noah, to everyone in the course")).to_be_visible()
    expect(page.get_by_role("button", name="Post as Noah")).to_have_count(0)


def test_draft_survives_a_reload(visit: Visit) -> None:
    page = visit()
    compose(page, "Half a question", "and half")
    expect(page.get_by_text("Draft kept")).to_be_visible()
    await_kept(page, "and half")
    page.reload()
    page.get_by_role("button", name="Continue your draft: Half a question").click()
    expect(page.get_by_label("Details")).to_have_value("and half")


def test_escape_closes_the_composer_and_keeps_the_draft(visit: Visit) -> None:
    page = visit()
    compose(page, "Half a question", "")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Continue your draft: Half a question")).to_be_focused()


def test_response_is_added_and_focused(open_thread: Visit) -> None:
    page = open_thread("Peut-on parler")
    page.get_by_label("Your response").fill("Oui, **mais** pas avec *r*.")
    page.keyboard.press("Control+Enter")
    response = page.locator(".response").last
    expect(response).to_be_focused()
    expect(response.locator(".prose strong")).to_have_text("mais")
    expect(page.get_by_role("heading", name="1 response")).to_be_visible()
    expect(page.get_by_label("Your response")).to_have_value("")


def test_comment_and_quote_of_a_comment(open_thread: Visit) -> None:
    page = open_thread("0.94 with 8 points")
    page.locator(".comment-frame").first.get_by_role("button", name="Reply").click()
    body = page.get_by_label("Your comment on Tomás’s post")
    expect(body).to_have_value(
        "> **Amina**\n>\n> That sentence was the missing piece. I was only thinking about how many, not about who.\n\n"
    )
    body.fill("Agreed.")
    page.get_by_role("button", name="Post comment").click()
    expect(page.locator(".comment-frame").last).to_be_focused()
    expect(page.locator(".comment-frame").last).to_contain_text("Agreed.")


def test_lost_answer_is_repeated_under_the_same_key(open_thread: Visit, mock: Mock) -> None:
    mock.faults["create_response"] = "late"
    page = open_thread("Peut-on parler")
    page.get_by_label("Your response").fill("Once.")
    page.get_by_role("button", name="Post response").click()
    expect(page.locator(".error-text")).to_contain_text("Your text is still here.")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".response")).to_have_count(1)
    assert sum(post["source"] == "Once." for post in mock.forum.posts.values()) == 1


def test_text_changed_after_a_lost_answer_is_an_edit(open_thread: Visit, mock: Mock) -> None:
    mock.faults["create_response"] = "late"
    page = open_thread("Peut-on parler")
    page.get_by_label("Your response").fill("First words.")
    page.get_by_role("button", name="Post response").click()
    page.locator(".error-text").wait_for()
    page.get_by_label("Your response").fill("Better words.")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".response")).to_have_count(1)
    expect(page.locator(".response .prose")).to_have_text("Better words.")


def test_text_that_became_anonymous_is_never_sent_under_the_name(open_thread: Visit, mock: Mock) -> None:
    mock.faults["create_response"] = "drop"
    page = open_thread("Peut-on parler")
    page.get_by_label("Your response").fill("My secret.")
    page.get_by_role("button", name="Post response").click()
    page.locator(".error-text").wait_for()
    page.get_by_role("button", name="Post as Noah").click()
    page.get_by_role("menuitemradio", name="Anonymously").click()
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".response .name")).to_have_text("Blue Heron")


def test_second_click_while_busy_sends_nothing(open_thread: Visit, mock: Mock) -> None:
    page = open_thread("Peut-on parler")
    answer = hold(page, "**/create_response")
    page.get_by_label("Your response").fill("Once.")
    button = page.locator(".composer button[type=submit]")
    button.click()
    expect(button).to_have_attribute("aria-busy", "true")
    button.click()
    answer()
    expect(page.locator(".response")).to_have_count(1)
    assert [operation for operation, _ in mock.forum.calls].count("create_response") == 1


def test_edit_in_place(open_thread: Visit) -> None:
    page = open_thread("skewed sample")
    page.get_by_role("button", name="More actions on Noah’s post").click()
    page.get_by_role("menuitem", name="Edit").click()
    expect(page.get_by_label("Text")).to_have_value("Or is the **median** better?")
    page.get_by_label("Title").fill("Mean or median?")
    page.get_by_label("Text").fill("The *median*, I think.")
    page.get_by_role("button", name="Save the change").click()
    expect(page.get_by_role("heading", name="Mean or median?")).to_be_visible()
    expect(page.locator(".opening .prose em")).to_have_text("median")
    expect(page.get_by_role("button", name="edited")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".opening .prose strong")).to_have_text("median")
    expect(page.get_by_role("heading", name="Is the mean a good summary")).to_be_visible()


def test_an_earlier_version_comes_back_for_who_may_edit(open_thread: Visit) -> None:
    page = open_thread("skewed sample")
    page.get_by_role("button", name="More actions on Noah’s post").click()
    page.get_by_role("menuitem", name="Edit").click()
    page.get_by_label("Text").fill("Something else.")
    page.get_by_role("button", name="Save the change").click()
    page.get_by_role("button", name="edited").click()
    page.get_by_role("button", name="Go back to this version").click()
    expect(page.locator(".opening .prose strong")).to_have_text("median")
    expect(page.get_by_text("The earlier version is back.")).to_be_visible()


@pytest.mark.parametrize(
    ("choice", "kept"), [("Keep my text", "My version"), ("Go on from the newer version", "Their version")]
)
def test_stale_edit_shows_both_and_lets_choose(
    open_thread: Visit, mock: Mock, choice: str, kept: str
) -> None:
    page = open_thread("skewed sample")
    page.get_by_role("button", name="More actions on Noah’s post").click()
    page.get_by_role("menuitem", name="Edit").click()
    page.get_by_label("Text").fill("My version")
    post = next(
        post for post in mock.forum.posts.values() if post["source"] == "Or is the **median** better?"
    )
    change(mock.forum, post, "Their version", "Inès")
    page.get_by_role("button", name="Save the change").click()
    expect(page.locator(".newer")).to_have_text("Their version")
    expect(page.get_by_label("Text")).to_have_value("My version")
    page.get_by_role("button", name=choice).click()
    expect(page.get_by_label("Text")).to_have_value(kept)
    page.get_by_role("button", name="Save the change").click()
    expect(page.locator(".opening .prose")).to_have_text(kept)


def test_refused_text_stays_and_the_reason_is_shown(open_thread: Visit, mock: Mock) -> None:
    mock.faults["create_response"] = Refusal(409, "closed", "This thread was closed meanwhile.")
    page = open_thread("Peut-on parler")
    page.get_by_label("Your response").fill("Too late?")
    page.get_by_role("button", name="Post response").click()
    expect(page.locator(".error-text")).to_contain_text("This thread was closed meanwhile.")
    expect(page.get_by_label("Your response")).to_have_value("Too late?")


def test_toolbar_formats_and_preview_shows(open_thread: Visit) -> None:
    page = open_thread("Peut-on parler")
    body = page.get_by_label("Your response")
    body.fill("strong words")
    body.evaluate("(area) => area.setSelectionRange(0, 6)")
    page.get_by_role("button", name="Bold").click()
    expect(body).to_have_value("**strong** words")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("region", name="Preview").locator("strong")).to_have_text("strong")
    page.get_by_role("button", name="Preview").click()
    expect(body).to_have_value("**strong** words")


def test_writing_waits_for_its_script_and_offers_a_retry(open_thread: Visit, mock: Mock) -> None:
    mock.missing.add("peer-discussion-editor.js")
    page = open_thread("Peut-on parler")
    expect(page.get_by_text("A part of this page did not load.")).to_be_visible()
    mock.missing.clear()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_label("Your response")).to_be_visible()


def test_offline_says_that_the_text_is_kept(visit: Visit) -> None:
    page = visit()
    page.locator(".row").first.wait_for()
    page.context.set_offline(True)
    expect(page.get_by_text("You are offline.")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("You are offline.")).to_have_count(0)
