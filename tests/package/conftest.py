"""The archives of today's sources and the environments that they are installed in, made once a run."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from tests.package.environments import LOCKS, ROOT, Environment, made_once
from tools import dist

PINS = ROOT / "moodle_bridge/deploy/image/requirements.txt"


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all the workers of this run have in common."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "package"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def sources(shared: Path) -> Path:
    """What the build reads."""
    return made_once(shared / "sources", dist.copy_sources)


@pytest.fixture(scope="session")
def sdist(shared: Path, sources: Path) -> Path:
    folder = made_once(shared / "sdist", lambda folder: _build("sdist", sources, folder))
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="session")
def wheel(shared: Path, sources: Path) -> Path:
    folder = made_once(shared / "wheel", lambda folder: _build("wheel", sources, folder))
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="session")
def unpacked(shared: Path, wheel: Path) -> Path:
    def unpack(folder: Path) -> None:
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder)

    return made_once(shared / "unpacked", unpack)


@pytest.fixture(scope="session")
def workbench(shared: Path, wheel: Path) -> Environment:
    """The wheel beside xblock-sdk, migrated on SQLite."""

    def make(folder: Path) -> None:
        environment = Environment(folder)
        environment.install("-r", str(LOCKS / "workbench.txt"), str(wheel))
        (folder / "var").mkdir()
        # The workbench of Python 3.11 ships no migrations.
        migrate = ["-m", "django", "migrate", "--run-syncdb", "--verbosity", "0"]
        environment.run(*migrate, DJANGO_SETTINGS_MODULE="peer_xblock.settings.workbench")

    return Environment(made_once(shared / "workbench", make))


@pytest.fixture(scope="session")
def bridge(shared: Path, wheel: Path) -> Environment:
    """The wheel with what the bridge asks for, and its tables made."""

    def make(folder: Path) -> None:
        environment = Environment(folder)
        environment.install("--constraint", str(PINS), f"{wheel}[bridge]")
        environment.run("-m", "moodle_bridge", "migrate")

    return Environment(made_once(shared / "bridge", make))


def _build(kind: dist.Kind, sources: Path, folder: Path) -> None:
    dist.build(kind, sources, folder)
