"""Moodle down, slow, refusing, lying: what waits, what is given up, what stops, and that the rest goes on."""

from typing import Any

import pytest
import requests
from cryptography.fernet import Fernet

from moodle_bridge.delivery import deliver_due
from moodle_bridge.models import Counter, InboxEvent, Lane, LedgerEntry, MoodleSite
from moodle_bridge.replay import dismiss, replay
from tests.integration.moodle_bridge.fake_moodle import FakeMoodle, error
from tests.integration.moodle_bridge.world import World, comment, make_event, make_tenant, opening, response

pytestmark = pytest.mark.django_db

JSON = {"Content-Type": "application/json"}
HTML = (200, {"Content-Type": "text/html"}, "<html><body>Welcome to the campus</body></html>")


def known_site(world: World, moodle: FakeMoodle) -> None:
    """One post delivered, so that the next call is the delivery itself."""
    world.send(make_event(900, "t900", thread="t900", revision=1))
    world.drain()
    moodle.calls.clear()


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        (requests.exceptions.ConnectionError(), "connection"),
        (requests.exceptions.ReadTimeout(), "timeout"),
        ((503, {}, "<h1>maint</h1>"), "http503"),
        ((502, {}, ""), "http502"),
        ((200, JSON, '{"exception": "e", "errorcode": "sitemaintenance", "message": ""}'), "sitemaintenance"),
        (HTML, "html"),
        ((200, JSON, "null"), "unexpected"),
        ((200, JSON, '[{"externalid": "t1", "sta'), "truncated"),
        ((200, JSON, '{"exception": "Error", "message": "Call to a member function on null"}'), "phpfatal"),
        ((200, JSON, "[]"), "unexpected"),
        ((200, JSON, '[{"externalid": "someoneelse", "status": "created"}]'), "unexpected"),
    ],
)
def test_trouble_that_passes_is_tried_again_without_loss(
    world: World, moodle: FakeMoodle, fault: Any, cause: str
) -> None:
    known_site(world, moodle)
    moodle.faults = [fault]
    world.send(opening())
    world.deliver()
    assert world.state(1) == "pending"
    assert Lane.objects.get(thread="t1").cause == cause
    assert world.deliver() == 0
    world.pass_time(minutes=6)
    world.drain()
    assert world.state(1) == "applied"
    assert len(moodle.posts) == 2


def test_a_lost_answer_leaves_one_post(world: World, moodle: FakeMoodle) -> None:
    known_site(world, moodle)
    moodle.faults = ["lose", "lose", "lose"]
    world.send(opening(), response(2, "r1", revision=2, number=1))
    for _ in range(4):
        world.deliver()
        world.pass_time(minutes=10)
    world.drain()
    assert len(moodle.posts) == 3
    assert Counter.objects.get(name="moodle:unchanged").value == 2


def test_retry_after_is_honoured(world: World, moodle: FakeMoodle) -> None:
    known_site(world, moodle)
    moodle.faults = [(503, {"Retry-After": "1200"}, "")]
    world.send(opening())
    world.deliver()
    world.pass_time(minutes=19)
    assert world.deliver() == 0
    world.pass_time(minutes=2)
    assert world.deliver() == 1


def test_a_site_that_is_away_is_asked_once_not_once_a_lane(world: World, moodle: FakeMoodle) -> None:
    known_site(world, moodle)
    moodle.faults = [requests.exceptions.ConnectionError()] * 50
    world.send(*[make_event(n, f"t{n}", thread=f"t{n}") for n in range(1, 60)])
    world.deliver()
    world.deliver()
    assert len(moodle.faults) == 49


@pytest.mark.parametrize(
    "fault",
    [
        (200, JSON, '{"exception": "e", "errorcode": "invalidtoken", "message": ""}'),
        (200, JSON, '{"exception": "e", "errorcode": "wsaccessusersuspended", "message": ""}'),
        (403, {}, ""),
        (301, {"Location": "https://evil.test/"}, ""),
        (404, {}, "<html>nothing here</html>"),
    ],
)
def test_a_connection_that_must_be_mended_stops_the_site(
    world: World, moodle: FakeMoodle, fault: Any
) -> None:
    known_site(world, moodle)
    moodle.faults = [fault]
    world.send(opening())
    world.deliver()
    assert world.site().stop_code
    world.pass_time(days=2)
    assert world.deliver() == 0
    assert world.state(1) == "pending"
    site = world.site()
    site.reopen()
    site.save()
    world.drain()
    assert world.state(1) == "applied"


def test_a_token_that_no_key_opens_stops_the_site(world: World, moodle: FakeMoodle, settings: Any) -> None:
    world.send(opening())
    keys, settings.BRIDGE_SECRET_KEYS = settings.BRIDGE_SECRET_KEYS, [Fernet.generate_key().decode()]
    world.deliver()
    assert (world.state(1), world.site().stop_code) == ("pending", "tokenunreadable")
    settings.BRIDGE_SECRET_KEYS = keys
    MoodleSite.objects.update(stop_code="")
    world.pass_time(minutes=2)
    world.drain()
    assert world.state(1) == "applied"


def test_a_plugin_that_was_removed_stops_the_site(world: World, moodle: FakeMoodle) -> None:
    known_site(world, moodle)
    moodle.has_plugin = False
    world.send(opening())
    world.deliver()
    assert world.site().stop_code == "pluginmissing"


def test_a_paused_site_accumulates(world: World, moodle: FakeMoodle) -> None:
    MoodleSite.objects.update(is_paused=True)
    world.send(opening())
    assert world.deliver() == 0
    MoodleSite.objects.update(is_paused=False)
    world.drain()
    assert world.state(1) == "applied"


def test_a_lookup_of_people_that_comes_to_nothing_is_tried_again_soon(
    world: World, moodle: FakeMoodle
) -> None:
    moodle.faults = [None, HTML]
    world.send(opening())
    world.deliver()
    assert world.state(1) == "pending"
    world.pass_time(seconds=3)
    world.drain()
    assert moodle.row_of("t1").userid == 11


def test_a_lookup_of_people_that_is_refused_attributes(world: World, moodle: FakeMoodle) -> None:
    moodle.faults = [None, (200, JSON, '{"exception": "e", "errorcode": "nopermissions", "message": ""}')]
    world.send(opening())
    world.drain()
    assert moodle.row_of("t1").userid == 0
    assert Counter.objects.filter(name="attributed:matchunreadable").exists()


def test_participants_that_cannot_be_read_are_left_to_the_plugin(world: World, moodle: FakeMoodle) -> None:
    moodle.faults = [
        None,
        None,
        (200, JSON, '{"exception": "e", "errorcode": "accessexception", "message": ""}'),
    ]
    world.send(opening())
    world.drain()
    assert (moodle.row_of("t1").userid, world.site().stop_code) == (11, "")


# --- refusals


def test_a_refusal_is_a_dead_letter_and_the_lane_goes_on(world: World, moodle: FakeMoodle) -> None:
    known_site(world, moodle)
    moodle.item_errors["r1"] = ["invaliditem"]
    world.send(
        opening(),
        response(2, "r1", revision=2, number=1),
        comment(3, "c1", "r1", revision=3, number=2),
        response(4, "r2", revision=4, number=3),
    )
    world.drain()
    assert [world.state(n) for n in (1, 2, 3, 4)] == ["applied", "dead", "waiting", "applied"]
    assert world.cause(2) == "invaliditem"
    assert Counter.objects.get(name="dead:invaliditem").value == 1
    assert replay(InboxEvent.objects.filter(state="dead"), now=world.now) == 1
    world.drain()
    assert [world.state(2), world.state(3)] == ["applied", "applied"]


def test_a_newer_state_replaces_a_dead_letter(world: World, moodle: FakeMoodle) -> None:
    known_site(world, moodle)
    moodle.item_errors["t1"] = ["invaliditem"]
    world.send(opening())
    world.drain()
    world.send(opening(2, revision=2))
    world.drain()
    assert [world.state(1), world.state(2)] == ["superseded", "applied"]


def test_a_dismissed_event_is_never_sent(world: World, moodle: FakeMoodle) -> None:
    known_site(world, moodle)
    moodle.item_errors["t1"] = ["invaliditem"]
    world.send(opening())
    world.drain()
    assert dismiss(InboxEvent.objects.filter(state="dead"), now=world.now) == 1
    assert replay(InboxEvent.objects.all(), now=world.now) == 0
    assert world.state(1) == "dismissed"


def test_the_one_that_spoils_a_batch_is_found(world: World, moodle: FakeMoodle) -> None:
    known_site(world, moodle)
    original = moodle.local_peerbridge_upsert_posts

    def refuse_r5(params: dict[str, Any]) -> Any:
        return error("invalidparameter") if '"externalid":"r5"' in params["items"] else original(params)

    moodle.local_peerbridge_upsert_posts = refuse_r5  # type: ignore[method-assign]  # a Moodle with a flaw
    world.send(opening(), *[response(n + 1, f"r{n}", revision=n + 1, number=n) for n in range(1, 10)])
    world.drain()
    assert InboxEvent.objects.filter(state="dead").values_list("subject", flat=True).get() == "r5"
    assert InboxEvent.objects.filter(state="applied", lane__thread="t1").count() == 9


def test_a_transient_failure_holds_back_the_rest_of_its_lane_only(world: World, moodle: FakeMoodle) -> None:
    known_site(world, moodle)
    moodle.item_errors["t1"] = ["conflict"]
    world.send(opening(), make_event(5, "t5", thread="t5"))
    world.deliver()
    assert [world.state(1), world.state(5)] == ["pending", "applied"]
    lane = Lane.objects.get(thread="t1")
    assert (lane.attempts, lane.cause) == (1, "conflict")
    assert lane.due_at is not None
    assert 0 < (lane.due_at - world.now).total_seconds() <= 2


def test_an_item_that_always_fails_is_given_up_while_the_site_is_well(
    world: World, moodle: FakeMoodle
) -> None:
    known_site(world, moodle)
    moodle.item_errors["t1"] = ["conflict"] * 50
    world.send(opening())
    for _ in range(14):
        world.drain()
        world.pass_time(minutes=6)
    assert (world.state(1), world.cause(1)) == ("dead", "gaveup:conflict")


def test_nothing_is_given_up_while_the_site_answers_nobody(world: World, moodle: FakeMoodle) -> None:
    known_site(world, moodle)
    moodle.faults = [HTML] * 200
    world.send(*[make_event(n, f"t{n}", thread=f"t{n}") for n in range(1, 6)])
    for _ in range(40):
        world.deliver()
        world.pass_time(minutes=6)
    assert not InboxEvent.objects.filter(state="dead").exists()
    moodle.faults = []
    world.pass_time(minutes=6)
    world.drain()
    assert len(moodle.posts) == 6


def test_a_lane_that_fails_again_and_again_travels_alone(world: World, moodle: FakeMoodle) -> None:
    known_site(world, moodle)
    original = moodle.local_peerbridge_upsert_posts

    def poisoned(params: dict[str, Any]) -> Any:
        if '"externalid":"t1"' in params["items"]:
            return {"exception": "Error", "message": "Allowed memory size exhausted"}
        return original(params)

    moodle.local_peerbridge_upsert_posts = poisoned  # type: ignore[method-assign]  # a Moodle with a flaw
    world.send(*[make_event(n, f"t{n}", thread=f"t{n}") for n in range(1, 10)])
    for _ in range(4):
        world.deliver()
        world.pass_time(minutes=6)
    assert (
        InboxEvent.objects.filter(state="applied", lane__thread__in=[f"t{n}" for n in range(2, 10)]).count()
        == 8
    )
    for _ in range(12):
        world.deliver()
        world.pass_time(minutes=6)
    assert (world.state(1), world.cause(1)) == ("dead", "gaveup:phpfatal")


def test_another_tenant_does_not_wait_for_a_dead_moodle(world: World, moodle: FakeMoodle) -> None:
    known_site(world, moodle)
    other = World(make_tenant("globex"))
    MoodleSite.objects.filter(tenant=other.tenant).update(mode="plugin")
    MoodleSite.objects.filter(tenant=world.tenant).update(base_url="http://127.0.0.1:1")
    world.send(opening())
    other.send(opening(2, slug="globex", post="g1", thread="g1", subject=None))
    other.drain()
    assert [world.state(1), world.state(2)] == ["pending", "applied"]


# --- order


def test_a_hole_is_waited_for_and_then_passed(world: World, moodle: FakeMoodle) -> None:
    world.send(opening())
    world.drain()
    world.send(response(3, "r2", revision=3, number=2))
    world.drain()
    lane = Lane.objects.get()
    assert (world.state(3), lane.cause) == ("pending", "hole")
    world.pass_time(minutes=11)
    world.drain()
    assert world.state(3) == "applied"
    assert Lane.objects.get().holes == 1
    world.send(response(2, "r1", revision=2, number=1))
    world.drain()
    assert world.state(2) == "applied"


def test_what_fills_a_hole_in_time_goes_first(world: World, moodle: FakeMoodle) -> None:
    world.send(opening())
    world.drain()
    world.send(response(3, "r2", revision=3, number=2))
    world.drain()
    world.send(response(2, "r1", revision=2, number=1))
    world.drain()
    assert moodle.row_of("r1").id < moodle.row_of("r2").id
    assert Lane.objects.get().holes == 0


def test_a_lane_that_begins_late_does_not_wait(world: World, moodle: FakeMoodle) -> None:
    world.send(opening(revision=17))
    world.drain()
    assert world.state(1) == "applied"


def test_two_hundred_events_of_one_thread_arrive_in_order(world: World, moodle: FakeMoodle) -> None:
    world.send(opening(), *[response(n + 1, f"r{n}", revision=n + 1, number=n) for n in range(1, 100)])
    world.send(*[response(n + 1, f"r{n}", revision=n + 1, number=n) for n in range(100, 300)])
    world.drain()
    ids = [moodle.row_of(f"r{n}").id for n in range(1, 300)]
    assert ids == sorted(ids)
    assert LedgerEntry.objects.filter(presence="present").count() == 300


def test_a_fault_of_our_own_spoils_one_lane_only(world: World, moodle: FakeMoodle) -> None:
    known_site(world, moodle)
    world.send(opening(), make_event(5, "t5", thread="t5"))
    InboxEvent.objects.filter(subject="t1").update(body='{"data": "not what was checked"}')
    for _ in range(16):
        deliver_due(world.tools)
        world.pass_time(minutes=6)
    assert world.state(5) == "applied"
    assert (world.state(1), world.cause(1)) == ("dead", "internal")
