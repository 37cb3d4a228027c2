"""Moodle does not let a person post what the LMS accepted: the service account stands in, or the post is held."""

import json

import pytest

from moodle_bridge import housekeeping
from moodle_bridge.causes import explain
from moodle_bridge.delivery.recording import hash_content
from moodle_bridge.models import Counter, InboxEvent, LedgerEntry, Tenant
from moodle_bridge.moodle.types import Item
from moodle_bridge.replay import replay
from tests.integration.moodle_bridge.fake_moodle import FakeMoodle
from tests.integration.moodle_bridge.world import World, comment, opening, response

pytestmark = pytest.mark.django_db

NAMED = '<p class="peerbridge-author"><strong>Amina Diallo</strong> (Open edX)</p>'
AMINA, TOMAS, SERVICE = 11, 12, 0
CODES = ["usernotfound", "notenrolled", "notvisible", "groupmismatch", "cannotpost", "throttled"]


@pytest.fixture
def world(world: World, moodle: FakeMoodle) -> World:
    """A topic of Tomás for everyone, which Amina may not answer in Moodle."""
    world.send(opening(subject="tomas"))
    world.drain()
    moodle.refused[AMINA] = "cannotpost"
    moodle.calls.clear()
    return world


def answer(event: int = 2, *, revision: int = 2, **fields: object) -> dict[str, object]:
    return response(event, "r1", revision=revision, number=1, **fields)


def counted(name: str) -> int:
    return Counter.objects.filter(name=name).values_list("value", flat=True).first() or 0


@pytest.mark.parametrize("code", CODES)
def test_what_its_author_may_not_post_comes_from_the_service_account(
    world: World, moodle: FakeMoodle, code: str
) -> None:
    moodle.refused[AMINA] = code
    world.send(answer())
    world.deliver()
    row = moodle.row_of("r1")
    assert (row.userid, row.message) == (SERVICE, NAMED + "<p>Text</p>")
    assert (world.state(2), world.cause(2)) == ("applied", f"attributed:{code}")
    assert (counted(f"attributed:{code}"), counted(f"dead:{code}")) == (1, 0)


def test_the_admin_is_told_why_in_a_sentence() -> None:
    told = explain("attributed:cannotpost")
    assert told.startswith("Posted by the service account, with the author's name. Moodle does not let")


def test_the_ledger_knows_what_was_posted_in_the_end(world: World, moodle: FakeMoodle) -> None:
    world.send(answer())
    world.deliver()
    [sent] = json.loads(moodle.called("local_peerbridge_upsert_posts")[-1]["items"])
    entry = LedgerEntry.objects.get(external_id="r1")
    assert (entry.user_id, entry.presence, entry.revision) == (SERVICE, "present", 2)
    assert entry.content_hash == hash_content(Item(**sent))


def test_hold_keeps_it_until_its_author_may_post(world: World, moodle: FakeMoodle) -> None:
    Tenant.objects.update(unmatched="hold")
    world.send(answer())
    world.drain()
    assert (world.state(2), world.cause(2), counted("held:cannotpost")) == ("held", "cannotpost", 1)
    assert len(moodle.posts) == 1
    moodle.refused.clear()
    world.pass_time(minutes=11)
    housekeeping.run(now=world.now)
    world.drain()
    assert (world.state(2), moodle.row_of("r1").userid) == ("applied", AMINA)


def test_what_is_held_on_and_on_is_counted_once(world: World, moodle: FakeMoodle) -> None:
    Tenant.objects.update(unmatched="hold")
    world.send(answer())
    for _ in range(4):
        world.drain()
        world.pass_time(minutes=11)
        housekeeping.run(now=world.now)
    assert (world.state(2), counted("held:cannotpost")) == ("pending", 1)


def test_who_cannot_be_helped_by_enrolling_is_attributed(world: World, moodle: FakeMoodle) -> None:
    Tenant.objects.update(unmatched="enrol")
    world.send(answer())
    world.drain()
    assert moodle.row_of("r1").userid == SERVICE
    assert not moodle.called("enrol_manual_enrol_users")


def test_an_enrolment_that_never_counts_ends_with_the_service_account(
    world: World, moodle: FakeMoodle
) -> None:
    Tenant.objects.update(unmatched="enrol")
    moodle.refused[AMINA] = "notenrolled"
    world.send(answer())
    for _ in range(3):
        world.deliver()
    assert (moodle.row_of("r1").userid, world.cause(2)) == (SERVICE, "attributed:notenrolled")


def test_an_edit_stays_with_the_service_account_while_the_author_may_not(
    world: World, moodle: FakeMoodle
) -> None:
    world.send(answer())
    world.drain()
    world.send(answer(3, revision=3, html="<p>Better</p>"))
    world.drain()
    assert (moodle.row_of("r1").userid, moodle.text_of("r1")) == (SERVICE, NAMED + "<p>Better</p>")
    assert len(moodle.posts) == 2


def test_a_later_revision_gives_it_to_its_author_who_may_by_then(world: World, moodle: FakeMoodle) -> None:
    world.send(answer())
    world.drain()
    moodle.refused.clear()
    world.send(answer(3, revision=3))
    world.drain()
    assert (moodle.row_of("r1").userid, moodle.text_of("r1")) == (AMINA, "<p>Text</p>")
    assert (world.cause(3), LedgerEntry.objects.get(external_id="r1").user_id) == ("", AMINA)


def test_the_rest_of_the_thread_is_delivered_in_the_same_breath(world: World, moodle: FakeMoodle) -> None:
    world.send(
        answer(),
        comment(3, "c1", "r1", revision=3, number=2, subject="tomas"),
        response(4, "r2", revision=4, number=3, subject="tomas"),
    )
    world.drain()
    assert [world.state(n) for n in (2, 3, 4)] == ["applied"] * 3
    assert moodle.row_of("c1").parent == moodle.row_of("r1").id
    assert [moodle.row_of(name).userid for name in ("r1", "c1", "r2")] == [SERVICE, TOMAS, TOMAS]


def test_what_the_service_account_may_not_post_either_is_a_dead_letter(
    world: World, moodle: FakeMoodle
) -> None:
    moodle.refused[SERVICE] = "cannotpost"
    world.send(answer())
    world.drain()
    assert (world.state(2), world.cause(2)) == ("dead", "service:cannotpost")
    assert counted("dead:service:cannotpost") == 1
    moodle.refused.clear()
    replay(InboxEvent.objects.filter(state="dead"), now=world.now)
    world.drain()
    assert moodle.row_of("r1").userid == AMINA


def test_a_discussion_of_other_readers_gets_it_from_nobody(world: World, moodle: FakeMoodle) -> None:
    moodle.item_errors["r1"] = ["groupmismatch", "groupmismatch"]
    world.send(answer())
    world.drain()
    assert (world.state(2), world.cause(2)) == ("dead", "service:groupmismatch")
    assert len(moodle.posts) == 1


def test_the_service_account_writes_for_the_same_readers(world: World, moodle: FakeMoodle) -> None:
    world.send(answer(audience={"kind": "group", "id": "cohort:1", "name": "One"}))
    world.deliver()
    asked = [json.loads(call["items"])[0] for call in moodle.called("local_peerbridge_upsert_posts")]
    assert [item["userid"] for item in asked] == [AMINA, SERVICE]
    assert asked[0] | {"userid": 0, "message": ""} == asked[1] | {"message": ""}


def test_an_anonymous_post_that_is_refused_names_nobody(world: World, moodle: FakeMoodle) -> None:
    moodle.refused[SERVICE] = "cannotpost"
    world.send(answer(author={"kind": "anonymous", "name": "Quiet Otter"}))
    world.drain()
    assert world.state(2) == "dead"
    assert not any("Diallo" in str(params) for _, params in moodle.calls)


@pytest.mark.parametrize("calls_before", [0, 1])
def test_a_lost_answer_on_the_way_leaves_one_post(
    world: World, moodle: FakeMoodle, calls_before: int
) -> None:
    world.send(answer())
    moodle.faults = [None] * (1 + calls_before) + ["lose"]
    for _ in range(3):
        world.deliver()
        world.pass_time(minutes=6)
    assert (world.state(2), len(moodle.posts), moodle.row_of("r1").userid) == ("applied", 2, SERVICE)
