"""What was born elsewhere: which post of ours it is, and the newest revision that was taken."""

from __future__ import annotations

from django.db import models

from peer_xblock.domain.ids import ID_LENGTH

from .connections import Connection
from .discussion import Post

SOURCE_LENGTH = 40


class ForeignPost(models.Model):
    """A post of another system, by its id there.

    source: which system of the connection's bridge. revision: the newest that was applied; an older one does nothing.
    post: null for one that was gone before it came. public_id: the post's, which outlives it.
    edit: the newest version of a post of ours that came from there, 0 for none. is_gone: it was removed there.
    is_pinned, is_locked: how the thread that it opens was seen there last.
    """

    connection = models.ForeignKey(
        Connection, on_delete=models.PROTECT, related_name="foreign_posts", db_index=False
    )
    source = models.CharField(max_length=SOURCE_LENGTH)
    external_id = models.CharField(max_length=20)
    revision = models.PositiveBigIntegerField()
    post = models.ForeignKey(Post, null=True, on_delete=models.SET_NULL, related_name="+")
    public_id = models.CharField(max_length=ID_LENGTH, default="", blank=True)
    edit = models.PositiveIntegerField(default=0)
    is_gone = models.BooleanField(default=False)
    is_pinned = models.BooleanField(default=False)
    is_locked = models.BooleanField(default=False)

    class Meta:
        app_label = "peer_xblock"
        constraints = [
            models.UniqueConstraint(fields=["connection", "source", "external_id"], name="peer_foreign_once")
        ]

    def __str__(self) -> str:
        return f"{self.source}/{self.external_id}"
