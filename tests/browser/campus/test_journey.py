"""A question's way: asked in the unit, answered by a peer, endorsed, accepted, and seen in Moodle."""

from __future__ import annotations

import re
import time
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Frame, Locator, Page, expect

from tests.browser.campus.conftest import ARRIVES_MS, Campus, SignIn, block
from tests.browser.pages import settle

pytestmark = pytest.mark.browser


def unique(text: str) -> str:
    return f"{text} {uuid4().hex[:8]}?"


def ask(frame: Frame, title: str, body: str = "I tried, and it moves.") -> None:
    frame.locator(".composer-closed").click()
    frame.locator(".composer-title").fill(title)
    frame.locator(".composer-body").fill(body)
    frame.locator(".composer button[type=submit]").click()
    expect(frame.get_by_role("heading", name=title)).to_be_visible()


def open_thread(page: Page, campus: Campus, title: str) -> Frame:
    page.goto(campus.unit())
    frame = block(page)
    frame.get_by_role("link", name=title).click()
    expect(frame.locator(".opening")).to_be_visible()
    settle(frame)
    return frame


def respond(frame: Frame, body: str) -> None:
    frame.locator("peer-reply .composer-body").last.fill(body)
    frame.get_by_role("button", name="Post response").click()
    expect(frame.locator(".response", has_text=body)).to_be_visible()


def see_in_moodle(page: Page, campus: Campus, title: str) -> None:
    page.goto(campus.forum)
    link = page.get_by_role("link", name=title)
    link.wait_for(timeout=ARRIVES_MS)
    # Not a click: the page renews itself meanwhile.
    page.goto(f"{campus.moodle}{link.get_attribute('href')}")


def see_in_unit(page: Page, campus: Campus, title: str, words: str) -> Locator:
    """Open the thread, again while the post with these words has not come."""
    deadline = time.monotonic() + ARRIVES_MS / 1_000
    post = open_thread(page, campus, title).locator(".response", has_text=words)
    while post.count() == 0:
        assert time.monotonic() < deadline, "it did not arrive in the unit"
        page.wait_for_timeout(500)
        post = open_thread(page, campus, title).locator(".response", has_text=words)
    return post


def write_in_moodle(page: Page, name: str, words: str) -> None:
    """On the open page of a discussion there, as somebody of the forum."""
    page.get_by_label("Write as").select_option(label=name)
    page.get_by_label("Message").fill(words)
    page.get_by_role("button", name="Post to forum").click()
    expect(page.locator(".post", has_text=words)).to_be_visible()


def test_a_question_is_answered_accepted_and_arrives_in_moodle_which_answers_too(
    campus: Campus, sign_in: SignIn
) -> None:
    title = unique("Does one outlier decide the slope")
    asker, helper = sign_in("Noah"), sign_in("Tomás")
    asker.goto(campus.unit())
    ask(block(asker), title)
    respond(open_thread(helper, campus, title), "Leave it out and compare.")
    frame = open_thread(asker, campus, title)
    frame.locator(".response .vote").first.click()
    expect(frame.locator(".response .vote").first).to_have_attribute("aria-pressed", "true")
    frame.locator(".response").get_by_role("button", name=re.compile("More actions")).first.click()
    frame.get_by_role("menuitem", name=re.compile("Accept")).click()
    expect(frame.locator(".ribbon")).to_contain_text("Accepted by Noah")
    see_in_moodle(asker, campus, title)
    post = asker.locator(".post", has_text="Leave it out and compare.")
    expect(post).to_contain_text("Tomás Ferreira", timeout=ARRIVES_MS)
    expect(post).to_contain_text("Accepted answer", timeout=ARRIVES_MS)
    write_in_moodle(asker, "Léa Marchand", "I am in the forum, and I write here.")
    answer = see_in_unit(asker, campus, title, "I am in the forum, and I write here.")
    expect(answer).to_contain_text("Léa Marchand")


def test_a_facilitator_endorses_and_the_badge_is_theirs(campus: Campus, sign_in: SignIn) -> None:
    title = unique("Is a log scale honest")
    asker, helper, facilitator = sign_in("Yuki"), sign_in("Léa"), sign_in("Inès")
    asker.goto(campus.unit())
    ask(block(asker), title)
    respond(open_thread(helper, campus, title), "When both axes say so.")
    frame = open_thread(facilitator, campus, title)
    frame.locator(".response").get_by_role("button", name=re.compile("More actions")).first.click()
    frame.get_by_role("menuitem", name=re.compile("Endorse")).click()
    expect(frame.locator(".response").first).to_contain_text("Inès Vidal")


def test_an_anonymous_author_is_a_pseudonym_for_learners_and_for_moodle(
    campus: Campus, sign_in: SignIn
) -> None:
    title = unique("Was this explained before")
    asker, peer = sign_in("Amina"), sign_in("Noah")
    asker.goto(campus.unit())
    frame = block(asker)
    frame.locator(".composer-closed").click()
    frame.get_by_role("button", name=re.compile("Post as")).click()
    frame.get_by_role("menuitemradio", name=re.compile("nonym")).click()
    frame.locator(".composer-title").fill(title)
    frame.locator(".composer-body").fill("I missed the first week.")
    frame.locator(".composer button[type=submit]").click()
    expect(frame.get_by_role("heading", name=title)).to_be_visible()
    seen = open_thread(peer, campus, title)
    expect(seen.locator(".opening")).to_contain_text("Anonymous")
    assert "Amina" not in seen.locator(".opening").inner_text()
    see_in_moodle(peer, campus, title)
    peer.locator(".post", has_text="I missed the first week.").wait_for(timeout=ARRIVES_MS)
    assert all("Amina" not in post for post in peer.locator(".post").all_inner_texts())


def test_what_was_removed_is_blank_in_moodle_and_comes_back(campus: Campus, sign_in: SignIn) -> None:
    title = unique("Will this stay")
    author = sign_in("Jo")
    author.goto(campus.unit())
    ask(block(author), title)
    frame = open_thread(author, campus, title)
    respond(frame, "My own answer, soon gone.")
    frame.locator(".response").get_by_role("button", name=re.compile("More actions")).first.click()
    frame.get_by_role("menuitem", name=re.compile("Remove")).click()
    expect(frame.locator(".response")).not_to_contain_text("soon gone")
    frame.get_by_role("button", name="Undo").click()
    expect(frame.locator(".response", has_text="soon gone")).to_be_visible()
    see_in_moodle(author, campus, title)
    author.locator(".post", has_text="My own answer, soon gone.").wait_for(timeout=ARRIVES_MS)


def test_what_a_facilitator_pins_and_closes_is_pinned_and_locked_in_moodle(
    campus: Campus, sign_in: SignIn
) -> None:
    title = unique("Which data may we use")
    facilitator, learner = sign_in("Inès"), sign_in("Yuki")
    facilitator.goto(campus.unit())
    frame = block(facilitator)
    ask(frame, title, "Only those of the course.")
    for item in ("Pin the thread", "Close the thread"):
        frame.locator(".opening [aria-haspopup=menu]").last.click()
        frame.get_by_role("menuitem", name=item).click()
        expect(frame.locator(".opening .toast")).to_be_visible()
    respond(frame, "Closed for now; the list is in the unit.")
    seen = open_thread(learner, campus, title)
    expect(seen.get_by_text("It can be read; nobody can respond any more.")).to_be_visible()
    see_in_moodle(learner, campus, title)
    for mark in ("Pinned", "Locked", "Closed for now; the list is in the unit."):
        expect(learner.get_by_text(mark).first).to_be_visible(timeout=ARRIVES_MS)
    frame.locator(".opening [aria-haspopup=menu]").last.click()
    frame.get_by_role("menuitem", name="Reopen the thread").click()
    expect(learner.get_by_text("Locked")).to_have_count(0, timeout=ARRIVES_MS)


def test_a_response_arrives_on_an_open_page_without_a_reload(campus: Campus, sign_in: SignIn) -> None:
    title = unique("Who sees it first")
    asker, helper = sign_in("Yuki"), sign_in("Jo")
    asker.goto(campus.unit())
    frame = block(asker)
    ask(frame, title)
    respond(open_thread(helper, campus, title), "You do.")
    news = frame.get_by_role("button", name="1 new response: show it")
    news.click(timeout=ARRIVES_MS)
    expect(frame.locator(".response", has_text="You do.")).to_be_focused()


def test_the_next_person_at_the_same_computer_finds_no_draft(
    campus: Campus, sign_in: SignIn, computers: dict[str, BrowserContext]
) -> None:
    page = sign_in("Omar")
    computers["Léa, after Omar"] = computers.pop("Omar")
    page.goto(campus.unit())
    frame = block(page)
    frame.locator(".composer-closed").click()
    frame.locator(".composer-title").fill("Mine alone")
    expect(frame.get_by_text("Draft kept")).to_be_visible()
    page.reload()
    expect(block(page).get_by_text("Continue your draft: Mine alone")).to_be_visible()
    page.get_by_role("button", name="Be someone else").click()
    page.get_by_role("button", name="Léa").wait_for()
    assert page.evaluate("indexedDB.databases()") == []
    page.get_by_role("button", name="Léa").click()
    page.goto(campus.unit())
    expect(block(page).get_by_text("Ask about this unit, or start a discussion")).to_be_visible()


def test_a_permanent_address_opens_the_post_and_leads_to_its_lesson(campus: Campus, sign_in: SignIn) -> None:
    page = sign_in("Omar")
    page.goto(campus.unit())
    frame = block(page)
    frame.get_by_role("link", name=re.compile("0.94 with 8 points")).click()
    frame.locator(".response").first.wait_for()
    address = frame.evaluate(
        """async () => (await (await fetch(document.querySelector('peer-discussion').config.call_url + '/list_threads',
        {method: 'POST', body: '{}', headers: {'Content-Type': 'application/json',
         'X-CSRFToken': document.cookie.match(/csrftoken=([^;]+)/)[1]}})).json())
         .threads.find((thread) => thread.title.includes('0.94')).url"""
    )
    page.goto(address)
    assert "/peer/course/" in page.url
    expect(page.get_by_role("heading", name=re.compile("0.94 with 8 points"))).to_be_visible()
    page.get_by_role("link", name="Open in the lesson").click()
    expect(block(page).get_by_role("heading", name=re.compile("0.94 with 8 points"))).to_be_visible()
