"""What a demo keeps between two runs: a folder, with its secrets and what was made in Moodle in one JSON file."""

from __future__ import annotations

import base64
import json
import secrets
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet

FILE = "demo.json"


def webhook_secret() -> str:
    """A new secret as Standard Webhooks writes it."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()


@dataclass(slots=True)
class State:
    """Secrets are made once.

    moodle_url: what this state mirrors into. prepared: a digest of the code, the ports and the Moodle that it was
    last prepared for. place: where the course is in that Moodle. imported: digests of community files.
    """

    folder: Path
    django_key: str = field(default_factory=lambda: secrets.token_urlsafe(40))
    field_key: str = field(default_factory=lambda: Fernet.generate_key().decode())
    connection_secret: str = field(default_factory=webhook_secret)
    inbound_secret: str = field(default_factory=webhook_secret)
    standin_key: str = field(default_factory=lambda: secrets.token_hex(16))
    standin_token: str = field(default_factory=lambda: secrets.token_hex(16))
    admin_password: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    moodle_url: str = ""
    prepared: str = ""
    place: dict[str, Any] = field(default_factory=dict)
    imported: list[str] = field(default_factory=list)

    @classmethod
    def open(cls, folder: Path, *, is_reset: bool = False) -> State:
        """The state of the folder, new when there is none or it is reset."""
        if is_reset and (folder / FILE).exists():
            shutil.rmtree(folder)
        (folder / "logs").mkdir(parents=True, exist_ok=True)
        path = folder / FILE
        if path.exists():
            return cls(folder=folder, **json.loads(path.read_text(encoding="utf-8")))
        state = cls(folder=folder)
        state.save()
        return state

    def save(self) -> None:
        """Write it, readable by its owner only."""
        values = asdict(self)
        del values["folder"]
        path = self.folder / FILE
        path.touch(mode=0o600)
        path.write_text(json.dumps(values, indent=1), encoding="utf-8")
