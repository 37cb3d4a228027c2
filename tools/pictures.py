"""The pictures of the documentation, taken anew: `make pictures`.

Starts the campus as `make demo` does, on free ports with a state of its own, and photographs it wide and narrow,
light and dark, in English and French. Look at each before it is committed.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, FrameLocator, Page, sync_playwright

from demo.ports import is_taken
from tools import system

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
COURSE = "course-v1:Peer+DL101+2026"
BLOCKS = COURSE.replace("course", "block", 1)
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
    ("ask-1280", "Noah", "ask", 1280, "light", "en"),
    ("tray-1280", "Noah", "tray", 1280, "light", "en"),
    ("announce-1280", "Marta", "announce", 1280, "light", "en"),
    ("settings-1280", "Marta", "settings", 1280, "light", "en"),
    ("moodle-1280", "Noah", "moodle", 1280, "light", "en"),
    ("review-task-1280", "Noah", "review_task", 1280, "light", "en"),
    ("review-1280", "Amina", "review", 1280, "light", "en"),
    ("review-360-dark-fr", "Amina", "review", 360, "dark", "fr"),
    ("review-result-1280", "Léa", "review_result", 1280, "light", "en"),
    ("review-team-1280", "Marta", "review_team", 1280, "light", "en"),
    ("review-settings-1280", "Marta", "review_settings", 1280, "light", "en"),
    ("experts-1280", "Jo", "experts", 1280, "light", "en"),
    ("experts-360-dark-fr", "Jo", "experts", 360, "dark", "fr"),
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


def unit(page: Page, campus: str, name: str) -> FrameLocator:
    """Open a unit of the course; its frame."""
    page.goto(f"{campus}/learn/{COURSE}/{BLOCKS}+type@vertical+block@{name}")
    return page.frame_locator("iframe")


def settings(page: Page, campus: str, block: str) -> None:
    """Open the settings of a block in the campus' Studio."""
    page.goto(f"{campus}/studio/block/{BLOCKS}+type@{block}")
    page.locator(".peer-studio").wait_for()


def show_list(page: Page, campus: str, _forum: str) -> FrameLocator:
    frame = unit(page, campus, "unit32")
    frame.locator(".row").first.wait_for()
    return frame


def show_thread(page: Page, campus: str, forum: str) -> None:
    frame = show_list(page, campus, forum)
    frame.locator(".row-title a", has_text="0.94").click()
    frame.locator(".katex").first.wait_for()


def show_ask(page: Page, campus: str, forum: str) -> None:
    """A question in the making: threads like it, and somebody called by name."""
    frame = show_list(page, campus, forum)
    frame.locator(".composer-closed").click()
    frame.locator(".composer-title").fill("Is a correlation of 0.94 with few points strong?")
    frame.locator(".similar").wait_for()
    frame.locator(".composer-body").press_sequentially("I read your answer, @Tom")
    frame.get_by_role("option").first.wait_for()


def show_tray(page: Page, campus: str, forum: str) -> None:
    frame = show_list(page, campus, forum)
    frame.locator("peer-notices > button").click()
    frame.locator(".tray-item").first.wait_for()


def show_announce(page: Page, campus: str, forum: str) -> None:
    frame = show_list(page, campus, forum)
    frame.locator(".composer-closed").click()
    frame.get_by_role("radio", name="Announcement").check(force=True)
    frame.locator(".composer-title").fill("Quiz 3 closes on Friday, two days later than planned")
    frame.locator(".composer-body").fill("The quiz server was down on Monday. You have **two more days**.")


def show_moodle(page: Page, _campus: str, forum: str) -> None:
    page.goto(forum)
    page.get_by_role("link", name="0.94 with 8 points").click()
    page.get_by_text("Accepted answer").wait_for(timeout=60_000)


def show_task(page: Page, campus: str, _forum: str) -> None:
    unit(page, campus, "unit43").locator("peer-review textarea").wait_for()


def show_review(page: Page, campus: str, _forum: str) -> None:
    """The work that the person is given; one option of the first criterion is chosen."""
    frame = unit(page, campus, "unit43")
    frame.locator("peer-review .btn.primary").first.click()
    frame.locator("input[type=radio]").nth(1).check()


def show_result(page: Page, campus: str, _forum: str) -> None:
    frame = unit(page, campus, "unit43")
    frame.locator("peer-review .btn.primary").first.click()
    frame.locator("#feedback-title").wait_for()


def show_team(page: Page, campus: str, _forum: str) -> None:
    frame = unit(page, campus, "unit43")
    frame.locator("peer-review .header .btn").first.click()
    frame.locator("table").first.wait_for()


def show_experts(page: Page, campus: str, _forum: str) -> None:
    """People for a question, the first one's reasons open."""
    frame = unit(page, campus, "unit51")
    frame.locator("input[type=search]").fill("correlation with a small sample")
    frame.locator("input[type=search]").press("Enter")
    frame.locator("summary").first.click()


VIEWS: dict[str, Callable[[Page, str, str], object]] = {
    "list": show_list,
    "thread": show_thread,
    "ask": show_ask,
    "tray": show_tray,
    "announce": show_announce,
    "moodle": show_moodle,
    "settings": lambda page, campus, _forum: settings(page, campus, "peer_discussion+block@talk32"),
    "review_task": show_task,
    "review": show_review,
    "review_result": show_result,
    "review_team": show_team,
    "review_settings": lambda page, campus, _forum: settings(page, campus, "peer_review+block@review43"),
    "experts": show_experts,
}


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
    VIEWS[what](page, campus, forum)
    page.wait_for_timeout(800)
    page.screenshot(path=FOLDER / f"{name}.png", full_page=True)
    print(FOLDER / f"{name}.png")
    page.context.close()


def main(wanted: Sequence[str]) -> None:
    """All of them, or those whose names are given."""
    FOLDER.mkdir(exist_ok=True)
    program = system.find_chromium()
    with running_campus() as (campus, forum), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(program), args=ARGUMENTS)
        for shot in [shot for shot in SHOTS if not wanted or shot[0] in wanted]:
            photograph(browser, shot, campus, forum)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
