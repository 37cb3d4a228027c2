"""What the LMS remembers of a foreign post, locked, and what became of an item."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from peer_xblock.domain.inbound import ForeignItem
from peer_xblock.models import Connection, ForeignPost


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of an item.

    status: applied; known (this revision, or a newer one, was applied already); waiting (its parent is not here
    yet); later (try again); stands (ours stands, code: why). post: the public id, "" where there is none.
    """

    status: str
    code: str = ""
    post: str = ""


def claim(connection: Connection, item: ForeignItem) -> ForeignPost:
    """The item's row, locked until the transaction ends; made at first sight, with nothing applied."""
    key = {"connection": connection, "source": item.source, "external_id": item.id}
    rows = ForeignPost.objects.select_for_update().filter(**key)
    row = next(iter(rows), None)
    if row is not None:
        return row
    try:
        with transaction.atomic():
            return ForeignPost.objects.create(**key, revision=0)
    except IntegrityError:  # The same item came by two ways at once.
        return rows.get()
