"""People: one human with an Open edX account, an enterprise subject, and an account in a Moodle."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from moodle_bridge.models.tenants import MoodleSite, Tenant


class Person(models.Model):
    """A subject of an issuer within a tenant.

    key: sha256 of issuer, NUL, subject, in hexadecimal. It is what is unique: a collation that ignores case
    or accents would merge two people.
    """

    tenant = models.ForeignKey(
        Tenant, on_delete=models.CASCADE, related_name="people", verbose_name=_("tenant")
    )
    key = models.CharField(max_length=64, editable=False)
    issuer = models.CharField(_("issuer"), max_length=255)
    subject = models.CharField(_("identifying value"), max_length=255)
    name = models.CharField(_("name, as last seen"), max_length=255, blank=True, default="")

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(fields=["tenant", "key"], name="bridge_person_tenant_key")]

    def __str__(self) -> str:
        return self.name or self.subject


class Match(models.TextChoices):
    """What looking a person up in Moodle came to."""

    MATCHED = "matched", _("Matched")
    NONE = "none", _("No account with this ID number")
    AMBIGUOUS = "ambiguous", _("More than one account with this ID number")
    UNREADABLE = "unreadable", _("The service account may not read ID numbers")


class MoodleAccount(models.Model):
    """The account of a person in one Moodle, as last looked up. user_id is set exactly when matched."""

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="accounts", verbose_name=_("person")
    )
    site = models.ForeignKey(
        MoodleSite, on_delete=models.CASCADE, related_name="accounts", verbose_name=_("Moodle site")
    )
    state = models.CharField(_("state"), max_length=12, choices=Match.choices)
    user_id = models.BigIntegerField(_("Moodle user id"), null=True, blank=True)
    checked_at = models.DateTimeField(_("looked up"))

    class Meta:
        verbose_name = _("Moodle account")
        verbose_name_plural = _("Moodle accounts")
        constraints = [models.UniqueConstraint(fields=["person", "site"], name="bridge_account_person_site")]
        indexes = [models.Index(fields=["site", "user_id"], name="bridge_account_user")]

    def __str__(self) -> str:
        return f"{self.person} → {self.user_id or '-'}"
