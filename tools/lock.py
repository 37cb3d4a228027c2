"""Writes requirements/*.txt: every package of development, demo, workbench and Tutor at one version.

The bridge's own lies where its image is built.

Run by `make lock`, after a change of the dependencies in pyproject.toml; with `--upgrade` all move to their
newest. One file serves Python 3.11 and 3.12: where they differ, the lines carry environment markers.
"""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path("requirements")
IMAGE = Path("moodle_bridge/deploy/image")


@dataclass(frozen=True, slots=True)
class Lock:
    """One lock file: the extras it installs, and what else it must agree with.

    group: a dependency group of pyproject.toml that it holds too. is_ours: False where the group is all it holds,
    since our own package is not installed in that environment, or without what it asks for.
    python: the one version it is for; "" for all that are supported.
    pins: requirements that select the environment, such as Django==4.2.*.
    agrees_with: files whose pins it takes over. place: where it lies, when not with the others.
    """

    name: str
    extras: tuple[str, ...] = ()
    group: str = ""
    is_ours: bool = True
    python: str = ""
    pins: tuple[str, ...] = ()
    agrees_with: tuple[str, ...] = ()
    place: Path | None = None

    @property
    def path(self) -> Path:
        return self.place or FOLDER / f"{self.name}.txt"


def _supported(python: str, django: str, xblock: str) -> Lock:
    """The environment of one supported set of versions, within what the LMS pins."""
    name = f"py{python}-django{django}-xblock{xblock}".replace(".", "")
    pins = (f"Django=={django}.*", f"XBlock=={xblock}.*")
    return Lock(name, ("test",), python=python, pins=pins, agrees_with=("lms.in",))


LOCKS = (
    Lock("dev", ("dev",)),
    Lock("demo", ("demo",), agrees_with=("dev.txt",)),
    Lock("mysql", ("dev", "mysql"), agrees_with=("dev.txt",)),
    Lock("bridge", ("bridge", "mysql"), agrees_with=("mysql.txt",), place=IMAGE / "requirements.txt"),
    Lock("workbench", group="workbench", agrees_with=("dev.txt",)),
    Lock("tutor", group="tutor", is_ours=False),
    _supported("3.11", "4.2", "5.2"),
    _supported("3.11", "5.2", "6.1"),
    _supported("3.12", "5.2", "6.3"),
)


def compile_command(lock: Lock, pins_file: Path, *, upgrade: bool) -> list[str]:
    """The `uv pip compile` call that writes the lock; nothing of this machine gets into the file."""
    command = ["uv", "pip", "compile", "--quiet", "--no-header", "--no-annotate"]
    if lock.is_ours:
        command.append("pyproject.toml")
    for extra in lock.extras:
        command += ["--extra", extra]
    if lock.group:
        command += ["--group", lock.group]
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
