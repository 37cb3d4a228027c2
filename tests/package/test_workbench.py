"""The blocks in xblock-sdk's workbench: a server of its own, asked as a browser asks."""

from __future__ import annotations

import json
import re
import subprocess
import time
import tomllib
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from tests.package.environments import ROOT, Environment
from tools.servers import free_port

pytestmark = pytest.mark.slow

BLOCKS = sorted(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["entry-points"]["xblock.v1"])
FRENCH = {"Accept-Language": "fr"}
START_S = 30


@pytest.fixture(scope="module")
def address(workbench: Environment) -> Iterator[str]:
    """The running workbench."""
    port = free_port()
    process = subprocess.Popen(
        [str(workbench.python), "-m", "django", "runserver", "--noreload", f"127.0.0.1:{port}"],
        cwd=workbench.folder,
        env=workbench.variables(DJANGO_SETTINGS_MODULE="peer_xblock.settings.workbench"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Until it answers. Raises AssertionError when the process ended or takes too long."""
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            requests.get(url, timeout=5)
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{url} did not answer, exit status {process.poll()}")


def page(address: str, block: str, view: str = "student_view") -> requests.Response:
    return requests.get(f"{address}/scenario/{block}.0/{view}/", headers=FRENCH, timeout=20)


def config_of(text: str) -> dict[str, Any]:
    """What the block's fragment hands to its element."""
    found = re.search(r'class="xblock_json_init_args">(.*?)</script>', text, re.DOTALL)
    assert found, text
    config: dict[str, Any] = json.loads(found[1])
    return config


def addresses_in(text: str) -> list[str]:
    """The scripts and styles of a page."""
    return re.findall(r"""<(?:script|link)[^>]* (?:src|href)=['"]([^'"]+)""", text)


@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize("view", ["student_view", "studio_view"])
def test_every_script_and_style_of_a_page_is_served(address: str, block: str, view: str) -> None:
    shown = page(address, block, view)
    assert shown.status_code == 200
    ours = [url for url in addresses_in(shown.text) if "/resource/" in url]
    assert ours
    statuses = {
        url: requests.get(f"{address}{url}", timeout=20).status_code for url in addresses_in(shown.text)
    }
    assert set(statuses.values()) == {200}, statuses


@pytest.mark.parametrize("block", BLOCKS)
def test_what_an_element_loads_later_is_served(address: str, block: str) -> None:
    config = config_of(page(address, block).text)
    names = [name for name in config if name.endswith("_url") and name != "call_url"]
    urls = [*config["css_urls"], *(config[name] for name in names)]
    assert "" not in urls
    assert {url: requests.get(f"{address}{url}", timeout=20).status_code for url in urls} == dict.fromkeys(
        urls, 200
    )


@pytest.mark.parametrize("block", BLOCKS)
def test_a_reader_of_french_gets_french(address: str, block: str) -> None:
    config = config_of(page(address, block).text)
    assert config["language"] == "fr"
    catalogue = requests.get(f"{address}{config['catalogue_url']}", timeout=20).json()
    assert len(catalogue) > 50


@pytest.mark.parametrize("block", BLOCKS)
def test_the_settings_form_is_in_french(address: str, block: str) -> None:
    form = page(address, block, "studio_view").text
    assert "peer-fr.json" in form
    assert "Titre" in form


@pytest.mark.parametrize("block", BLOCKS)
def test_a_refusal_is_in_french(address: str, block: str) -> None:
    """Through the handler, with the workbench's own protection against forged requests."""
    status, answer = call(address, block, "no_such_operation", {})
    assert status == 404
    assert "opération" in answer["error"]["message"]


def test_an_assignment_is_open(address: str) -> None:
    status, state = call(address, "peer_review", "open_activity", {})
    assert status == 200
    assert [step["state"] for step in state["steps"]] == ["current", "upcoming", "upcoming"]


def test_a_directory_is_open(address: str) -> None:
    status, directory = call(address, "expert_directory", "open_directory", {})
    assert status == 200
    assert directory["me"]["is_listed"] is False


def test_a_student_of_the_workbench_asks_and_is_named(address: str) -> None:
    values = {"client_key": "a1" * 16, "kind": "question", "title": "Pourquoi ?", "body": "Bonjour **tous**"}
    status, answer = call(address, "peer_discussion", "create_thread", values)
    assert status == 200
    assert answer["thread"]["author"]["name"] == "amina"


def call(address: str, block: str, operation: str, values: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """An operation as the element calls it: (status, JSON)."""
    session = requests.Session()
    shown = session.get(
        f"{address}/scenario/{block}.0/", params={"student": "amina"}, headers=FRENCH, timeout=20
    )
    url = urlsplit(config_of(shown.text)["call_url"])
    headers = {**FRENCH, "X-CSRFToken": session.cookies["csrftoken"]}
    path = f"{address}{url.path.rstrip('/')}/{operation}?{url.query}"
    answer = session.post(path, json=values, headers=headers, timeout=20)
    return answer.status_code, answer.json()
