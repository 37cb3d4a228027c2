"""Each supported set of versions has its pins, and an interpreter is found by its version."""

import sys

import pytest

from tools import matrix


def test_oldest_is_one_of_the_environments() -> None:
    assert matrix.environments()[0] == matrix.OLDEST


def test_each_environment_has_its_pins() -> None:
    for name in matrix.environments():
        assert (matrix.ROOT / "requirements" / f"{name}.txt").exists()


def test_python_is_read_from_the_name() -> None:
    assert matrix.python_version("py311-django42-xblock52") == (3, 11)
    with pytest.raises(ValueError, match="lint"):
        matrix.python_version("lint")


@pytest.mark.slow
def test_running_python_is_found() -> None:
    assert matrix.find_python((sys.version_info.major, sys.version_info.minor)) is not None
    assert matrix.find_python((2, 7)) is None


def test_arguments_go_to_pytest() -> None:
    called = matrix.command("py311-django42-xblock52", ["--lf"])
    assert called[called.index("--") + 1 :] == ["--lf"]


def test_interpreter_is_first_on_the_search_path() -> None:
    assert matrix.search_path("/opt/python/bin/python3.11")["PATH"].startswith("/opt/python/bin:")
