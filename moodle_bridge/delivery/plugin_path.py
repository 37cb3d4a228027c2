"""Delivery through the plugin: batches of items, one transaction each in Moodle, idempotent by external id."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from moodle_bridge.delivery.deciding import Planned
from moodle_bridge.delivery.outcomes import Copy, Outcome, again, applied, dead, held, waiting
from moodle_bridge.models import Presence
from moodle_bridge.moodle.client import MAX_BATCH_ITEMS, MoodleClient
from moodle_bridge.moodle.errors import Refused, Stop, Transient, Unreachable, error_of_code
from moodle_bridge.moodle.types import ItemResult

MAX_BATCH_CHARACTERS: Final = 1_500_000
ALONE_AFTER: Final = 2
"""A lane that failed so often travels alone, so that it takes no other down with it."""

PERSON_CODES: Final = frozenset({"usernotfound", "notenrolled"})
"""Moodle knows better who may post than our last look: decide anew, at once."""


def batches(planned: Sequence[Planned]) -> Iterator[list[Planned]]:
    """Up to 100 items each, in order; the items of one job stay together; a lane that failed goes alone."""
    batch: list[Planned] = []
    for plan in planned:
        is_other = bool(batch) and batch[-1].job.lane.pk != plan.job.lane.pk
        goes_alone = is_other and max(batch[-1].job.lane.attempts, plan.job.lane.attempts) >= ALONE_AFTER
        if batch and (goes_alone or _is_full([*batch, plan])):
            yield batch
            batch = []
        batch.append(plan)
    if batch:
        yield batch


@dataclass(frozen=True, slots=True)
class Sent:
    """Outcomes by event id; is_answered: Moodle gave at least one answer that can be trusted."""

    outcomes: dict[int, Outcome]
    is_answered: bool


def send_batch(client: MoodleClient, batch: Sequence[Planned], *, now: Callable[[], datetime]) -> Sent:
    """A batch that is refused as a whole is halved until the culprit stands alone.

    Raises Unreachable and Stop: then nothing is known of any job of the batch.
    """
    try:
        results = client.upsert_posts([item for plan in batch for item in plan.items])
    except Unreachable:
        raise
    except Transient as error:
        return Sent(
            {plan.job.event_id: again(error.code, is_fault=True) for plan in batch}, is_answered=False
        )
    except Refused as error:
        if len(batch) == 1:
            return Sent({batch[0].job.event_id: dead(error.code)}, is_answered=True)
        middle = len(batch) // 2
        first = send_batch(client, batch[:middle], now=now)
        second = send_batch(client, batch[middle:], now=now)
        return Sent(first.outcomes | second.outcomes, first.is_answered or second.is_answered)
    outcomes: dict[int, Outcome] = {}
    position = 0
    for plan in batch:
        own = results[position : position + len(plan.items)]
        position += len(plan.items)
        outcomes[plan.job.event_id] = _outcome(plan, own, now=now())
    return Sent(outcomes, is_answered=True)


def _outcome(plan: Planned, results: Sequence[ItemResult], *, now: datetime) -> Outcome:
    for result in results:
        if result.is_error:
            return _failure(result.errorcode, plan, now=now)
    last = results[-1]
    presence = Presence.ERASED if plan.items[-1].deleted else Presence.PRESENT
    copy = Copy(presence, last.discussionid or None, last.postid or None)
    return applied(copy, f"moodle:{last.status}", *plan.counters)


def _failure(code: str, plan: Planned, *, now: datetime) -> Outcome:
    if code == "parentmissing" or (code == "parentgone" and not plan.is_parent_sure):
        return waiting(code, now=now)
    if code in PERSON_CODES:
        is_new = plan.job.lane.attempts < ALONE_AFTER
        return again(code, retry_at=now, is_fault=True) if is_new else held(code, now=now)
    error = error_of_code(code)
    if isinstance(error, Stop):
        raise error
    return again(code, is_fault=True) if isinstance(error, Transient) else dead(code)


def _is_full(batch: Sequence[Planned]) -> bool:
    items = [item for plan in batch for item in plan.items]
    return len(items) > MAX_BATCH_ITEMS or sum(len(item.message) for item in items) > MAX_BATCH_CHARACTERS
