"""The way through an assignment: handing in, waiting, reading. What comes next is always said."""

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.static.conftest import Visit
from tests.browser.static.mock_review import DAY, hours
from tests.browser.static.mock_server import Mock
from tests.browser.static.mock_state import Refusal
from tests.browser.static.seed_review import handed_in, reviewed

pytestmark = pytest.mark.browser
TEXT = "The text of your work"
PDF: FilePayload = {"name": "report.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 so"}


def add(page: Page, *files: FilePayload) -> None:
    page.set_input_files("input[type=file]", list(files))


def calls(mock: Mock, operation: str) -> list[dict[str, object]]:
    return [data for name, data in mock.review.calls if name == operation]


def test_a_work_is_handed_in_with_its_files_and_the_pledge(visit: Visit, mock: Mock) -> None:
    page = visit(block="review")
    page.get_by_label(TEXT).fill("My result is **9.7**.")
    add(page, PDF)
    link = page.get_by_role("link", name="report.pdf")
    expect(link).to_be_visible()
    assert str(link.get_attribute("href")).startswith("/handler/review/call/get_file?file=")
    page.get_by_role("checkbox", name="I will review the work of 3 others").check()
    page.get_by_role("button", name="Hand in your work").click()
    expect(page.get_by_role("status").filter(has_text="Your work is in.")).to_be_visible()
    expect(page.locator("[aria-current=step]")).to_contain_text("0 given, 3 to go")
    (sent,) = calls(mock, "submit")
    assert (sent["pledge"], sent["revision"], len(sent["files"])) == (True, 0, 1)  # type: ignore[arg-type]
    expect(page.get_by_role("button", name="Get a work to review")).to_be_visible()


def test_without_the_pledge_nothing_is_sent_and_the_reason_stands_beside_it(visit: Visit, mock: Mock) -> None:
    page = visit(block="review")
    page.get_by_label(TEXT).fill("My result.")
    page.get_by_role("button", name="Hand in your work").click()
    expect(page.locator(".pledge .error-text")).to_be_focused()
    assert calls(mock, "submit") == []


def test_a_draft_survives_a_reload_and_its_files_too(visit: Visit) -> None:
    page = visit(block="review")
    page.get_by_label(TEXT).fill("Half a work")
    add(page, PDF)
    expect(page.get_by_text("Draft kept")).to_be_visible()
    page.get_by_role("link", name="report.pdf").wait_for()
    page.reload()
    expect(page.get_by_label(TEXT)).to_have_value("Half a work")
    expect(page.get_by_role("link", name="report.pdf")).to_be_visible()


def test_what_a_discussion_in_the_same_unit_brings_calls_nobody_here(visit: Visit) -> None:
    page = visit(block="review")
    page.add_script_tag(url="/dist/peer-discussion-writing.js")
    expect(page.locator("peer-pictures")).to_have_count(1)
    expect(page.locator("peer-calls")).to_have_count(0)


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (("notes.exe", b"x"), "“notes.exe” is not of a type that is taken here: PDF, PNG and CSV."),
        (("empty.pdf", b""), "“empty.pdf” is empty."),
        (
            ("false.pdf", b"x"),
            "“false.pdf” was not added. The file says .pdf, but what is in it is not a PDF.",
        ),
    ],
    ids=["type", "empty", "false ending"],
)
def test_a_refused_file_says_why_and_can_be_taken_away(
    visit: Visit, file: tuple[str, bytes], reason: str
) -> None:
    page = visit(block="review")
    name, content = file
    page.locator(".dropzone").wait_for()
    add(page, {"name": name, "mimeType": "application/pdf", "buffer": content})
    expect(page.locator(".refused")).to_have_text(reason)
    expect(page.locator(".dropzone [role=status]")).to_have_text(reason)
    page.get_by_role("button", name=f"Remove {name}").click()
    expect(page.locator(".refused")).to_have_count(0)


def test_one_file_too_many_is_refused_before_it_is_sent(visit: Visit, mock: Mock) -> None:
    page = visit(block="review")
    page.locator(".dropzone").wait_for()
    four: list[FilePayload] = [{**PDF, "name": f"{index}.pdf"} for index in range(4)]
    add(page, *four)
    expect(page.locator(".refused")).to_have_text("“3.pdf” is one too many: 3 files fit.")
    expect(page.locator(".files a")).to_have_count(3)
    assert len(calls(mock, "upload_file")) == 3


def test_a_file_whose_answer_was_lost_is_tried_again(visit: Visit, mock: Mock) -> None:
    mock.faults["upload_file"] = "html"
    page = visit(block="review")
    page.locator(".dropzone").wait_for()
    add(page, PDF)
    page.locator(".refused").get_by_role("button", name="Try again").click()
    expect(page.get_by_role("link", name="report.pdf")).to_be_visible()


def test_a_file_is_dropped_and_taken_away(visit: Visit, mock: Mock) -> None:
    page = visit(block="review")
    page.locator(".dropzone").wait_for()
    page.locator(".dropzone").evaluate(
        """(zone) => {
            const data = new DataTransfer();
            data.items.add(new File(["%PDF"], "dropped.pdf"));
            zone.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }"""
    )
    page.get_by_role("link", name="dropped.pdf").wait_for()
    with page.expect_response("**/remove_file"):
        page.get_by_role("button", name="Remove dropped.pdf").click()
    expect(page.get_by_role("button", name="Add files")).to_be_focused()
    expect(page.get_by_role("link", name="dropped.pdf")).to_have_count(0)
    assert len(calls(mock, "remove_file")) == 1


def test_the_servers_refusal_stands_beside_the_text_which_stays(visit: Visit) -> None:
    page = visit(block="review")
    page.get_by_label(TEXT).fill("A forbidden word")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Hand in your work").click()
    expect(page.locator(".error-text")).to_contain_text("Nothing is left of this text")
    expect(page.get_by_label(TEXT)).to_have_value("A forbidden word")


def test_a_lost_answer_hands_in_once(visit: Visit, mock: Mock) -> None:
    mock.faults["submit"] = "late"
    page = visit(block="review")
    page.get_by_label(TEXT).fill("My work")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Hand in your work").click()
    expect(page.get_by_text("Your text is still here.")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("status").filter(has_text="Your work is in.")).to_be_visible()
    first, second = calls(mock, "submit")
    assert first["client_key"] == second["client_key"]
    assert mock.review.submission is not None
    assert mock.review.submission["revision"] == 1


def test_a_work_is_changed_until_somebody_has_it(visit: Visit, mock: Mock) -> None:
    handed_in(mock.review)
    page = visit(block="review")
    page.get_by_role("button", name="Change it").click()
    expect(page.get_by_label(TEXT)).to_be_focused()
    page.get_by_label(TEXT).fill("A better one")
    page.get_by_role("button", name="Hand in the changes").click()
    expect(page.get_by_text("Your work is changed.")).to_be_visible()
    expect(page.locator(".prose", has_text="A better one")).to_be_visible()
    mock.review.being_reviewed = 1
    page.reload()
    expect(page.get_by_text("it can no longer be changed")).to_be_visible()
    expect(page.get_by_role("button", name="Change it")).to_have_count(0)


def test_a_change_that_was_overtaken_says_so_and_goes_through_next(visit: Visit, mock: Mock) -> None:
    submission = handed_in(mock.review).submission
    assert submission is not None
    page = visit(block="review")
    page.get_by_role("button", name="Change it").click()
    page.get_by_label(TEXT).fill("Mine")
    submission["revision"] = 4
    page.get_by_role("button", name="Hand in the changes").click()
    expect(page.locator(".error-text")).to_contain_text("This was changed meanwhile.")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Your work is changed.")).to_be_visible()


def closed(mock: Mock) -> None:
    mock.review.activity["submissions_due"] = hours(-2 * DAY)


def not_open(mock: Mock) -> None:
    handed_in(mock.review).activity["reviews_open"] = hours(3 * DAY)


def none_waiting(mock: Mock) -> None:
    handed_in(mock.review).works.clear()


def being_read(mock: Mock) -> None:
    handed_in(mock.review).given = 3
    mock.review.being_reviewed = 2


def not_earned(mock: Mock) -> None:
    reviewed(mock.review, settled=False).given = 2
    mock.review.works.clear()


def preview(mock: Mock) -> None:
    mock.review.viewer["is_preview"] = True


@pytest.mark.parametrize(
    ("situation", "reason", "way_out"),
    [
        (closed, "Works could be handed in until", "write to the course team"),
        (not_open, "Reviews open on", "Come back then"),
        (none_waiting, "No work is waiting for a review right now.", "look again later"),
        (being_read, "2 people are reviewing your work.", "Reviews close on"),
        (not_earned, "No work is waiting for a review right now.", "look again later"),
        (preview, "This is a preview.", "a preview keeps nothing"),
    ],
)
def test_every_wait_has_its_reason_and_its_way_out(
    visit: Visit, mock: Mock, situation: object, reason: str, way_out: str
) -> None:
    situation(mock)  # type: ignore[operator]
    page = visit(block="review")
    banner = page.locator(".banner")
    expect(banner).to_contain_text(reason)
    expect(banner).to_contain_text(way_out)
    expect(page.locator(".composer")).to_have_count(0)


def test_looking_again_finds_the_work_that_came_meanwhile(visit: Visit, mock: Mock) -> None:
    works = list(mock.review.works)
    none_waiting(mock)
    page = visit(block="review")
    page.get_by_role("button", name="Look again").wait_for()
    mock.review.works.extend(works)
    page.get_by_role("button", name="Look again").click()
    expect(page.get_by_role("button", name="Get a work to review")).to_be_visible()


def test_a_block_that_its_author_must_mend_says_what_is_wrong(visit: Visit, mock: Mock) -> None:
    errors = [{"field": "rubric", "message": "Give the rubric at least one criterion."}]
    mock.faults["open_activity"] = Refusal(
        409, "not_ready", "This assignment is not ready yet.", errors=errors
    )
    page = visit(block="review")
    expect(page.get_by_role("heading", name="This assignment is not ready yet.")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("Give the rubric at least one criterion.")


def test_an_assignment_that_did_not_load_is_asked_for_again(visit: Visit, mock: Mock) -> None:
    mock.faults["open_activity"] = "html"
    page = visit(block="review")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="Measuring g with a pendulum")).to_be_visible()


def test_the_result_shows_grade_medians_and_every_comment(visit: Visit, mock: Mock) -> None:
    reviewed(mock.review)
    page = visit(block="review")
    page.get_by_role("button", name="Read your feedback").click()
    expect(page.get_by_role("heading", name="Your result")).to_be_focused()
    grade = page.get_by_role("img", name="Grade 75 of 100. 3 reviewers gave 100, 45 and 75.")
    expect(grade.locator(".peerdot")).to_have_count(3)
    expect(page.get_by_role("img", name="2 of 4 points. Reviewers gave 4, 2 and 2.")).to_be_visible()
    expect(page.locator(".post.comment")).to_have_count(10)
    page.go_back()
    expect(page.get_by_role("heading", name="Measuring g with a pendulum")).to_be_focused()


def test_without_a_grade_the_track_says_what_it_waits_for(visit: Visit, mock: Mock) -> None:
    reviewed(mock.review, settled=False).received.pop()
    page = visit(block="review")
    page.get_by_role("button", name="Read your feedback").click()
    expect(page.locator(".grade")).to_contain_text("It is settled once 3 reviews are in. 2 are in now.")
    expect(page.locator(".grade .at")).to_have_count(0)


def test_a_grade_of_the_team_has_no_rings(visit: Visit, mock: Mock) -> None:
    reviewed(mock.review).staff_grade = 0.9
    page = visit(block="review")
    page.get_by_role("button", name="Read your feedback").click()
    expect(page.get_by_role("img", name="Grade 90 of 100, set by the course team.")).to_be_visible()
    expect(page.locator(".grade .peerdot")).to_have_count(0)
