"""Makes .venv in the checkout and installs a profile's lock file: `python3 -m tools.bootstrap demo|dev|test`.

Standard library only, and readable by any Python >= 3.10, since it runs before anything is installed. The
environment itself is of Python 3.12 or 3.11, the newest that is found. A second call with nothing to do
returns in a fraction of a second.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tools import system

ROOT = Path(__file__).resolve().parent.parent
SUPPORTED = ((3, 12), (3, 11))  # best first
PROFILES = ("demo", "dev", "test")  # each holds all of the one before it
LOCKS = {"demo": "demo.txt", "dev": "dev.txt", "test": "mysql.txt"}
WHEELS = Path("/usr/share/python-wheels")


class BootstrapError(Exception):
    """Nothing more can be done here; the message says what the reader can do."""


class Interpreter(NamedTuple):
    """A Python that can be the base of the environment."""

    path: str
    version: tuple[int, int]
    has_ensurepip: bool


def say(message: str) -> None:
    """Progress, at once, also where the output is a pipe."""
    print(f"bootstrap: {message}", flush=True)


def candidates() -> Iterator[str]:
    """Paths that may be a Python 3.12 or 3.11: PYTHON=, the search path, then pyenv's versions."""
    if os.environ.get("PYTHON"):
        yield os.environ["PYTHON"]
        return
    for name in ("python3.12", "python3.11", "python3"):
        if found := shutil.which(name):
            yield found
    yield sys.executable
    versions = Path.home() / ".pyenv/versions"
    for major, minor in SUPPORTED:
        yield from sorted(map(str, versions.glob(f"{major}.{minor}*/bin/python")), reverse=True)


def probe(path: str) -> Interpreter | None:
    """What the interpreter at `path` is; None where it does not start or its version is not supported."""
    code = "import importlib.util as u, sys; print(*sys.version_info[:2], bool(u.find_spec('ensurepip')))"
    command = [path, "-I", "-c", code]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=20)
    except (OSError, subprocess.SubprocessError):
        return None
    major, minor, has_ensurepip = done.stdout.split()
    version = (int(major), int(minor))
    return Interpreter(path, version, has_ensurepip == "True") if version in SUPPORTED else None


def choose(found: Iterable[Interpreter]) -> Interpreter | None:
    """The newest; among equals one that brings its own pip; among those the first."""
    return max(found, key=lambda one: (one.version, one.has_ensurepip), default=None)


def find_interpreter() -> Interpreter:
    """Raises BootstrapError where there is no Python 3.11 or 3.12."""
    tried = list(dict.fromkeys(candidates()))
    chosen = choose(one for one in map(probe, tried) if one)
    if chosen is None:
        raise BootstrapError(
            f"Python 3.12 or 3.11 is needed and was not found (looked at {', '.join(tried)})"
        )
    return chosen


def make_venv(folder: Path) -> None:
    """A virtual environment with pip, also where Debian's python3 comes without venv's other half."""
    base = find_interpreter()
    say(f"making {folder.name} with Python {'.'.join(map(str, base.version))} ({base.path})")
    if base.has_ensurepip:
        subprocess.run([base.path, "-m", "venv", str(folder)], check=True)
        return
    try:
        subprocess.run([base.path, "-m", "venv", "--without-pip", str(folder)], check=True)
        with pip_wheel() as wheel:
            pip = [str(folder / "bin/python"), f"{wheel}/pip"]
            subprocess.run([*pip, "install", "--quiet", "--no-index", str(wheel)], check=True)
    except (subprocess.CalledProcessError, BootstrapError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise BootstrapError(
            f"{base.path} comes without venv, and pip could not be had another way.\n"
            f"           This mends it: {system.as_root('apt-get install -y python3-venv')}"
        ) from error


@contextmanager
def pip_wheel() -> Iterator[Path]:
    """Debian's own pip wheel: the installed one, or its package unpacked beside, which needs no root."""
    if installed := sorted(WHEELS.glob("pip-*.whl")):
        yield installed[-1]
        return
    with tempfile.TemporaryDirectory() as folder:
        say("python3 has no pip of its own: taking Debian's package python3-pip-whl, without installing it")
        system.unpack_package("python3-pip-whl", Path(folder))
        unpacked = sorted(Path(folder, *WHEELS.parts[1:]).glob("pip-*.whl"))
        if not unpacked:
            raise BootstrapError("Debian's package python3-pip-whl could not be downloaded")
        yield unpacked[-1]


def digest(profile: str, lock: str) -> str:
    """What the installed environment was made from; any change of it means: install again."""
    parts = [profile, lock, (ROOT / "requirements" / lock).read_text(), (ROOT / "pyproject.toml").read_text()]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def lock_of(profile: str) -> str:
    """The profile's lock file; without a compiler the tests go without mysqlclient."""
    if profile == "test" and system.missing_to_build():
        return LOCKS["dev"]
    return LOCKS[profile]


def stamp_path(folder: Path, profile: str) -> Path:
    return folder / f"peer-{profile}.stamp"


def is_current(folder: Path, profile: str) -> bool:
    """True when this profile, or one that holds it, was installed from the files as they are now."""
    if not (folder / "bin/python").exists():
        return False
    for larger in PROFILES[PROFILES.index(profile) :]:
        stamp = stamp_path(folder, larger)
        if stamp.exists() and stamp.read_text() == digest(larger, lock_of(larger)):
            return True
    return False


def uses_own_index(python: str) -> bool:
    """True where pip is told to use another index than the public one: then pip installs, not uv."""
    asking = [python, "-m", "pip", "config", "get", "global.index-url"]
    asked = subprocess.run(asking, capture_output=True, check=False)
    return asked.returncode == 0 or "PIP_INDEX_URL" in os.environ


def pin_of(package: str, lock: str) -> str | None:
    """The line of the lock file that pins `package`, or None."""
    lines = (ROOT / "requirements" / lock).read_text().splitlines()
    return next((line for line in lines if line.startswith(f"{package}==")), None)


def install(folder: Path, lock: str) -> None:
    """Install the lock file, then the project itself without its dependencies. Raises CalledProcessError."""
    python = str(folder / "bin/python")
    requirements = str(ROOT / "requirements" / lock)
    pip = [python, "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    say(f"installing requirements/{lock}")
    if not install_with_uv(python, pip, requirements):
        subprocess.run([*pip, "-r", requirements], check=True)
    say("installing the project itself, editable")
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], check=True)


def install_with_uv(python: str, pip: list[str], requirements: str) -> bool:
    """uv does in seconds what takes pip a minute. False where it may not or cannot: then pip does it."""
    pin = pin_of("uv", LOCKS["dev"])
    if pin is None or uses_own_index(python):
        return False
    if subprocess.run([*pip, pin], check=False, stderr=subprocess.DEVNULL).returncode != 0:
        return False
    uv = [python, "-m", "uv", "pip", "install", "--quiet", "--system-certs", "--python", python]
    if subprocess.run([*uv, "-r", requirements], check=False).returncode == 0:
        return True
    say("uv could not: installing with pip")
    return False


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Two calls at once (make demo beside make test) wait for each other."""
    with Path(f"{folder}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def ensure(profile: str, folder: Path) -> None:
    """Make the environment `folder` hold the profile. Raises BootstrapError with what to do about it."""
    if is_current(folder, profile):
        return
    with only_one(folder):
        if is_current(folder, profile):
            return
        if (folder / "bin/python").exists() and probe(str(folder / "bin/python")) is None:
            say(f"{folder.name} is of a Python that is gone or not supported: making it anew")
            shutil.rmtree(folder)
        if not (folder / "bin/pip").exists():
            make_venv(folder)
        lock = lock_of(profile)
        try:
            install(folder, lock)
        except subprocess.CalledProcessError as error:
            raise BootstrapError("the installation failed; its messages are above") from error
        stamp_path(folder, profile).write_text(digest(profile, lock))


def main(arguments: list[str]) -> int:
    """`demo`, `dev`, or `test`: the last also installs Debian's packages where it may."""
    profile = arguments[0] if arguments else ""
    if profile not in PROFILES:
        print(f"usage: python3 -m tools.bootstrap {'|'.join(PROFILES)}", file=sys.stderr)
        return 2
    try:
        if profile == "test":
            system.install_missing(say)
        ensure(profile, ROOT / ".venv")
    except BootstrapError as error:
        print(f"bootstrap: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
