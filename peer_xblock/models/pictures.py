"""Pictures inside texts. The bytes lie in Django's default storage under a name that nobody can guess."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from peer_xblock.domain.ids import ID_LENGTH

from .discussion import Post
from .files import PATH
from .review import Slot
from .spaces import Space


class Picture(models.Model):
    """One picture, encoded anew. space: where it was uploaded. post, slot: what it became a part of first.

    draft_since: null once it is part of a post or work; until then it is its owner's alone. path: in the storage.
    """

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    post = models.ForeignKey(Post, null=True, on_delete=models.SET_NULL, related_name="pictures")
    slot = models.ForeignKey(Slot, null=True, on_delete=models.SET_NULL, related_name="pictures")
    public_id = models.CharField(max_length=ID_LENGTH, unique=True)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    path = models.CharField(max_length=PATH, unique=True)
    created_at = models.DateTimeField()
    draft_since = models.DateTimeField(null=True, db_index=True)

    class Meta:
        app_label = "peer_xblock"

    def __str__(self) -> str:
        return self.public_id
