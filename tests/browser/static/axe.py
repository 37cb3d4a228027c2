"""axe-core in the page: what it finds, in words."""

from pathlib import Path

from playwright.sync_api import Page

SCRIPT = Path(__file__).parents[3] / "static" / "node_modules" / "axe-core" / "axe.min.js"


def violations(page: Page) -> list[str]:
    """One line a violation, of all rules that apply, frames included; empty is good."""
    for frame in page.frames:
        if not frame.evaluate("'axe' in window"):
            frame.add_script_tag(path=str(SCRIPT))
    found = page.evaluate("async () => (await axe.run(document)).violations")
    return [
        f"{violation['id']}: {violation['help']}: {[node['target'] for node in violation['nodes']]}"
        for violation in found
    ]
