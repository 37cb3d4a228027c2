"""A comparison with Moodle finds what no event told, and repairs it by the usual ways or leaves it to somebody."""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
import responses

from moodle_bridge.__main__ import main
from moodle_bridge.inbound.rounds import Tools
from moodle_bridge.models import Comparison, InboundLine, InboundPost, LedgerEntry, SpaceMap
from moodle_bridge.reconcile import Report, reconcile, reconcile_nightly
from moodle_bridge.reconcile.saying import lines_of
from tests.integration.moodle_bridge.fake_lms import FakeLms
from tests.integration.moodle_bridge.fake_moodle import FakeMoodle, Mapping
from tests.integration.moodle_bridge.test_inbound import look, open_way_back
from tests.integration.moodle_bridge.world import World, opening, response


@pytest.fixture
def lms(world: World, moodle: FakeMoodle) -> Iterator[FakeLms]:
    """Thread t1 with the answer r1 is in Moodle since half an hour."""
    fake = FakeLms()
    open_way_back(world.tenant)
    SpaceMap.objects.update(space_id="")
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        moodle.install(mock)
        fake.install(mock)
        world.send(opening(), response(2, "r1", revision=2, number=1))
        world.drain()
        world.pass_time(minutes=30)
        yield fake


def compare(world: World, *, is_dry_run: bool = False) -> Report:
    return reconcile(Tools(clock=lambda: world.now, rng=Random(1)), is_dry_run=is_dry_run)


def found(world: World) -> dict[str, Any]:
    report = compare(world)
    assert report.problems == {}
    return dict(report.comparisons[0].found)


def lose(moodle: FakeMoodle, external: str) -> Mapping:
    """The post is gone, and so is what the plugin knew of it."""
    mapping = moodle.maps.pop(("acme", external))
    moodle.posts.pop(mapping.postid)
    return mapping


def test_where_all_is_well_nothing_is_found(world: World, moodle: FakeMoodle, lms: FakeLms) -> None:
    assert (found(world), lms.retold, moodle.noted) == ({}, [], [])
    assert "as they should be" in next(lines_of(compare(world)))


def test_a_moodle_from_last_weeks_backup_gets_what_it_lost(
    world: World, moodle: FakeMoodle, lms: FakeLms
) -> None:
    lose(moodle, "r1")
    moodle.maps["acme", "t1"].revision = 0
    assert found(world) == {"missing": 1, "behind": 1}
    assert sorted(lms.retold) == ["r1", "t1"]
    assert Comparison.objects.get().repaired == 2


def test_what_was_changed_or_brought_back_unseen_is_told_anew(
    world: World, moodle: FakeMoodle, lms: FakeLms
) -> None:
    moodle.row_of("t1").message = "<p>Unseen</p>"
    world.send(response(3, "r1", revision=3, number=1, deleted=True, html=""))
    world.drain()
    moodle.row_of("r1").deleted = False
    world.pass_time(minutes=30)
    assert found(world) == {"changed": 1, "undeleted": 1}
    assert sorted(lms.retold) == ["r1", "t1"]


def test_a_dry_run_changes_nothing(world: World, moodle: FakeMoodle, lms: FakeLms) -> None:
    lose(moodle, "r1")
    assert compare(world, is_dry_run=True).comparisons[0].found == {"missing": 1}
    assert lms.retold == []


def test_what_is_under_way_is_left_alone(world: World, moodle: FakeMoodle, lms: FakeLms) -> None:
    world.send(opening(3, revision=3, html="<p>New</p>"))
    lose(moodle, "t1")
    assert "missing" not in found(world)


def test_what_moodle_never_told_is_brought_to_the_lms(world: World, moodle: FakeMoodle, lms: FakeLms) -> None:
    row = moodle._insert(7, None, 21, subject="Old", message="<p>From before the plugin</p>")
    assert (found(world), moodle.noted) == ({"untold": 1}, [row.id])


def test_second_copies_are_not_brought_and_are_for_somebody_to_decide(
    world: World, moodle: FakeMoodle, lms: FakeLms
) -> None:
    first = moodle.row_of("t1")
    moodle._insert(7, None, 3, subject=first.subject, message=first.message)
    report = compare(world)
    assert (report.comparisons[0].found, report.needs_somebody) == ({"copied": 1}, True)
    assert moodle.noted == []


def test_what_moodle_lost_of_its_own_stays_in_the_lms(world: World, moodle: FakeMoodle, lms: FakeLms) -> None:
    SpaceMap.objects.update(space_id="s1")
    moodle.write(9060)
    look(world)
    assert found(world) == {"lost": 1}
    assert lms.posts["9060"]["deleted"] is False


def test_a_forum_that_is_gone_is_for_somebody_to_decide_and_its_successor_gets_its_posts(
    world: World, moodle: FakeMoodle, lms: FakeLms
) -> None:
    moodle.gone = {7}
    report = compare(world)
    assert (report.comparisons[0].decision, lms.retold) == ("forumgone", [])
    assert LedgerEntry.objects.filter(presence="present").count() == 2
    SpaceMap.objects.update(forum_id=8)
    assert compare(world).comparisons[-1].found == {"missing": 2}
    assert lms.retold == ["t1", "r1"]
    moodle.maps.clear()
    world.send(opening(5, revision=5), response(6, "r1", revision=6, number=1))
    world.drain()
    assert {moodle.maps["acme", name].forumid for name in ("t1", "r1")} == {8}


def test_after_a_restore_changes_are_read_from_the_beginning_and_outrank_those_before(
    world: World, moodle: FakeMoodle, lms: FakeLms
) -> None:
    SpaceMap.objects.update(space_id="s1")
    for _ in range(3):
        moodle.write(60)
    look(world)
    moodle.changes[1:], moodle.restarted = [], True
    moodle.changes[0] |= {"message": "<p>After the restore</p>"}
    InboundLine.objects.update(cursor="")
    look(world)
    assert (lms.posts["60"]["html"], lms.posts["60"]["revision"]) == ("<p>After the restore</p>", 4)
    assert InboundPost.objects.count() == 4


def test_once_a_night(world: World, moodle: FakeMoodle, lms: FakeLms) -> None:
    tools = Tools(clock=lambda: world.now, rng=Random(1))
    assert not reconcile_nightly(tools)
    world.now = world.now.replace(hour=2) + (world.now - world.now)
    assert [reconcile_nightly(tools), reconcile_nightly(tools)] == [True, False]
    world.pass_time(days=1)
    assert reconcile_nightly(tools)


def test_the_command_says_what_it_found(
    world: World, moodle: FakeMoodle, lms: FakeLms, capsys: pytest.CaptureFixture[str]
) -> None:
    moodle.gone = {7}
    assert main(["reconcile", "--dry-run"]) == 1
    assert "map the space to another forum" in capsys.readouterr().out
