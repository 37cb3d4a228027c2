"""Periodic work as rows: `peer_tick` claims what is due with a lease."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from peer_xblock.domain.ids import ID_LENGTH


class Job(models.Model):
    """One kind of periodic work. last_result: a line for the admin."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    every_s = models.PositiveIntegerField(_("every (s)"))
    due_at = models.DateTimeField(_("due"))
    lease = models.CharField(max_length=ID_LENGTH, default="", blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    last_run_at = models.DateTimeField(_("last run"), null=True, blank=True)
    last_result = models.CharField(_("last result"), max_length=255, default="", blank=True)

    class Meta:
        app_label = "peer_xblock"
        verbose_name = _("periodic job")
        verbose_name_plural = _("periodic jobs")

    def __str__(self) -> str:
        return self.name
