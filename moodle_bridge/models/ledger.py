"""What the bridge did in Moodle: one row a post, written before the call and completed after it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from moodle_bridge.models.inbox import Lane
from moodle_bridge.models.tenants import MoodleSite, Tenant


class Presence(models.TextChoices):
    """What is known of a post in Moodle.

    SENDING is written before the call: a lost answer leaves it, and then the post must be taken for present
    whenever its copy has to be withdrawn.
    """

    SENDING = "sending", _("Sent, not yet confirmed")
    PRESENT = "present", _("In Moodle")
    ERASED = "erased", _("Deleted in Moodle")
    WITHHELD = "withheld", _("Not mirrored")
    FOREIGN = "foreign", _("Born in Moodle")


class LedgerEntry(models.Model):
    """One post of ours and its copy.

    revision: the last that Moodle confirmed, 0 for none; sent_revision: the last that was sent. post_id and
    discussion_id are Moodle's, NULL while there is no row. user_id: the Moodle author, 0 = the service account.
    content_hash: sha256 of subject, NUL, message, NUL, format, as sent. is_erased: nothing may bring it back.
    """

    tenant = models.ForeignKey(
        Tenant, on_delete=models.CASCADE, related_name="ledger", verbose_name=_("tenant")
    )
    lane = models.ForeignKey(Lane, on_delete=models.CASCADE, related_name="ledger", verbose_name=_("lane"))
    external_id = models.CharField(_("post"), max_length=128)
    number = models.BigIntegerField(_("number in the thread"), default=0)
    parent = models.CharField(_("answers"), max_length=128, default="", blank=True)
    site = models.ForeignKey(
        MoodleSite,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="ledger",
        verbose_name=_("Moodle site"),
    )
    forum_id = models.BigIntegerField(_("forum"), null=True, blank=True)
    discussion_id = models.BigIntegerField(_("discussion"), null=True, blank=True)
    post_id = models.BigIntegerField(_("post in Moodle"), null=True, blank=True)
    user_id = models.BigIntegerField(_("author in Moodle"), null=True, blank=True)
    presence = models.CharField(_("state"), max_length=12, choices=Presence.choices)
    revision = models.BigIntegerField(_("revision"), default=0)
    sent_revision = models.BigIntegerField(default=0)
    content_hash = models.CharField(max_length=64, default="", blank=True)
    is_erased = models.BooleanField(_("erased"), default=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger: where is my post?")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "external_id"], name="bridge_ledger_tenant_id")
        ]
        indexes = [
            models.Index(fields=["lane", "number"], name="bridge_ledger_lane"),
            models.Index(fields=["site", "post_id"], name="bridge_ledger_post"),
        ]

    def __str__(self) -> str:
        return self.external_id
