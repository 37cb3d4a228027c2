"""Every page of the campus: axe finds nothing, nothing scrolls sideways, in light and dark, wide and narrow."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from tests.browser.campus.conftest import COURSE, UNIT, Campus, SignIn, block
from tests.browser.static.axe import violations

pytestmark = pytest.mark.browser
BLOCK = "block-v1:Peer+DL101+2026+type@peer_discussion+block@talk32"
LOOKS = [
    pytest.param(1280, "light", "en", id="wide-light"),
    pytest.param(1280, "dark", "fr", id="wide-dark-french"),
    pytest.param(320, "light", "fr", id="narrow-light-french"),
    pytest.param(320, "dark", "en", id="narrow-dark"),
]


def check(page: Page, *frames: Frame) -> None:
    sideways = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    page.locator("h1").first.wait_for()
    parts: list[Page | Frame] = [page, *frames]
    for part in parts:
        assert not part.evaluate(sideways), part.url
    assert violations(page) == [], page.url


@pytest.mark.parametrize(("width", "theme", "language"), LOOKS)
def test_a_learners_pages(campus: Campus, sign_in: SignIn, width: int, theme: str, language: str) -> None:
    page = sign_in("Noah", width=width, theme=theme, language=language)
    check(page)
    page.goto(campus.unit())
    frame = block(page)
    frame.locator(".row").first.wait_for()
    check(page, frame)
    frame.locator(".row-title a", has_text="a correlation of 0.94").click()
    frame.locator(".katex").first.wait_for()
    check(page, frame)


@pytest.mark.parametrize("width", [1280, 320])
def test_the_door(campus: Campus, browser: Browser, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{campus.url}/login")
    check(page)
    page.context.close()


@pytest.mark.parametrize(("width", "theme", "language"), LOOKS)
def test_an_authors_pages(campus: Campus, sign_in: SignIn, width: int, theme: str, language: str) -> None:
    page = sign_in("Marta", width=width, theme=theme, language=language)
    for address in (f"studio/{COURSE}", f"studio/unit/{UNIT}", f"studio/block/{BLOCK}"):
        page.goto(f"{campus.url}/{address}")
        check(page)


@pytest.mark.parametrize(("width", "theme", "language"), LOOKS)
def test_the_forums_pages(campus: Campus, sign_in: SignIn, width: int, theme: str, language: str) -> None:
    page = sign_in("Noah", width=width)
    page.goto(campus.forum)
    if theme == "dark":
        page.get_by_role("button", name="Dark").click()
    if language == "fr":
        page.get_by_role("button", name="Français").click()
    page.locator("main a", has_text="a correlation of 0.94").wait_for()
    check(page)
    page.locator("main a", has_text="a correlation of 0.94").click()
    page.get_by_text("Amina Diallo").first.wait_for()
    check(page)


def test_the_unit_says_its_height_to_the_page_around_it(campus: Campus, sign_in: SignIn) -> None:
    page = sign_in("Noah", width=360)
    page.goto(campus.unit())
    frame = block(page)
    frame.locator(".row").first.wait_for()
    page.wait_for_timeout(500)
    inner = frame.evaluate("document.documentElement.scrollHeight")
    outer = page.locator("iframe").first.bounding_box()
    assert outer is not None
    assert abs(outer["height"] - inner) <= 2


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
