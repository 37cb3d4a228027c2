"""The outbox hears of a work that was handed in, and of a grade that was settled."""

from __future__ import annotations

from peer_xblock.api.names import Names
from peer_xblock.api.visits import Visit
from peer_xblock.models import Slot, Submission
from peer_xblock.outbox import append_submission


def tell(visit: Visit, slot: Slot, work: Submission) -> None:
    """Append the work's state; nothing is looked up or written where the course has no connection.

    slot: with the sequence that this change took.
    """
    if visit.space.context.connection is None:
        return
    names = Names(visit)
    names.expect([slot.author_id])
    append_submission(
        visit.space,
        slot,
        work,
        author_name=names.of(slot.author_id) if slot.author_id else None,
        now=visit.now,
        rng=visit.rng,
    )
