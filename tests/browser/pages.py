"""How every browser test opens a page, waits until it stands still, and behaves on a slow machine."""

import os
import time
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Frame, Page, Route

#: Long enough for any machine: a test that passes never waits for it.
TIMEOUT_MS = 30_000
#: How many times slower pages run here: PEER_SLOW_BROWSER=6 shows what a busy machine would.
SLOWDOWN = float(os.environ.get("PEER_SLOW_BROWSER", "1"))

#: True when nothing is on its way any more: the blocks' scripts, what they asked for, formulas, fonts.
SETTLED = """() => {
  const trees = [document];
  for (const tree of trees) {
    for (const element of tree.querySelectorAll("*")) if (element.shadowRoot) trees.push(element.shadowRoot);
  }
  const all = (selector) => trees.flatMap((tree) => [...tree.querySelectorAll(selector)]);
  const blocks = all("peer-discussion, peer-review, peer-experts");
  return document.readyState === "complete" && document.fonts.status === "loaded"
    && blocks.every((block) => block.ready)
    && all("peer-lazy").every((lazy) => lazy.state === "ready" || lazy.state === "failed")
    && all("peer-skeleton, [aria-busy=true], .math[data-set]:not(:has(.katex))").length === 0
    && trees.every((tree) => tree.getAnimations().every((one) => one.playState !== "running"));
}"""


def new_page(context: BrowserContext) -> Page:
    page = context.new_page()
    page.set_default_timeout(TIMEOUT_MS)
    if SLOWDOWN > 1:
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    return page


def settle(part: Page | Frame) -> None:
    """Wait until all that comes later is there: only then is the page measured or compared."""
    part.wait_for_function(SETTLED, timeout=TIMEOUT_MS)


def until(page: Page, condition: Callable[[], bool]) -> None:
    """Let the page go on until something is so that it does not show: what its server was told, say."""
    deadline = time.monotonic() + TIMEOUT_MS / 1_000
    while not condition():
        assert time.monotonic() < deadline, "it did not come"
        page.wait_for_timeout(20)


def hold(page: Page, url: str) -> Callable[[], None]:
    """Keep the requests to addresses like `url` back until what is returned is called; later ones pass."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    page.route(url, keep)

    def release() -> None:
        until(page, lambda: bool(held))
        for route in held:
            route.continue_()
        page.unroute(url)

    return release
