"""The way back: how far a Moodle's changes were read, and what of them is on its way to the LMS."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from moodle_bridge.models.inbox import State
from moodle_bridge.models.tenants import MoodleSite


class InboundLine(models.Model):
    """One Moodle's way back, read and sent by one worker at a time.

    offset: what is added to Moodle's numbers, which begin again when a Moodle is restored from a backup.
    cursor: Moodle's own, "" at the beginning; moved in the transaction that stores what was read. lease_token and
    lease_until: the worker that has it. failures: in a row, of either side. cause: why it is not getting on.
    """

    site = models.OneToOneField(
        MoodleSite, on_delete=models.CASCADE, related_name="line", verbose_name=_("Moodle site")
    )
    cursor = models.CharField(max_length=64, default="", blank=True)
    offset = models.BigIntegerField(default=0)
    due_at = models.DateTimeField(_("next look"), db_index=True)
    lease_token = models.CharField(max_length=32, default="")
    lease_until = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    cause = models.CharField(_("cause"), max_length=100, default="", blank=True)
    read_at = models.DateTimeField(_("last read"), null=True, blank=True)

    class Meta:
        verbose_name = _("way back")
        verbose_name_plural = _("ways back: Moodle to LMS")

    def __str__(self) -> str:
        return str(self.site)


class InboundPost(models.Model):
    """One revision of a post of Moodle's, as it was read; only the newest of a post is sent.

    revision: number of the change in Moodle, plus the line's offset. is_gone: it is not in the forum any more.
    body: what Moodle told, as JSON, "" once blanked. lms_post: its public id in the LMS.
    retry_at: when a waiting one is tried again. blank_at: when the body is to be blanked.
    is_offer: somebody changed the copy of a post of the LMS; each of these is sent, in order.
    """

    site = models.ForeignKey(
        MoodleSite, on_delete=models.CASCADE, related_name="inbound", verbose_name=_("Moodle site")
    )
    post_id = models.BigIntegerField(_("post in Moodle"))
    revision = models.BigIntegerField(_("revision"))
    forum_id = models.BigIntegerField(_("forum"))
    discussion_id = models.BigIntegerField(_("discussion"))
    is_gone = models.BooleanField(_("gone in Moodle"), default=False)
    is_offer = models.BooleanField(_("change of a post of the LMS"), default=False)
    body = models.TextField(default="")
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.PENDING)
    cause = models.CharField(_("cause"), max_length=100, default="", blank=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    lms_post = models.CharField(_("post"), max_length=64, default="", blank=True)
    received_at = models.DateTimeField(_("received"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    retry_at = models.DateTimeField(_("next try"), null=True, blank=True)
    blank_at = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        verbose_name = _("post from Moodle")
        verbose_name_plural = _("posts from Moodle")
        constraints = [
            models.UniqueConstraint(fields=["site", "post_id", "revision"], name="bridge_inbound_once")
        ]
        indexes = [models.Index(fields=["site", "state", "revision"], name="bridge_inbound_state")]

    def __str__(self) -> str:
        return f"{self.post_id} r{self.revision}"
