"""`python -m moodle_bridge`: the commands, and the running process."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from moodle_bridge.__main__ import main
from moodle_bridge.models import CourseMap, GroupMap, MoodleSite, SpaceMap, Tenant
from tests.integration.moodle_bridge.world import SECRET, opening, sign

ROOT = Path(__file__).parents[3]
SETUP = [
    *[
        "setup",
        "--tenant",
        "demo",
        "--secret",
        SECRET,
        "--moodle-url",
        "http://127.0.0.1:9/",
        "--moodle-token",
        "t",
    ],
    *["--context", "course-v1:A+B+C", "--course", "2", "--forum", "3"],
]


@pytest.mark.django_db
def test_setup_may_be_repeated_and_changed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*SETUP, "--group", "cohort:1=5"]) == 0
    assert main([*SETUP, "--group", "cohort:1=6", "--space", "s1=9", "--issuer", "https://id.test"]) == 0
    assert Tenant.objects.get().issuer == "https://id.test"
    assert MoodleSite.objects.get().base_url == "http://127.0.0.1:9"
    assert CourseMap.objects.get().course_id == 2
    assert set(SpaceMap.objects.values_list("space_id", "forum_id", "separates_groups")) == {
        ("", 3, True),
        ("s1", 9, True),
    }
    assert GroupMap.objects.get().moodle_group_id == 6


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (["--group", "cohort=one"], "cohort=one"),
        (["--tenant", "A B"], "slug"),
        (["--moodle-url", "ftp://x"], "base_url"),
    ],
)
def test_setup_says_what_is_wrong(change: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*SETUP, *change]) == 1
    assert said in capsys.readouterr().out
    assert not Tenant.objects.exists()


@pytest.mark.django_db
def test_status_is_json_and_fails_while_nothing_is_delivered(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status"]) == 1
    assert json.loads(capsys.readouterr().out)["problems"] == ["delivery is not running"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.mark.slow
def test_the_process_receives_and_stops_gracefully(tmp_path: Path) -> None:
    port = free_port()
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    environment |= {"BRIDGE_STATE_DIR": str(tmp_path), "BRIDGE_PORT": str(port)}

    def run(*arguments: str) -> None:
        subprocess.run(
            [sys.executable, "-m", "moodle_bridge", *arguments], cwd=ROOT, env=environment, check=True
        )

    run("migrate")
    run(*SETUP)
    command = [sys.executable, "-m", "moodle_bridge", "run"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert f":{port}" in process.stdout.readline()
        body = json.dumps({"events": [opening(slug="demo")]}).encode()
        answer = requests.post(
            f"http://127.0.0.1:{port}/v1/demo/events", body, headers=sign(body), timeout=10
        )
        assert answer.json()["results"][0]["status"] == "stored"
        assert requests.get(f"http://127.0.0.1:{port}/healthz", timeout=10).json()["is_alive"]
        started = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        assert time.monotonic() - started < 20
    taken = socket.create_server(("127.0.0.1", port))
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=30
        )
    finally:
        taken.close()
    assert done.returncode == 1
    assert "choose another BRIDGE_PORT" in done.stdout
