"""`python -m demo check_mirror`: import a community, act, wait for the last delivery, compare both sides.

Environment: SEED (a community file); SHARE (of the scripted actions, 1); MOODLE_URL and MOODLE_TOKEN for a real
Moodle, there YES=1 when it holds other courses, and CLEAN=1 to remove what earlier checks left and do nothing else.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import requests

from demo.check.cleaning import PREFIX, has_other_courses, remove_all
from demo.check.compare import Expected, Findings, compare
from demo.check.reading import read_posts, read_site
from demo.check.waiting import await_delivery
from demo.community.seedfile import SeedFile
from demo.moodle_side import MoodleRefused, MoodleSide
from demo.output import print_line
from demo.ports import free_port
from demo.processes import StepFailed, django, end_on_sigterm
from demo.state import State
from demo.town import CAMPUS, Ports, Target, Town


def say(text: str) -> None:
    """One line of progress."""
    print_line(f"check-mirror: {text}")


def check_mirror(environ: Mapping[str, str] = os.environ) -> int:
    """0 without faults, 1 with, 2 when it cannot run as asked. The last line is the result as JSON."""
    target = _target(environ)
    path = environ.get("SEED", "")
    if target and environ.get("CLEAN", "") == "1":
        removed = remove_all(MoodleSide(target.url, target.token))
        say(f"removed {removed['courses']} courses and {removed['people']} people")
        return 0
    if not path or not Path(path).is_file():
        say(f"SEED={path}: a community file is needed")
        return 2
    if target and environ.get("YES", "") != "1" and has_other_courses(MoodleSide(target.url, target.token)):
        say(f"{target.url} holds courses that are not ours; YES=1 makes a course of its own there")
        return 2
    end_on_sigterm()
    with tempfile.TemporaryDirectory(prefix="check-mirror-") as folder:
        try:
            result = Check(Path(folder), SeedFile(Path(path).resolve()), target, environ).run()
        except (StepFailed, MoodleRefused, requests.RequestException) as error:
            say(str(error))
            return 1
        except KeyboardInterrupt:
            say("broken off")
            return 1
    print_line(json.dumps(result))
    return 0 if _is_clean(result) else 1


def _target(environ: Mapping[str, str]) -> Target | None:
    url = environ.get("MOODLE_URL", "").rstrip("/")
    if not url:
        return None
    name = f"{PREFIX}{int(time.time())}"
    return Target(url, environ.get("MOODLE_TOKEN", ""), idnumber=name, title=name, prefix=PREFIX)


def _is_clean(result: Mapping[str, Any]) -> bool:
    return not any(result[kind] for kind in Findings().as_dict())


class Check:
    """One check in a folder of its own, on ports of its own."""

    def __init__(
        self, folder: Path, seed: SeedFile, target: Target | None, environ: Mapping[str, str]
    ) -> None:
        self._seed = seed
        self._share = environ.get("SHARE", "1")
        ports = Ports(free_port(), free_port(), free_port())
        self.town = Town(State.open(folder), ports, target=target, say=say)
        self.town.members += seed.members()
        self._expected = folder / "expected.json"

    def run(self) -> dict[str, Any]:
        """Everything; the result as it is printed."""
        try:
            seconds = self.prepare_and_act()
            say("reading Moodle")
            return self._result(self.compare(), seconds)
        except (StepFailed, requests.RequestException):
            for name in self.town.processes.children:
                say(f"the last lines of {name}:\n{self.town.processes.tail(name)}")
            raise
        finally:
            self.town.processes.stop()

    def prepare_and_act(self) -> float:
        """Until the last delivery; how many seconds lay between the first post and that."""
        self.town.prepare(seed_options=["--no-story"])
        self.town.start(with_campus=False)
        began = time.monotonic()
        self._act()
        self._await_delivery()
        return time.monotonic() - began

    def _act(self) -> None:
        town = self.town
        say(f"importing {self._seed.path.name}")
        town.processes.show("importing", django(CAMPUS, "campus_import", str(self._seed.path)), town.env)
        say("people comment, edit, delete and restore")
        script = ["campus_script", str(self._seed.path), str(self._expected), "--share", self._share]
        town.processes.run("the script", django(CAMPUS, *script), town.env)

    def _await_delivery(self) -> None:
        say("waiting for the last delivery")
        url = f"{self.town.address(self.town.ports.bridge)}/healthz"
        health = await_delivery(
            lambda: requests.get(url, timeout=30).json(), clock=time.monotonic, sleep=time.sleep
        )
        if health["dead"] or health["pending"] or health["held"]:
            say(f"not everything was delivered: {health}")

    def compare(self) -> Findings:
        """Read both sides as they are now, and compare them."""
        town = self.town
        if town.place is None:
            raise RuntimeError("nothing was prepared")
        expected = [Expected(**post) for post in self._facts()["posts"]]
        site = read_site(town.moodle, town.place, [post.subject for post in expected])
        return compare(expected, read_posts(town.moodle, town.place), site)

    def _facts(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._expected.read_text(encoding="utf-8"))
        return found

    def _result(self, findings: Findings, seconds: float) -> dict[str, Any]:
        for kind, examples in findings.examples.items():
            for example in examples:
                say(f"{kind}: {example}")
        facts = self._facts()
        posts = len(facts["posts"])
        return {
            "check": "mirror",
            **facts["totals"],
            "edits": facts["done"]["edits"],
            **findings.as_dict(),
            "seconds": round(seconds, 1),
            "posts_per_s": round(posts / seconds, 1),
        }
