"""Files that people hand in. The bytes lie in Django's default storage under a name that nobody can guess."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from peer_xblock.domain.ids import ID_LENGTH

from .review import Slot
from .spaces import Space

PATH = 100


class StoredFile(models.Model):
    """One file. slot: the work that it belongs to, null while it belongs to none yet.

    draft_since: null once it belongs to a work. place: its order in the work, from 1. path: in the storage.
    """

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    slot = models.ForeignKey(Slot, null=True, on_delete=models.SET_NULL, related_name="files")
    public_id = models.CharField(max_length=ID_LENGTH, unique=True)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    path = models.CharField(max_length=PATH, unique=True)
    place = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    draft_since = models.DateTimeField(null=True, db_index=True)

    class Meta:
        app_label = "peer_xblock"

    def __str__(self) -> str:
        return self.public_id
