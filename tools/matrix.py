"""The sets of Python, Django and XBlock that peer_xblock supports, as tox environments: `python -m tools.matrix`.

Runs those whose interpreter is found, on the search path or under pyenv; `make test` runs the oldest.
"""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

from tools import bootstrap

ROOT = Path(__file__).resolve().parent.parent
OLDEST = "py311-django42-xblock52"


def environments() -> list[str]:
    """The environments of pyproject.toml, the oldest first."""
    tox = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["tox"]
    return [str(name) for name in tox["env_list"]]


def python_version(environment: str) -> tuple[int, int]:
    """The Python of an environment's name. Raises ValueError when it names none."""
    match = re.match(r"py(\d)(\d+)-", environment)
    if match is None:
        raise ValueError(f"{environment}: begins with no pyXYZ-")
    return int(match[1]), int(match[2])


def find_python(version: tuple[int, int]) -> str | None:
    """The first interpreter of exactly this version, or None."""
    found = (bootstrap.probe(path) for path in dict.fromkeys(bootstrap.candidates()))
    return next((one.path for one in found if one and one.version == version), None)


def command(environment: str, arguments: Sequence[str] = ()) -> list[str]:
    """The tox call: environments are kept between calls; `arguments` go to pytest."""
    return [sys.executable, "-m", "tox", "run", "-e", environment, "--", *arguments]


def search_path(interpreter: str) -> dict[str, str]:
    """The environment in which tox finds this interpreter first, and looks for no other on the network.

    A virtual environment's interpreter stands for the one it was made from.
    """
    path = f"{Path(interpreter).resolve().parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return {"PATH": path, "UV_PYTHON_DOWNLOADS": "never", "UV_SYSTEM_CERTS": "1"}


def run(environment: str, interpreter: str) -> bool:
    """True when its tests pass."""
    variables = {**os.environ, **search_path(interpreter)}
    return subprocess.run(command(environment), cwd=ROOT, env=variables, check=False).returncode == 0


def main() -> int:
    """1 when one fails; those that cannot run here are named."""
    failed = []
    for environment in environments():
        version = python_version(environment)
        interpreter = find_python(version)
        if interpreter is None:
            print(f"{environment}: skipped, no Python {version[0]}.{version[1]}")
        elif not run(environment, interpreter):
            failed.append(environment)
    for environment in failed:
        print(f"FAILED {environment}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
