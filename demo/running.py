"""`python -m demo run`: the campus until Ctrl-C."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Mapping
from pathlib import Path

import requests

from demo.community.seedfile import SeedFile
from demo.moodle_side import MoodleRefused
from demo.output import print_line
from demo.ports import is_taken
from demo.processes import StepFailed, django, end_on_sigterm
from demo.state import State
from demo.town import CAMPUS, Ports, Target, Town, state_folder


def say(text: str) -> None:
    """One line of progress."""
    print_line(f"demo: {text}")


class Refused(Exception):
    """The demo cannot start as asked; the text is one line."""


def run(environ: Mapping[str, str] = os.environ) -> int:
    """Prepare, start, wait; 0 after Ctrl-C, 2 when it cannot start as asked, 1 when something failed."""
    began = time.monotonic()
    town = None
    end_on_sigterm()
    try:
        town = _town(environ)
        seed = _seed_file(environ)
        _open(town, seed)
        _announce(town, time.monotonic() - began)
        return _watch(town)
    except Refused as error:
        say(str(error))
        return 2
    except (StepFailed, MoodleRefused, requests.RequestException) as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        if town is not None:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            town.processes.stop()
            say("stopped")


def _town(environ: Mapping[str, str]) -> Town:
    ports = Ports.from_first(_port(environ.get("PORT", "")))
    url, token = environ.get("MOODLE_URL", "").rstrip("/"), environ.get("MOODLE_TOKEN", "")
    if bool(url) != bool(token):
        raise Refused("MOODLE_URL and MOODLE_TOKEN belong together")
    needed = [ports.campus, ports.bridge] if url else [ports.campus, ports.standin, ports.bridge]
    for port in needed:
        if is_taken(port):
            raise Refused(f"port {port} is taken; choose three free ones in a row with PORT=")
    state = State.open(state_folder(), is_reset=environ.get("RESET", "") not in ("", "0"))
    mirrored = url or "stand-in"
    if state.moodle_url not in ("", mirrored):
        raise Refused(f"this demo mirrors into {state.moodle_url}; begin anew with RESET=1")
    state.moodle_url = mirrored
    state.save()
    return Town(state, ports, target=Target(url, token) if url else None, say=say)


def _port(text: str) -> int:
    if not text:
        return 8000
    if not text.isdigit() or not 1024 <= int(text) <= 65533:
        raise Refused(f"PORT={text}: a number from 1024 to 65533")
    return int(text)


def _seed_file(environ: Mapping[str, str]) -> SeedFile | None:
    path = environ.get("SEED", "")
    if not path:
        return None
    if not Path(path).is_file():
        raise Refused(f"SEED={path}: there is no such file")
    return SeedFile(Path(path).resolve())


def _open(town: Town, seed: SeedFile | None) -> None:
    is_new = seed is not None and seed.digest not in town.state.imported
    if seed is not None and is_new:
        town.members += seed.members()
    town.prepare(is_forced=is_new)
    town.start()
    if seed is not None and is_new:
        say(f"reading {seed.path.name}")
        command = django(CAMPUS, "campus_import", str(seed.path))
        town.processes.show("importing", command, town.env)
        town.state.imported.append(seed.digest)
        town.state.save()


def _announce(town: Town, seconds: float) -> None:
    place = town.place
    forum = town.moodle.forum_page(place.forum) if place else ""
    lines = [
        f"ready after {seconds:.0f} s. Ctrl-C ends everything.",
        "",
        f"  the campus          {town.address(town.ports.campus)}",
        f"  the forum in Moodle {forum}",
        f"  the bridge          {town.address(town.ports.bridge)}/admin/"
        f"   (admin, {town.state.admin_password})",
        f"  state and logs      {town.state.folder}",
        "",
    ]
    for line in lines:
        print_line(line if not line or line.startswith(" ") else f"demo: {line}")


def _watch(town: Town) -> int:
    while True:
        time.sleep(1)
        name = town.processes.ended()
        if name is not None:
            say(f"{name} has ended by itself:\n{town.processes.tail(name)}")
            return 1
