"""What readers leave on a post without writing one: a reaction, a report."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from peer_xblock.domain.flagging import WORDS_CAP

from .discussion import Post


class PostReaction(models.Model):
    """One person's reaction to one post. mark: a bit of domain.reacting.Reaction."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="post_reactions")
    mark = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        app_label = "peer_xblock"
        constraints = [models.UniqueConstraint(fields=["user", "post", "mark"], name="peer_reaction_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.post_id} {self.mark}"


class Flag(models.Model):
    """One person's report of one post: gone when they withdraw it. reason: of domain.flagging.Reason."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="flags")
    reason = models.CharField(max_length=16)
    words = models.CharField(max_length=WORDS_CAP, default="", blank=True)
    created_at = models.DateTimeField()

    class Meta:
        app_label = "peer_xblock"
        constraints = [models.UniqueConstraint(fields=["user", "post"], name="peer_flag_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.post_id} {self.reason}"
