"""A retired person's works and reviews stand, and nothing says any more whose they are."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from random import Random

from peer_xblock.api.transactions import in_transaction
from peer_xblock.api.visits import PLATFORM, Visit
from peer_xblock.models import Pair, Review, Slot, Space, StoredFile, Submission

from .leases import return_expired
from .rows import lock_slots
from .telling import tell


def retire_reviewer(user_id: int, *, limit: int, now: datetime, rng: Random) -> int:
    """Unlink up to `limit` works, each with its event; with the last go reviews, leases and files.

    Returns how many: fewer than the limit when none is left. Leases are given back, drafts of reviews with them.
    """
    found = list(
        Slot.objects.filter(author_id=user_id).order_by("pk").values_list("pk", "activity_id")[:limit]
    )
    for slot_id, space_id in found:
        space = Space.objects.select_related("context__connection").get(pk=space_id)
        in_transaction(partial(_unlink, Visit(space, PLATFORM, now, rng), slot_id))
    if len(found) < limit:
        Pair.objects.filter(held_by_id=user_id).update(expires_at=now - timedelta(seconds=1))
        return_expired(now=now)
        in_transaction(partial(_forget_traces, user_id))
    return len(found)


def _unlink(visit: Visit, slot_id: int) -> None:
    slot = lock_slots(slot_id)[slot_id]
    slot.author_id, slot.unpublished_since = None, None
    slot.sequence += 1
    slot.save(update_fields=["author", "unpublished_since", "sequence"])
    work = Submission.objects.filter(slot=slot).first()
    if work is not None:
        tell(visit, slot, work)


def _forget_traces(user_id: int) -> None:
    Review.objects.filter(reviewer_id=user_id, sent_at=None, team_of=None).delete()
    Review.objects.filter(reviewer_id=user_id).update(reviewer=None)
    Pair.objects.filter(reviewer_id=user_id).update(reviewer=None)
    StoredFile.objects.filter(owner_id=user_id).update(owner=None)
