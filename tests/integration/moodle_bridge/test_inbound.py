"""What people write in Moodle reaches the LMS once, in order, whatever is lost on the way; what is ours does not."""

import json
from collections.abc import Iterator
from random import Random
from typing import Any

import hypothesis.strategies as st
import pytest
import requests
import responses
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.extra.django import TestCase

from moodle_bridge.inbound import bring_back
from moodle_bridge.inbound.rounds import Tools
from moodle_bridge.models import InboundLine, InboundPost, LedgerEntry, SpaceMap, Tenant
from moodle_bridge.replay import replay_inbound
from tests.integration.moodle_bridge.fake_lms import URL, FakeLms
from tests.integration.moodle_bridge.fake_moodle import FakeMoodle
from tests.integration.moodle_bridge.world import SECRET, World, comment, make_tenant, opening, response


def open_way_back(tenant: Tenant) -> None:
    """The tenant's LMS takes posts back, into the space s1."""
    tenant.lms_url = URL
    tenant.set_inbound_secret(SECRET)
    tenant.save()
    SpaceMap.objects.update(space_id="s1")


def look(world: World) -> int:
    """A round, five seconds later."""
    world.pass_time(seconds=6)
    return bring_back(Tools(clock=lambda: world.now, rng=Random(1)))


@pytest.fixture
def lms(world: World, moodle: FakeMoodle) -> Iterator[FakeLms]:
    open_way_back(world.tenant)
    fake = FakeLms()
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        moodle.install(mock)
        fake.install(mock)
        yield fake


def states() -> list[tuple[int, str, str]]:
    rows = InboundPost.objects.order_by("revision")
    return list(rows.values_list("post_id", "state", "cause"))


def test_a_discussion_with_a_reply_arrives(world: World, moodle: FakeMoodle, lms: FakeLms) -> None:
    moodle.write(60)
    moodle.write(61, parent=60)
    look(world)
    assert lms.posts["60"] | {"html": ""} == {
        "source": f"moodle-{world.site().pk}",
        "id": "60",
        "revision": 1,
        "context": "course-v1:Acme+Data+2026",
        "space": "s1",
        "parent": None,
        "title": "Born in Moodle",
        "html": "",
        "author": {"name": "Léa Martin", "subject": "lea"},
        "group": "",
        "group_name": "",
        "created_at": "2025-10-09T08:53:20+00:00",
        "deleted": False,
        "pinned": False,
        "locked": False,
    }
    assert lms.posts["61"]["parent"] == {"id": "60"}
    assert states() == [(60, "applied", ""), (61, "applied", "")]


def test_only_the_newest_of_a_post_is_sent(world: World, moodle: FakeMoodle, lms: FakeLms) -> None:
    moodle.write(60)
    moodle.write(60, message="<p>Better</p>")
    look(world)
    assert lms.posts["60"]["html"] == "<p>Better</p>"
    assert [state for _, state, _ in states()] == ["superseded", "applied"]


def test_what_is_read_again_is_not_sent_again(world: World, moodle: FakeMoodle, lms: FakeLms) -> None:
    moodle.write(60)
    look(world)
    look(world)
    look(world)
    assert (lms.batches, InboundPost.objects.count()) == (1, 1)


def test_a_reply_to_a_post_of_ours_names_it(world: World, moodle: FakeMoodle, lms: FakeLms) -> None:
    moodle.write(61, parent=40, parentsource="acme", parentexternalid="a" * 32)
    look(world)
    assert lms.posts["61"]["parent"] == {"post": "a" * 32}


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"source": "acme", "externalid": "t1", "edited": False}, "unchanged"),
        ({"source": "acme", "externalid": "t1", "actorid": 3}, "serviceaccount"),
        ({"source": "acme", "externalid": "t1", "inforumid": 99}, "moved"),
        ({"source": "rival", "externalid": "t1"}, "othertenant"),
        ({"authorid": 3}, "serviceaccount"),
        ({"private": True}, "private"),
        ({"groupid": 99}, "unmappedgroup"),
    ],
    ids=["ours", "ours-by-service", "ours-moved", "another-tenants", "service", "private", "group"],
)
def test_what_is_not_for_the_lms_stays(
    world: World, moodle: FakeMoodle, lms: FakeLms, change: dict[str, Any], cause: str
) -> None:
    moodle.write(60, **change)
    look(world)
    assert states() == [(60, "withheld", cause)]
    assert lms.posts == {}


def test_a_discussion_in_a_forum_of_several_spaces_waits_for_a_map(
    world: World, moodle: FakeMoodle, lms: FakeLms
) -> None:
    SpaceMap.objects.update(space_id="")
    moodle.write(60)
    look(world)
    assert states() == [(60, "withheld", "nospace")]
    SpaceMap.objects.update(space_id="s1")
    replay_inbound(InboundPost.objects.all(), now=world.now)
    look(world)
    assert states() == [(60, "applied", "")]


def test_a_mapped_group_is_named_by_the_lmss_id(world: World, moodle: FakeMoodle, lms: FakeLms) -> None:
    moodle.write(60, groupid=5)
    look(world)
    assert lms.posts["60"]["group"] == "cohort:1"


@pytest.mark.parametrize("fault", [503, 401, 404, requests.exceptions.ConnectionError(), "lose"], ids=str)
def test_an_lms_that_fails_gets_it_later_and_once(
    world: World, moodle: FakeMoodle, lms: FakeLms, fault: Any
) -> None:
    lms.faults = [fault]
    moodle.write(60)
    look(world)
    assert InboundLine.objects.get().failures == 1
    look(world)
    assert (states(), lms.created) == ([(60, "applied", "")], ["60"])
    assert InboundLine.objects.get().failures == 0


def test_a_refused_post_is_a_dead_letter_that_can_be_sent_again(
    world: World, moodle: FakeMoodle, lms: FakeLms
) -> None:
    lms.refused = {"60": "closed"}
    moodle.write(60)
    moodle.write(62)
    look(world)
    assert states() == [(60, "dead", "lms:closed"), (62, "applied", "")]
    lms.refused = {}
    assert replay_inbound(InboundPost.objects.filter(state="dead"), now=world.now) == 1
    look(world)
    assert "60" in lms.posts


def test_a_way_back_that_is_shut_reads_nothing(world: World, moodle: FakeMoodle, lms: FakeLms) -> None:
    Tenant.objects.update(lms_url="")
    moodle.write(60)
    assert look(world) == 0
    assert not moodle.called("local_peerbridge_get_changes")


def test_a_moodle_without_the_function_stops_nothing_else(
    world: World, moodle: FakeMoodle, lms: FakeLms
) -> None:
    moodle.faults = [None, (200, {}, '{"exception": "x", "errorcode": "invalidrecordunknown"}')]
    look(world)
    assert (InboundLine.objects.get().cause, world.site().stop_code) == ("pluginmissing", "")


def test_one_worker_at_a_time(world: World, moodle: FakeMoodle, lms: FakeLms) -> None:
    look(world)
    InboundLine.objects.update(lease_token="another", lease_until=world.now.replace(year=2027))
    moodle.write(60)
    assert look(world) == 0


def test_the_echo_of_a_foreign_post_is_not_written_and_is_a_parent(world: World, moodle: FakeMoodle) -> None:
    origin = {"source": "moodle-1", "id": "60"}
    world.send(
        opening(),
        response(2, "r1", revision=2, number=1, origin=origin),
        comment(3, "c1", "r1", revision=3, number=2),
    )
    world.drain()
    sent = [item for call in moodle.called("local_peerbridge_upsert_posts") for item in items(call)]
    assert [(item["externalid"], item["parent"]) for item in sent][-1] == ("c1", "moodle:60")
    assert "r1" not in {item["externalid"] for item in sent}
    entry = LedgerEntry.objects.get(external_id="r1")
    assert (entry.presence, entry.post_id) == ("foreign", 60)


def items(call: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(call["items"])
    return found


PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
FAULTS: tuple[Any, ...] = (None, "lose", 503, 500)


@pytest.mark.slow
class TestHistories(TestCase):
    @settings(deadline=None, phases=PHASES, max_examples=25, suppress_health_check=list(HealthCheck))
    @given(
        changes=st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["edit", "delete"])), max_size=14),
        looks=st.lists(st.integers(0, 13), max_size=6),
        faults=st.lists(st.sampled_from(FAULTS), max_size=5),
    )
    def test_any_history_ends_with_the_lms_as_moodle_is(
        self, changes: list[tuple[int, str]], looks: list[int], faults: list[Any]
    ) -> None:
        moodle, lms = FakeMoodle(), FakeLms(faults=list(faults))
        with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
            moodle.install(mock)
            lms.install(mock)
            world = World(make_tenant())
            open_way_back(world.tenant)
            for index, (number, what) in enumerate(changes):
                parent = 59 + number if number else 0
                moodle.write(60 + number, parent=parent, deleted=what == "delete", message=f"<p>{index}</p>")
                if index in looks:
                    look(world)
            for _ in range(12):
                world.pass_time(minutes=6)
                look(world)
        newest = {str(c["postid"]): c for c in moodle.changes}
        stuck = InboundPost.objects.exclude(state__in=["applied", "superseded"])
        waiting = {str(post) for post in stuck.values_list("post_id", flat=True)}
        assert {i: (p["html"], p["deleted"]) for i, p in lms.posts.items() if i not in waiting} == {
            i: (c["message"], c["deleted"]) for i, c in newest.items() if i not in waiting
        }
        assert len(lms.created) == len(set(lms.created))
        # Only what answers a post that Moodle never told of waits.
        assert all(str(int(i) - 1) not in lms.posts for i in waiting)
