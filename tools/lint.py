"""Everything that a machine can judge without running a test: `python -m tools.lint`.

Each step prints its name and time, its output only when it fails. Two run at a time, the longest first.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AT_ONCE = 2
STANDIN = "^demo/standin/"
BRIDGE_TESTS = "^tests/.*/moodle_bridge/"


@dataclass(frozen=True, slots=True)
class Step:
    """A command that fails the lint when it fails. environment: what it sets beside ours."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a step ended. output holds both streams, in order."""

    step: Step
    is_ok: bool
    seconds: float
    output: str


def module(name: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", name, *arguments)


def types_step(name: str, settings: str, *paths: str) -> Step:
    """Strict types under one settings module, since django-stubs reads the models from it."""
    cache = f"--cache-dir=.mypy_cache/{name}"
    return Step(f"types of {name}", module("mypy", cache, *paths), {"DJANGO_SETTINGS_MODULE": settings})


def migrations_step(name: str, settings: str) -> Step:
    command = module("django", "makemigrations", "--check", "--dry-run")
    return Step(
        f"migrations of {name}", command, {"DJANGO_SETTINGS_MODULE": settings, "PYTHONPATH": str(ROOT)}
    )


def bridge_tests() -> list[str]:
    """The folders of tests that see the bridge's models."""
    return sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests").glob("*/moodle_bridge"))


def steps() -> list[Step]:
    """The longest first, so that two at a time end together."""
    return [
        types_step(
            "peer", "tests.settings", "peer_xblock", "tools", "tests", "bench", "--exclude", BRIDGE_TESTS
        ),
        types_step("campus", "demo.campus.settings", "demo", "--exclude", STANDIN),
        types_step("stand-in", "demo.standin.settings", "demo/standin"),
        types_step("bridge", "tests.settings_bridge", "moodle_bridge", *bridge_tests()),
        Step("front end: types, bundles fresh", module("tools.frontend", "types", "check")),
        migrations_step("peer_xblock", "tests.settings"),
        migrations_step("moodle_bridge", "tests.settings_bridge"),
        migrations_step("the campus", "demo.campus.settings"),
        migrations_step("the stand-in", "demo.standin.settings"),
        Step("import contracts", (str(Path(sys.executable).parent / "lint-imports"), "--no-logo")),
        Step("catalogues fresh", module("tools.catalogues", "check")),
        Step("ruff", module("ruff", "check", ".")),
        Step("format", module("ruff", "format", "--check", ".")),
        Step("sizes", module("tools.sizes")),
        Step("coverage floor", module("tools.floor")),
    ]


def run(step: Step) -> Outcome:
    """Run one step and say how it ended."""
    started = time.monotonic()
    done = subprocess.run(
        step.command,
        cwd=ROOT,
        env={**os.environ, **step.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    outcome = Outcome(step, done.returncode == 0, time.monotonic() - started, done.stdout)
    print(f"{'ok  ' if outcome.is_ok else 'FAIL'} {outcome.seconds:6.1f} s  {step.name}", flush=True)
    return outcome


def main() -> int:
    """1 when any step failed, its output at the end."""
    started = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        outcomes = list(pool.map(run, steps()))
    failed = [outcome for outcome in outcomes if not outcome.is_ok]
    for outcome in failed:
        print(f"\n--- {outcome.step.name}\n{outcome.output}")
    print(f"lint: {len(outcomes)} steps, {len(failed)} failed, {time.monotonic() - started:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
