"""What a run leaves out, and that REQUIRE_ALL=1 lets nothing be skipped. Each case is a pytest of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import TESTS, settings_for

ROOT = TESTS.parent
CASES = """
import pytest

@pytest.mark.moodle
def test_real_moodle(): pass

def test_absent_program(): pytest.skip("no program")

def test_plain(): pass
"""


def run(folder: Path, *options: str, **variables: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_cases.py").write_text(CASES)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "-p", "no:cacheprovider"]
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("REQUIRE_ALL", "COV"))}
    return subprocess.run(
        [*command, *options, str(folder)],
        cwd=ROOT,
        env={**kept, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_own_targets_are_deselected_not_skipped(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 0, done.stdout
    assert "1 passed, 1 skipped, 1 deselected" in done.stdout


@pytest.mark.slow
def test_own_target_runs_when_it_is_asked_for(tmp_path: Path) -> None:
    assert "1 passed, 2 deselected" in run(tmp_path, "-m", "moodle").stdout


@pytest.mark.slow
def test_skip_is_a_failure_where_all_is_required(tmp_path: Path) -> None:
    done = run(tmp_path, REQUIRE_ALL="1")
    assert done.returncode == 1, done.stdout
    assert "1 skipped: that is a failure" in done.stdout


@pytest.mark.parametrize(
    ("path", "settings"),
    [
        ("unit/moodle_bridge/test_mapping.py", "tests.settings_bridge"),
        ("integration/moodle_bridge", "tests.settings_bridge"),
        ("unit/peer_xblock/test_block.py", "tests.settings"),
        ("unit", "tests.settings"),
    ],
)
def test_folder_tells_the_settings(path: str, settings: str) -> None:
    assert settings_for(TESTS / path) == settings
