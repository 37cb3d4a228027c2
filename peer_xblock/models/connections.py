"""To which bridge a course's contributions go. Edited in Django admin only, never in Studio or OLX."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .spaces import HASH_LENGTH


class Connection(models.Model):
    """One tenant: a company on this LMS. Secrets are stored encrypted, several during a rotation, newest first."""

    slug = models.SlugField(_("tenant"), max_length=40, unique=True)
    bridge_url = models.URLField(_("bridge address"), max_length=255)
    outgoing_secrets = models.TextField(_("outgoing secrets"), blank=True, default="")
    incoming_secrets = models.TextField(_("incoming secrets"), blank=True, default="")
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        app_label = "peer_xblock"
        verbose_name = _("connection")
        verbose_name_plural = _("connections")

    def __str__(self) -> str:
        return self.slug


class ConnectionScope(models.Model):
    """A course, or a whole organisation, of a connection. A course's own entry outranks its organisation's."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="scopes")
    kind = models.CharField(
        _("kind"), max_length=8, choices=[("course", _("course")), ("org", _("organisation"))]
    )
    value = models.CharField(_("course key or organisation"), max_length=255)
    value_hash = models.CharField(max_length=HASH_LENGTH, unique=True, editable=False)

    class Meta:
        app_label = "peer_xblock"
        verbose_name = _("connected course or organisation")
        verbose_name_plural = _("connected courses and organisations")

    def __str__(self) -> str:
        return self.value
