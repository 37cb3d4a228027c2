"""Every page of the campus: axe finds nothing, nothing scrolls sideways, in light and dark, wide and narrow."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.campus.conftest import ARRIVES_MS, COURSE, UNIT, Campus, SignIn, block, check
from tests.browser.pages import until
from tests.browser.static.looks import PAGES

pytestmark = pytest.mark.browser
BLOCK = "block-v1:Peer+DL101+2026+type@peer_discussion+block@talk32"


@pytest.mark.parametrize(("width", "language"), PAGES)
def test_a_learners_pages(campus: Campus, sign_in: SignIn, width: int, language: str) -> None:
    page = sign_in("Noah", width=width, language=language)
    page.goto(campus.url)
    check(page)
    page.goto(campus.unit())
    frame = block(page)
    check(page)
    frame.locator(".row-title a", has_text="a correlation of 0.94").click()
    frame.locator(".katex").first.wait_for()
    check(page)


@pytest.mark.parametrize("width", [1280, 320])
def test_the_door(campus: Campus, browser: Browser, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{campus.url}/login")
    check(page)
    page.context.close()


@pytest.mark.parametrize(("width", "language"), PAGES)
def test_an_authors_pages(campus: Campus, sign_in: SignIn, width: int, language: str) -> None:
    page = sign_in("Marta", width=width, language=language)
    for address in (f"studio/{COURSE}", f"studio/unit/{UNIT}", f"studio/block/{BLOCK}"):
        page.goto(f"{campus.url}/{address}")
        check(page)


@pytest.mark.parametrize(("width", "language"), PAGES)
def test_the_forums_pages(campus: Campus, sign_in: SignIn, width: int, language: str) -> None:
    page = sign_in("Noah", width=width, language=language)
    page.goto(campus.forum)
    link = page.locator("main a", has_text="a correlation of 0.94")
    link.wait_for(timeout=ARRIVES_MS)
    check(page)
    page.goto(f"{campus.moodle}{link.get_attribute('href')}")
    page.get_by_text("Amina Diallo").first.wait_for(timeout=ARRIVES_MS)
    check(page)


def test_language_and_colours_are_chosen_on_each_page_and_stay(campus: Campus, sign_in: SignIn) -> None:
    page = sign_in("Jo")
    for address, next_address in (
        (campus.url, f"{campus.url}/peer/course/{COURSE}"),
        (campus.forum, campus.moodle),
    ):
        page.goto(address)
        page.get_by_role("button", name="Dark").click()
        page.get_by_role("button", name="Français").click()
        page.locator("html[lang=fr]").wait_for()
        page.goto(next_address)
        page.locator("html[lang=fr]:is([data-theme=dark], [data-peer-theme=dark])").wait_for()
    page.context.clear_cookies(name=re.compile("_theme$"))


def test_what_came_while_the_forums_page_was_sent_is_shown_at_its_first_look(
    campus: Campus, sign_in: SignIn
) -> None:
    page = sign_in("Noah")

    def add(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=f"{answer.text()}<p>Came meanwhile.</p>")

    page.route("**/fragment/**", add)
    page.goto(campus.forum)
    expect(page.get_by_text("Came meanwhile.")).to_be_visible()


def test_the_unit_says_its_height_to_the_page_around_it(campus: Campus, sign_in: SignIn) -> None:
    page = sign_in("Noah", width=360)
    page.goto(campus.unit())
    frame = block(page)
    frame.locator(".row").first.wait_for()

    def fits() -> bool:
        inner = frame.evaluate("document.documentElement.scrollHeight")
        outer = page.locator("iframe").first.bounding_box()
        return outer is not None and abs(outer["height"] - inner) <= 2

    until(page, fits)


def save(page: Page) -> None:
    with page.expect_response(lambda answer: "save_settings" in answer.url) as answer:
        page.get_by_role("button", name="Save settings").click()
    assert answer.value.status == 200, answer.value.text()


def test_settings_are_saved_and_a_wrong_one_is_refused_by_name(campus: Campus, sign_in: SignIn) -> None:
    page = sign_in("Marta")
    page.goto(f"{campus.url}/studio/block/{BLOCK}")
    title = page.locator("[name=display_name]")
    title.fill("Talk about this unit")
    save(page)
    page.goto(campus.unit())
    expect(block(page).get_by_role("heading", name="Talk about this unit")).to_be_visible()
    page.goto(f"{campus.url}/studio/block/{BLOCK}")
    page.locator("[name=display_name]").fill("x" * 300)
    page.get_by_role("button", name="Save settings").click()
    expect(page.locator(".error-text")).to_contain_text("255")
    page.locator("[name=display_name]").fill("Discussion of this unit")
    save(page)


def test_studios_preview_shows_the_block_and_writes_nothing(campus: Campus, sign_in: SignIn) -> None:
    page = sign_in("Marta")
    page.goto(f"{campus.url}/studio/unit/{UNIT}")
    page.locator("peer-discussion").first.wait_for()
    expect(page.locator("main")).to_contain_text("a preview keeps nothing")
    assert page.locator(".composer-closed").count() == 0
