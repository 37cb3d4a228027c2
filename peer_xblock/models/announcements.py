"""Which announcements are yet to be mailed, and how far that went."""

from __future__ import annotations

from django.db import models

from .discussion import Thread


class Announcement(models.Model):
    """The mailing of an announcement: one mail to each person who may read it, once.

    reached: the account up to which mails were made, in rising order. done_at: null while people are left.
    """

    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, related_name="announcement")
    reached = models.PositiveBigIntegerField(default=0)
    count = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        app_label = "peer_xblock"

    def __str__(self) -> str:
        return f"{self.thread_id} {self.reached}"
