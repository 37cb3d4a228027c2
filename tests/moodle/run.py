"""`make test-moodle MOODLE_URL=... MOODLE_TOKEN=...`: the cases of the plugin's functions in a real Moodle.

Makes courses and people named peercheck-..., runs every case, removes what it made. Asks for YES=1 where the site
holds other courses. KEEP=1 leaves what it made; CLEAN=1 removes what earlier runs left, and does nothing else.
Names of cases as arguments run those alone.
"""

import os
import sys
import time
from collections.abc import Sequence

import requests

from tests.contract.peerbridge.runner import Case, CaseFailed, World, load_cases, run_case
from tests.moodle.site import MoodleRefused, Site, prepared_world


def main(arguments: Sequence[str]) -> int:
    """Exit status: 0 when every case holds, 1 when one does not, 2 when they could not be run."""
    url, token = os.environ.get("MOODLE_URL", ""), os.environ.get("MOODLE_TOKEN", "")
    if not url or not token:
        say("MOODLE_URL and MOODLE_TOKEN are needed: docs/admins/moodle-plugin.md says how to make a token.")
        return 2
    site = Site(url.rstrip("/"), token)
    try:
        return clean(site) if os.environ.get("CLEAN") else check(site, chosen(arguments))
    except (MoodleRefused, requests.RequestException) as error:
        say(f"The check could not be prepared or ended: {error}")
        return 2


def chosen(names: Sequence[str]) -> list[Case]:
    """The cases with these names, or all."""
    cases = load_cases()
    if unknown := set(names) - {case.name for case in cases}:
        raise SystemExit(f"no such case: {', '.join(sorted(unknown))}")
    return [case for case in cases if not names or case.name in names]


def clean(site: Site) -> int:
    """Remove what earlier runs left."""
    say(f"{site.url}: removed {site.remove_leftovers()} courses and people of checks")
    return 0


def check(site: Site, cases: Sequence[Case]) -> int:
    """Run the cases, one line each."""
    others = site.other_courses()
    if others and not os.environ.get("YES"):
        say(f"{site.url} holds {len(others)} other courses ({others[0]}, ...). YES=1 if it is a test site.")
        return 2
    moodle = site.ask("core_webservice_get_site_info")["release"]
    plugin = site.ask("local_peerbridge_get_status")["release"]
    say(f"Moodle {moodle}, local_peerbridge {plugin}: {len(cases)} cases")
    started = time.monotonic()
    with prepared_world(site, keep=bool(os.environ.get("KEEP"))) as world:
        failed = sum(not holds(case, world) for case in cases)
        seconds = time.monotonic() - started
    say(f"{len(cases) - failed} of {len(cases)} cases hold, {seconds:.0f} s")
    return 1 if failed else 0


def holds(case: Case, world: World) -> bool:
    """Whether the case holds; says so."""
    try:
        run_case(case, world)
    except (CaseFailed, MoodleRefused, requests.RequestException) as error:
        say(f"FAILED {error}")
        return False
    say(f"ok     {case.name}")
    return True


def say(line: str) -> None:
    """One line for the person at the terminal, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
