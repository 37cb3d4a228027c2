"""Counters, order and keys from what is there: a repair that changes nothing where all is well."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Count, Q

from peer_xblock.models import Activity, Pair, Slot

from .ranks import RANKS, rank
from .reranking import recount


def repair_activities() -> Iterator[str]:
    """Recount all assignments, one transaction a work; yields the public id of each work or space that was wrong."""
    for activity in Activity.objects.select_related("space").order_by("pk"):
        slots = Slot.objects.filter(activity_id=activity.pk)
        for pk in slots.order_by("pk").values_list("pk", flat=True).iterator():
            with transaction.atomic():
                slot = Slot.objects.select_for_update().get(pk=pk)
                was_wrong = _repair(slot, wanted=activity.wanted)
            if was_wrong:
                yield slot.public_id
        with transaction.atomic():
            was_wrong = recount(slots.filter(tier__isnull=False), activity.pk)
        if was_wrong:
            yield activity.space.public_id


def _repair(slot: Slot, *, wanted: int) -> bool:
    names = ("done", "live", "gave", *RANKS)
    before = [getattr(slot, name) for name in names]
    counted = Pair.objects.filter(slot=slot).aggregate(
        done=Count("pk", filter=Q(state=Pair.DONE)), live=Count("pk", filter=Q(state=Pair.LIVE))
    )
    slot.done, slot.live = counted["done"], counted["live"]
    if slot.author_id is not None:
        given = Pair.objects.filter(reviewer_id=slot.author_id, activity_id=slot.activity_id)
        slot.gave = given.filter(state=Pair.DONE).count()
    rank(slot, wanted=wanted)
    if before == [getattr(slot, name) for name in names]:
        return False
    slot.save(update_fields=names)
    return True
