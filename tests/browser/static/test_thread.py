"""An open thread."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import hold, until
from tests.browser.static.conftest import Visit
from tests.browser.static.mock_server import Mock
from tests.browser.static.mock_state import Refusal

pytestmark = pytest.mark.browser
SLEEP = "0.94 with 8 points"


def test_list_leads_to_thread_and_back_to_its_row(visit: Visit) -> None:
    page = visit()
    page.get_by_role("link", name=SLEEP).click()
    expect(page.get_by_role("heading", name=SLEEP)).to_be_focused()
    page.get_by_role("button", name="All threads of this unit").click()
    expect(page.get_by_role("link", name=SLEEP)).to_be_focused()


def test_back_button_of_the_browser_works(visit: Visit) -> None:
    page = visit()
    page.get_by_role("link", name=SLEEP).click()
    page.locator(".response").first.wait_for()
    page.go_back()
    expect(page.locator(".row").first).to_be_visible()
    expect(page.locator("peer-thread")).to_have_count(0)


def test_the_list_needs_nothing_of_the_open_thread_which_waits_for_its_own_script(
    visit: Visit, mock: Mock
) -> None:
    mock.missing.add("peer-discussion-thread.js")
    page = visit()
    page.get_by_role("link", name=SLEEP).click()
    expect(page.get_by_text("A part of this page did not load.")).to_be_visible()
    mock.missing.clear()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name=SLEEP)).to_be_focused()


def test_accepted_answer_is_first_with_both_reasons(open_thread: Visit) -> None:
    first = open_thread(SLEEP).locator(".response").first
    expect(first.locator(".ribbon")).to_have_text("Accepted by Amina and endorsed by Inès")
    expect(first.locator(".comment")).to_have_count(2)


def test_line_stands_above_what_is_new(open_thread: Visit) -> None:
    page = open_thread(SLEEP)
    response = page.locator("peer-response", has=page.locator(".since"))
    expect(response).to_contain_text("New since your last visit")
    expect(response).to_contain_text("Léa")
    expect(page.locator("peer-thread .badge.new")).to_have_count(0)


def test_vote_changes_at_once_and_counts(open_thread: Visit, mock: Mock) -> None:
    page = open_thread(SLEEP)
    answer = hold(page, "**/vote")
    page.get_by_role("button", name="Vote for Tomás’s post, 21 votes").click()
    vote = page.get_by_role("button", name="Your vote is in, 22 votes")
    expect(vote).to_be_visible()
    with page.expect_response("**/vote"):
        answer()
    expect(vote).to_have_attribute("aria-pressed", "true")
    assert [operation for operation, _ in mock.forum.calls].count("vote") == 1


def test_vote_rolls_back_when_it_fails(open_thread: Visit, mock: Mock) -> None:
    mock.faults["vote"] = Refusal(409, "closed", "This thread was closed meanwhile.")
    page = open_thread(SLEEP)
    page.get_by_role("button", name="Vote for Tomás’s post, 21 votes").click()
    expect(page.locator(".toast")).to_have_text(
        "Your vote was not counted. This thread was closed meanwhile."
    )
    expect(page.get_by_role("button", name="Vote for Tomás’s post, 21 votes")).to_be_visible()


def test_own_post_cannot_be_voted_and_says_why(open_thread: Visit, mock: Mock) -> None:
    page = open_thread("skewed sample")
    vote = page.get_by_role("button", name="0 votes. You cannot vote for your own post")
    expect(vote).to_have_attribute("aria-disabled", "true")
    vote.click(force=True)
    assert not any(operation == "vote" for operation, _ in mock.forum.calls)


def test_asker_accepts_and_takes_back(open_thread: Visit) -> None:
    page = open_thread("skewed sample")
    page.locator("peer-response", has_text="Show both.").get_by_role(
        "button", name="Accept", exact=True
    ).click()
    expect(page.locator(".response").first.locator(".ribbon")).to_contain_text("Accepted by Noah")
    expect(page.locator(".badge.success")).to_have_text("Answered")
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.locator(".ribbon")).to_have_count(0)


def test_facilitator_endorses_from_the_menu(open_thread: Visit, mock: Mock) -> None:
    mock.forum.me, mock.forum.role = "Inès", "facilitator"
    page = open_thread(SLEEP)
    page.get_by_role("button", name="More actions on Tomás’s post").click()
    page.get_by_role("menuitem", name="Take back the endorsement").click()
    expect(page.locator(".ribbon")).to_have_text("Accepted by Amina")


def test_removal_keeps_the_place_and_can_be_undone(open_thread: Visit, mock: Mock) -> None:
    page = open_thread("skewed sample")
    page.get_by_role("button", name="More actions on Noah’s post").click()
    page.get_by_role("menuitem", name="Remove").click()
    expect(page.locator(".opening")).to_contain_text("Removed by its author, now")
    expect(page.locator(".response")).to_have_count(2)
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.locator(".opening .prose")).to_contain_text("Or is the median better?")


def test_link_to_a_post_focuses_and_marks_it(visit: Visit, mock: Mock) -> None:
    forum = mock.forum
    post = next(post for post in forum.posts.values() if post["source"].startswith("Autre piste"))
    page = visit(post=post["id"])
    expect(page.locator(f"[data-post='{post['id']}']")).to_be_focused()
    expect(page.locator(".is-target .target-note")).to_have_text("The link that you followed points here")


def test_link_to_a_late_comment_shows_it(visit: Visit, mock: Mock) -> None:
    forum = mock.forum
    comment = next(post for post in forum.posts.values() if post["source"].startswith("Endorsed."))
    page = visit(post=comment["id"])
    expect(page.locator(f".comment-frame[data-post='{comment['id']}']")).to_be_focused()


def test_link_to_nothing_says_so_and_shows_the_list(visit: Visit) -> None:
    page = visit(post="f" * 32)
    expect(page.get_by_text("The link that you followed leads nowhere.")).to_be_visible()
    expect(page.locator(".row")).to_have_count(7)


def test_copied_link_is_absolute(open_thread: Visit, mock: Mock) -> None:
    page = open_thread(SLEEP)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".response").first.get_by_role("button", name="Copy link").click()
    expect(page.locator(".toast")).to_have_text("Link copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{mock.url}/peer/p/")


def read_to(mock: Mock) -> int:
    return max(
        (data["number"] for operation, data in mock.forum.calls if operation == "mark_read"), default=0
    )


def test_what_was_seen_is_reported_and_the_row_is_read(visit: Visit, mock: Mock) -> None:
    page = visit()
    page.get_by_role("link", name=SLEEP).click()
    page.locator(".response").last.scroll_into_view_if_needed()
    until(page, lambda: read_to(mock) == 6)
    page.get_by_role("button", name="All threads of this unit").click()
    expect(page.locator(".row", has_text=SLEEP)).not_to_have_class("unread")


def test_history_shows_words_that_changed(open_thread: Visit) -> None:
    page = open_thread(SLEEP)
    page.get_by_role("button", name="edited").click()
    dialog = page.get_by_role("dialog", name="What changed")
    expect(dialog.locator("ins")).to_have_text("added: huge")
    expect(dialog.locator("del")).to_have_text("removed: big")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="edited")).to_be_focused()


def test_formulas_are_typeset_once_katex_is_there(open_thread: Visit) -> None:
    page = open_thread(SLEEP)
    expect(page.locator(".math.display .katex")).to_be_visible()
    expect(page.locator(".math.display")).to_have_attribute("tabindex", "0")
    assert page.evaluate("document.head.textContent.includes('KaTeX_Main')")


def test_without_katex_the_tex_stays_readable(open_thread: Visit, mock: Mock) -> None:
    mock.missing.add("peer-katex.js")
    expect(open_thread(SLEEP).locator(".math.display")).to_contain_text("\\frac{1}{2}")


def test_katex_is_not_loaded_where_there_is_no_formula(open_thread: Visit) -> None:
    page = open_thread("skewed sample")
    page.locator(".composer").wait_for()
    assert page.evaluate("[...document.scripts].every((script) => !script.src.includes('katex'))")


def test_closed_thread_has_no_composer_and_says_why(open_thread: Visit) -> None:
    page = open_thread("Week 2 assignment")
    expect(page.get_by_text("This thread is closed.")).to_be_visible()
    expect(page.locator(".composer")).to_have_count(0)


def test_anonymous_author_is_named_to_those_who_may_know(open_thread: Visit, mock: Mock) -> None:
    mock.forum.people["Blue Heron"]["real_name"] = "Omar"
    expect(open_thread("Quiz 3").locator(".opening .post-head")).to_contain_text(
        "Omar, shown to the course team only"
    )


def test_thread_that_is_gone_says_so(visit: Visit) -> None:
    page = visit(thread="f" * 32)
    expect(page.get_by_role("heading", name="The thread did not load")).to_be_visible()
    expect(page.get_by_text("This is not here any more.")).to_be_visible()


def test_ground_of_the_linked_post_fades_after_the_first_action(visit: Visit, mock: Mock) -> None:
    post = next(post for post in mock.forum.posts.values() if post["source"].startswith("Autre piste"))
    page = visit(post=post["id"])
    target = page.locator(".is-target")
    target.get_by_role("button", name="Vote for Léa’s post").click()
    expect(target).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    expect(target.locator(".target-note")).to_be_visible()
