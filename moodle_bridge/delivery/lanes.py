"""What of a lane is to be done next, and what is not worth doing any more. Pure.

Each event carries the whole state of a post, so only the newest of a post counts. Posts go in the order of their
numbers, since the order in which they are created is the order in which Moodle shows them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

HOLE_PATIENCE: Final = timedelta(minutes=10)
"""How long a post waits for earlier ones that have not arrived."""


@dataclass(frozen=True, slots=True)
class Pending:
    """An event that is on its way."""

    id: int
    subject: str
    number: int
    revision: int
    is_erased: bool
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """What was done for a post: the last confirmed revision, and whether it was erased for good."""

    revision: int
    is_erased: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One event to deliver; `obsolete` are older ones of the same post that it settles as well."""

    event_id: int
    obsolete: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps in order; events that are no longer worth anything; and what the lane learns.

    sequence: the highest revision that these steps pass. holes: numbers of the sequence passed without having
    arrived. wait_until: when to come back for posts that wait for earlier ones.
    """

    steps: tuple[Step, ...]
    obsolete: tuple[int, ...]
    sequence: int
    holes: int
    wait_until: datetime | None


@dataclass(frozen=True, slots=True)
class _Group:
    first: Pending
    newest: Pending
    older: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Arrived:
    """Of everything that ever arrived in a lane: numbers of posts, and revisions of the thread."""

    numbers: frozenset[int]
    revisions: frozenset[int]


def may_have_gap(pending: Sequence[Pending], sequence: int) -> bool:
    """True when a revision between `sequence` and the newest pending one may be missing: then look closer.

    A lane that begins (sequence 0) may begin anywhere: its course was connected later.
    """
    later = {p.revision for p in pending if p.revision > sequence}
    return sequence > 0 and bool(later) and max(later) - sequence != len(later)


def plan_lane(
    pending: Sequence[Pending],
    *,
    seen: Mapping[str, Seen],
    sequence: int,
    arrived: Arrived | None,
    now: datetime,
    limit: int,
) -> Plan:
    """At most `limit` steps. arrived: None when nothing is missing, else what did arrive.

    A post that would be created before an earlier one waits for it at most 10 minutes; then it passes.
    """
    groups, obsolete = _group(pending, seen)
    steps: list[Step] = []
    wait_until: datetime | None = None
    passed = sequence
    for group in groups[:limit]:
        if arrived is not None and group.first.subject not in seen and _misses_earlier(group.first, arrived):
            patience_ends = group.first.received_at + HOLE_PATIENCE
            if patience_ends > now:
                wait_until = patience_ends
                break
        steps.append(Step(group.newest.id, group.older))
        passed = max(passed, group.first.revision)
    if pending and len(steps) == len(groups):
        passed = max(passed, *(p.revision for p in pending))
    holes = 0
    if arrived is not None:
        holes = passed - sequence - sum(1 for r in arrived.revisions if sequence < r <= passed)
    return Plan(tuple(steps), tuple(obsolete), passed, holes, wait_until)


def _group(pending: Sequence[Pending], seen: Mapping[str, Seen]) -> tuple[list[_Group], list[int]]:
    """The events by post, in the order of the posts' numbers; and those that come too late."""
    by_subject: dict[str, list[Pending]] = {}
    for event in sorted(pending, key=lambda p: (p.revision, p.id)):
        by_subject.setdefault(event.subject, []).append(event)
    groups: list[_Group] = []
    obsolete: list[int] = []
    for subject, events in by_subject.items():
        newest = max(events, key=lambda p: (p.is_erased, p.revision, p.id))
        done = seen.get(subject)
        is_late = done is not None and (
            newest.revision <= done.revision if newest.is_erased == done.is_erased else done.is_erased
        )
        if is_late:
            obsolete += [e.id for e in events]
            continue
        groups.append(_Group(events[0], newest, tuple(e.id for e in events if e is not newest)))
    return sorted(groups, key=lambda group: (group.first.number, group.first.revision)), obsolete


def _misses_earlier(post: Pending, arrived: Arrived) -> bool:
    return sum(1 for n in arrived.numbers if n < post.number) < post.number
