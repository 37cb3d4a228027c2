"""What became of a job, and what the ledger learns from it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from moodle_bridge.models import Presence, State

RECHECK: Final = timedelta(minutes=10)
"""When a held or waiting event is looked at again, if nothing happens before."""


@dataclass(frozen=True, slots=True)
class Copy:
    """The state of a post in Moodle after a call that Moodle confirmed. revision: the one that it has there."""

    presence: Presence
    revision: int
    discussion_id: int | None = None
    post_id: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """state: what the event becomes; `pending` means another try. cause: one word why, `attributed:` before it
    when the post is in Moodle, but not under its author's account.

    retry_at: when to try again. is_fault: the failure may lie in the item itself, so tries are counted.
    copy: None when nothing new is known of Moodle. counters: what to count for the admin.
    """

    state: State
    cause: str = ""
    retry_at: datetime | None = None
    is_fault: bool = False
    copy: Copy | None = None
    counters: tuple[str, ...] = ()


def applied(copy: Copy, *counters: str, attributed_for: str = "") -> Outcome:
    """Moodle has it. attributed_for: why the service account posted it for a named author, else ""."""
    cause = f"attributed:{attributed_for}" if attributed_for else ""
    return Outcome(State.APPLIED, cause, copy=copy, counters=(*counters, cause) if cause else counters)


def placed(copy: Copy, *, now: datetime) -> Outcome:
    """Moodle has a place for the post; what the event says of it follows at once."""
    return Outcome(State.PENDING, "placed", retry_at=now, copy=copy)


def withheld(cause: str, *, revision: int) -> Outcome:
    """Not for Moodle's readers, and not in Moodle."""
    copy = Copy(Presence.WITHHELD, revision)
    return Outcome(State.WITHHELD, cause, copy=copy, counters=(f"withheld:{cause}",))


def foreign(post_id: int, *, revision: int) -> Outcome:
    """It was born in Moodle: nothing is written, and its number is known from now on."""
    copy = Copy(Presence.FOREIGN, revision, post_id=post_id)
    return Outcome(State.APPLIED, "foreign", copy=copy, counters=("foreign",))


def waiting(cause: str, *, now: datetime) -> Outcome:
    """The post that it answers is not in Moodle yet."""
    return Outcome(State.WAITING, cause, retry_at=now + RECHECK)


def held(cause: str, *, now: datetime) -> Outcome:
    """Its author cannot post, and the tenant wants no post under the service account."""
    return Outcome(State.HELD, cause, retry_at=now + RECHECK, counters=(f"held:{cause}",))


def again(cause: str, *, retry_at: datetime | None = None, is_fault: bool = False) -> Outcome:
    """Another try: at `retry_at`, else after the lane's own backoff."""
    return Outcome(State.PENDING, cause, retry_at=retry_at, is_fault=is_fault)


def dead(cause: str) -> Outcome:
    """Refused for good; an administrator may send it again."""
    return Outcome(State.DEAD, cause, counters=(f"dead:{cause}",))
