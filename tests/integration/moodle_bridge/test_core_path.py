"""Without the plugin: the service account writes, and a lost answer is looked up before a second try."""

from typing import Any

import pytest
import requests

from moodle_bridge.models import LedgerEntry, MoodleSite
from tests.integration.moodle_bridge.fake_moodle import FakeMoodle
from tests.integration.moodle_bridge.world import World, comment, opening, response

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def core(moodle: FakeMoodle) -> None:
    moodle.has_plugin = False


def row(moodle: FakeMoodle, external: str) -> Any:
    post_id = LedgerEntry.objects.get(external_id=external).post_id
    return moodle.posts[post_id or 0]


def test_a_thread_is_written_under_the_service_account(world: World, moodle: FakeMoodle) -> None:
    world.send(
        opening(), response(2, "r1", revision=2, number=1), comment(3, "c1", "r1", revision=3, number=2)
    )
    world.drain()
    rows = [row(moodle, name) for name in ("t1", "r1", "c1")]
    assert [r.userid for r in rows] == [3, 3, 3]
    assert [r.parent for r in rows] == [0, rows[0].id, rows[1].id]
    assert rows[0].message == (
        '<p class="peerbridge-author"><strong>Amina Diallo</strong> (Open edX)</p>'
        "<p>Text</p><!-- peerbridge acme t1 -->"
    )
    assert rows[1].subject == "Re: A question"


@pytest.mark.parametrize("lost", [1, 2])
def test_a_lost_answer_is_looked_up_before_a_second_try(world: World, moodle: FakeMoodle, lost: int) -> None:
    """lost 1: the discussion was made; 2: it was read back."""
    moodle.faults = [None] * lost + ["lose"]
    world.send(opening(), response(2, "r1", revision=2, number=1))
    world.deliver()
    for _ in range(6):
        world.pass_time(minutes=2)
        world.drain()
    assert len(moodle.posts) == 2
    assert world.state(1) == world.state(2) == "applied"


def test_a_lost_reply_is_looked_up_too(world: World, moodle: FakeMoodle) -> None:
    world.send(opening())
    world.drain()
    moodle.faults = ["lose"]
    world.send(response(2, "r1", revision=2, number=1))
    world.deliver()
    assert len(moodle.posts) == 2
    world.pass_time(seconds=30)
    world.drain()
    assert world.state(2) == "pending"
    world.pass_time(minutes=5)
    world.drain()
    assert (world.state(2), len(moodle.posts)) == ("applied", 2)


def test_a_try_without_effect_is_repeated(world: World, moodle: FakeMoodle) -> None:
    moodle.faults = [None, requests.exceptions.ConnectionError()]
    world.send(opening())
    world.deliver()
    assert not moodle.posts
    for _ in range(3):
        world.pass_time(minutes=2)
        world.drain()
    assert len(moodle.posts) == 1


def test_an_edit_overwrites(world: World, moodle: FakeMoodle) -> None:
    world.send(opening())
    world.drain()
    world.send(opening(2, revision=2, html="<p>Better</p>", title="B"))
    world.drain()
    assert "<p>Better</p>" in row(moodle, "t1").message
    assert row(moodle, "t1").subject == "B"


@pytest.mark.parametrize("with_comment", [True, False])
def test_a_deleted_response_leaves_a_notice_in_its_place(
    world: World, moodle: FakeMoodle, with_comment: bool
) -> None:
    world.send(opening(), response(2, "r1", revision=2, number=1))
    world.drain()
    if with_comment:
        world.send(comment(3, "c1", "r1", revision=3, number=2))
    world.send(response(4, "r1", revision=4, number=1, html="", deleted=True))
    world.drain()
    assert row(moodle, "r1").message.startswith("<p>This contribution was removed.</p>")
    world.send(comment(5, "c2", "r1", revision=5, number=3), response(6, "r1", revision=6, number=1))
    world.drain()
    assert row(moodle, "c2").parent == row(moodle, "r1").id
    assert "<p>Text</p>" in row(moodle, "r1").message


def test_a_deleted_comment_goes_and_a_restore_posts_it_anew(world: World, moodle: FakeMoodle) -> None:
    world.send(
        opening(), response(2, "r1", revision=2, number=1), comment(3, "c1", "r1", revision=3, number=2)
    )
    world.drain()
    world.send(comment(4, "c1", "r1", revision=4, number=2, html="", deleted=True))
    world.drain()
    assert len(moodle.posts) == 2
    assert LedgerEntry.objects.get(external_id="c1").post_id is None
    world.send(comment(5, "c1", "r1", revision=5, number=2))
    world.drain()
    assert "<p>Text</p>" in row(moodle, "c1").message


def test_a_comment_that_somebody_answered_in_moodle_is_not_deleted_with_the_answer(
    world: World, moodle: FakeMoodle
) -> None:
    world.send(
        opening(), response(2, "r1", revision=2, number=1), comment(3, "c1", "r1", revision=3, number=2)
    )
    world.drain()
    answer = moodle._insert(7, row(moodle, "c1"), 12, subject="Re", message="<p>mine</p>")
    world.send(comment(4, "c1", "r1", revision=4, number=2, html="", deleted=True))
    world.drain()
    assert moodle.posts[answer.id].message == "<p>mine</p>"


def test_a_copy_that_was_perhaps_never_made_is_not_made_to_be_withdrawn(
    world: World, moodle: FakeMoodle
) -> None:
    moodle.faults = [None, requests.exceptions.ConnectionError()]
    world.send(opening())
    world.deliver()
    world.send(opening(2, revision=2, audience={"kind": "staff"}, html=""))
    for _ in range(3):
        world.pass_time(minutes=2)
        world.drain()
    assert world.state(2) == "applied"
    assert not moodle.posts


def test_a_thread_begun_without_the_plugin_goes_on_without_it(world: World, moodle: FakeMoodle) -> None:
    world.send(opening())
    world.drain()
    moodle.has_plugin = True
    MoodleSite.objects.update(mode="plugin")
    world.send(response(2, "r1", revision=2, number=1))
    world.drain()
    assert row(moodle, "r1").parent == row(moodle, "t1").id
    assert not moodle.maps


def test_a_post_deleted_in_moodle_is_a_dead_letter(world: World, moodle: FakeMoodle) -> None:
    world.send(opening())
    world.drain()
    moodle.posts.clear()
    world.send(opening(2, revision=2))
    world.drain()
    assert (world.state(2), world.cause(2)) == ("dead", "invalidpostid")
