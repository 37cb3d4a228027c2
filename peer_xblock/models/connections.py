"""To which bridge a course's contributions go. Edited in Django admin only, never in Studio or OLX."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from peer_xblock.domain.ids import ID_LENGTH

from .spaces import HASH_LENGTH


class Connection(models.Model):
    """One tenant: a company on this LMS. Secrets are stored encrypted, several during a rotation, newest first."""

    slug = models.SlugField(_("tenant"), max_length=40, unique=True)
    bridge_url = models.CharField(
        _("bridge address"),
        max_length=255,
        help_text=_("As https://bridge.example.org, or a service's name inside a cluster."),
        validators=[
            RegexValidator(
                r"^https?://[^/\s?#]+(/[^\s?#]*)?$", _("An address begins with http:// or https://.")
            )
        ],
    )
    outgoing_secrets = models.TextField(_("outgoing secrets"), blank=True, default="")
    incoming_secrets = models.TextField(_("incoming secrets"), blank=True, default="")
    identity_provider = models.CharField(
        _("identity provider"),
        max_length=64,
        blank=True,
        default="",
        help_text=_(
            "As the LMS names it in its single sign-on records (tpa-saml, keycloak…); empty: the newest of any."
        ),
    )
    identity_claim = models.CharField(
        _("identifying claim"),
        max_length=64,
        default="uid",
        help_text=_(
            "uid, or a name in what the provider sent (oid for Entra). The same value stands in Moodle's ID number."
        ),
    )
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    # One relay a tenant at a time, so that events leave in their order; a dead one's lease runs out.
    lease = models.CharField(max_length=ID_LENGTH, default="", blank=True, editable=False)
    leased_until = models.DateTimeField(null=True, blank=True, editable=False)
    due_at = models.DateTimeField(_("next try"), null=True, blank=True, editable=False)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0, editable=False)
    last_error = models.CharField(_("last error"), max_length=64, default="", blank=True, editable=False)
    last_sent_at = models.DateTimeField(_("last sent"), null=True, blank=True, editable=False)

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
