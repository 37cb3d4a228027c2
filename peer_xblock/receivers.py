"""What wakes us: a written event wakes the relay, a course was published or lost a block, a person leaves or retires.

A learner's cohort needs no signal: it is asked for at each call.

A lost wake-up costs at most a minute: the row is the record.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.dispatch import Signal

from .api.leaving import leave_course
from .api.retiring import request_retirement
from .outbox import appended
from .platform.signals import retirement_signal

NUDGE = "peer_xblock.nudge"
FOLLOW = "peer_xblock.follow"
LEAVE = "peer_xblock.leave"
RETIRE = "peer_xblock.retire"
# A publish inside a bulk operation is announced before its structure is written.
SETTLE_S = 3

_log = logging.getLogger(__name__)


def connect_nudge() -> None:
    """Called once, when the app is ready, where there is Celery."""
    from .tasks import relay

    def nudge(**_kwargs: Any) -> None:
        try:
            relay.apply_async(retry=False)
        except Exception as error:  # noqa: BLE001  whatever the broker's client raises, the post stands
            _log.warning("the relay was not woken (%s); peer_tick will send it", type(error).__name__)

    appended.connect(nudge, dispatch_uid=NUDGE, weak=False)


def connect_platform() -> None:
    """Called once, when the app is ready, where there are the platform's own events."""
    from openedx_events.content_authoring import signals
    from openedx_events.learning.signals import COURSE_UNENROLLMENT_COMPLETED

    def follow_block(xblock_info: Any, **_kwargs: Any) -> None:
        _follow(str(xblock_info.usage_key.context_key))

    def follow_course(course: Any, **_kwargs: Any) -> None:
        _follow(str(course.course_key))

    def leave(enrollment: Any, **_kwargs: Any) -> None:
        leave_course(enrollment.user.id, str(enrollment.course.course_key), now=datetime.now(UTC))

    COURSE_UNENROLLMENT_COMPLETED.connect(leave, dispatch_uid=LEAVE, weak=False)
    for signal in (signals.XBLOCK_PUBLISHED, signals.XBLOCK_DELETED):
        signal.connect(follow_block, dispatch_uid=FOLLOW, weak=False)
    for signal in (signals.COURSE_IMPORT_COMPLETED, signals.COURSE_RERUN_COMPLETED):
        signal.connect(follow_course, dispatch_uid=FOLLOW, weak=False)
    if (retiring := retirement_signal()) is not None:
        connect_retirement(retiring)


def _follow(context_key: str) -> None:
    """Bring the course's spaces in line with what learners have, once what was changed is committed.

    Not at once, nor for the block alone: a deletion in Studio is a draft until the unit is published, and that of a
    unit names no block inside it.
    """
    from .tasks import follow_course

    def send() -> None:
        try:
            follow_course.apply_async((context_key,), countdown=SETTLE_S, retry=False)
        except Exception as error:  # noqa: BLE001  whatever the broker's client raises, publishing goes on
            _log.warning("the spaces of %s were not followed (%s)", context_key, type(error).__name__)

    transaction.on_commit(send)


def connect_retirement(signal: Signal) -> None:
    """Whoever the signal names is noted in the transaction that retires them; `peer_tick` does the rest."""

    def retire(user: Any, **_kwargs: Any) -> None:
        request_retirement(user.pk, now=datetime.now(UTC))

    signal.connect(retire, dispatch_uid=RETIRE, weak=False)
