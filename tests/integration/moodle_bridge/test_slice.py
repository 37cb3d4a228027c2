"""From a signed batch to a post in Moodle."""

import pytest
from django.test import Client

from moodle_bridge.models import InboxEvent, LedgerEntry
from tests.integration.moodle_bridge.fake_moodle import FakeMoodle
from tests.integration.moodle_bridge.world import World, comment, opening, post_batch, response


@pytest.mark.django_db
def test_a_thread_arrives_whole_and_in_order(client: Client, world: World, moodle: FakeMoodle) -> None:
    batch = [
        opening(),
        response(2, "r1", revision=2, number=1, subject="tomas"),
        comment(3, "c1", "r1", revision=3, number=2),
    ]
    answer = post_batch(client, batch)
    assert answer.status_code == 200, answer.content
    assert [r["status"] for r in answer.json()["results"]] == ["stored"] * 3
    world.now = InboxEvent.objects.latest("received_at").received_at
    world.drain()
    rows = [moodle.row_of(name) for name in ("t1", "r1", "c1")]
    assert [row.userid for row in rows] == [11, 12, 11]
    assert [row.parent for row in rows] == [0, rows[0].id, rows[1].id]
    assert rows[0].id < rows[1].id < rows[2].id
    assert LedgerEntry.objects.get(external_id="c1").post_id == rows[2].id
    assert set(InboxEvent.objects.values_list("state", flat=True)) == {"applied"}
    assert len(moodle.called("local_peerbridge_upsert_posts")) == 1
