"""A step that fails is told, with what it printed."""

import sys

from tools import lint


def test_step_that_fails_is_not_ok_and_keeps_its_output() -> None:
    outcome = lint.run(lint.Step("bad", (sys.executable, "-c", "print('why'); raise SystemExit(1)")))
    assert not outcome.is_ok
    assert outcome.output == "why\n"


def test_step_gets_its_environment() -> None:
    command = (sys.executable, "-c", "import os; print(os.environ['DJANGO_SETTINGS_MODULE'])")
    outcome = lint.run(lint.Step("env", command, {"DJANGO_SETTINGS_MODULE": "some.settings"}))
    assert outcome.is_ok
    assert outcome.output == "some.settings\n"


def test_step_names_are_told_apart() -> None:
    names = [step.name for step in lint.steps()]
    assert len(names) == len(set(names))
