"""What `python -m demo run` refuses, each in one line, before it starts anything."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from demo.ports import HOST, free_port, is_taken
from demo.running import run


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PEER_DEMO_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


def refusal(environ: dict[str, str], capsys: pytest.CaptureFixture[str]) -> str:
    assert run(environ) == 2
    [line] = capsys.readouterr().out.splitlines()
    return line


@pytest.mark.usefixtures("state")
def test_taken_port_is_named_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        listener.listen()
        port = listener.getsockname()[1]
        assert refusal({"PORT": str(port - 2)}, capsys) == (
            f"demo: port {port} is taken; choose three free ones in a row with PORT="
        )


@pytest.mark.usefixtures("state")
@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({"PORT": "http"}, "demo: PORT=http: a number from 1024 to 65533"),
        ({"PORT": "80"}, "demo: PORT=80: a number from 1024 to 65533"),
        ({"MOODLE_URL": "https://moodle.test"}, "demo: MOODLE_URL and MOODLE_TOKEN belong together"),
    ],
)
def test_refuses_in_one_line(environ: dict[str, str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert refusal(environ, capsys) == told


def test_missing_seed_is_told_before_anything_is_started(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    port = free_port()
    assert run({"PORT": str(port), "SEED": str(state / "none.gz")}) == 2
    assert f"SEED={state / 'none.gz'}: there is no such file" in capsys.readouterr().out
    assert not is_taken(port)


def test_nobody_reading_is_no_error() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    code = "from demo.running import run; raise SystemExit(run({'PORT': '80'}))"
    done = subprocess.run([sys.executable, "-c", code], stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (2, b"")
