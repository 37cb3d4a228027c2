"""The course's page: all spaces in one place, written on as in a unit, in every look."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.campus.conftest import COURSE, Campus, SignIn, block, check
from tests.browser.pages import settle
from tests.browser.static.looks import PAGES

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "language"), PAGES)
def test_the_page_in_every_look(campus: Campus, sign_in: SignIn, width: int, language: str) -> None:
    page = sign_in("Noah", width=width, language=language)
    page.goto(f"{campus.url}/peer/course/{COURSE}")
    check(page)
    page.locator(".peer-page-places a").first.click()
    page.locator("peer-discussion .row").first.wait_for()
    check(page)


def test_the_page_is_reached_from_the_course_and_lists_units_in_order(
    campus: Campus, sign_in: SignIn
) -> None:
    page = sign_in("Noah")
    page.goto(campus.url)
    page.get_by_role("link", name="Community").click()
    units = page.locator(".peer-page-places h3").all_inner_texts()
    assert [text[:3] for text in units] == sorted(text[:3] for text in units)
    assert units[:2] == ["3.1 Reading a scatter plot", "3.2 Correlation is not a story"]


def test_what_is_asked_on_the_page_stands_in_the_unit(campus: Campus, sign_in: SignIn) -> None:
    title = f"Asked on the page {uuid4().hex[:8]}?"
    page = sign_in("Tomás")
    page.goto(f"{campus.url}/peer/course/{COURSE}")
    page.get_by_role("link", name=re.compile("Discussion of this unit")).nth(1).click()
    page.locator(".composer-closed").wait_for()
    settle(page)
    page.locator(".composer-closed").click()
    page.locator(".composer-title").fill(title)
    page.locator(".composer-body").fill("And answered wherever it is seen.")
    page.locator(".composer button[type=submit]").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    page.goto(campus.unit())
    expect(block(page).get_by_role("link", name=title)).to_be_visible()
