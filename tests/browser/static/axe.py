"""axe-core in the page: what it finds, in words."""

from pathlib import Path

from playwright.sync_api import Page

from tests.browser.pages import settle

SCRIPT = Path(__file__).parents[3] / "static" / "node_modules" / "axe-core" / "axe.min.js"
#: The details of what passes would only be counted.
_RUN = "async () => (await axe.run(document, {resultTypes: ['violations'], preload: false})).violations"


def violations(page: Page) -> list[str]:
    """One line a violation, of all rules that apply, frames included, once all is there; empty is good."""
    for frame in page.frames:
        settle(frame)
        if not frame.evaluate("'axe' in window"):
            frame.add_script_tag(path=str(SCRIPT))
    found = page.evaluate(_RUN)
    return [
        f"{violation['id']}: {violation['help']}: {[node['target'] for node in violation['nodes']]}"
        for violation in found
    ]
