"""One review: nothing that was written is lost, what is missing is named, the keyboard is enough."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import until
from tests.browser.static.conftest import Visit
from tests.browser.static.kept import await_kept
from tests.browser.static.mock_server import Mock
from tests.browser.static.mock_state import Refusal
from tests.browser.static.seed_review import handed_in

pytestmark = pytest.mark.browser
COMMENT = "What works, what is missing: "


def start(visit: Visit, mock: Mock, **query: str) -> Page:
    handed_in(mock.review)
    page = visit(block="review", **query)
    page.get_by_role("button", name="Get a work to review").click()
    expect(page.get_by_role("heading", name="Review a peer’s work")).to_be_focused()
    return page


def fill(page: Page, *names: str) -> None:
    for name in names:
        group = page.get_by_role("group", name=name)
        group.get_by_role("radio").last.check()
        page.get_by_label(COMMENT + name).fill(f"Good on {name}. Next: say how precise it is.")


def calls(mock: Mock, operation: str) -> list[dict[str, object]]:
    return [data for name, data in mock.review.calls if name == operation]


def test_a_review_is_written_and_sent(visit: Visit, mock: Mock) -> None:
    page = start(visit, mock)
    fill(page, "Protocol", "Uncertainties", "Conclusion")
    page.get_by_label("On the whole").fill("I liked it.")
    expect(page.locator(".savebar")).to_contain_text("Everything is there.")
    page.get_by_role("button", name="Send the review").click()
    expect(page.get_by_role("status").filter(has_text="Your review is sent.")).to_contain_text(
        "2 more to give"
    )
    expect(page.locator("[aria-current=step]")).to_contain_text("1 given, 2 to go")
    (sent,) = calls(mock, "send_review")
    assert sent["scores"] == {"c1": "o3", "c2": "o3", "c3": "o2"}
    assert sent["overall"] == "I liked it."


def test_the_save_bar_names_what_is_missing_and_leads_there(visit: Visit, mock: Mock) -> None:
    page = start(visit, mock)
    fill(page, "Protocol", "Uncertainties")
    expect(page.get_by_text("2 of 3 criteria filled")).to_be_visible()
    page.get_by_role("link", name="a comment on Conclusion").click()
    expect(page.get_by_label(COMMENT + "Conclusion")).to_be_focused()
    page.get_by_role("link", name="an option for Conclusion").click()
    expect(page.get_by_role("radio", name="Stated")).to_be_focused()


def test_sending_too_early_marks_the_fields_and_sends_nothing(visit: Visit, mock: Mock) -> None:
    page = start(visit, mock)
    fill(page, "Protocol", "Uncertainties")
    page.get_by_role("button", name="Send the review").click()
    expect(page.get_by_role("radio", name="Stated")).to_be_focused()
    expect(page.get_by_role("radio", name="Stated")).to_have_accessible_description("Choose one of these.")
    comment = page.get_by_label(COMMENT + "Conclusion")
    expect(comment).to_have_attribute("aria-invalid", "true")
    comment.fill("Compare.")
    expect(comment).not_to_have_attribute("aria-invalid", "true")
    assert calls(mock, "send_review") == []


def test_the_servers_refusal_stands_beside_its_criterion(visit: Visit, mock: Mock) -> None:
    page = start(visit, mock)
    fill(page, "Protocol", "Uncertainties", "Conclusion")
    page.get_by_label(COMMENT + "Protocol").fill("ok")
    page.get_by_role("button", name="Send the review").click()
    comment = page.get_by_label(COMMENT + "Protocol")
    expect(comment).to_be_focused()
    expect(comment).to_have_accessible_description("Write at least one sentence for the author.")


def test_digits_choose_and_do_not_where_one_writes(visit: Visit, mock: Mock) -> None:
    page = start(visit, mock)
    page.get_by_role("radio", name="Absent").focus()
    page.keyboard.press("3")
    expect(page.get_by_role("radio", name="Propagated")).to_be_checked()
    expect(page.get_by_role("radio", name="Propagated")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label(COMMENT + "Uncertainties")).to_be_focused()
    page.keyboard.type("2 of 3")
    expect(page.get_by_label(COMMENT + "Uncertainties")).to_have_value("2 of 3")
    expect(page.get_by_role("radio", name="Propagated")).to_be_checked()


def test_a_review_by_keyboard_alone(visit: Visit, mock: Mock) -> None:
    handed_in(mock.review)
    page = visit(block="review")
    page.get_by_role("button", name="Get a work to review").focus()
    press = page.keyboard.press
    press("Enter")
    expect(page.get_by_role("heading", name="Review a peer’s work")).to_be_focused()
    for _stop in ("the work, a scroller", "the task", "a file", "a table", "the first criterion"):
        press("Tab")
    expect(page.get_by_role("radio", name="Incomplete")).to_be_focused()
    for digit in ("3", "2", "2"):
        press(digit)
        press("Tab")
        page.keyboard.type("Clear. Say how precise.")
        press("Tab")
    press("Control+Enter")
    expect(page.get_by_text("Your review is sent.")).to_be_visible()


def test_a_draft_is_saved_and_comes_back(visit: Visit, mock: Mock) -> None:
    page = start(visit, mock)
    fill(page, "Protocol")
    until(page, lambda: "Good on Protocol" in str(calls(mock, "save_review")[-1:]))
    expect(page.get_by_text("Draft saved")).to_be_visible()
    assert calls(mock, "save_review")[-1]["scores"] == {"c1": "o3"}
    page.evaluate("localStorage.clear()")
    page.reload()
    expect(page.get_by_role("radio", name="Repeatable and thought through")).to_be_checked()
    expect(page.get_by_label(COMMENT + "Protocol")).to_have_value(
        "Good on Protocol. Next: say how precise it is."
    )


def test_without_a_connection_the_draft_is_kept_here(visit: Visit, mock: Mock) -> None:
    page = start(visit, mock)
    page.context.set_offline(True)
    expect(page.get_by_text("You are offline.")).to_be_visible()
    fill(page, "Protocol")
    expect(page.get_by_text("Draft kept on this device")).to_be_visible()
    page.wait_for_timeout(1_800)
    expect(page.get_by_text("Draft kept on this device")).to_be_visible()
    await_kept(page, "Good on Protocol")
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_label(COMMENT + "Protocol")).to_have_value(
        "Good on Protocol. Next: say how precise it is."
    )


def test_a_work_that_went_to_somebody_else_leaves_the_words_to_copy(visit: Visit, mock: Mock) -> None:
    page = start(visit, mock)
    mock.review.lease = None
    fill(page, "Protocol")
    expect(page.locator(".banner")).to_contain_text("This work is no longer yours")
    expect(page.get_by_label(COMMENT + "Protocol")).to_have_value(
        "Good on Protocol. Next: say how precise it is."
    )
    page.get_by_role("button", name="Back to the assignment").click()
    expect(page.get_by_role("button", name="Get a work to review")).to_be_visible()


def test_a_review_whose_time_ran_out_is_still_sent(visit: Visit, mock: Mock) -> None:
    mock.faults["save_review"] = Refusal(409, "lapsed", "The time for this review ran out.")
    page = start(visit, mock)
    fill(page, "Protocol", "Uncertainties", "Conclusion")
    expect(page.locator(".banner")).to_contain_text("The time for this review ran out.")
    page.get_by_role("button", name="Send the review").click()
    expect(page.get_by_text("Your review is sent.")).to_be_visible()


def test_a_draft_about_a_work_that_was_replaced_says_so(visit: Visit, mock: Mock) -> None:
    page = start(visit, mock)
    fill(page, "Protocol")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    assert mock.review.lease is not None
    mock.review.lease["draft"]["is_of_former"] = True
    page.reload()
    expect(page.locator(".banner")).to_contain_text("The author has replaced this work since you began.")
    expect(page.get_by_label(COMMENT + "Protocol")).to_have_value(
        "Good on Protocol. Next: say how precise it is."
    )


def test_a_review_that_did_not_arrive_stays_and_is_sent_again(visit: Visit, mock: Mock) -> None:
    mock.faults["send_review"] = "html"
    page = start(visit, mock)
    fill(page, "Protocol", "Uncertainties", "Conclusion")
    page.get_by_role("button", name="Send the review").click()
    expect(page.get_by_role("alert")).to_contain_text("What you wrote is still here.")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Your review is sent.")).to_be_visible()


def test_a_work_is_passed_on_with_a_reason(visit: Visit, mock: Mock) -> None:
    page = start(visit, mock)
    page.get_by_role("button", name="Pass or report this work").click()
    dialog = page.get_by_role("dialog", name="Pass or report this work")
    dialog.get_by_role("button", name="Pass on this work").click()
    expect(dialog.locator(".error-text")).to_be_focused()
    dialog.get_by_role("radio", name="I recognise the author").check()
    dialog.get_by_role("button", name="Pass on this work").click()
    expect(page.get_by_role("status").filter(has_text="You passed on this work.")).to_be_visible()
    (sent,) = calls(mock, "skip_review")
    assert sent["reason"] == "know_author"


def test_leaving_and_coming_back_continues_the_review(visit: Visit, mock: Mock) -> None:
    page = start(visit, mock)
    fill(page, "Protocol")
    page.get_by_role("button", name="The assignment").click()
    page.get_by_role("button", name="Continue the review").click()
    expect(page.get_by_label(COMMENT + "Protocol")).to_have_value(
        "Good on Protocol. Next: say how precise it is."
    )


def test_a_take_that_is_refused_says_why(visit: Visit, mock: Mock) -> None:
    handed_in(mock.review)
    mock.faults["take_review"] = Refusal(409, "conflict", "Somebody was faster. Try again.")
    page = visit(block="review")
    page.get_by_role("button", name="Get a work to review").click()
    expect(page.get_by_role("alert")).to_contain_text("Somebody was faster.")
