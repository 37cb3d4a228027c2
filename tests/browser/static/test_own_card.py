"""The own card: shown only when switched on, never lost, its skills chosen by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.static.conftest import Visit
from tests.browser.static.mock_server import Mock

pytestmark = pytest.mark.browser


def open_card(visit: Visit) -> Page:
    page = visit(block="experts")
    page.get_by_role("button", name="Your own card:").click()
    expect(page.get_by_role("heading", name="Your own card")).to_be_focused()
    return page


def save(page: Page) -> None:
    page.get_by_role("button", name="Save my card").click()


def test_a_card_is_hidden_until_it_is_switched_on(visit: Visit, mock: Mock) -> None:
    page = open_card(visit)
    switch = page.get_by_role("checkbox", name="Show my card in this course")
    expect(switch).not_to_be_checked()
    switch.check()
    page.get_by_label("About you").fill("Ask me about *maps*.")
    page.get_by_label("français").check()
    page.get_by_label("Questions a week, at most").fill("3")
    page.get_by_label("Away, back on").fill("2026-12-24")
    save(page)
    expect(page.get_by_role("status").filter(has_text="others can find it")).to_be_visible()
    expect(page.get_by_role("button", name="Your own card: visible in this course")).to_be_focused()
    saved = mock.experts.me
    assert (saved["is_listed"], saved["weekly_limit"], saved["away_until"]) == (True, 3, "2026-12-24")
    assert (saved["languages"], saved["about"]) == (["en", "fr"], "Ask me about *maps*.")


def test_skills_are_chosen_by_keyboard_and_taken_away(visit: Visit, mock: Mock) -> None:
    page = open_card(visit)
    box = page.get_by_role("combobox", name="Skills")
    box.press_sequentially("sa")
    expect(page.get_by_role("listbox")).to_be_visible()
    expect(page.locator("peer-skill-picker [role=status]")).to_have_text("2 skills suggested")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", name="Sampling")).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == page.get_by_role(
        "option", name="Sampling"
    ).get_attribute("id")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Remove Sampling")).to_be_visible()
    expect(box).to_have_value("")
    box.press_sequentially("python")
    page.get_by_role("option", name="Python").click()
    page.keyboard.press("Backspace")
    expect(page.get_by_role("button", name="Remove Python")).to_have_count(0)
    save(page)
    page.get_by_text("Your card is saved. Nobody else sees it.").wait_for()
    assert [skill["label"] for skill in mock.experts.me["skills"]] == ["Sampling"]


def test_escape_closes_the_suggestions_and_nothing_else(visit: Visit) -> None:
    page = open_card(visit)
    page.get_by_role("combobox", name="Skills").press_sequentially("sa")
    page.get_by_role("listbox").wait_for()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_role("combobox", name="Skills")).to_have_value("sa")


def test_a_word_that_no_skill_has_is_said(visit: Visit) -> None:
    page = open_card(visit)
    page.get_by_role("combobox", name="Skills").press_sequentially("juggling")
    expect(page.locator("peer-skill-picker [role=status]")).to_have_text(
        "No skill of this name is known. Try another word."
    )


def test_what_was_not_saved_is_kept_on_the_device(visit: Visit) -> None:
    page = open_card(visit)
    page.get_by_label("About you").fill("Half a sentence")
    expect(page.get_by_text("Not saved yet, kept on this device")).to_be_visible()
    page.reload()
    expect(page.get_by_label("About you")).to_have_value("Half a sentence")


def test_a_wrong_limit_is_said_beside_it_and_nothing_is_sent(visit: Visit, mock: Mock) -> None:
    page = open_card(visit)
    limit = page.get_by_label("Questions a week, at most")
    limit.fill("many")
    save(page)
    expect(page.locator(".error-text")).to_have_text("Write a whole number from 1, or nothing for no limit.")
    expect(limit).to_have_attribute("aria-invalid", "true")
    assert not any(operation == "save_profile" for operation, _data in mock.experts.calls)


def test_the_servers_refusal_stands_beside_its_field(visit: Visit) -> None:
    page = open_card(visit)
    page.get_by_label("About you").fill("x" * 501)
    save(page)
    expect(page.locator(".error-text")).to_be_focused()
    expect(page.get_by_label("About you")).to_have_accessible_description(
        "The text has more than 500 characters."
    )


def test_a_card_that_was_changed_elsewhere_is_not_overwritten_unseen(visit: Visit, mock: Mock) -> None:
    page = open_card(visit)
    page.get_by_label("About you").fill("Mine")
    mock.experts.me = {**mock.experts.me, "revision": 5, "about": "From the other tab"}
    save(page)
    expect(page.get_by_role("alert")).to_contain_text(
        "changed elsewhere meanwhile. Save again to keep what stands here."
    )
    save(page)
    page.get_by_text("Your card is saved.").wait_for()
    assert mock.experts.me["about"] == "Mine"


def test_cancelling_leads_back(visit: Visit) -> None:
    page = open_card(visit)
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("button", name="Your own card: hidden")).to_be_focused()
