"""Celery tasks: the same rounds that the loops of `moodle_bridge run` make."""

from celery import shared_task
from django.utils import timezone

from moodle_bridge import housekeeping
from moodle_bridge.delivery import Tools, deliver_due
from moodle_bridge.health import beat
from moodle_bridge.inbound import bring_back
from moodle_bridge.inbound.rounds import Tools as InboundTools
from moodle_bridge.reconcile import reconcile_nightly

_tools = Tools()
_inbound_tools = InboundTools()


@shared_task(name="moodle_bridge.deliver")  # type: ignore[untyped-decorator]  # celery ships no types
def deliver() -> int:
    """Deliver until nothing is due; how many events were settled. Safe to run in any number at once."""
    settled = 0
    while True:
        beat("delivery", now=timezone.now())
        done = deliver_due(_tools)
        settled += done
        if not done:
            return settled


@shared_task(name="moodle_bridge.bring_back")  # type: ignore[untyped-decorator]  # celery ships no types
def bring_back_posts() -> int:
    """Read what is new in each Moodle and send it to its LMS, until nothing is left; how much there was."""
    total = 0
    while done := bring_back(_inbound_tools):
        total += done
    beat("inbound", now=timezone.now())
    return total


@shared_task(name="moodle_bridge.housekeeping")  # type: ignore[untyped-decorator]  # celery ships no types
def keep_house() -> None:
    """Blank old bodies, wake what waits."""
    housekeeping.run(now=timezone.now())
    beat("housekeeping", now=timezone.now())


@shared_task(name="moodle_bridge.reconcile")  # type: ignore[untyped-decorator]  # celery ships no types
def compare_with_moodle() -> None:
    """The nightly comparison, once a night however often it is asked for."""
    reconcile_nightly(_inbound_tools)
