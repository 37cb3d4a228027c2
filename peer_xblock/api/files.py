"""Files in Django's default storage, each under a name that says nothing and that nobody can guess."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from random import Random

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet

from peer_xblock.api.visits import Visit
from peer_xblock.domain.file_types import FileType
from peer_xblock.domain.files import Download
from peer_xblock.domain.ids import new_id
from peer_xblock.models import StoredFile

FOLDER = "peer_xblock"
KEEP_DRAFTS = timedelta(days=7)
_BATCH = 200
_BITS = 128

_log = logging.getLogger(__name__)


def store_file(visit: Visit, name: str, content: bytes, kind: FileType) -> StoredFile:
    """Keep a checked file as a draft of the viewer's: first the bytes, then the row that knows them."""
    path = keep_bytes(content, visit.rng)
    try:
        return StoredFile.objects.create(
            space_id=visit.space.pk,
            owner_id=visit.viewer.user_id,
            public_id=new_id(visit.now, visit.rng),
            name=name,
            content_type=kind.content_type,
            size=len(content),
            path=path,
            created_at=visit.now,
            draft_since=visit.now,
        )
    except BaseException:
        forget_bytes([path])
        raise


def keep_bytes(content: bytes, rng: Random) -> str:
    """Their path in the storage.

    The name has no ending, so that a server which shows the storage's folder runs nothing of it.
    """
    wanted = f"{rng.getrandbits(_BITS):032x}"
    return default_storage.save(f"{FOLDER}/{wanted[:2]}/{wanted}", ContentFile(content))


def download(row: StoredFile, *, name: str) -> Download:
    """The file under a name."""
    return Download(name, row.content_type, partial(default_storage.open, row.path, "rb"))


def delete_drafts(drafts: QuerySet[StoredFile]) -> int:
    """Delete drafts, and their bytes after the commit. Returns how many.

    They are found under their lock: one that has just become part of a work is none any more, and stays.
    """
    with transaction.atomic():
        found = list(drafts.select_for_update())
        StoredFile.objects.filter(pk__in=[row.pk for row in found]).delete()
        transaction.on_commit(partial(forget_bytes, [row.path for row in found]))
    return len(found)


def remove_unused(*, now: datetime) -> int:
    """Delete what was uploaded a week ago and never became part of a work. Returns how many."""
    unused = StoredFile.objects.filter(draft_since__lt=now - KEEP_DRAFTS).order_by("draft_since")
    return sum(iter(lambda: delete_drafts(unused[:_BATCH]), 0))


def forget_bytes(paths: Iterable[str]) -> None:
    """Bytes that no row knows any more; one that cannot be deleted costs its space and nothing else."""
    for path in paths:
        try:
            default_storage.delete(path)
        except OSError as error:
            _log.warning("a file was not deleted from the storage (%s)", type(error).__name__)
