"""A real Chromium, a mock of the block's operations, and the element mounted on a page."""

from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.static.mock_server import Mock, serve

TIMEOUT_MS = 8_000


@pytest.fixture
def mock() -> Iterator[Mock]:
    state = Mock()
    server = serve(state)
    yield state
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose scripts may not fail unseen."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="en-GB", timezone_id="UTC", reduced_motion="reduce"
    )
    tab = context.new_page()
    tab.set_default_timeout(TIMEOUT_MS)
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    yield tab
    context.close()
    assert errors == []


Visit = Callable[..., Page]


@pytest.fixture
def visit(page: Page, mock: Mock) -> Visit:
    """Open the page with the block; keywords are those of `mock_server.page` (lang, dir, theme, thread, post)."""

    def open_block(**query: str) -> Page:
        page.goto(f"{mock.url}/?{urlencode(query)}")
        return page

    return open_block


@pytest.fixture
def open_thread(visit: Visit, mock: Mock) -> Visit:
    """Open one thread by (a part of) its title."""

    def open_titled(title: str, **query: str) -> Page:
        thread = next(thread for thread in mock.forum.threads.values() if title in thread["title"])
        page = visit(thread=thread["id"], **query)
        page.locator(".opening .prose").wait_for()
        return page

    return open_titled
