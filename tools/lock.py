"""Writes requirements/*.txt: every package of development, demo and bridge at one version.

Run by `make lock`, after a change of the dependencies in pyproject.toml; with `--upgrade` all move to their
newest. One file serves Python 3.11 and 3.12: where they differ, the lines carry environment markers.
"""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path("requirements")


@dataclass(frozen=True, slots=True)
class Lock:
    """One lock file: the extras it installs, and what else it must agree with.

    python: the one version it is for; "" for all that are supported.
    pins: requirements that select the environment, such as Django==4.2.*.
    agrees_with: files whose pins it takes over.
    """

    name: str
    extras: tuple[str, ...]
    python: str = ""
    pins: tuple[str, ...] = ()
    agrees_with: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        return FOLDER / f"{self.name}.txt"


LOCKS = (
    Lock("dev", ("dev",)),
    Lock("demo", ("demo",), agrees_with=("dev.txt",)),
    Lock("bridge", ("bridge",), agrees_with=("dev.txt",)),
    Lock("mysql", ("dev", "mysql"), agrees_with=("dev.txt",)),
    Lock("py311-django42-xblock52", ("test",), "3.11", ("Django==4.2.*", "XBlock==5.2.*"), ("lms.in",)),
    Lock("py311-django52-xblock61", ("test",), "3.11", ("Django==5.2.*", "XBlock==6.1.*"), ("lms.in",)),
    Lock("py312-django52-xblock63", ("test",), "3.12", ("Django==5.2.*", "XBlock==6.3.*"), ("lms.in",)),
)


def compile_command(lock: Lock, pins_file: Path, *, upgrade: bool) -> list[str]:
    """The `uv pip compile` call that writes the lock; nothing of this machine gets into the file."""
    command = ["uv", "pip", "compile", "--quiet", "--no-header", "--no-annotate", "pyproject.toml"]
    for extra in lock.extras:
        command += ["--extra", extra]
    for name in lock.agrees_with:
        command += ["--constraint", str(FOLDER / name)]
    if lock.python:
        command += ["--python-version", lock.python, "--constraint", str(pins_file)]
    else:
        command += ["--python-version", "3.11", "--universal"]
    if upgrade:
        command.append("--upgrade")
    return [*command, "--output-file", str(lock.path)]


def main(arguments: list[str]) -> int:
    """Compile every lock in order, since the later ones agree with the first."""
    pins_file = ROOT / FOLDER / ".pins.in"
    for lock in LOCKS:
        print(f"{lock.path}")
        pins_file.write_text("\n".join(lock.pins))
        try:
            command = compile_command(lock, pins_file.relative_to(ROOT), upgrade="--upgrade" in arguments)
            subprocess.run(command, cwd=ROOT, check=True)
        finally:
            pins_file.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
