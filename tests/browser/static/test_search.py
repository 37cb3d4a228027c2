"""Finding threads: words and filters above the list, and threads like the one that is being written."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.static.conftest import Visit
from tests.browser.static.mock_server import Mock

pytestmark = pytest.mark.browser


def search(page: Page, text: str) -> None:
    page.get_by_role("searchbox", name="Search threads").fill(text)


def test_what_is_found_stands_in_the_lists_place_with_its_words_marked(visit: Visit) -> None:
    page = visit()
    page.locator(".row").first.wait_for()
    search(page, "spearman")
    expect(page.locator(".row")).to_have_count(1)
    expect(page.locator(".row-title mark")).to_have_text("Spearman")
    expect(page.get_by_role("status").filter(has_text="1 thread found")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".row")).to_have_count(7)


def test_a_slash_goes_to_the_search_and_the_found_thread_opens_at_the_post(visit: Visit, mock: Mock) -> None:
    thread = next(one for one in mock.forum.threads.values() if "Spearman" in one["title"])
    post = mock.forum.add_post(thread["id"], thread["opening"], "Léa", "A quokka knows.")
    page = visit()
    page.locator(".row-title a").first.focus()
    page.locator("peer-search").wait_for()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("quokka")
    expect(page.locator(".excerpt")).to_have_text("Léa responded: A quokka knows.")
    page.locator(".found .row-title a").click()
    expect(page.locator(f"[data-post='{post['id']}']")).to_be_focused()
    page.go_back()
    expect(page.locator(".found .row")).to_have_count(1)


def test_filters_survive_a_reload_and_can_be_cleared(visit: Visit, mock: Mock) -> None:
    page = visit()
    page.get_by_role("button", name="Unanswered").click()
    page.get_by_role("button", name="Mine").click()
    page.get_by_role("button", name="More filters").click()
    with page.expect_response(lambda answer: "Noah" in (answer.request.post_data or "")):
        page.get_by_label("Begun by").fill("Noah")
    expect(page.locator(".found .row")).to_have_count(1)
    page.reload()
    expect(page.locator(".found .row")).to_have_count(1)
    expect(page.get_by_role("button", name="Unanswered")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_label("Begun by")).to_have_value("Noah")
    assert [data for name, data in mock.forum.calls if name == "search_threads"][-1]["author"] == "Noah"
    page.get_by_role("button", name="Clear filters").click()
    expect(page.locator(".row")).to_have_count(7)
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_all_units_are_searched_and_each_thread_says_where_it_stands(visit: Visit, mock: Mock) -> None:
    mock.forum.add_thread("Amina", "Which correlation for ranks?", "Of places.", unit="2.4 Spread")
    page = visit()
    search(page, "correlation")
    found = page.locator(".found .row")
    here = found.filter(has_text="In this unit")
    expect(page.get_by_role("status").filter(has_text="found")).to_be_visible()
    expect(here).to_have_count(0)
    page.get_by_role("button", name="All units").click()
    expect(found.filter(has_text="In “2.4 Spread”")).to_have_count(1)
    expect(here.first).to_be_visible()
    page.get_by_role("button", name="Clear filters").click()
    page.get_by_role("button", name="Whole course").click()
    search(page, "correlation")
    expect(found.filter(has_text="In “2.4 Spread”")).to_have_count(1)


def test_who_finds_nothing_is_told_what_was_looked_for(visit: Visit) -> None:
    page = visit()
    page.get_by_role("button", name="Discussions").click()
    search(page, "quokka")
    expect(page.get_by_role("heading", name="Nothing matches")).to_be_visible()
    expect(page.locator(".empty")).to_contain_text("Looked for “quokka” and Discussions.")


def test_a_search_that_fails_can_be_tried_again(visit: Visit, mock: Mock) -> None:
    page = visit()
    mock.faults["search_threads"] = "html"
    search(page, "spearman")
    page.get_by_role("heading", name="The search did not come back").wait_for()
    mock.faults.clear()
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".found .row")).to_have_count(1)


def test_threads_like_the_title_are_shown_the_answered_first(visit: Visit) -> None:
    page = visit()
    page.locator(".composer-closed").click()
    title = page.get_by_label("Your question in one sentence")
    title.fill("Correlation")
    expect(page.locator(".similar")).to_have_count(0)
    title.fill("Correlation of 8 points")
    similar = page.locator(".similar")
    expect(page.locator("peer-similar [role=status]")).to_contain_text("close to yours")
    expect(similar.locator("li").first).to_contain_text("Accepted answer")
    expect(similar.locator("li").first).to_contain_text("Tomás: ")
    similar.get_by_role("link").first.click()
    page.locator(".opening .prose").wait_for()
    page.go_back()
    expect(title).to_have_value("Correlation of 8 points")


def test_a_thread_is_asked_with_tags_and_found_by_one(visit: Visit, mock: Mock) -> None:
    next(iter(mock.forum.threads.values()))["tags"] = ["sample size"]
    page = visit()
    page.locator(".composer-closed").click()
    page.get_by_label("Your question in one sentence").fill("How large is large?")
    page.get_by_label("Details").fill("Text.")
    page.get_by_label("Tags").fill("quokka, sam")
    page.get_by_role("button", name="sample size 1").click()
    expect(page.get_by_label("Tags")).to_have_value("quokka, sample size, ")
    expect(page.get_by_label("Tags")).to_be_focused()
    page.get_by_role("button", name="Ask the question").click()
    page.locator(".opening .prose").wait_for()
    assert next(d for name, d in mock.forum.calls if name == "create_thread")["tags"] == [
        "quokka",
        "sample size",
    ]
    page.go_back()
    page.get_by_role("button", name="quokka: all threads with this tag").click()
    expect(page.locator(".found .row")).to_have_count(1)
    expect(page.get_by_label("Tag", exact=True)).to_have_value("quokka")
