"""Events that wait for the bridge. The row is the record; a task or a nudge only wakes the relay."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from peer_xblock.domain.ids import ID_LENGTH

from .connections import Connection
from .spaces import HASH_LENGTH


class OutboxEvent(models.Model):
    """One event, written in the transaction of the change that it tells of.

    state: waiting, sent, or dead (refused, or in conflict with what the bridge has).
    body: the event as JSON, blanked 7 days after it was sent; body_hash stays.
    """

    WAITING, SENT, DEAD = "waiting", "sent", "dead"

    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="events")
    event_id = models.CharField(_("event"), max_length=ID_LENGTH, unique=True)
    type = models.CharField(_("type"), max_length=80)
    aggregate = models.CharField(_("thread"), max_length=ID_LENGTH)
    sequence = models.PositiveBigIntegerField(_("sequence"))
    audience = models.CharField(_("audience"), max_length=8)
    body = models.TextField(_("body"))
    body_hash = models.CharField(max_length=HASH_LENGTH)
    created_at = models.DateTimeField(_("created"))
    state = models.CharField(_("state"), max_length=8, default=WAITING)
    error_code = models.CharField(_("cause"), max_length=64, default="", blank=True)
    error_field = models.CharField(_("field"), max_length=64, default="", blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        app_label = "peer_xblock"
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [models.UniqueConstraint(fields=["aggregate", "sequence"], name="peer_outbox_sequence")]
        indexes = [models.Index(fields=["connection", "state", "id"], name="peer_outbox_due")]

    def __str__(self) -> str:
        return self.event_id
