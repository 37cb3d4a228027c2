"""Who asked the platform to be forgotten. The row is the record; periodic work does it, in steps that can stop."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Retirement(models.Model):
    """A person who retires. user_id is no foreign key: the platform may delete the account before we are done.

    done: how many rows were unlinked so far.
    """

    user_id = models.BigIntegerField(_("account"), unique=True)
    requested_at = models.DateTimeField(_("requested"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True, db_index=True)
    done = models.PositiveIntegerField(_("unlinked"), default=0)

    class Meta:
        app_label = "peer_xblock"
        verbose_name = _("retirement")
        verbose_name_plural = _("retirements")

    def __str__(self) -> str:
        return f"#{self.user_id}"
