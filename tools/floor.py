"""The coverage floor (fail_under in pyproject.toml) only rises: nobody may commit a lower one."""

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def floor_of(pyproject: str) -> float:
    """The floor that a pyproject.toml sets; 0 where it sets none."""
    coverage = tomllib.loads(pyproject).get("tool", {}).get("coverage", {})
    return float(coverage.get("report", {}).get("fail_under", 0))


def committed_floors(root: Path) -> list[float]:
    """The floors of every commit that touched one, newest first; empty outside a git checkout."""
    commits = _git(root, "log", "--format=%H", "-G", "fail_under", "--", "pyproject.toml").split()
    return [floor_of(_git(root, "show", f"{commit}:pyproject.toml")) for commit in commits]


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""


def problems(root: Path) -> list[str]:
    """One sentence when the floor was lowered, else nothing."""
    now = floor_of((root / "pyproject.toml").read_text())
    highest = max(committed_floors(root), default=now)
    if now < highest:
        return [f"coverage floor: {now:g} is below {highest:g}, which was committed before; it only rises"]
    return []


def main() -> int:
    found = problems(ROOT)
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
