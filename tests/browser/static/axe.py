"""axe-core in the page: what it finds, in words."""

from pathlib import Path

from playwright.sync_api import Frame, Page

SCRIPT = Path(__file__).parents[3] / "static" / "node_modules" / "axe-core" / "axe.min.js"


def violations(page: Page | Frame) -> list[str]:
    """One line a violation, of all rules that apply; empty is good."""
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=str(SCRIPT))
    found = page.evaluate("async () => (await axe.run(document)).violations")
    return [
        f"{violation['id']}: {violation['help']}: {[node['target'] for node in violation['nodes']]}"
        for violation in found
    ]
