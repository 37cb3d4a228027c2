"""The queries of peer review: each finds its rows by an index, whatever the size of the assignment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery

from peer_xblock.api.discussion.rows import only
from peer_xblock.api.visits import Visit
from peer_xblock.domain.errors import N_, NotFound
from peer_xblock.models import Activity, Pair, Review, Slot, StoredFile, Submission


def space_id(visit: Visit) -> int:
    """The assignment's key; that of none for a preview that is not stored."""
    return visit.space.pk or 0


def my_slot(visit: Visit) -> Slot | None:
    """The viewer's own place, with its work."""
    return only(_mine(visit).select_related("submission"))


def my_place(visit: Visit) -> Any:
    """The same with what must be known before work is handed out, in one statement.

    held_until: the end of the lease that the viewer holds. expired: a lease here that has run out. ranked_for, to_give:
    the numbers for which the slots are ranked.
    """
    here = Pair.objects.filter(activity_id=space_id(visit))
    return only(
        _mine(visit).annotate(
            held_until=Subquery(here.filter(held_by_id=visit.viewer.user_id).values("expires_at")[:1]),
            expired=Subquery(here.filter(expires_at__lt=visit.now).values("id")[:1]),
            **_ranked_for(),
        )
    )


def lock_mine(visit: Visit) -> Slot | None:
    """The viewer's own place, locked."""
    return only(_mine(visit).select_for_update())


def lock_slots(*slot_ids: int) -> dict[int, Slot]:
    """These slots, locked in the order of their keys: two orders would be a deadlock in waiting."""
    slots = Slot.objects.filter(pk__in=slot_ids).order_by("pk").select_for_update()
    return {slot.pk: slot for slot in slots}


def work_of(slot: Slot | None) -> Submission | None:
    """The work in a slot that was read with it."""
    return getattr(slot, "submission", None) if slot is not None else None


def held_pair(visit: Visit) -> Pair | None:
    """The lease that the viewer holds, with the work and the draft."""
    pairs = Pair.objects.select_related("slot__submission", "review")
    return only(pairs.filter(held_by_id=visit.viewer.user_id, activity_id=space_id(visit)))


def my_pair(visit: Visit, review: str) -> Any:
    """A pair of the viewer's, with its draft, `ranked_for` and `to_give`. Raises NotFound."""
    pairs = Pair.objects.select_related("review").annotate(**_ranked_for())
    mine = pairs.filter(public_id=review, activity_id=space_id(visit), reviewer_id=visit.viewer.user_id)
    pair = only(mine)
    if pair is None:
        raise NotFound(N_("This review is not here, or not yours."), field="review")
    return pair


def get_slot(visit: Visit, submission: str, *, locked: bool = False) -> Any:
    """A work of the assignment, by its id: with its text, or locked and with `passed`, its skips. Raises NotFound."""
    slots = Slot.objects.filter(activity_id=space_id(visit), public_id=submission, tier__isnull=False)
    locking = slots.annotate(passed=skip_count()).select_for_update()
    slot = only(locking if locked else slots.select_related("submission"))
    if slot is None:
        raise NotFound(N_("This work is not here."), field="submission")
    return slot


def open_slots(visit: Visit) -> QuerySet[Slot]:
    """Works that the viewer could be given, the next one first: not their own, none that they were given before.

    By NOT EXISTS: for an outer join with so rare a match PostgreSQL would sort the whole assignment.
    lapsed: the key of a pair whose lease ran out; that work may be given again. work_revision: the work's.
    """
    mine = Pair.objects.filter(
        slot_id=OuterRef("pk"), activity_id=space_id(visit), reviewer_id=visit.viewer.user_id
    )
    slots = Slot.objects.filter(activity_id=space_id(visit), tier__isnull=False)
    return (
        slots.exclude(author_id=visit.viewer.user_id)
        .filter(~Exists(mine.exclude(state=Pair.LAPSED)))
        .annotate(lapsed=Subquery(mine.values("id")[:1]), work_revision=work_revision())
        .order_by("tier", "ord")
    )


def work_revision() -> Subquery:
    """The revision of a slot's work, in the statement that finds the slot."""
    return Subquery(Submission.objects.filter(slot_id=OuterRef("pk")).values("revision")[:1])


def lock_next(slots: QuerySet[Slot], *, waiting: bool = False) -> Any:
    """The first of these slots, locked where the engine can; one that another call has locked is passed over.

    waiting: wait for it instead.
    """
    features = connection.features
    of = ("self",) if features.has_select_for_update_of else ()
    skip = features.has_select_for_update_skip_locked and not waiting
    return only(slots.select_for_update(of=of, skip_locked=skip)[:1])


def peer_reviews(*slot_ids: int) -> list[Review]:
    """What peers have sent of these works, in the order of arrival: a few, put in order here."""
    sent = Review.objects.filter(slot_id__in=slot_ids, sent_at__isnull=False, team_of=None)
    return sorted(sent, key=lambda review: (review.sent_at, review.pk))


def team_review(slot: Slot) -> Review | None:
    """The team's own judgement of a work."""
    return only(Review.objects.filter(team_of=slot))


def skip_count() -> Subquery:
    """How many reviewers passed a work on, in the statement that finds it; null for none."""
    skips = Pair.objects.filter(slot_id=OuterRef("pk"), state=Pair.SKIPPED).order_by()
    return Subquery(skips.values("slot_id").annotate(count=Count("pk")).values("count"))


def skips_of(slot_id: int) -> list[Pair]:
    """Who passed a work on, the first one first: a few."""
    return sorted(Pair.objects.filter(slot_id=slot_id, state=Pair.SKIPPED), key=lambda pair: pair.pk)


def files_of(*slot_ids: int) -> list[StoredFile]:
    """The files of these works, in their authors' order."""
    files = StoredFile.objects.filter(slot_id__in=slot_ids)
    return sorted(files, key=lambda row: (row.place, row.pk))


def draft_files(visit: Visit) -> list[StoredFile]:
    """What the viewer has uploaded and not handed in."""
    files = StoredFile.objects.filter(owner_id=visit.viewer.user_id, space_id=space_id(visit))
    return sorted(files.filter(draft_since__isnull=False), key=lambda row: row.pk)


def _mine(visit: Visit) -> QuerySet[Slot]:
    return Slot.objects.filter(activity_id=space_id(visit), author_id=visit.viewer.user_id)


def unpublished(slot_id: int) -> Slot | None:
    """A slot whose grade is newer than the gradebook's, with its assignment."""
    slots = Slot.objects.select_related("activity")
    return only(slots.filter(pk=slot_id, unpublished_since__isnull=False))


def expired_pairs(now: datetime) -> QuerySet[Pair]:
    """Leases that have run out, the oldest first; only live ones have an end."""
    return Pair.objects.filter(expires_at__lt=now).order_by("expires_at")


def _ranked_for() -> dict[str, Subquery]:
    ranked = Activity.objects.filter(space_id=OuterRef("activity_id"))
    return {
        "ranked_for": Subquery(ranked.values("wanted")[:1]),
        "to_give": Subquery(ranked.values("to_give")[:1]),
    }


def slot_of(visit: Visit) -> int:
    """The key of the viewer's own place; whoever holds a lease has one."""
    return _mine(visit).values_list("pk", flat=True).get()


def is_replaced(pair_id: int) -> bool:
    """Whether the author has replaced a work since it was given to this reviewer."""
    pairs = Pair.objects.filter(pk=pair_id, revision__gt=0)
    return pairs.exclude(revision=F("slot__submission__revision")).exists()


def my_states(visit: Visit) -> dict[int, str]:
    """What became of each work that the viewer was given in the assignment: states by the pair's key."""
    mine = Pair.objects.filter(reviewer_id=visit.viewer.user_id, activity_id=space_id(visit))
    return dict(mine.values_list("pk", "state"))
