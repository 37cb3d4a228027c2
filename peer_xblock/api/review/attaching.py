"""The files of a work: what was uploaded becomes part of it, what it lets go is a draft again."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from peer_xblock.api.visits import Visit
from peer_xblock.domain.errors import N_, Invalid, NotFound
from peer_xblock.domain.review.activity import FILES_MAX
from peer_xblock.models import Slot, StoredFile


def check_count(files: Sequence[str]) -> None:
    """Raises Invalid for more files than a work takes."""
    if len(files) > FILES_MAX:
        raise Invalid(
            N_("A work takes %(cap)d files; these are %(length)d."),
            field="files",
            length=len(files),
            cap=FILES_MAX,
        )


def attach_files(visit: Visit, slot: Slot, files: Sequence[str]) -> None:
    """Give the locked slot exactly these files, in this order: the viewer's own drafts, or what it has already.

    Raises NotFound.
    """
    here = StoredFile.objects.filter(owner_id=visit.viewer.user_id, space_id=visit.space.pk)
    rows = list(here.filter(Q(public_id__in=files) | Q(slot=slot)).select_for_update())
    usable = {row.public_id: row for row in rows if row.slot_id in (None, slot.pk)}
    if any(public_id not in usable for public_id in files):
        raise NotFound(N_("This file is not here any more. Add it again."), field="files")
    for row in usable.values():
        place = files.index(row.public_id) + 1 if row.public_id in files else 0
        wanted = (slot.pk, place, None) if place else (None, 0, visit.now)
        if (row.slot_id, row.place, row.draft_since) != wanted and (place or row.slot_id):
            row.slot_id, row.place, row.draft_since = wanted
            row.save(update_fields=["slot", "place", "draft_since"])
