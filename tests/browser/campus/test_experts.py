"""Somebody is found by a question, asked, and the question is a thread of the course."""

from __future__ import annotations

from urllib.parse import urljoin
from uuid import uuid4

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.browser.campus.conftest import Campus, SignIn, block
from tests.browser.static.axe import violations

pytestmark = pytest.mark.browser
UNIT = "block-v1:Peer+DL101+2026+type@vertical+block@unit51"


def open_directory(page: Page, campus: Campus) -> Frame:
    page.goto(campus.unit(UNIT))
    frame = block(page, "peer-experts")
    frame.locator(".expert").first.wait_for()
    return frame


def test_whoever_answered_the_like_is_found_asked_and_told(campus: Campus, sign_in: SignIn) -> None:
    title = f"Is 0.94 with nine points much {uuid4().hex[:6]}?"
    asker, helper = sign_in("Jo"), sign_in("Tomás")
    frame = open_directory(asker, campus)
    frame.get_by_label("A question, a skill or a name").fill("correlation with a small sample")
    asker.keyboard.press("Enter")
    expect(frame.get_by_role("status").filter(has_text="Sorted by what they answered")).to_be_visible()
    card = frame.get_by_role("article", name="Tomás")
    card.locator("summary").click()
    expect(card.get_by_role("link", name="Does a correlation of 0.94")).to_be_visible()
    assert violations(asker) == []
    card.get_by_role("button", name="Ask Tomás").click()
    frame.get_by_label("Your question in one sentence").fill(title)
    frame.get_by_label("Details").fill("Mine moves when I leave one out.")
    frame.locator("peer-ask").get_by_role("button", name="Ask Tomás").click()
    expect(frame.get_by_role("link", name="Open the thread")).to_be_focused()

    asked = open_directory(helper, campus)
    asked.get_by_role("button", name=f"Accept {title}").click()
    link = asked.locator(".request", has_text=title).get_by_role("link", name="Answer in the thread")
    helper.goto(urljoin(campus.url, str(link.get_attribute("href"))))
    expect(helper.get_by_role("heading", name=title)).to_be_visible()


def test_a_card_is_made_by_keyboard_and_found(campus: Campus, sign_in: SignIn) -> None:
    page = sign_in("Omar")
    frame = open_directory(page, campus)
    press, type_text = page.keyboard.press, page.keyboard.type
    frame.get_by_role("button", name="Your own card:").focus()
    press("Enter")
    expect(frame.get_by_role("heading", name="Your own card")).to_be_focused()
    press("Tab")
    press("Space")
    press("Tab")
    type_text("sampl")
    expect(frame.get_by_role("option").first).to_be_visible()
    press("ArrowDown")
    press("Enter")
    press("Tab")
    type_text("I count votes for a living.")
    frame.get_by_role("button", name="Save my card").focus()
    press("Enter")
    expect(frame.get_by_text("Your card is saved, and others can find it.")).to_be_visible()
    other = open_directory(sign_in("Léa"), campus)
    other.get_by_role("button", name="Sampling").first.click()
    expect(other.get_by_role("article", name="Omar")).to_contain_text("I count votes for a living.")
