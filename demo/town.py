"""The whole of a demo: campus, stand-in Moodle (or a real one), bridge and relay, prepared and started in order."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import requests

from demo.community.cast import CAST, COHORTS, Member
from demo.moodle_side import MoodleSide, Place
from demo.ports import HOST
from demo.processes import ROOT, Processes, django
from demo.serve import server_command
from demo.state import State

CAMPUS, STANDIN = "demo.campus.settings", "demo.standin.settings"
TENANT = "campus"
COURSE = "course-v1:Peer+DL101+2026"
COURSE_TITLE = "Data literacy: reading evidence"
ISSUER = "https://login.campus.test"
_SOURCES = ("static/dist", "peer_xblock", "moodle_bridge", "demo", "requirements")


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the three servers listen on loopback."""

    campus: int
    standin: int
    bridge: int

    @classmethod
    def from_first(cls, first: int) -> Ports:
        """The campus, and the next two."""
        return cls(first, first + 1, first + 2)


@dataclass(frozen=True, slots=True)
class Target:
    """A Moodle of one's own choice. `idnumber`: of its course there; `prefix`: before the names of people there."""

    url: str
    token: str
    idnumber: str = COURSE
    title: str = COURSE_TITLE
    prefix: str = ""


class Town:
    """Prepare, start, stop. Raises StepFailed, MoodleRefused or requests' errors; `say` shows progress."""

    def __init__(
        self, state: State, ports: Ports, *, target: Target | None, say: Callable[[str], None]
    ) -> None:
        self.state = state
        self.ports = ports
        self.say = say
        self.processes = Processes(state.folder / "logs")
        self.is_real = target is not None
        self.target = target or Target(self.address(ports.standin), state.standin_token)
        self.moodle = MoodleSide(self.target.url, self.target.token)
        self.members: list[Member] = list(CAST)
        self.place: Place | None = None

    @staticmethod
    def address(port: int) -> str:
        """A server's address."""
        return f"http://{HOST}:{port}"

    @property
    def env(self) -> dict[str, str]:
        """What all children share."""
        state = self.state
        forum = self.moodle.forum_page(self.place.forum) if self.place else ""
        return {
            **{key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"},
            "PYTHONUNBUFFERED": "1",
            "PEER_DEMO_STATE": str(state.folder),
            "PEER_DEMO_SECRET": state.django_key,
            "PEER_STANDIN_DB": str(state.folder / "moodle.sqlite3"),
            "PEER_STANDIN_KEY": state.standin_key,
            "PEER_CAMPUS_DB": str(state.folder / "campus.sqlite3"),
            "PEER_CAMPUS_URL": self.address(self.ports.campus),
            "PEER_SECRET_KEYS": state.field_key,
            "PEER_FORUM_URL": forum,
            "PEER_SUBJECT_PREFIX": self.target.prefix,
            "PEER_BRIDGE_PUBLIC_URL": f"{self.address(self.ports.bridge)}/admin/",
            "BRIDGE_STATE_DIR": str(state.folder),
            "BRIDGE_PORT": str(self.ports.bridge),
            "BRIDGE_LOG_LEVEL": "WARNING",
            "BRIDGE_ADMIN_PASSWORD": state.admin_password,
            "DATABASE_URL": f"sqlite:///{state.folder / 'bridge.sqlite3'}",
        }

    def prepare(self, *, is_forced: bool = False, seed_options: Sequence[str] = ()) -> None:
        """Tables, files, people, course, Moodle, bridge; nothing when all is as it was the last time."""
        digest = _digest_of(_SOURCES, f"{self.ports} {self.target.url}")
        if self.state.prepared == digest and not is_forced:
            groups = {int(number): group for number, group in self.state.place["groups"].items()}
            self.place = Place(**{**self.state.place, "groups": groups})
            return
        self.say("tables, files, people and course")
        spaces = self._prepare_parts(seed_options)
        if not self.is_real:
            self.start_standin()
            self.load_service_account()
        self.say("course, people and forums in Moodle")
        members = [member.prefixed(self.target.prefix) for member in self.members]
        self.place = self.moodle.prepare(self.target.idnumber, self.target.title, members, COHORTS)
        self.say("the bridge")
        self._set_up_bridge(spaces)
        self.state.prepared, self.state.place = digest, asdict(self.place)
        self.state.save()

    def _prepare_parts(self, seed_options: Sequence[str]) -> dict[str, Any]:
        env = self.env
        seed = ["--bridge-url", self.address(self.ports.bridge), "--tenant", TENANT]
        seed += ["--secret", self.state.connection_secret]
        seed += ["--inbound-secret", self.state.inbound_secret, *seed_options]
        steps = {
            "collecting static files": django(CAMPUS, "collectstatic", "--noinput", "--clear", "-v", "0"),
            "seeding the campus": django(CAMPUS, "campus_seed", *seed),
        }
        if not self.is_real:
            steps["migrating the stand-in"] = django(STANDIN, "migrate", "-v", "0")
        outputs = self.processes.run_together(steps, env)
        *told, spaces = outputs["seeding the campus"].splitlines()
        for line in told:
            self.say(line)
        found: dict[str, Any] = json.loads(spaces)
        return found

    def start_standin(self) -> None:
        """The stand-in's server, once."""
        if "standin" not in self.processes.children:
            port = self.ports.standin
            self.processes.start("standin", server_command("standin", port), self.env, port=port)

    def control(self, do: str, **order: Any) -> Any:
        """The stand-in's own door."""
        answer = requests.post(
            f"{self.target.url}/standin/control",
            json={"do": do, **order},
            headers={"X-Standin-Key": self.state.standin_key},
            timeout=60,
        )
        answer.raise_for_status()
        return answer.json()["done"]

    def load_service_account(self) -> None:
        """The bridge's account and token on the stand-in."""
        account = {
            "id": 3,
            "username": "bridge",
            "firstname": "Peer",
            "lastname": "Bridge",
            "email": "bridge@campus.example",
            "system_role": "bridge",
        }
        token = {"token": self.state.standin_token, "account_id": 3}
        self.control("load", accounts=[account], tokens=[token])
        self.control("sequence", table="courses", next=2)  # course 1 is the site itself, in every Moodle
        self.control("site", values={"siteurl": self.target.url})

    def _set_up_bridge(self, spaces: Mapping[str, Any]) -> None:
        """The tenant, its Moodle, and which space goes to which forum."""
        if self.place is None:
            raise RuntimeError("Moodle comes first")
        place = self.place
        options = {
            "--tenant": TENANT,
            "--secret": self.state.connection_secret,
            "--moodle-url": self.target.url,
            "--moodle-token": self.target.token,
            "--context": COURSE,
            "--course": str(place.course),
            "--forum": str(place.forum),
            "--issuer": ISSUER,
            "--lms-url": self.address(self.ports.campus),
            "--inbound-secret": self.state.inbound_secret,
        }
        setup = ["setup", *(part for pair in options.items() for part in pair)]
        if place.grouped_forum:
            for space in spaces.values():
                setup += ["--space", f"{space['id']}={place.grouped_forum}"] if space["is_divided"] else []
            for number, group in place.groups.items():
                setup += ["--group", f"cohort:{number}={group}"]
        commands = json.dumps([["migrate"], ["createadmin"], setup])
        command = [sys.executable, "-m", "demo.bridge_commands", commands]
        self.processes.run("setting up the bridge", command, self.env)

    def start(self, *, with_campus: bool = True) -> None:
        """All servers at once, then wait for each."""
        self.say("starting")
        env, ports, processes = self.env, self.ports, self.processes
        if not self.is_real and "standin" not in processes.children:
            processes.start("standin", server_command("standin", ports.standin), env)
        processes.start("bridge", [sys.executable, "-m", "moodle_bridge", "run"], env)
        if with_campus:
            processes.start("campus", server_command("campus", ports.campus), env)
            processes.await_port("campus", ports.campus)
        if not self.is_real:
            processes.await_port("standin", ports.standin)
        processes.await_port("bridge", ports.bridge)
        processes.start("relay", django(CAMPUS, "peer_tick", "--every", "1"), env)


def _digest_of(folders: Sequence[str], more: str) -> str:
    """Changes when a file of the code, or what stands in `more`, changes."""
    digest = hashlib.sha256(more.encode())
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix not in (".pyc", "") and path.is_file():
                status = path.stat()
                digest.update(f"{path.relative_to(ROOT)} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def state_folder() -> Path:
    """.demo in the checkout, or PEER_DEMO_STATE."""
    return Path(os.environ.get("PEER_DEMO_STATE", ROOT / ".demo")).resolve()
