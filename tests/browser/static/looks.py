"""What a page is looked at in: light and dark, wide and narrow, both languages, both directions."""

import pytest
from playwright.sync_api import Page

from tests.browser.pages import settle
from tests.browser.static.axe import violations

#: Width and language of a page, which stay; `check` turns it dark, and the narrow one round.
PAGES = [pytest.param(1280, "en", id="wide"), pytest.param(320, "fr", id="narrow-french")]
NARROW = 400
_LOOK = "([theme, dir]) => Object.assign(document.documentElement, {dir}).dataset.peerTheme = theme"


def has_sideways_scroll(page: Page) -> bool:
    settle(page)
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def check(page: Page, state: str = "") -> None:
    """axe finds nothing and nothing scrolls sideways: in light, then in dark and, narrow, from right to left."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    for look in (["dark", "rtl" if width < NARROW else "ltr"], ["light", "ltr"]):
        page.evaluate(_LOOK, look)
        assert (state, look, violations(page), has_sideways_scroll(page)) == (state, look, [], False)
