"""A Chromium that is killed while somebody types, and what is left on the disk of what was typed.

`make kill-browser` does it a hundred times (KILLS=), at random moments; a few of them are in the browser tests.
"""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from playwright.sync_api import Browser, Error, Page, sync_playwright

from tests.browser.conftest import ARGUMENTS
from tests.browser.static.kept import STORED
from tests.browser.static.mock_server import Mock, serve
from tools import system

DETAILS = "Details"
#: What may be lost at most.
GRACE_S = 1.0
#: Between two keys: about a hundred words a minute.
KEY_S = 0.1
EARLIEST_S, LATEST_S = 0.5, 4.0


class Killable:
    """A Chromium of its own with a profile that outlives it."""

    def __init__(self, browser: Browser, profile: Path) -> None:
        self._browser, self._profile = browser, profile
        self._process: subprocess.Popen[bytes] | None = None

    def open(self) -> Page:
        port_file = self._profile / "DevToolsActivePort"
        port_file.unlink(missing_ok=True)
        command = [str(system.find_chromium()), "--headless=new", "--remote-debugging-port=0"]
        self._process = subprocess.Popen(
            [*command, f"--user-data-dir={self._profile}", *ARGUMENTS, "about:blank"],
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + 30
        while not (port_file.exists() and port_file.read_text().strip()):
            assert time.monotonic() < deadline, "Chromium did not start"
            time.sleep(0.05)
        port = port_file.read_text().split()[0]
        over = self._browser.browser_type.connect_over_cdp(f"http://127.0.0.1:{port}")
        return over.contexts[0].new_page()

    def kill(self) -> None:
        """All its processes, at once, without a word."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None


@dataclass
class Round:
    """What was typed until a kill. times: when each character was in the text; killed_at: on the same clock."""

    text: str
    times: list[float] = field(default_factory=list)
    killed_at: float = 0.0

    def lost_s(self, stored: str) -> float:
        """How old the oldest character is that is not on the disk; 0 when none is missing.

        A text that is not the beginning of what was typed counts as lost from its first character.
        """
        kept = len(stored) if self.text.startswith(stored) else 0
        missing = self.times[kept:]
        return max(0.0, self.killed_at - missing[0]) if missing else 0.0


def type_until_killed(chromium: Killable, url: str, text: str, after_s: float) -> Round:
    """Open the composer, type, and be killed `after_s` after the first key. The server keeps nothing meanwhile."""
    page = chromium.open()
    page.route("**/call/*_draft", lambda route: route.abort())
    page.goto(url)
    page.locator(".composer-closed").click()
    page.get_by_label(DETAILS).fill("")
    round_ = Round(text)
    timer = threading.Timer(after_s, lambda: _kill(chromium, round_))
    timer.start()
    try:
        for character in text:
            page.keyboard.type(character)
            round_.times.append(time.monotonic())
            time.sleep(KEY_S)
    except Error:  # The browser is gone, as it was to be.
        pass
    timer.join()
    return round_


def _kill(chromium: Killable, round_: Round) -> None:
    round_.killed_at = time.monotonic()
    chromium.kill()


def stored_after(chromium: Killable, url: str) -> str:
    """What the next start of the browser finds."""
    page = chromium.open()
    page.goto(url)
    page.locator(".row").first.wait_for()
    bodies: list[str] = page.evaluate(STORED)
    chromium.kill()
    return bodies[0] if bodies else ""


def lose(chromium: Killable, url: str, number: int, rng: Random) -> float:
    """One kill at a random moment: seconds of typing that it cost."""
    words = f"{number} " + " ".join(rng.choice(("mean", "slope", "r", "sample", "why")) for _ in range(20))
    round_ = type_until_killed(chromium, url, words, rng.uniform(EARLIEST_S, LATEST_S))
    return round_.lost_s(stored_after(chromium, url))


def main(kills: int) -> int:
    """Print a line a kill and a last one for all; 1 when any cost more than a second."""
    mock, rng = Mock(), Random(time.time_ns())
    server = serve(mock)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = playwright.chromium.launch(executable_path=str(system.find_chromium()), args=ARGUMENTS)
        chromium = Killable(browser, Path(profile))
        losses = []
        for number in range(1, kills + 1):
            losses.append(lose(chromium, mock.url, number, rng))
            print(f"kill {number}: {losses[-1]:.2f} s lost", flush=True)
        browser.close()
    server.stop()
    late = sum(loss > GRACE_S for loss in losses)
    middle, worst = sorted(losses)[kills // 2], max(losses)
    print(f"{kills} kills, {late} lost more than {GRACE_S:.0f} s; median {middle:.2f} s, worst {worst:.2f} s")
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
