"""Delivery through the plugin: batches of items, one transaction each in Moodle, idempotent by external id."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from moodle_bridge.delivery.deciding import Planned
from moodle_bridge.delivery.outcomes import Copy, Outcome, again, applied, dead, placed, waiting
from moodle_bridge.models import Presence
from moodle_bridge.moodle.client import MAX_BATCH_ITEMS, MoodleClient
from moodle_bridge.moodle.errors import Refused, Stop, Transient, Unreachable, error_of_code
from moodle_bridge.moodle.types import SERVICE_ACCOUNT, ItemResult

MAX_BATCH_CHARACTERS: Final = 1_500_000
ALONE_AFTER: Final = 2
"""A lane that failed so often travels alone, so that it takes no other down with it."""

PERSON_CODES: Final = frozenset(
    {"usernotfound", "notenrolled", "notvisible", "groupmismatch", "cannotpost", "throttled"}
)
"""What Moodle has against a post of this person; the service account may be allowed the same post.

Whether its readers would be too many is asked of the service account as well, so it never gets past that.
"""


WAIT_CODES: Final = frozenset({"parentmissing", "parentgone", "moved"})
"""What passes by itself: a parent comes, or is written anew after somebody deleted it; a discussion is moved back."""


def batches(planned: Sequence[Planned]) -> Iterator[list[Planned]]:
    """Up to 100 items each, in order; a lane that failed goes alone."""
    batch: list[Planned] = []
    for plan in planned:
        is_other = bool(batch) and batch[-1].job.lane.pk != plan.job.lane.pk
        attempts = max(plan.job.lane.attempts, batch[-1].job.lane.attempts if batch else 0)
        goes_alone = is_other and attempts >= ALONE_AFTER
        if batch and (goes_alone or _is_full([*batch, plan])):
            yield batch
            batch = []
        batch.append(plan)
    if batch:
        yield batch


@dataclass(frozen=True, slots=True)
class Sent:
    """Outcomes by event id; without one are the refused: plans that Moodle does not take from their author, and why.

    is_answered: Moodle gave at least one answer that can be trusted.
    """

    outcomes: dict[int, Outcome]
    is_answered: bool
    refused: tuple[tuple[Planned, str], ...] = ()


def send_batch(client: MoodleClient, batch: Sequence[Planned], *, now: Callable[[], datetime]) -> Sent:
    """A batch that is refused as a whole is halved until the culprit stands alone.

    Raises Unreachable and Stop: then nothing is known of any job of the batch.
    """
    try:
        results = client.upsert_posts([plan.item for plan in batch])
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
        return Sent(
            first.outcomes | second.outcomes,
            first.is_answered or second.is_answered,
            first.refused + second.refused,
        )
    answered = list(zip(batch, results, strict=True))
    refused = tuple((plan, result.errorcode) for plan, result in answered if _is_personal(plan, result))
    outcomes = {
        plan.job.event_id: _outcome(plan, result, now=now())
        for plan, result in answered
        if not _is_personal(plan, result)
    }
    return Sent(outcomes, is_answered=True, refused=refused)


def _is_personal(plan: Planned, result: ItemResult) -> bool:
    return result.is_error and result.errorcode in PERSON_CODES and plan.item.userid != SERVICE_ACCOUNT


def _outcome(plan: Planned, result: ItemResult, *, now: datetime) -> Outcome:
    if result.is_error:
        return _failure(result.errorcode, now=now)
    presence = Presence.ERASED if plan.item.deleted or not result.postid else Presence.PRESENT
    copy = Copy(presence, plan.item.revision, result.discussionid or None, result.postid or None)
    if not plan.is_whole and result.postid:
        return placed(copy, now=now)
    counters = (f"moodle:{result.status}", *plan.counters)
    return applied(copy, *counters, attributed_for=plan.attributed_for)


def _failure(code: str, *, now: datetime) -> Outcome:
    if code in WAIT_CODES:
        return waiting(code, now=now)
    error = error_of_code(code)
    if isinstance(error, Stop):
        raise error
    if isinstance(error, Transient):
        return again(code, is_fault=True)
    # Of a person it was said already: what is left is the service account's.
    return dead(f"service:{code}" if code in PERSON_CODES else code)


def _is_full(batch: Sequence[Planned]) -> bool:
    return (
        len(batch) > MAX_BATCH_ITEMS or sum(len(plan.item.message) for plan in batch) > MAX_BATCH_CHARACTERS
    )
