"""What a person marked for themselves."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from .discussion import MINE_KEY, Post


class Bookmark(models.Model):
    """A post that one person saved; nobody else sees it. key: by space and person, the newest last."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="bookmarks")
    key = models.CharField(max_length=MINE_KEY, unique=True)
    created_at = models.DateTimeField()

    class Meta:
        app_label = "peer_xblock"
        constraints = [models.UniqueConstraint(fields=["user", "post"], name="peer_bookmark_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.post_id}"
