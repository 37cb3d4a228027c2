"""Each import contract of setup.cfg is kept, and catches a violation that is planted in a copy of the sources."""

import configparser
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("peer_xblock", "moodle_bridge")

# contract, module that breaks it, the line that does
PLANTED = [
    ("independent", "moodle_bridge/mapping.py", "import peer_xblock.events"),
    ("independent", "peer_xblock/outbox.py", "import moodle_bridge.events"),
    ("layers", "peer_xblock/domain/errors.py", "import peer_xblock.api"),
    ("layers", "peer_xblock/api/__init__.py", "import peer_xblock.operations"),
    ("layers", "peer_xblock/events.py", "import peer_xblock.models"),
    ("layers", "peer_xblock/nowhere.py", "PLACE = None"),
    ("subjects", "peer_xblock/api/discussion/__init__.py", "import peer_xblock.api.experts"),
    ("pure", "peer_xblock/domain/errors.py", "import django"),
    ("pure", "peer_xblock/domain/ids.py", "import xblock.core"),
    ("pure", "peer_xblock/events.py", "import celery"),
    ("pure", "moodle_bridge/events.py", "import django.utils.timezone"),
    ("pure", "moodle_bridge/mapping.py", "import moodle_bridge.models"),
    ("pure", "moodle_bridge/moodle/__init__.py", "import celery"),
    ("models", "peer_xblock/block.py", "import peer_xblock.models"),
    ("models", "peer_xblock/operations/__init__.py", "import peer_xblock.models.discussion"),
    ("platform", "peer_xblock/api/__init__.py", "import openedx.core"),
    ("platform", "peer_xblock/block.py", "import xmodule"),
    ("platform", "moodle_bridge/apps.py", "import lms"),
    ("shipped", "peer_xblock/block.py", "import demo"),
    ("shipped", "moodle_bridge/apps.py", "import tests.host"),
]


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the packages' Python files and of the contracts."""
    folder = tmp_path_factory.mktemp("sources")
    shutil.copy(ROOT / "setup.cfg", folder)
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            copied = folder / path.relative_to(ROOT)
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copied)
    return folder


@pytest.fixture
def planted(sources: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """The sources with one line more, for as long as the test lasts."""
    name, line = request.param
    path = sources / name
    before = path.read_text() if path.exists() else None
    path.write_text(f"{before or ''}\n{line}\n")
    yield sources
    if before is None:
        path.unlink()
    else:
        path.write_text(before)


def contract_names() -> dict[str, str]:
    """The contracts of setup.cfg: their id and the name that the report shows."""
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg")
    start = "importlinter:contract:"
    return {
        section.removeprefix(start): config[section]["name"]
        for section in config.sections()
        if section.startswith(start)
    }


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """In a process that nobody measures: it runs no line of ours."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo"]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    return subprocess.run(command, cwd=folder, env=plain, capture_output=True, text=True, check=False)


def test_sources_keep_every_contract(sources: Path) -> None:
    done = lint_imports(sources)
    assert done.returncode == 0, done.stdout
    assert f"{len(contract_names())} kept, 0 broken" in done.stdout


def test_every_contract_has_a_planted_violation() -> None:
    assert {contract for contract, _, _ in PLANTED} == set(contract_names())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("contract", "planted"),
    [pytest.param(contract, (name, line), id=f"{contract}-{name}") for contract, name, line in PLANTED],
    indirect=["planted"],
)
def test_planted_violation_is_caught(contract: str, planted: Path) -> None:
    done = lint_imports(planted)
    assert done.returncode == 1, done.stdout
    assert f"{contract_names()[contract]} BROKEN" in done.stdout


def test_platform_may_import_edx_platform(sources: Path) -> None:
    """What the contract leaves open is open: otherwise it would catch everything and show nothing."""
    path = sources / "peer_xblock/platform/__init__.py"
    before = path.read_text()
    path.write_text(f"{before}\nimport openedx.core\n")
    done = lint_imports(sources)
    path.write_text(before)
    assert done.returncode == 0, done.stdout
