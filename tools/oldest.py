"""The oldest versions that peer_xblock supports, as a tox environment that `make test` runs too."""

from pathlib import Path

from tools import bootstrap

ENVIRONMENT = "py311-django42-xblock52"
VERSION = (3, 11)


def find_python() -> str | None:
    """A Python 3.11 on the search path or under pyenv, or None."""
    paths = [Path(path) for path in dict.fromkeys(bootstrap.candidates())]
    found = (bootstrap.probe(str(path)) for path in paths)
    return next((one.path for one in found if one and one.version == VERSION), None)


def command(python: str, interpreter: str, report: Path) -> list[str]:
    """The tox call: its environment is kept between calls, and its tests leave a JUnit report."""
    tox = [python, "-m", "tox", "run", "--discover", interpreter, "-e", ENVIRONMENT]
    return [*tox, "--", f"--junitxml={report}", "-o", "junit_family=xunit1"]
