"""The pictures of the documentation, taken anew: `make pictures`.

Starts the campus as `make demo` does, on free ports with a state of its own, and photographs it wide and narrow,
light and dark, in English and French. Look at each before it is committed.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from demo.ports import is_taken
from tools import system

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
UNIT = "learn/course-v1:Peer+DL101+2026/block-v1:Peer+DL101+2026+type@vertical+block@unit32"
STUDIO = "studio/block/block-v1:Peer+DL101+2026+type@peer_discussion+block@talk32"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
# name, person, what to show, width, theme, language
SHOTS = [
    ("list-1280", "Noah", "list", 1280, "light", "en"),
    ("list-1280-dark", "Noah", "list", 1280, "dark", "en"),
    ("list-360", "Noah", "list", 360, "light", "en"),
    ("list-1280-fr", "Noah", "list", 1280, "light", "fr"),
    ("thread-1280", "Amina", "thread", 1280, "light", "en"),
    ("thread-1280-dark", "Amina", "thread", 1280, "dark", "en"),
    ("thread-360-dark-fr", "Amina", "thread", 360, "dark", "fr"),
    ("settings-1280", "Marta", "settings", 1280, "light", "en"),
    ("moodle-1280", "Noah", "moodle", 1280, "light", "en"),
]


@contextmanager
def running_campus() -> Iterator[tuple[str, str]]:
    """The addresses of the campus and of the forum in Moodle."""
    port = next(p for p in range(23000, 30000, 3) if not any(is_taken(p + n) for n in range(3)))
    with tempfile.TemporaryDirectory() as state:
        environment = {**os.environ, "PORT": str(port), "PEER_DEMO_STATE": state}
        command = [sys.executable, "-m", "demo", "run"]
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                yield _addresses(process)
            finally:
                process.terminate()
                process.communicate(timeout=60)


def _addresses(process: subprocess.Popen[str]) -> tuple[str, str]:
    text = ""
    for line in process.stdout or ():
        text += line
        if "state and logs" in line:
            campus, forum = re.findall(r"http://127\S+", text)[:2]
            return campus, forum
    raise SystemExit(text or "the campus did not start")


def show(page: Page, what: str, campus: str, forum: str) -> None:
    """Bring the page to what the picture is of."""
    if what == "settings":
        page.goto(f"{campus}/{STUDIO}")
        page.locator(".peer-studio").wait_for()
        return
    if what == "moodle":
        page.goto(forum)
        page.get_by_role("link", name="0.94 with 8 points").click()
        page.get_by_text("Accepted answer").wait_for(timeout=60_000)
        return
    page.goto(f"{campus}/{UNIT}")
    unit = page.frame_locator("iframe")
    unit.locator(".row").first.wait_for()
    if what == "thread":
        unit.locator(".row-title a", has_text="0.94").click()
        unit.locator(".katex").first.wait_for()


def photograph(browser: Browser, shot: tuple[str, str, str, int, str, str], campus: str, forum: str) -> None:
    """One picture, of the whole page."""
    name, person, what, width, theme, language = shot
    page = browser.new_page(viewport={"width": width, "height": 800}, timezone_id="UTC")
    page.goto(f"{campus}/login")
    if theme == "dark":
        page.get_by_role("button", name="Dark").click()
    page.get_by_role("button", name=person).click()
    if language == "fr":
        page.get_by_role("button", name="Français").click()
    page.locator("h1").wait_for()
    show(page, what, campus, forum)
    page.wait_for_timeout(800)
    page.screenshot(path=FOLDER / f"{name}.png", full_page=True)
    print(FOLDER / f"{name}.png")
    page.context.close()


def main() -> None:
    """All of them."""
    FOLDER.mkdir(exist_ok=True)
    program = system.find_program(*system.CHROMIUM)
    with running_campus() as (campus, forum), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(program), args=ARGUMENTS)
        for shot in SHOTS:
            photograph(browser, shot, campus, forum)
        browser.close()


if __name__ == "__main__":
    main()
