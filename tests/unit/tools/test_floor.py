"""The coverage floor only rises."""

import subprocess
from pathlib import Path

import pytest

from tools import floor


def write(root: Path, value: float) -> None:
    (root / "pyproject.toml").write_text(f"[tool.coverage.report]\nfail_under = {value}\n")


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout whose floor was committed as 60, then as 80."""
    git(tmp_path, "init", "-q")
    for value in (60, 80):
        write(tmp_path, value)
        git(tmp_path, "add", "pyproject.toml")
        git(tmp_path, "commit", "-q", "-m", f"floor {value}")
    return tmp_path


@pytest.mark.parametrize("value", [80, 85])
def test_same_or_higher_floor_is_fine(root: Path, value: float) -> None:
    write(root, value)
    assert floor.problems(root) == []


def test_lower_floor_is_refused(root: Path) -> None:
    write(root, 79)
    assert floor.problems(root) == [
        "coverage floor: 79 is below 80, which was committed before; it only rises"
    ]


def test_lower_floor_that_was_committed_is_still_refused(root: Path) -> None:
    write(root, 70)
    git(root, "commit", "-q", "-a", "-m", "lower")
    assert len(floor.problems(root)) == 1


def test_outside_git_any_floor_is_fine(tmp_path: Path) -> None:
    write(tmp_path, 10)
    assert floor.problems(tmp_path) == []
