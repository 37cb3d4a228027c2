"""What is said and done about programs that are not there."""

import os
from pathlib import Path

import pytest

from tools import system


@pytest.fixture
def _bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: os.PathLike[str]) -> None:
    """A search path without any program."""
    monkeypatch.setattr(os, "environ", {**os.environ, "PATH": str(tmp_path)})


@pytest.mark.usefixtures("_bare_machine")
def test_absent_program_is_a_missing_package() -> None:
    assert "gcc" in system.missing_packages()
    assert "gcc" in system.missing_to_build()


@pytest.mark.usefixtures("_bare_machine")
def test_php_builds_nothing() -> None:
    assert "php-cli" not in system.missing_to_build()


@pytest.mark.usefixtures("_bare_machine")
def test_no_apt_installs_nothing_and_says_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "NO_APT", "1")
    said: list[str] = []
    system.install_missing(said.append)
    assert len(said) == 1
    assert "apt-get install -y --no-install-recommends" in said[0]
    assert "gcc" in said[0]


@pytest.mark.parametrize(("status", "is_found"), [(0, True), (1, False)])
def test_a_chromium_that_does_not_start_is_none(
    status: int, is_found: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As Ubuntu's, which only says that it wants a snap."""
    script = tmp_path / "chromium"
    script.write_text(f"#!/bin/sh\nexit {status}\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(system, "CHROMIUM", ("chromium",))
    assert system.find_chromium() == (str(script) if is_found else None)


def test_program_in_roots_folders_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/usr/bin")
    assert system.find_program("no-such-program", "sh") is not None
    assert system.find_program("no-such-program") is None


def test_command_for_others_than_root_has_sudo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert system.as_root("apt-get install gcc") == "sudo apt-get install gcc"
