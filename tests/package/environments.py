"""Virtual environments that hold what a customer installs and nothing of the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tools import bootstrap

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ROOT / "requirements"
# The checkout must not be found, and no run of ours be joined.
OURS = (
    "PYTHONPATH",
    "DJANGO_SETTINGS_MODULE",
    "PEER_",
    "BRIDGE_",
    "DATABASE_URL",
    "COVERAGE_",
    "COV_CORE_",
    "TUTOR_",
)


class Environment:
    """One of them: its interpreter, run from a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.python = folder / "venv/bin/python"

    def install(self, *arguments: str) -> None:
        """What is asked for, by uv where it may: see tools.bootstrap. Raises CalledProcessError."""
        venv = str(self.folder / "venv")
        uv = [sys.executable, "-m", "uv"]
        subprocess.run([*uv, "venv", "--quiet", "--python", sys.executable, venv], check=True)
        command = [*uv, "pip", "install", "--quiet", "--system-certs", "--python", str(self.python)]
        if bootstrap.uses_own_index(sys.executable):
            command = [sys.executable, "-m", "pip", "--quiet", "--python", str(self.python), "install"]
        subprocess.run([*command, *arguments], check=True)

    def variables(self, **more: str) -> dict[str, str]:
        """This process's environment without what is ours, and `more`."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        return {**kept, "PATH": f"{self.python.parent}{os.pathsep}{kept.get('PATH', os.defpath)}", **more}

    def run(self, *arguments: str, **variables: str) -> str:
        """Run its interpreter to the end: what it printed. Raises AssertionError with the errors."""
        done = subprocess.run(
            [str(self.python), *arguments],
            cwd=self.folder,
            env=self.variables(**variables),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
        return done.stdout


def made_once(folder: Path, make: Callable[[Path], None]) -> Path:
    """The folder, filled by the first of this run's workers that asks for it."""
    with bootstrap.only_one(folder):
        done = Path(f"{folder}.done")
        if not done.exists():
            folder.mkdir(parents=True)
            make(folder)
            done.touch()
    return folder
