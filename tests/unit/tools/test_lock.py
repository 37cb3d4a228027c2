"""The lock files: complete, within what pyproject.toml allows, and free of any machine's traces."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.lock import LOCKS, Lock, compile_command

ROOT = Path(__file__).resolve().parents[3]
NAMES = [lock.name for lock in LOCKS]


def pins(lock: Lock) -> list[Requirement]:
    return [Requirement(line) for line in (ROOT / lock.path).read_text().splitlines()]


def asked_for(lock: Lock) -> list[Requirement]:
    """The requirements of group, project and extras, those that extras take from one another included."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text())
    project, groups = pyproject["project"], pyproject["dependency-groups"]
    found = [Requirement(text) for text in groups.get(lock.group, [])]
    found += [Requirement(text) for text in project["dependencies"] if lock.is_ours]
    waiting = list(lock.extras)
    while waiting:
        for requirement in map(Requirement, project["optional-dependencies"][waiting.pop()]):
            if requirement.name == project["name"]:
                waiting += requirement.extras
            else:
                found.append(requirement)
    return found


@pytest.mark.parametrize("lock", LOCKS, ids=NAMES)
def test_lock_holds_pins_and_nothing_else(lock: Lock) -> None:
    """No index, no path, no comment: only names, versions and markers."""
    pattern = re.compile(r"[a-z0-9-]+==[0-9a-z.+]+( ; [a-z_]+ .+)?")
    lines = (ROOT / lock.path).read_text().splitlines()
    assert [line for line in lines if not pattern.fullmatch(line) or "/" in line] == []


@pytest.mark.parametrize("lock", LOCKS, ids=NAMES)
def test_lock_meets_pyproject(lock: Lock) -> None:
    locked = pins(lock)
    for wanted in asked_for(lock):
        found = [pin for pin in locked if pin.name == canonicalize_name(wanted.name)]
        assert found, f"{wanted.name} is not locked: make lock"
        for pin in found:
            version = str(pin.specifier).removeprefix("==")
            assert wanted.specifier.contains(version), f"{pin} is outside {wanted}: make lock"


def test_locks_agree_with_the_one_of_development() -> None:
    """What two of them hold, they hold at one version."""
    development = {(pin.name, pin.specifier) for pin in pins(LOCKS[0])}
    names = {name for name, _ in development}
    for lock in LOCKS:
        if not lock.python and lock.is_ours:
            held = {(pin.name, pin.specifier) for pin in pins(lock) if pin.name in names}
            assert held <= development


def test_what_runs_in_the_lms_stays_within_its_pins() -> None:
    limits = [Requirement(line) for line in (ROOT / "requirements/lms.in").read_text().splitlines()[1:]]
    for lock in LOCKS:
        if lock.python:
            versions = {pin.name: str(pin.specifier).removeprefix("==") for pin in pins(lock)}
            for limit in limits:
                assert limit.specifier.contains(versions.get(limit.name, "1.0")) or limit.name not in versions


def test_versions_move_only_when_asked() -> None:
    pins_file = Path("requirements/pins.in")
    assert "--upgrade" not in compile_command(LOCKS[0], pins_file, upgrade=False)
    assert "--upgrade" in compile_command(LOCKS[0], pins_file, upgrade=True)
