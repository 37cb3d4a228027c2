"""What the tests need beside Python: which of it is there, and Debian's packages for the rest.

Standard library only: tools.bootstrap uses it before anything is installed.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

POSTGRES = Path("/usr/lib/postgresql")
APT_LISTS = Path("/var/lib/apt/lists")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


class Need(NamedTuple):
    """A Debian package, how to see that it is there, and whether mysqlclient is built with it."""

    package: str
    is_there: Callable[[], bool]
    builds: bool = False


def find_program(*names: str) -> str | None:
    """The first of `names` that is found, also where root's folders are not on the search path."""
    path = os.environ.get("PATH", os.defpath) + ":/usr/sbin:/usr/local/sbin"
    return next((found for name in names if (found := shutil.which(name, path=path))), None)


def find_chromium() -> str | None:
    """The first Chromium that starts: Ubuntu's package of that name is a script which asks for a snap."""
    found = filter(None, map(find_program, CHROMIUM))
    return next((path for path in found if _starts(path)), None)


def _starts(program: str) -> bool:
    try:
        done = subprocess.run([program, "--version"], capture_output=True, check=False, timeout=20)
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def find_postgres() -> Path | None:
    """The folder of the newest PostgreSQL's programs; initdb is the one that clients do not have."""
    folders = [initdb.parent for initdb in POSTGRES.glob("*/bin/initdb")]
    if folders:
        return max(folders, key=lambda folder: float(folder.parent.name))
    initdb = find_program("initdb")
    return Path(initdb).parent if initdb else None


def has_mariadb_headers() -> bool:
    """True when mysqlclient's build would find its client library."""
    if find_program("pkg-config") is None:
        return False
    asked = [["pkg-config", "--exists", name] for name in ("libmariadb", "mysqlclient")]
    return any(subprocess.run(command, check=False).returncode == 0 for command in asked)


def has_python_headers() -> bool:
    return (Path(sysconfig.get_path("include")) / "Python.h").exists()


NEEDS = (
    Need("chromium", lambda: find_chromium() is not None),
    Need("postgresql", lambda: find_postgres() is not None),
    Need("mariadb-server", lambda: find_program("mariadbd") is not None),
    Need("php-cli", lambda: find_program("php") is not None),
    Need("gcc", lambda: find_program("gcc") is not None, builds=True),
    Need("pkg-config", lambda: find_program("pkg-config") is not None, builds=True),
    Need("libmariadb-dev", has_mariadb_headers, builds=True),
    Need("python3-dev", has_python_headers, builds=True),
)


def missing_packages() -> list[str]:
    return [need.package for need in NEEDS if not need.is_there()]


def missing_to_build() -> list[str]:
    """What is absent of that which builds mysqlclient."""
    return [need.package for need in NEEDS if need.builds and not need.is_there()]


def as_root(command: str) -> str:
    """The command as this user would type it."""
    return command if os.geteuid() == 0 else f"sudo {command}"


def install_missing(say: Callable[[str], None]) -> None:
    """On Debian as root, install what the tests need; elsewhere say what is missing and go on without it."""
    missing = missing_packages()
    if not missing:
        return
    command = f"apt-get install -y --no-install-recommends {' '.join(missing)}"
    if os.environ.get("NO_APT") or find_program("apt-get") is None or os.geteuid() != 0:
        say(f"not there: {', '.join(missing)}; the tests that need them are skipped. {as_root(command)}")
        return
    say(f"installing Debian's packages {' '.join(missing)} (NO_APT=1 forbids it)")
    _apt_get("update")
    _apt_get(*command.split()[1:])


def _apt_get(*arguments: str) -> None:
    """Without a question, and silent unless it fails; what is then still missing shows later."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120", *arguments]
    done = subprocess.run(
        command, env=environment, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode != 0:
        print(f"{' '.join(command)}: status {done.returncode}\n{done.stdout[-4000:]}", flush=True)


def unpack_package(name: str, folder: Path) -> None:
    """Download one Debian package and unpack it under `folder`, without installing it or being root.

    Leaves the folder empty where that cannot be done.
    """
    if find_program("apt-get") is None or find_program("dpkg-deb") is None:
        return
    if os.geteuid() == 0 and not any(APT_LISTS.glob("*Packages*")):
        _apt_get("update")
    as_this_user = ["-o", f"APT::Sandbox::User={pwd.getpwuid(os.geteuid()).pw_name}"]
    subprocess.run(["apt-get", *as_this_user, "download", "-qq", name], cwd=folder, check=False)
    for package in folder.glob(f"{name}_*.deb"):
        subprocess.run(["dpkg-deb", "-x", str(package), str(folder)], check=True)
