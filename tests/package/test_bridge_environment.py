"""The bridge, installed by the wheel's extra: its tables, its pages, its end."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import time
from collections.abc import Iterator

import pytest
import requests

from tests.package.environments import Environment
from tools.servers import free_port

pytestmark = pytest.mark.slow

FRENCH = {"Accept-Language": "fr"}


@pytest.fixture(scope="module")
def process(bridge: Environment) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The running bridge and its address."""
    port = str(free_port())
    command = [str(bridge.python), "-m", "moodle_bridge", "run"]
    variables = bridge.variables(BRIDGE_PORT=port)
    with subprocess.Popen(
        command, cwd=bridge.folder, env=variables, stdout=subprocess.PIPE, text=True
    ) as running:
        try:
            assert running.stdout is not None
            assert "listens" in running.stdout.readline()
            yield running, f"http://127.0.0.1:{port}"
        finally:
            running.kill()


def test_migrations_are_complete(bridge: Environment) -> None:
    check = ["-m", "django", "makemigrations", "--check", "--dry-run", "moodle_bridge"]
    assert "No changes" in bridge.run(*check, DJANGO_SETTINGS_MODULE="moodle_bridge.settings")


def test_status_is_told_before_anything_runs(bridge: Environment) -> None:
    told = subprocess.run(
        [str(bridge.python), "-m", "moodle_bridge", "status"],
        cwd=bridge.folder,
        env=bridge.variables(DATABASE_URL="sqlite:///other.sqlite3"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 1
    assert json.loads(told.stdout)["is_alive"] is False


def test_the_admin_is_served_in_french_with_its_styles(process: tuple[subprocess.Popen[str], str]) -> None:
    _, address = process
    page = requests.get(f"{address}/admin/login/", headers=FRENCH, timeout=20)
    assert 'lang="fr"' in page.text
    styles = re.findall(r'href="(/static/[^"]+\.css)"', page.text)
    assert styles
    assert {requests.get(f"{address}{url}", timeout=20).status_code for url in styles} == {200}


def test_it_becomes_useful_and_ends_when_asked(process: tuple[subprocess.Popen[str], str]) -> None:
    running, address = process
    deadline = time.monotonic() + 20
    while requests.get(f"{address}/healthz?useful=1", timeout=20).status_code != 200:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    running.send_signal(signal.SIGTERM)
    assert running.wait(timeout=20) == 0
