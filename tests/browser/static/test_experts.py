"""Finding somebody, asking them, and one's own card."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.static.conftest import Visit
from tests.browser.static.mock_server import Mock
from tests.browser.static.mock_state import Refusal
from tests.browser.static.seed_experts import named, request

pytestmark = pytest.mark.browser
SEARCH = "A question, a skill or a name"
TITLE = "Your question in one sentence"


def calls(mock: Mock, operation: str) -> list[dict[str, object]]:
    return [data for name, data in mock.experts.calls if name == operation]


def open_directory(visit: Visit) -> Page:
    page = visit(block="experts")
    page.locator(".expert").first.wait_for()
    return page


def search(page: Page, text: str) -> None:
    page.get_by_label(SEARCH).fill(text)
    page.get_by_label(SEARCH).press("Enter")


def ask(page: Page, name: str) -> None:
    page.get_by_role("article", name=name).get_by_role("button", name=f"Ask {name}").click()
    expect(page.get_by_label(TITLE)).to_be_focused()


def test_a_question_finds_who_answered_the_like(visit: Visit) -> None:
    page = open_directory(visit)
    search(page, "spearman survey")
    status = page.get_by_role("status").filter(has_text="match")
    expect(status).to_have_text("2 people match. Sorted by what they answered about this, recent first.")
    card = page.get_by_role("article", name="Learner 12")
    expect(card).to_contain_text("Answered 1 question about this well.")
    card.get_by_text("Why Learner 12: 1 answer").click()
    expect(card.get_by_role("link", name="Spearman or Pearson")).to_be_visible()
    expect(card.locator(".evidence")).to_contain_text("accepted, endorsed by the course team, 4 votes")


def test_typing_searches_after_a_pause_and_asks_once(visit: Visit, mock: Mock) -> None:
    page = open_directory(visit)
    page.get_by_label(SEARCH).press_sequentially("yuki", delay=40)
    expect(page.locator(".expert")).to_have_count(1)
    assert [call.get("query") for call in calls(mock, "find_people")] == [None, "yuki"]


def test_filters_narrow_are_named_and_cleared(visit: Visit) -> None:
    page = open_directory(visit)
    page.get_by_role("button", name="Statistical inference 4").click()
    expect(page.locator(".expert")).to_have_count(4)
    page.get_by_label("Language").select_option("français")
    expect(page.locator(".expert")).to_have_count(2)
    page.get_by_label("Availability").select_option("Takes questions now")
    expect(page.locator(".expert")).to_have_count(1)
    search(page, "nothing like this")
    expect(page.get_by_role("heading", name="Nobody matches")).to_be_visible()
    expect(page.locator(".empty")).to_contain_text(
        "“nothing like this”, Statistical inference, français, takes questions now"
    )
    page.locator(".empty").get_by_role("button", name="Clear filters").click()
    expect(page.locator(".expert")).to_have_count(12)
    expect(page.get_by_label(SEARCH)).to_be_focused()


def test_filters_survive_a_reload(visit: Visit) -> None:
    page = open_directory(visit)
    page.get_by_role("button", name="Sampling 1").click()
    expect(page.locator(".expert")).to_have_count(1)
    page.reload()
    expect(page.get_by_role("button", name="Sampling 1")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".expert")).to_have_count(1)


def test_a_skill_that_the_query_means_becomes_a_filter(visit: Visit) -> None:
    page = open_directory(visit)
    search(page, "sampling")
    page.get_by_text("Only those who declare:").get_by_role("button", name="Sampling").click()
    expect(page.locator(".expert")).to_have_count(1)
    expect(page.get_by_label(SEARCH)).to_have_value("")


def test_more_people_are_added_and_have_the_focus(visit: Visit) -> None:
    page = open_directory(visit)
    page.get_by_role("button", name="Show more people").click()
    expect(page.locator(".expert")).to_have_count(14)
    expect(
        page.get_by_role("article", name="Learner 28").get_by_role("button", name="Python")
    ).to_be_focused()


def test_whoever_is_full_cannot_be_asked_and_the_card_says_until_when(visit: Visit) -> None:
    page = open_directory(visit)
    button = page.get_by_role("button", name="Ask Inès")
    expect(button).to_have_attribute("aria-disabled", "true")
    description = button.evaluate(
        "(b) => b.getRootNode().getElementById(b.getAttribute('aria-describedby')).textContent"
    )
    assert description.startswith("Full this week, free again from ")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("peer-ask")).to_have_count(0)


def test_a_question_becomes_a_thread(visit: Visit, mock: Mock) -> None:
    page = open_directory(visit)
    search(page, "correlation of 8 points")
    ask(page, "Tomás")
    expect(page.get_by_label(TITLE)).to_have_value("correlation of 8 points")
    expect(page.get_by_text("It is posted in “3.2 Correlation is not a story”")).to_be_visible()
    page.get_by_label("Details").fill("Mine has *nine*.")
    page.locator(".composer").get_by_role("button", name="Ask Tomás").click()
    link = page.get_by_role("link", name="Open the thread")
    expect(link).to_be_focused()
    assert str(link.get_attribute("href")).startswith("/peer/p/")
    (sent,) = calls(mock, "ask")
    assert (sent["space"], sent["title"], sent["body"]) == (
        "5" * 32,
        "correlation of 8 points",
        "Mine has *nine*.",
    )
    page.get_by_text("1 question that you asked").click()
    expect(page.locator(".request")).to_contain_text("Tomás has not answered yet")


def test_the_discussion_is_chosen_where_there_are_several(visit: Visit, mock: Mock) -> None:
    mock.experts.spaces.append({"id": "6" * 32, "title": "3.3 Samples"})
    page = open_directory(visit)
    ask(page, "Tomás")
    page.get_by_label("The discussion in which it is posted").select_option("3.3 Samples")
    page.get_by_label(TITLE).fill("How many?")
    page.get_by_label("Details").fill("Say.")
    page.locator(".composer").get_by_role("button", name="Ask Tomás").click()
    page.get_by_role("link", name="Open the thread").wait_for()
    assert calls(mock, "ask")[0]["space"] == "6" * 32


def test_a_refused_question_stays_with_its_reason(visit: Visit, mock: Mock) -> None:
    page = open_directory(visit)
    ask(page, "Tomás")
    mock.experts.cards[0]["availability"]["state"] = "full"
    page.get_by_label(TITLE).fill("How many?")
    page.get_by_label("Details").fill("Say.")
    page.locator(".composer").get_by_role("button", name="Ask Tomás").click()
    expect(page.locator(".error-text")).to_be_focused()
    expect(page.locator(".error-text")).to_contain_text("Tomás takes no more questions this week.")
    expect(page.get_by_label("Details")).to_have_value("Say.")


def test_a_question_whose_answer_was_lost_is_asked_once(visit: Visit, mock: Mock) -> None:
    mock.faults["ask"] = "late"
    page = open_directory(visit)
    ask(page, "Tomás")
    page.get_by_label(TITLE).fill("How many?")
    page.get_by_label("Details").fill("Say.")
    page.locator(".composer").get_by_role("button", name="Ask Tomás").click()
    page.get_by_role("button", name="Try again").click()
    page.get_by_role("link", name="Open the thread").wait_for()
    assert len(mock.experts.asked) == 1


def test_cancelling_keeps_the_draft_and_gives_the_focus_back(visit: Visit) -> None:
    page = open_directory(visit)
    ask(page, "Tomás")
    page.get_by_label("Details").fill("Half of it")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Ask Tomás")).to_be_focused()
    ask(page, "Tomás")
    expect(page.get_by_label("Details")).to_have_value("Half of it")


def test_a_question_for_the_reader_is_accepted_or_passed(visit: Visit, mock: Mock) -> None:
    request(mock.experts, "Does the interval mean something?", "Amina", mine=False)
    request(mock.experts, "What is a p-value?", "Omar", mine=False)
    page = open_directory(visit)
    page.get_by_role("button", name="Accept Does the interval mean something?").click()
    expect(page.get_by_role("link", name="Answer in the thread")).to_be_focused()
    expect(page.locator(".request", has_text="Does the interval")).to_contain_text("You will answer Amina")
    page.get_by_role("button", name="Pass What is a p-value?").click()
    expect(page.get_by_role("status").filter(has_text="You passed.")).to_be_visible()
    expect(page.locator(".request")).to_have_count(1)


def test_an_answer_that_did_not_arrive_changes_nothing_and_says_so(visit: Visit, mock: Mock) -> None:
    request(mock.experts, "What is a p-value?", "Omar", mine=False)
    mock.faults["answer_request"] = Refusal(409, "conflict", "Omar took the question back.")
    page = open_directory(visit)
    page.get_by_role("button", name="Accept What is a p-value?").click()
    expect(page.get_by_role("alert")).to_contain_text("Omar took the question back.")
    expect(page.get_by_role("button", name="Accept What is a p-value?")).to_be_visible()


def test_an_empty_directory_invites_to_be_the_first(visit: Visit, mock: Mock) -> None:
    mock.experts.cards.clear()
    page = visit(block="experts")
    page.get_by_role("button", name="Make your card").click()
    expect(page.get_by_role("heading", name="Your own card")).to_be_focused()


def test_a_directory_that_did_not_load_is_asked_for_again(visit: Visit, mock: Mock) -> None:
    mock.faults["open_directory"] = "html"
    page = visit(block="experts")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".expert").first).to_be_visible()


def test_a_preview_offers_no_card_of_ones_own(visit: Visit, mock: Mock) -> None:
    mock.experts.viewer["is_preview"] = True
    page = open_directory(visit)
    expect(page.get_by_text("a preview keeps nothing")).to_be_visible()
    expect(page.locator(".own-card")).to_have_count(0)


def test_own_card_and_skills_of_the_seed_are_what_others_see(visit: Visit, mock: Mock) -> None:
    mock.experts.cards[0].update(is_me=True, can_ask=False, skills=named("R"))
    card = open_directory(visit).get_by_role("article", name="Tomás")
    expect(card).to_contain_text("You")
    expect(card.get_by_text("What proves it: 3 answers")).to_be_visible()
    expect(card.locator(".ask")).to_have_count(0)
