"""The bridge's image and compose file: what they name is there, and no secret has a default."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
import yaml

from tests.package.environments import ROOT, Environment

pytestmark = pytest.mark.slow

DEPLOY = ROOT / "moodle_bridge/deploy"
DOCKERFILE = (DEPLOY / "image/Dockerfile").read_text()
COMPOSE = (DEPLOY / "compose/compose.yaml").read_text()
REQUIRED = {"BRIDGE_SECRET_KEYS", "BRIDGE_DJANGO_KEY", "BRIDGE_DATABASE_PASSWORD"}


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(COMPOSE)["services"]
    return loaded


def variables() -> dict[str, str]:
    """Each variable of the compose file, and what stands behind its name: `:?`, or `:-` and a default."""
    return dict(re.findall(r"\$\{(\w+)(:[^}]*)\}", COMPOSE))


def test_every_variable_is_in_the_example() -> None:
    example = dict(re.findall(r"^(\w+)=(.*)$", (DEPLOY / "compose/env.example").read_text(), re.MULTILINE))
    assert set(example) == set(variables())
    assert {name for name, value in example.items() if not value} >= REQUIRED


def test_no_secret_has_a_default() -> None:
    assert {variables()[name] for name in REQUIRED} == {":?"}


def test_tables_are_made_before_the_bridge_starts(services: dict[str, Any]) -> None:
    assert services["migrate"]["command"] == ["python", "-m", "moodle_bridge", "migrate"]
    assert services["migrate"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert services["bridge"]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}


def test_nothing_listens_beyond_the_machine_unless_asked(services: dict[str, Any]) -> None:
    assert services["bridge"]["ports"] == ["${BRIDGE_LISTEN:-127.0.0.1:8002}:8002"]
    assert "ports" not in services["database"]


def test_the_bridge_reads_what_it_is_given(services: dict[str, Any], bridge: Environment) -> None:
    given = {name: f"{name.lower()}.example.org" for name in services["bridge"]["environment"]}
    given |= {"DATABASE_URL": "postgres://bridge:pw@database:5432/bridge", "BRIDGE_HTTPS": "1"}
    shown = "s.DATABASES['default']['HOST'], *s.ALLOWED_HOSTS, s.SECRET_KEY"
    told = bridge.run("-c", f"from moodle_bridge import settings as s; print({shown})", **given).split()
    assert told == ["database", "bridge_allowed_hosts.example.org", "bridge_django_key.example.org"]


def test_a_missing_key_is_named(bridge: Environment) -> None:
    with pytest.raises(AssertionError, match="BRIDGE_SECRET_KEYS must be set"):
        bridge.run("-m", "moodle_bridge", "status", DATABASE_URL="postgres://bridge:pw@database:5432/bridge")


def test_the_image_installs_extras_that_exist() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    (asked,) = re.findall(r"\.whl\)\[([\w,]+)\]", DOCKERFILE)
    assert set(asked.split(",")) <= set(extras)


def test_the_image_asks_its_own_health(services: dict[str, Any], bridge: Environment) -> None:
    """By the address that the compose file allows."""
    (script,) = re.findall(r'HEALTHCHECK .*?CMD \["python", "-c", "(.*?)"\]', DOCKERFILE, re.DOTALL)
    bridge.run("-c", f"compile({script!r}, 'health', 'exec')")
    assert "http://127.0.0.1:8002/healthz" in script
    assert services["bridge"]["environment"]["BRIDGE_ALLOWED_HOSTS"].startswith("127.0.0.1,")


def test_the_image_never_runs_as_root() -> None:
    last = DOCKERFILE.split("FROM ")[-1]
    assert re.search(r"^USER 1000$", last, re.MULTILINE)
    assert "useradd --uid 1000" in last
