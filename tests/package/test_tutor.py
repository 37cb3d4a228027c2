"""Tutor's plugins: rendered by Tutor itself, in an environment of its own. What runs containers is a stand-in."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography.fernet import Fernet

from peer_xblock.domain.review.activity import FILE_BYTES_MAX
from peer_xblock.settings.common import DEFAULTS
from tests.package.environments import LOCKS, ROOT, Environment, made_once

pytestmark = pytest.mark.slow

SECRETS = (
    "PEER_SECRET_KEY",
    "PEER_BRIDGE_SECRET_KEY",
    "PEER_BRIDGE_DJANGO_KEY",
    "PEER_BRIDGE_DATABASE_PASSWORD",
)
CONTAINERS = """#!/bin/sh
case "$*" in
*" ls --format json") echo "[]" ;;
*) printf '%s\\n' "$*" >> "$CALLS" ;;
esac
"""


class Site:
    """One root of Tutor, with both plugins enabled."""

    def __init__(self, environment: Environment, root: Path) -> None:
        self._environment, self.root = environment, root

    def tutor(self, *arguments: str, **variables: str) -> str:
        """`tutor ...`: what it printed. Raises AssertionError when it fails."""
        plugins = self.root.with_suffix(".plugins")
        where = {"TUTOR_ROOT": str(self.root), "TUTOR_PLUGINS_ROOT": str(plugins)}
        return self._environment.run(
            str(self._environment.python.with_name("tutor")), *arguments, **where, **variables
        )

    def rendered(self, path: str) -> Any:
        """A YAML file of the rendered environment; a list when it holds several documents."""
        documents = [one for one in yaml.safe_load_all((self.root / "env" / path).read_text()) if one]
        return documents if path.startswith("k8s/") else documents[0]

    def services(self, *paths: str) -> dict[str, Any]:
        """The services of compose files, the later ones laid over the earlier as compose does."""
        merged: dict[str, Any] = {}
        for path in paths:
            for name, service in self.rendered(path)["services"].items():
                merged[name] = {**merged.get(name, {}), **service}
        return merged

    @property
    def config(self) -> dict[str, Any]:
        config: dict[str, Any] = yaml.safe_load((self.root / "config.yml").read_text())
        return config


@pytest.fixture(scope="session")
def tutor(shared: Path, wheel: Path) -> Environment:
    """Tutor with the wheel beside it, without what the wheel asks for."""

    def make(folder: Path) -> None:
        environment = Environment(folder)
        environment.install("-r", str(LOCKS / "tutor.txt"), "--no-deps", str(wheel))

    return Environment(made_once(shared / "tutor", make))


@pytest.fixture(scope="module")
def site(tutor: Environment, tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tutor, tmp_path_factory.mktemp("tutor") / "root")
    site.tutor("plugins", "enable", "peer", "peer_bridge")
    site.tutor("config", "save")
    return site


@pytest.fixture
def calls(site: Site, tmp_path: Path) -> dict[str, str]:
    """The environment in which `docker` writes down what it is asked for."""
    docker = tmp_path / "bin/docker"
    docker.parent.mkdir()
    docker.write_text(CONTAINERS)
    docker.chmod(0o755)
    path = f"{docker.parent}:/usr/bin:/bin"
    return {"PATH": path, "CALLS": str(tmp_path / "calls")}


def test_every_rendered_file_is_yaml(site: Site) -> None:
    paths = [path.relative_to(site.root / "env") for path in (site.root / "env").rglob("*.yml")]
    assert {str(path) for path in paths} >= {
        "local/docker-compose.yml",
        "dev/docker-compose.yml",
        "k8s/jobs.yml",
    }
    for path in paths:
        list(yaml.safe_load_all((site.root / "env" / path).read_text()))


def test_periodic_work_is_a_service(site: Site) -> None:
    service = site.services("local/docker-compose.yml")["peer-tick"]
    worker = site.services("local/docker-compose.prod.yml")["lms-worker"]
    assert service["command"] == ["./manage.py", "lms", "peer_tick", "--every", "60"]
    assert service["image"] == worker["image"]
    assert service["volumes"] == worker["volumes"]
    assert service["environment"] == worker["environment"]


def test_in_development_periodic_work_has_the_lms_of_development(site: Site) -> None:
    services = site.services("local/docker-compose.yml", "dev/docker-compose.yml")
    assert services["peer-tick"]["image"] == services["lms"]["image"]
    assert services["peer-tick"]["environment"]["DJANGO_SETTINGS_MODULE"] == "lms.envs.tutor.development"


@pytest.mark.parametrize("variant", ["lms", "cms"])
@pytest.mark.parametrize("mode", ["production", "development"])
def test_settings_hold_the_generated_key(site: Site, variant: str, mode: str) -> None:
    tree = ast.parse((site.root / f"env/apps/openedx/settings/{variant}/{mode}.py").read_text())
    found = {
        target.id: ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id.startswith("PEER_")
    }
    assert found == {
        "PEER_SECRET_KEYS": [site.config["PEER_SECRET_KEY"]],
        "PEER_NUDGE": True,
        "PEER_INDEX_DIR": "/openedx/data/peer_index",
    }
    assert set(found) <= set(DEFAULTS)


@pytest.mark.parametrize("name", ["PEER_SECRET_KEY", "PEER_BRIDGE_SECRET_KEY"])
def test_generated_keys_encrypt(site: Site, name: str) -> None:
    key = Fernet(site.config[name])
    assert key.decrypt(key.encrypt(b"whsec_")) == b"whsec_"


def test_each_site_has_secrets_of_its_own(site: Site, tutor: Environment, tmp_path: Path) -> None:
    other = Site(tutor, tmp_path / "root")
    other.tutor("plugins", "enable", "peer", "peer_bridge")
    other.tutor("config", "save")
    assert all(site.config[name] != other.config[name] for name in SECRETS)
    assert len({site.config[name] for name in SECRETS}) == len(SECRETS)


def test_secrets_stay_when_the_configuration_is_saved_again(site: Site) -> None:
    before = {name: site.config[name] for name in SECRETS}
    site.tutor("config", "save")
    assert {name: site.config[name] for name in SECRETS} == before


def test_a_former_key_still_decrypts(site: Site, tutor: Environment, tmp_path: Path) -> None:
    other = Site(tutor, tmp_path / "root")
    other.tutor("plugins", "enable", "peer")
    other.tutor("config", "save", "--set", 'PEER_FORMER_SECRET_KEYS=["former"]')
    settings = (other.root / "env/apps/openedx/settings/lms/production.py").read_text()
    assert f'PEER_SECRET_KEYS = ["{other.config["PEER_SECRET_KEY"]}", "former"]' in settings
    assert "peer-bridge" not in other.services("local/docker-compose.yml")


def test_the_image_installs_the_wheel_that_lies_beside_its_dockerfile(site: Site, wheel: Path) -> None:
    """Where it stays when the configuration is saved again."""
    placed = Path(shutil.copy(wheel, site.root / "env/build/openedx"))
    site.tutor("config", "save")
    assert placed.exists()
    dockerfile = (site.root / "env/build/openedx/Dockerfile").read_text()
    assert "COPY revisions.yml *.whl /openedx/peer/" in dockerfile
    assert f"$PIP_COMMAND install '/openedx/peer/{wheel.name}'" in dockerfile


def test_the_bridges_image_is_built_where_its_files_are(site: Site, calls: dict[str, str]) -> None:
    site.tutor("images", "build", "peer-bridge", "--no-registry-cache", **calls)
    (asked,) = Path(calls["CALLS"]).read_text().splitlines()
    folder = Path(asked.split()[-1])
    assert {path.name for path in folder.iterdir()} == {"Dockerfile", "requirements.txt"}
    pins = ROOT / "moodle_bridge/deploy/image"
    assert all(
        (folder / path.name).read_text().strip() == path.read_text().strip() for path in pins.iterdir()
    )


@pytest.mark.parametrize("place", ["compose", "job", "kubernetes", "kubernetes job"])
def test_the_bridge_starts_with_the_environment_that_it_is_given(
    site: Site, bridge: Environment, place: str
) -> None:
    """But for its database, which is another machine."""
    given = environment_of_bridge(site, place)
    assert given["DATABASE_URL"] == (
        f"mysql://peer_bridge:{site.config['PEER_BRIDGE_DATABASE_PASSWORD']}@mysql:3306/peer_bridge"
    )
    asking = "from moodle_bridge import settings as s; print(s.SECRET_KEY, *s.BRIDGE_SECRET_KEYS, *s.ALLOWED_HOSTS)"
    told = bridge.run("-c", asking, **{**given, "DATABASE_URL": "sqlite:///bridge.sqlite3"}).split()
    keys = [site.config["PEER_BRIDGE_DJANGO_KEY"], site.config["PEER_BRIDGE_SECRET_KEY"]]
    assert told == [*keys, "127.0.0.1", "peer-bridge", "bridge.local.openedx.io"]


def environment_of_bridge(site: Site, place: str) -> dict[str, str]:
    if place in ("compose", "job"):
        path, name = {
            "compose": ("local/docker-compose.yml", "peer-bridge"),
            "job": ("local/docker-compose.jobs.yml", "peer-bridge-job"),
        }[place]
        given: dict[str, str] = site.services(path)[name]["environment"]
        return given
    path, name = {
        "kubernetes": ("k8s/deployments.yml", "peer-bridge"),
        "kubernetes job": ("k8s/jobs.yml", "peer-bridge-job"),
    }[place]
    return {one["name"]: one["value"] for one in container_of(site, path, name)["env"]}


def container_of(site: Site, path: str, name: str) -> dict[str, Any]:
    (found,) = [one for one in site.rendered(path) if one["metadata"]["name"] == name]
    (container,) = found["spec"]["template"]["spec"]["containers"]
    return dict(container)


def test_in_kubernetes_periodic_work_runs_as_a_worker_does(site: Site) -> None:
    ours = container_of(site, "k8s/deployments.yml", "peer-tick")
    worker = container_of(site, "k8s/deployments.yml", "lms-worker")
    assert ours.pop("args") == ["./manage.py", "lms", "peer_tick", "--every", "60"]
    del worker["args"]
    assert {**ours, "name": "lms-worker"} == worker


def test_in_kubernetes_what_is_asked_for_the_bridge_reaches_it(site: Site) -> None:
    (service,) = [
        one for one in site.rendered("k8s/services.yml") if one["metadata"]["name"] == "peer-bridge"
    ]
    (deployment,) = [
        one for one in site.rendered("k8s/deployments.yml") if one["metadata"]["name"] == "peer-bridge"
    ]
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    assert service["spec"]["selector"].items() <= labels.items()
    (container,) = deployment["spec"]["template"]["spec"]["containers"]
    assert [port["port"] for port in service["spec"]["ports"]] == [
        port["containerPort"] for port in container["ports"]
    ]
    assert container["readinessProbe"]["httpGet"]["path"] == "/healthz"


def test_the_proxy_answers_for_the_bridge(site: Site) -> None:
    caddy = (site.root / "env/apps/caddy/Caddyfile").read_text()
    assert 'bridge.local.openedx.io{$default_site_port} {\n    import proxy "peer-bridge:8002"\n}' in caddy
    aliases = site.services("local/docker-compose.prod.yml")["caddy"]["networks"]["default"]["aliases"]
    assert "bridge.local.openedx.io" in aliases


def test_the_proxy_lets_files_through_that_a_review_takes(site: Site) -> None:
    caddy = (site.root / "env/apps/caddy/Caddyfile").read_text()
    (limit,) = re.findall(r"upload_file \{\s+request_body \{\s+max_size (\d+)MB", caddy)
    assert int(limit) * 1_000_000 > FILE_BYTES_MAX


def init(site: Site, plugin: str, calls: dict[str, str]) -> dict[str, str]:
    """What `tutor local do init` runs for the plugin: the script of each service."""
    site.tutor("local", "do", "init", f"--limit={plugin}", **calls)
    asked = Path(calls["CALLS"]).read_text()
    scripts = dict(re.findall(r"run --rm (?:-T )?(\S+) sh -e -c (.+?)(?=\ncompose|\Z)", asked, re.DOTALL))
    for script in scripts.values():
        subprocess.run(["sh", "-n", "-c", script], check=True)
    return scripts


def test_init_makes_the_tables_of_the_platform(site: Site, calls: dict[str, str]) -> None:
    scripts = init(site, "peer", calls)
    assert list(scripts) == ["lms-job", "cms-job"]
    assert all("migrate peer_xblock" in script for script in scripts.values())


def test_init_makes_the_bridges_database_and_then_its_tables(site: Site, calls: dict[str, str]) -> None:
    scripts = init(site, "peer_bridge", calls)
    assert list(scripts) == ["mysql-job", "peer-bridge-job"]
    assert "CREATE DATABASE IF NOT EXISTS peer_bridge CHARACTER SET utf8mb4;" in scripts["mysql-job"]
    assert scripts["peer-bridge-job"].strip() == "python -m moodle_bridge migrate"


def test_a_database_elsewhere_is_left_alone(
    tutor: Environment, calls: dict[str, str], tmp_path: Path
) -> None:
    other = Site(tutor, tmp_path / "root")
    other.tutor("plugins", "enable", "peer_bridge")
    elsewhere = "postgres://bridge:pw@db.example.org:5432/bridge"
    other.tutor("config", "save", "--set", f"PEER_BRIDGE_DATABASE_URL={elsewhere}")
    assert environment_of_bridge(other, "compose")["DATABASE_URL"] == elsewhere
    assert "CREATE DATABASE" not in init(other, "peer_bridge", calls)["mysql-job"]


def test_versions_are_those_of_the_wheel(site: Site, wheel: Path) -> None:
    listed = site.tutor("plugins", "list")
    version = wheel.name.split("-")[1]
    assert re.search(rf"^peer\s.*{re.escape(version)}", listed, re.MULTILINE)
    assert site.tutor("config", "printvalue", "PEER_VERSION").strip() == version
