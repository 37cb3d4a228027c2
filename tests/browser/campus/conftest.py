"""The whole campus as `make demo` starts it, on free ports, with its state in a temporary folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page

from demo.ports import is_taken
from tests.browser.pages import new_page, settle
from tests.browser.static.axe import violations

ROOT = Path(__file__).parents[3]
COURSE = "course-v1:Peer+DL101+2026"
UNIT = "block-v1:Peer+DL101+2026+type@vertical+block@unit32"
#: What goes from one side to the other waits for two processes.
ARRIVES_MS = 90_000


@dataclass(frozen=True, slots=True)
class Campus:
    """The addresses of a running campus."""

    url: str
    forum: str
    bridge: str

    @property
    def moodle(self) -> str:
        return self.forum.split("/mod/")[0]

    def unit(self, unit: str = UNIT) -> str:
        return f"{self.url}/learn/{COURSE}/{unit}"


@pytest.fixture(scope="session")
def campus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Campus]:
    """Started once; what one test writes the next may see. Two at a time on one machine take different ports."""
    folder = tmp_path_factory.mktemp("campus")
    first = 21000 + os.getpid() % 1000 * 3
    port = next(p for p in range(first, 30000, 3) if not any(is_taken(p + n) for n in range(3)))
    process = subprocess.Popen(
        [sys.executable, "-m", "demo", "run"],
        cwd=ROOT,
        env={**os.environ, "PORT": str(port), "PEER_DEMO_STATE": str(folder)},
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield _read_addresses(process)
        finally:
            process.terminate()
            process.communicate(timeout=60)


def _read_addresses(process: subprocess.Popen[str]) -> Campus:
    assert process.stdout is not None
    seen: list[str] = []
    for line in process.stdout:
        seen.append(line)
        if "state and logs" in line:
            addresses = re.findall(r"http://127\S+", "".join(seen))
            return Campus(*(address.removesuffix("/admin/") for address in addresses[:3]))
    raise AssertionError("the campus did not start:\n" + "".join(seen))


@pytest.fixture(scope="session")
def computers(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """The people's own, each signed in once: by name."""
    owned: dict[str, BrowserContext] = {}
    yield owned
    for context in owned.values():
        context.close()


SignIn = Callable[..., Page]


@pytest.fixture
def sign_in(campus: Campus, browser: Browser, computers: dict[str, BrowserContext]) -> Iterator[SignIn]:
    """A window at the person's own computer, signed in: `sign_in("Noah", width=360, language="fr")`."""
    pages: list[Page] = []
    failures: list[str] = []

    def open_as(name: str, *, width: int = 1280, language: str = "en") -> Page:
        is_new = name not in computers
        if is_new:
            computers[name] = browser.new_context(timezone_id="UTC", reduced_motion="reduce")
        languages = [f"{site}_language" for site in ("campus", "moodle")]
        computers[name].add_cookies(
            [{"name": cookie, "value": language, "url": campus.url} for cookie in languages]
        )
        page = new_page(computers[name])
        pages.append(page)
        page.set_viewport_size({"width": width, "height": 900})
        page.on("pageerror", lambda error: failures.append(str(error)))
        if is_new:
            page.goto(f"{campus.url}/login")
            page.get_by_role("button", name=name).click()
            page.locator(".chapter").first.wait_for()
        return page

    yield open_as
    for page in pages:
        page.close()
    assert failures == []


def block(page: Page, element: str = "peer-discussion") -> Frame:
    """The frame that the unit is shown in, once its element is whole."""
    handle = page.locator("iframe").first.element_handle()
    frame = handle.content_frame()
    assert frame is not None
    frame.locator(element).first.wait_for()
    settle(frame)
    return frame


_LOOK = """(theme) => {
  const {dataset} = document.documentElement;
  for (const name of ["theme", "peerTheme"]) if (name in dataset) dataset[name] = theme;
}"""
_SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def check(page: Page) -> None:
    """axe finds nothing, and nothing scrolls sideways, dark and light, in the page and its frames."""
    page.locator("h1").first.wait_for()
    for theme in ("dark", "light"):
        for frame in page.frames:
            frame.evaluate(_LOOK, theme)
            settle(frame)
            assert not frame.evaluate(_SIDEWAYS), (theme, frame.url)
        assert (theme, page.url, violations(page)) == (theme, page.url, [])
