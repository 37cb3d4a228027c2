"""What a package imports, its requirements declare: nothing works only because something else brought it."""

import ast
import sys
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
OURS = {"peer_xblock", "moodle_bridge", "demo", "tests", "tools", "bench"}
LMS = {
    "lms",
    "cms",
    "openedx",
    "common",
    "student",
    "xmodule",
    "social_django",
    "submissions",
    "crum",
    "completion",
    "eventtracking",
}
# What imports these is itself imported by them, in an environment of theirs: requirements/workbench.txt, tutor.txt.
HOSTS = {"workbench", "tutor"}
# XBlock ships it from 6.2 on and requires it before: to declare it would break the one or the other.
COMES_WITH = {"web_fragments"}


def imported(folder: Path) -> dict[str, str]:
    """Top-level names that the folder's modules import, each with a module that does."""
    found = {}
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            else:
                continue
            found.update(dict.fromkeys((name.split(".")[0] for name in names), path.name))
    return found


def declared(extras: tuple[str, ...]) -> set[str]:
    """The distributions that the project and its extras ask for by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    optional = project["optional-dependencies"]
    names, waiting = {Requirement(text).name for text in project["dependencies"]}, list(extras)
    while waiting:
        for requirement in map(Requirement, optional[waiting.pop()]):
            names.add(requirement.name)
            waiting += requirement.extras if requirement.name == project["name"] else []
    return {canonicalize_name(name) for name in names}


@cache
def distributions() -> Mapping[str, list[str]]:
    """The distributions that bring a top-level name; slow to find out."""
    return packages_distributions()


@pytest.mark.parametrize(
    ("folder", "extras"),
    [
        ("peer_xblock", ()),
        ("moodle_bridge", ("bridge",)),
        ("demo", ("demo",)),
        ("tools", ("dev",)),
        ("bench", ("dev",)),
        ("tests", ("dev", "mysql")),
    ],
)
def test_every_import_is_declared(folder: str, extras: tuple[str, ...]) -> None:
    local = {path.stem for path in (ROOT / folder).rglob("*.py")}
    known = OURS | LMS | HOSTS | COMES_WITH | set(sys.stdlib_module_names) | local
    asked = declared(extras)
    undeclared = {
        name: where
        for name, where in imported(ROOT / folder).items()
        if name not in known
        and not asked & {canonicalize_name(found) for found in distributions().get(name, [])}
    }
    assert undeclared == {}
