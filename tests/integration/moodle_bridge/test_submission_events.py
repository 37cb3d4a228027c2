"""Works of a peer review: a bridge that does not mirror them keeps what it is sent, and holds up nobody."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from moodle_bridge.models import InboxEvent
from tests.integration.moodle_bridge.world import make_tenant, opening, post_batch

EXAMPLES = sorted((Path(__file__).parents[3] / "docs/events/examples/submission").glob("*.json"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_golden_example_is_kept(client: Client, db: None, path: Path) -> None:
    make_tenant()
    event: dict[str, Any] = json.loads(path.read_text())
    answer = post_batch(client, [event, opening()]).json()["results"]
    assert [result["status"] for result in answer] == ["stored", "stored"]
    kept = InboxEvent.objects.get(event_id=event["id"])
    assert (kept.state, kept.cause, kept.lane) == ("kept", "unknowntype", None)
