"""What people write and have not sent, so that they can go on with it on another device."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from .spaces import Space

PLACE = 80


class Draft(models.Model):
    """One text of one person in one place of a space. place: as the page names it, `thread` or `comment-<post>`.

    revision: raised by each change; a device says from which one it goes on. is_gone: sent or given up. Such a row
    stays without its text, so that an older copy on some other device is known as one and does not come back.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=PLACE)
    revision = models.PositiveIntegerField(default=1)
    is_gone = models.BooleanField(default=False)
    title = models.CharField(max_length=200, blank=True, default="")
    tags = models.CharField(max_length=200, blank=True, default="")
    body = models.TextField(blank=True, default="")
    kind = models.CharField(max_length=64, blank=True, default="")
    anonymous = models.BooleanField(default=False)
    edited_revision = models.PositiveIntegerField(null=True)
    saved_at = models.DateTimeField(db_index=True)

    class Meta:
        app_label = "peer_xblock"
        constraints = [models.UniqueConstraint(fields=["user", "space", "place"], name="peer_draft_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.place} r{self.revision}"
