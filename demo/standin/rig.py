"""A stand-in Moodle of one's own: started on a free port with a file of its own, driven over HTTP.

with Rig.start(tmp_path) as rig:
rig.control("load", accounts=[...], tokens=[...])
rig.call("core_webservice_get_site_info", {}, token="...")
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from demo.ports import free_port, wait_until_open
from demo.serve import server_command

ROOT = Path(__file__).resolve().parents[2]
_START_S = 30.0


@dataclass(frozen=True, slots=True)
class Rig:
    """A running stand-in."""

    url: str
    key: str
    session: requests.Session

    @classmethod
    @contextmanager
    def start(cls, folder: Path, *, port: int | None = None) -> Iterator[Rig]:
        """Migrate a new file in `folder`, serve it, end the server at the end."""
        key, port = secrets.token_hex(16), port or free_port()
        env = {**os.environ, "PEER_STANDIN_DB": str(folder / "moodle.sqlite3"), "PEER_STANDIN_KEY": key}
        migrate(env)
        command = server_command("standin", port)
        with (folder / "standin.log").open("wb") as log, requests.Session() as session:
            server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
            try:
                if not wait_until_open(port, timeout_s=_START_S, is_alive=lambda: server.poll() is None):
                    raise RuntimeError((folder / "standin.log").read_text())
                yield cls(f"http://127.0.0.1:{port}", key, session)
            finally:
                server.terminate()
                server.wait(timeout=20)

    def control(self, do: str, **order: Any) -> Any:
        """Use the rig's own door; RuntimeError when it refuses."""
        answer = self.session.post(
            f"{self.url}/standin/control",
            json={"do": do, **order},
            headers={"X-Standin-Key": self.key},
            timeout=60,
        )
        if answer.status_code != 200:
            raise RuntimeError(answer.text[:500])
        return answer.json()["done"]

    def call(self, function: str, params: Mapping[str, Any], *, token: str, raw: bool = False) -> Any:
        """One web service call, its JSON answer whatever it says."""
        fields = dict(flatten(params))
        fields |= {"wstoken": token, "wsfunction": function, "moodlewsrestformat": "json"}
        if raw:
            fields["moodlewssettingraw"] = "1"
        answer = self.session.post(f"{self.url}/webservice/rest/server.php", data=fields, timeout=120)
        return answer.json()


def migrate(env: Mapping[str, str]) -> None:
    """Bring the stand-in's file up to date."""
    command = [sys.executable, "-m", "django", "migrate", "--settings", "demo.standin.settings", "-v", "0"]
    subprocess.run(command, cwd=ROOT, env=dict(env), check=True)


def flatten(value: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Moodle's form fields of nested parameters: `a[0][b]`, booleans as 1 and 0."""
    if isinstance(value, Mapping | list):
        pairs = value.items() if isinstance(value, Mapping) else enumerate(value)
        for key, inner in pairs:
            yield from flatten(inner, f"{prefix}[{key}]" if prefix else str(key))
    else:
        yield prefix, str(int(value)) if isinstance(value, bool) else str(value)
