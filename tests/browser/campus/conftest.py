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

ROOT = Path(__file__).parents[3]
COURSE = "course-v1:Peer+DL101+2026"
UNIT = "block-v1:Peer+DL101+2026+type@vertical+block@unit32"
TIMEOUT_MS = 15_000


@dataclass(frozen=True, slots=True)
class Campus:
    """The addresses of a running campus."""

    url: str
    forum: str
    bridge: str

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


SignIn = Callable[..., Page]


@pytest.fixture
def sign_in(browser: Browser, campus: Campus) -> Iterator[SignIn]:
    """A window of its own for each person: `sign_in("Noah", width=360, theme="dark", language="fr")`."""
    contexts: list[BrowserContext] = []
    failures: list[str] = []

    def open_as(name: str, *, width: int = 1280, theme: str = "light", language: str = "en") -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, timezone_id="UTC")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(TIMEOUT_MS)
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.goto(f"{campus.url}/login")
        if theme == "dark":
            page.get_by_role("button", name="Dark").click()
        page.get_by_role("button", name=name).click()
        if language == "fr":
            page.get_by_role("button", name="Français").click()
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert failures == []


def block(page: Page, element: str = "peer-discussion") -> Frame:
    """The frame that the unit is shown in, once its element is there."""
    handle = page.locator("iframe").first.element_handle()
    frame = handle.content_frame()
    assert frame is not None
    frame.locator(element).first.wait_for()
    return frame
