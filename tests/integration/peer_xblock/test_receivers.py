"""What the platform tells us: after a publish, an import or a deletion the spaces follow what learners have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from celery import Celery
from opaque_keys.edx.keys import CourseKey, UsageKey
from openedx_events.content_authoring.data import CourseData, XBlockData
from openedx_events.content_authoring.signals import COURSE_IMPORT_COMPLETED, XBLOCK_DELETED, XBLOCK_PUBLISHED
from pytest_django import DjangoCaptureOnCommitCallbacks

from peer_xblock.models import Space
from tests.host import PUBLISHED
from tests.runtime import Unit

from .world import COURSE, World

pytestmark = pytest.mark.django_db
VERTICAL = XBlockData(
    usage_key=UsageKey.from_string("block-v1:Peer+DL101+2026+type@vertical+block@unit"), block_type="vertical"
)


@pytest.fixture(autouse=True)
def eager() -> Iterator[None]:
    Celery("studio", set_as_current=True).conf.task_always_eager = True
    yield
    PUBLISHED.clear()


def publish(*units: Unit) -> None:
    PUBLISHED[:] = [unit.block for unit in units]


@pytest.fixture
def send(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Any:
    def sent(event: Any, **data: Any) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            event.send_event(**data)

    return sent


def test_a_published_block_has_its_space_before_anybody_opens_it(send: Any) -> None:
    publish(Unit(None, block="u1", display_name="Talk", is_divided=True))
    send(XBLOCK_PUBLISHED, xblock_info=VERTICAL)
    space = Space.objects.get()
    assert (space.title, space.is_divided, space.context.key) == ("Talk", True, COURSE)


def test_a_published_setting_holds_before_anybody_opens_the_block(world: World, send: Any) -> None:
    publish(Unit(None, block="u1", anonymity="staff"))
    send(XBLOCK_PUBLISHED, xblock_info=VERTICAL)
    assert Space.objects.get().anonymity == "staff"


def test_deleting_a_unit_archives_the_spaces_of_the_blocks_in_it_and_keeps_what_was_written(
    world: World, send: Any
) -> None:
    world.ask(world.person("Amina"))
    send(XBLOCK_DELETED, xblock_info=VERTICAL)
    assert Space.objects.get().archived_at is not None
    assert Space.objects.get().threads.count() == 1


def test_a_block_deleted_in_the_draft_alone_stays_open_for_learners(world: World, send: Any) -> None:
    publish(Unit(None, block="u1"))
    key = UsageKey.from_string(world.space.usage_key)
    send(XBLOCK_DELETED, xblock_info=XBlockData(usage_key=key, block_type="peer_discussion"))
    assert Space.objects.get().archived_at is None


def test_a_publish_leaves_other_courses_alone(world: World, send: Any) -> None:
    world.add_space("u1", course="course-v1:Peer+Other+2026")
    publish(Unit(None, block="u1"))
    send(XBLOCK_PUBLISHED, xblock_info=VERTICAL)
    assert Space.objects.filter(archived_at=None).count() == 2


def test_a_block_that_comes_back_opens_its_space_again(world: World, send: Any) -> None:
    Space.objects.update(archived_at=world.at)
    publish(Unit(None, block="u1"))
    send(COURSE_IMPORT_COMPLETED, course=CourseData(course_key=CourseKey.from_string(COURSE)))
    assert Space.objects.get().archived_at is None


@pytest.mark.slow
def test_a_broker_that_is_away_does_not_stop_the_author(send: Any, caplog: pytest.LogCaptureFixture) -> None:
    app = Celery("studio", broker="amqp://127.0.0.1:1//", set_as_current=True)
    app.conf.broker_connection_timeout = 0.2
    send(XBLOCK_PUBLISHED, xblock_info=VERTICAL)
    assert "were not followed" in caplog.text
