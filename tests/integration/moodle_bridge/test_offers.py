"""What somebody does in Moodle to a post of the LMS is offered to the LMS; what does not stand goes back to them."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests
import responses

from moodle_bridge.causes import explain
from moodle_bridge.models import InboundPost, LedgerEntry, SpaceMap
from tests.integration.moodle_bridge.fake_lms import FakeLms
from tests.integration.moodle_bridge.fake_moodle import FakeMoodle
from tests.integration.moodle_bridge.test_inbound import look, open_way_back, states
from tests.integration.moodle_bridge.world import World, opening, response

OURS = "a" * 32


@pytest.fixture
def lms(world: World, moodle: FakeMoodle) -> Iterator[FakeLms]:
    open_way_back(world.tenant)
    fake = FakeLms()
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        moodle.install(mock)
        fake.install(mock)
        yield fake


def change(moodle: FakeMoodle, post: int = 60, **other: Any) -> None:
    """Tomás changes the copy of a post of the LMS."""
    actor = {"actorid": 22, "actorname": "Tomás Pérez", "actoridnumber": "tomas"}
    moodle.write(post, source="acme", externalid=OURS, base=3, **actor, **other)


def test_an_edit_is_offered_in_the_name_of_who_made_it(
    world: World, moodle: FakeMoodle, lms: FakeLms
) -> None:
    change(moodle, message="<p>By hand</p>")
    look(world)
    offer = lms.offers[0]
    assert (offer["post"], offer["base"], offer["html"]) == (OURS, 3, "<p>By hand</p>")
    assert offer["author"] == {"name": "Tomás Pérez", "subject": "tomas"}
    assert (offer["pinned"], offer["locked"], offer["deleted"], offer["edited"]) == (None, None, False, True)


def test_what_the_bridge_added_to_a_copy_is_not_offered(
    world: World, moodle: FakeMoodle, lms: FakeLms
) -> None:
    message = (
        '<p class="peerbridge-author"><strong>Amina</strong> (Open edX)</p>'
        '<p class="peerbridge-mark"><em>Accepted</em></p>\n<p>Let <span class="math inline">\\(x\\)</span>.</p>'
    )
    change(moodle, message=message)
    look(world)
    assert lms.offers[0]["html"].strip() == '<p>Let <span class="math inline">x</span>.</p>'


def test_a_pin_says_nothing_of_the_text(world: World, moodle: FakeMoodle, lms: FakeLms) -> None:
    change(moodle, edited=False, message="", pinned=True, newlypinned=True)
    look(world)
    offer = lms.offers[0]
    assert (offer["pinned"], offer["locked"], offer["edited"]) == (True, None, False)


def test_each_change_of_a_copy_is_somebodys_own(world: World, moodle: FakeMoodle, lms: FakeLms) -> None:
    change(moodle, message="<p>First</p>")
    change(moodle, message="<p>Second</p>")
    look(world)
    assert [offer["html"] for offer in lms.offers] == ["<p>First</p>", "<p>Second</p>"]


@pytest.mark.parametrize("fault", [None, "lose", requests.exceptions.ConnectionError()], ids=str)
def test_what_does_not_stand_goes_back_to_its_author(
    world: World, moodle: FakeMoodle, lms: FakeLms, fault: Any
) -> None:
    lms.stands = {"60": "forbidden"}
    change(moodle)
    look(world)
    assert states() == [(60, "waiting", "giveback:lms:forbidden")]
    moodle.faults = [None, fault] if fault else []
    for _ in range(3):
        world.pass_time(minutes=6)
        look(world)
    assert (moodle.returned, states()) == ([1], [(60, "withheld", "stands:lms:forbidden")])
    assert "may not write there" in explain(InboundPost.objects.get().cause)


def test_a_move_to_another_forum_of_the_course_is_followed(
    world: World, moodle: FakeMoodle, lms: FakeLms
) -> None:
    world.send(opening(post=OURS, thread=OURS))
    world.drain()
    SpaceMap.objects.create(course=SpaceMap.objects.get().course, space_id="s2", forum_id=8)
    change(moodle, inforumid=8, edited=False)
    look(world)
    assert (states()[-1][2], LedgerEntry.objects.get().forum_id) == ("followed", 8)
    world.send(response(2, "r1", revision=2, number=1) | {"subject": "r1"})
    assert lms.offers == []


def test_a_discussion_of_moodle_that_leaves_the_course_is_taken_away(
    world: World, moodle: FakeMoodle, lms: FakeLms
) -> None:
    moodle.write(60)
    look(world)
    moodle.write(60, inforumid=99)
    look(world)
    assert lms.posts["60"]["deleted"] is True
    moodle.write(60, inforumid=7)
    look(world)
    assert lms.posts["60"]["deleted"] is False


def test_a_post_whose_discussion_was_moved_waits(world: World, moodle: FakeMoodle) -> None:
    moodle.item_errors["t1"] = ["moved"]
    world.send(opening())
    world.deliver()
    assert (world.state(1), world.cause(1)) == ("waiting", "moved")


def test_an_answer_goes_where_its_parent_is(world: World, moodle: FakeMoodle) -> None:
    world.send(opening())
    world.drain()
    LedgerEntry.objects.update(forum_id=8)
    world.send(response(2, "r1", revision=2, number=1))
    world.drain()
    assert moodle.maps[("acme", "r1")].forumid == 8
