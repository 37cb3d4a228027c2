"""A real Chromium, a mock of the block's operations, and the element mounted on a page."""

from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.pages import new_page, settle
from tests.browser.static.mock_server import Mock, serve


@pytest.fixture(scope="session")
def taken_ports() -> set[int]:
    """Those of the earlier tests' servers."""
    return set()


@pytest.fixture
def mock(taken_ports: set[int]) -> Iterator[Mock]:
    """A server at an address that no other test had: what the browser kept of one is not there for the next."""
    state = Mock()
    server = serve(state)
    while server.server_port in taken_ports:
        server.stop()
        server = serve(state)
    taken_ports.add(server.server_port)
    yield state
    server.stop()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One for all tests: a new one would cost each of them more than its page does."""
    shared = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="en-GB", timezone_id="UTC", reduced_motion="reduce"
    )
    yield shared
    shared.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose scripts may not fail unseen."""
    tab = new_page(context)
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    yield tab
    context.set_offline(False)
    context.clear_permissions()
    tab.close()
    assert errors == []


Visit = Callable[..., Page]


@pytest.fixture
def visit(page: Page, mock: Mock) -> Visit:
    """Open the page with the block and wait until it is whole; for `at_once=True`, only until it is there.

    Further keywords are those of `mock_server.page` (lang, dir, theme, thread, post).
    """

    def open_block(*, at_once: bool = False, **query: str) -> Page:
        page.goto(f"{mock.url}/?{urlencode(query)}", wait_until="commit" if at_once else "load")
        if not at_once:
            settle(page)
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
