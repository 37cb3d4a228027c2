"""The processes that a demo starts: each with a log file, all ended by whoever started them."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from demo.ports import wait_until_open

ROOT = Path(__file__).resolve().parents[1]
_START_S = 60.0
_STOP_S = 15.0


class StepFailed(Exception):
    """A command failed or a server did not start; the text is for the person who started the demo."""


@dataclass(slots=True)
class Processes:
    """Children by name, in the order in which they were started. Each leads a session of its own, so that
    Ctrl-C reaches only the parent, which ends them in order.
    """

    logs: Path
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def run(self, name: str, command: Sequence[str], env: Mapping[str, str]) -> str:
        """Run to the end; its output. Raises StepFailed with the last lines."""
        done = subprocess.run(command, cwd=ROOT, env=dict(env), capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise StepFailed(f"{name} failed:\n{_tail(done.stdout + done.stderr)}")
        return done.stdout

    def run_together(self, commands: Mapping[str, Sequence[str]], env: Mapping[str, str]) -> dict[str, str]:
        """Run several at once; their outputs. Raises StepFailed for one that fails, after all have ended."""
        started = {
            name: subprocess.Popen(
                command, cwd=ROOT, env=dict(env), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
            )
            for name, command in commands.items()
        }
        outputs = {name: child.communicate()[0] for name, child in started.items()}
        for name, child in started.items():
            if child.returncode != 0:
                raise StepFailed(f"{name} failed:\n{_tail(outputs[name])}")
        return outputs

    def show(self, name: str, command: Sequence[str], env: Mapping[str, str]) -> None:
        """Run to the end with its output on ours. Raises StepFailed."""
        if subprocess.run(command, cwd=ROOT, env=dict(env), check=False).returncode != 0:
            raise StepFailed(f"{name} failed")

    def start(self, name: str, command: Sequence[str], env: Mapping[str, str], *, port: int = 0) -> None:
        """Start a server or loop; with a port, wait until it answers. Raises StepFailed."""
        path = self.logs / f"{name}.log"
        with path.open("ab") as log:
            child = subprocess.Popen(
                command, cwd=ROOT, env=dict(env), stdout=log, stderr=log, start_new_session=True
            )
        self.children[name] = child
        if port:
            self.await_port(name, port)

    def await_port(self, name: str, port: int) -> None:
        """Wait until a started server answers. Raises StepFailed when it ends, or not within a minute."""
        child = self.children[name]
        if not wait_until_open(port, timeout_s=_START_S, is_alive=lambda: child.poll() is None):
            raise StepFailed(f"{name} did not start:\n{self.tail(name)}")

    def ended(self) -> str | None:
        """The name of a child that has ended by itself."""
        return next((name for name, child in self.children.items() if child.poll() is not None), None)

    def tail(self, name: str) -> str:
        """The last lines of a child's log."""
        return _tail((self.logs / f"{name}.log").read_text(errors="replace"))

    def stop(self) -> None:
        """End all, the last started first; kill what does not end in time."""
        for child in reversed(self.children.values()):
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)
        until = time.monotonic() + _STOP_S
        for child in reversed(self.children.values()):
            try:
                child.wait(timeout=max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        self.children.clear()


def end_on_sigterm() -> None:
    """Let SIGTERM end this process as Ctrl-C does, so that what it started is ended too."""
    signal.signal(signal.SIGTERM, _interrupt)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def django(settings: str, *arguments: str) -> list[str]:
    """A management command under a settings module."""
    return [sys.executable, "-m", "django", *arguments, "--settings", settings]


def _tail(text: str, lines: int = 15) -> str:
    return "\n".join(text.rstrip().splitlines()[-lines:])
