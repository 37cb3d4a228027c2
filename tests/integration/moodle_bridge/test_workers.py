"""Several workers at once, tasks, and what is done now and then."""

from datetime import timedelta
from random import Random
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from moodle_bridge import housekeeping
from moodle_bridge.delivery import Tools, deliver_due
from moodle_bridge.delivery.claiming import LEASE, claim_lanes, renew
from moodle_bridge.health import beat, measure
from moodle_bridge.inbox import store
from moodle_bridge.models import Heartbeat, InboxEvent, Lane, MoodleSite
from moodle_bridge.tasks import deliver, keep_house
from tests.integration.moodle_bridge.fake_moodle import FakeMoodle
from tests.integration.moodle_bridge.world import World, make_event, make_tenant, opening, response


@pytest.mark.django_db
def test_a_claimed_lane_is_not_claimed_again_before_its_lease_ends(world: World) -> None:
    world.send(opening())
    first = claim_lanes(world.tenant, now=world.now, limit=10)
    assert len(first.lanes) == 1
    assert not claim_lanes(world.tenant, now=world.now, limit=10).lanes
    second = claim_lanes(world.tenant, now=world.now + LEASE + timedelta(seconds=1), limit=10)
    assert len(second.lanes) == 1
    assert not renew(first, now=world.now)
    assert renew(second, now=world.now)


@pytest.mark.django_db
def test_a_worker_that_was_killed_loses_nothing(world: World, moodle: FakeMoodle) -> None:
    world.send(opening())
    claim_lanes(world.tenant, now=world.now, limit=10)
    world.drain()
    assert world.state(1) == "pending"
    world.pass_time(seconds=LEASE.total_seconds() + 1)
    world.drain()
    assert world.state(1) == "applied"


@pytest.mark.databases
@pytest.mark.django_db(transaction=True)
def test_workers_at_once_deliver_each_post_once(moodle: FakeMoodle) -> None:
    tenant = make_tenant(mode="plugin")
    now = timezone.now()
    for thread in range(12):
        events = [make_event(thread * 100, f"t{thread}", thread=f"t{thread}")]
        events += [
            make_event(
                thread * 100 + n,
                f"t{thread}r{n}",
                thread=f"t{thread}",
                revision=n + 1,
                number=n,
                depth=1,
                parent=f"t{thread}",
            )
            for n in range(1, 6)
        ]
        store(tenant, events, now=now)
    barrier = Barrier(4)

    def work(seed: int) -> None:
        tools = Tools(rng=Random(seed))
        barrier.wait()
        while Lane.objects.filter(due_at__isnull=False).exists():
            deliver_due(tools)
        connection.close()

    threads = [Thread(target=work, args=(seed,)) for seed in range(4)]
    for thread_ in threads:
        thread_.start()
    for thread_ in threads:
        thread_.join(60)
    assert InboxEvent.objects.filter(state="applied").count() == 72
    items = [
        params["items"].count('"externalid"') for params in moodle.called("local_peerbridge_upsert_posts")
    ]
    assert sum(items) == 72
    assert len(moodle.posts) == 72


@pytest.mark.databases
@pytest.mark.django_db(transaction=True)
def test_an_event_that_arrives_while_its_lane_is_put_to_sleep_is_not_forgotten(moodle: FakeMoodle) -> None:
    world = World(make_tenant(mode="plugin"))
    world.tools.clock = timezone.now
    stop = False

    def work() -> None:
        while not stop:
            deliver_due(world.tools)
        connection.close()

    worker = Thread(target=work)
    worker.start()
    store(world.tenant, [opening()], now=timezone.now())
    for n in range(1, 25):
        store(world.tenant, [response(n + 1, f"r{n}", revision=n + 1, number=n)], now=timezone.now())
    deadline = timezone.now() + timedelta(seconds=30)
    while InboxEvent.objects.filter(state="pending").exists() and timezone.now() < deadline:
        pass
    stop = True
    worker.join(30)
    assert not InboxEvent.objects.exclude(state="applied").exists()
    assert Lane.objects.get().due_at is None


@pytest.mark.django_db(transaction=True)
def test_the_celery_tasks_do_the_same_rounds(moodle: FakeMoodle) -> None:
    world = World(make_tenant())
    store(world.tenant, [opening()], now=timezone.now())
    assert deliver.delay().get() == 1
    keep_house.delay().get()
    assert world.state(1) == "applied"
    assert set(Heartbeat.objects.values_list("name", flat=True)) == {"delivery", "housekeeping"}


@pytest.mark.django_db
def test_bodies_are_blanked_a_week_after_they_were_applied(world: World, moodle: FakeMoodle) -> None:
    world.send(opening(html="<p>planted</p>"))
    world.drain()
    housekeeping.run(now=world.now + timedelta(days=6, hours=23))
    assert "planted" in InboxEvent.objects.get().body
    housekeeping.run(now=world.now + timedelta(days=7, minutes=1))
    event = InboxEvent.objects.get()
    assert (event.body, len(event.body_hash)) == ("", 64)
    assert [r.status for r in world.send(opening(html="<p>planted</p>"))] == ["duplicate"]
    assert [r.status for r in world.send(opening(html="<p>other</p>"))] == ["conflict"]


@pytest.mark.django_db
def test_health_knows_alive_from_useful(world: World) -> None:
    now = world.now
    assert measure(now=now).problems == ("delivery is not running",)
    beat("delivery", now=now)
    assert measure(now=now).is_useful
    MoodleSite.objects.update(stop_code="invalidtoken")
    world.send(opening())
    health = measure(now=now + timedelta(seconds=30))
    assert (health.is_alive, health.is_useful) == (True, False)
    assert health.problems[0].endswith("is stopped: invalidtoken")
    assert (health.last_round_age_s, health.oldest_due_age_s, health.pending) == (30, 30, 1)
