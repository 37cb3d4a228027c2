"""What is in the wheel and in the sdist, and what is not."""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from hashlib import sha256
from pathlib import Path

import pytest

from tests.package.environments import ROOT, made_once
from tools import dist

pytestmark = pytest.mark.slow

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
NAME = f"peer_xblock-{PROJECT['version']}"


def digests(folder: Path) -> dict[str, str]:
    """Each file's path in the folder, and what it holds."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def tracked(*folders: str) -> set[str]:
    """The files in these folders that git knows or would take; what it ignores is not meant to be shipped."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *folders]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return {name for name in listed.split() if (ROOT / name).exists()}


@pytest.fixture(scope="session")
def opened(shared: Path, sdist: Path) -> Path:
    """The sdist, unpacked."""

    def unpack(folder: Path) -> None:
        subprocess.run(["tar", "--extract", "--file", sdist, "--directory", folder], check=True)

    return made_once(shared / "opened", unpack) / NAME


def test_the_wheel_holds_the_two_packages_alone(unpacked: Path) -> None:
    assert {path.name for path in unpacked.iterdir()} == {"peer_xblock", "moodle_bridge", f"{NAME}.dist-info"}


def test_every_published_bundle_and_nothing_else_is_a_resource(unpacked: Path) -> None:
    published = {f"public/{name}": digest for name, digest in digests(ROOT / "static/dist").items()}
    assert digests(unpacked / "peer_xblock/resources") == published


@pytest.mark.parametrize("package", ["peer_xblock", "moodle_bridge"])
def test_what_git_knows_of_a_package_is_in_the_wheel(unpacked: Path, package: str) -> None:
    apart = ("moodle_bridge/moodle_plugin/", "peer_xblock/resources/")  # PHP, and the link to static/dist
    wanted = {name for name in tracked(package) if not name.startswith(apart)}
    assert wanted - set(digests(unpacked)) == set()


def test_nothing_but_code_and_data_of_a_known_kind_is_in_the_packages(unpacked: Path) -> None:
    kinds = {
        ".py",
        ".po",
        ".mo",
        ".html",
        ".json",
        ".js",
        ".css",
        ".woff2",
        ".typed",
        ".txt",
        ".yaml",
        ".yml",
    }
    odd = {
        name
        for name in digests(unpacked)
        if Path(name).suffix not in kinds and not name.startswith((f"{NAME}.", "moodle_bridge/deploy/"))
    }
    assert odd == set()


def test_the_sdist_builds_the_same_wheel_byte_for_byte(opened: Path, wheel: Path, tmp_path: Path) -> None:
    shutil.copytree(opened, tmp_path / "sources")
    again = dist.build("wheel", tmp_path / "sources", tmp_path / "built")
    assert again.name == wheel.name
    assert again.read_bytes() == wheel.read_bytes()


def test_the_sdist_holds_the_sources_of_the_bundles(opened: Path) -> None:
    wanted = {name for name in tracked("static") if not name.startswith("static/dist/")}
    assert {name for name in digests(opened) if name.startswith("static/")} == wanted


def test_the_sdist_holds_nothing_of_demo_tests_and_tools(opened: Path) -> None:
    packages = {"peer_xblock", "moodle_bridge", "static", "peer_xblock.egg-info"}
    files = {"CHANGELOG.md", "LICENSE", "MANIFEST.in", "PKG-INFO", "README.md", "pyproject.toml", "setup.cfg"}
    assert {path.name for path in opened.iterdir()} == packages | files


def test_requirements_are_ranges_within_what_the_lms_pins(unpacked: Path) -> None:
    metadata = (unpacked / f"{NAME}.dist-info/METADATA").read_text().splitlines()
    asked = [line for line in metadata if line.startswith("Requires-Dist:") and "extra ==" not in line]
    assert len(asked) == len(PROJECT["dependencies"])
    assert [line for line in asked if "==" in line.split(";")[0]] == []
