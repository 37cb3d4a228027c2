"""What every test run shares: which tests belong to it, and what REQUIRE_ALL=1 means.

A run has one settings module. The tests of a package with settings of its own live in folders of that
package's name (tests/unit/moodle_bridge, tests/integration/moodle_bridge) and are left to the run that has
them: `pytest --ds tests.settings_bridge`.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

from tools import system

SETTINGS_OF_FOLDER = {"moodle_bridge": "tests.settings_bridge"}
DEFAULT_SETTINGS = "tests.settings"
OWN_TARGET = ("moodle", "lms", "peer")
OWN_RUN = ("databases", "slow")
TESTS = Path(__file__).parent


def settings_for(path: Path) -> str:
    """The settings module that the tests at `path` run under."""
    parts = path.relative_to(TESTS).parts if path.is_relative_to(TESTS) else ()
    return next((SETTINGS_OF_FOLDER[part] for part in parts if part in SETTINGS_OF_FOLDER), DEFAULT_SETTINGS)


# A machine that does other things too draws slowly: that says nothing of the test. Where nothing may be skipped, the
# change is judged and not the dice: the same examples each time.
UNHURRIED = [HealthCheck.too_slow]
settings.register_profile("fast", deadline=None, suppress_health_check=UNHURRIED)
settings.register_profile("all", deadline=None, suppress_health_check=UNHURRIED, derandomize=True)
settings.load_profile("all" if os.environ.get("REQUIRE_ALL") else "fast")


@pytest.fixture(autouse=True)
def default_language() -> Iterator[None]:
    """A request leaves its language to the thread, as in any Django: not to the next test."""
    yield
    translation.deactivate()


def pytest_configure(config: pytest.Config) -> None:
    """Say it clearly when somebody asks by path for tests that this run would leave out."""
    for argument in config.args:
        path = (config.invocation_params.dir / argument.split("::")[0]).resolve()
        wanted = settings_for(path)
        if path.is_relative_to(TESTS) and path != TESTS and wanted != os.environ["DJANGO_SETTINGS_MODULE"]:
            if path.is_dir() and wanted == DEFAULT_SETTINGS:
                continue
            raise pytest.UsageError(f"{argument} runs under other settings: add --ds {wanted}")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out what another settings module runs."""
    if collection_path.is_dir() and settings_for(collection_path) == DEFAULT_SETTINGS:
        return None
    return settings_for(collection_path) != os.environ["DJANGO_SETTINGS_MODULE"] or None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what has a make target of its own, unless it is asked for; skip what cannot run here."""
    refuse_hidden_marks(items)
    asked = str(config.option.markexpr)
    left_out = [mark for mark in OWN_TARGET if mark not in asked]
    deselected = [item for item in items if any(item.get_closest_marker(mark) for mark in left_out)]
    if deselected:
        config.hook.pytest_deselected(items=deselected)
        items[:] = [item for item in items if item not in deselected]
    if system.find_chromium() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="no Chromium (Debian: chromium)"))


def refuse_hidden_marks(items: list[pytest.Item]) -> None:
    """tools/runs.py finds these by the files that name them: another file's tests would be in no run."""
    marks = {(item.path, mark) for item in items for mark in OWN_RUN if item.get_closest_marker(mark)}
    hidden = [f"{path}: {mark}" for path, mark in sorted(marks) if f"mark.{mark}" not in path.read_text()]
    if hidden:
        raise pytest.UsageError(f"marked by another file: {', '.join(hidden)}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Under REQUIRE_ALL=1 a skipped test is a failed run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not os.environ.get("REQUIRE_ALL"):
        return
    if skipped := reporter.stats.get("skipped", []):
        reporter.write_line(f"REQUIRE_ALL=1 and {len(skipped)} skipped: that is a failure", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
