"""Celery tasks: the same rounds that the loops of `moodle_bridge run` make."""

from celery import shared_task
from django.utils import timezone

from moodle_bridge import housekeeping
from moodle_bridge.delivery import Tools, deliver_due
from moodle_bridge.health import beat

_tools = Tools()


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


@shared_task(name="moodle_bridge.housekeeping")  # type: ignore[untyped-decorator]  # celery ships no types
def keep_house() -> None:
    """Blank old bodies, wake what waits."""
    housekeeping.run(now=timezone.now())
    beat("housekeeping", now=timezone.now())
