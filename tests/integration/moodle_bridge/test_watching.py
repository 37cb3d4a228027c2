"""The health page and the figures know of both ways, and say nothing of people."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client

from moodle_bridge.health import beat, measure
from moodle_bridge.models import Comparison, InboundLine, InboundPost, State
from tests.integration.moodle_bridge.test_inbound import open_way_back
from tests.integration.moodle_bridge.world import World, opening

DEPLOY = Path(__file__).parents[3] / "moodle_bridge/deploy/monitoring"


@pytest.fixture
def line(world: World) -> InboundLine:
    """A way back that was read a minute ago, on a bridge that delivers."""
    open_way_back(world.tenant)
    beat("delivery", now=world.now)
    return InboundLine.objects.create(site=world.site(), due_at=world.now, read_at=world.now)


def figures(client: Client, settings: Any) -> str:
    settings.BRIDGE_METRICS_TOKEN = "t"
    answer = client.get("/metrics", headers={"Authorization": "Bearer t"})
    assert answer["Content-Type"].startswith("text/plain")
    return str(answer.content.decode())


def test_a_way_back_that_is_read_is_well(world: World, line: InboundLine) -> None:
    world.pass_time(minutes=1)
    health = measure(now=world.now)
    assert (health.problems, health.last_read_age_s) == ((), 60.0)


def test_a_way_back_that_fails_or_is_not_read_is_a_problem(world: World, line: InboundLine) -> None:
    InboundLine.objects.update(failures=3, cause="lmssignature")
    fails = f"the way back of site {line.site_id} fails: lmssignature"
    assert measure(now=world.now).problems == (fails,)
    InboundLine.objects.update(failures=0)
    world.pass_time(minutes=11)
    beat("delivery", now=world.now)
    assert measure(now=world.now).problems == (f"the way back of site {line.site_id} is not read",)


def test_without_the_token_there_are_no_figures(client: Client, world: World, settings: Any) -> None:
    assert client.get("/metrics").status_code == 404
    settings.BRIDGE_METRICS_TOKEN = "t"
    assert client.get("/metrics", headers={"Authorization": "Bearer é"}).status_code == 404


def test_figures_by_tenant_and_moodle(client: Client, world: World, line: InboundLine, settings: Any) -> None:
    world.send(opening())
    site = line.site_id
    now = {"received_at": world.now, "forum_id": 7, "discussion_id": 1}
    InboundPost.objects.create(site_id=site, post_id=1, revision=1, state=State.DEAD, **now)
    Comparison.objects.create(site_id=site, forum_id=7, compared_at=world.now, decision="copied")
    text = figures(client, settings)
    for line_ in (
        'moodle_bridge_events{state="pending",tenant="acme"} 1.0',
        f'moodle_bridge_site_up{{site="{site}",tenant="acme",why=""}} 1.0',
        f'moodle_bridge_inbound{{site="{site}",state="dead",tenant="acme"}} 1.0',
        f'moodle_bridge_decisions{{site="{site}"}} 1.0',
    ):
        assert line_ in text
    assert "Amina" not in text


def test_alerts_and_dashboard_ask_for_figures_that_there_are(
    client: Client, world: World, line: InboundLine, settings: Any
) -> None:
    known = set(re.findall(r"^# TYPE (\w+)", figures(client, settings), re.M))
    rules = yaml.safe_load((DEPLOY / "alerts.yaml").read_text())["groups"][0]["rules"]
    panels = json.loads((DEPLOY / "dashboard.json").read_text())["panels"]
    asked = [rule["expr"] for rule in rules] + [t["expr"] for p in panels for t in p["targets"]]
    assert set(re.findall(r"moodle_bridge_\w+", " ".join(asked))) <= known
