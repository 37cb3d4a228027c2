"""Choosing a Python, and knowing that there is nothing to do."""

import sys
from pathlib import Path

import pytest

from tools import bootstrap
from tools.bootstrap import BootstrapError, Interpreter


def test_newest_supported_python_is_chosen() -> None:
    older, newer = Interpreter("a", (3, 11), True), Interpreter("b", (3, 12), False)
    assert bootstrap.choose([older, newer]) == newer


def test_among_equals_one_with_its_own_pip_is_chosen() -> None:
    bare, whole = Interpreter("a", (3, 12), False), Interpreter("b", (3, 12), True)
    assert bootstrap.choose([bare, whole]) == whole


def test_nothing_found_is_nothing_chosen() -> None:
    assert bootstrap.choose([]) is None


def test_probe_tells_the_version_of_a_real_python() -> None:
    found = bootstrap.probe(sys.executable)
    assert found is not None
    assert found.version == sys.version_info[:2]


@pytest.mark.parametrize("path", ["/nowhere/python3", "/bin/false"])
def test_probe_of_what_is_no_python_is_none(path: str) -> None:
    assert bootstrap.probe(path) is None


def test_without_a_python_the_message_says_where_it_looked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON", "/nowhere/python3")
    with pytest.raises(BootstrapError, match=r"3\.12 or 3\.11 is needed .*/nowhere/python3"):
        bootstrap.find_interpreter()


@pytest.fixture
def venv(tmp_path: Path) -> Path:
    """A folder that looks like an environment in which `dev` was installed from today's files."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/python").touch()
    digest = bootstrap.digest("dev", bootstrap.lock_of("dev"))
    bootstrap.stamp_path(tmp_path, "dev").write_text(digest)
    return tmp_path


def test_installed_profile_is_current(venv: Path) -> None:
    assert bootstrap.is_current(venv, "dev")


def test_larger_profile_serves_the_smaller(venv: Path) -> None:
    assert bootstrap.is_current(venv, "demo")


def test_smaller_profile_does_not_serve_the_larger(venv: Path) -> None:
    assert not bootstrap.is_current(venv, "test")


def test_stamp_of_other_locks_is_not_current(venv: Path) -> None:
    bootstrap.stamp_path(venv, "dev").write_text("made from something else")
    assert not bootstrap.is_current(venv, "dev")


def test_environment_whose_python_is_gone_is_not_current(venv: Path) -> None:
    (venv / "bin/python").unlink()
    assert not bootstrap.is_current(venv, "dev")


def test_nothing_is_done_to_a_current_environment(venv: Path) -> None:
    bootstrap.ensure("demo", venv)
    assert sorted(path.name for path in venv.iterdir()) == ["bin", "peer-dev.stamp"]


def test_unknown_profile_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main(["everything"]) == 2
    assert "demo|dev|test" in capsys.readouterr().err
