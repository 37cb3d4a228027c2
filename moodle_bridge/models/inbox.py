"""What arrived: lanes, and the events in them. These rows are the queue; a broker only wakes workers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from moodle_bridge.models.tenants import Tenant


class Lane(models.Model):
    """The events of one thread, delivered in order by one worker at a time.

    due_at: when to look at it next, NULL when nothing is pending. lease_token and lease_until: the worker that
    has it, claimed by compare-and-set. attempts: failures in a row; first_failed_at: since when. sequence: the
    highest revision that was passed; holes: sequence numbers passed without having arrived. path: how this
    thread is written ("plugin" or "core"), fixed at its first delivery, since neither sees the other's posts.
    """

    tenant = models.ForeignKey(
        Tenant, on_delete=models.CASCADE, related_name="lanes", verbose_name=_("tenant")
    )
    thread = models.CharField(_("thread"), max_length=128)
    context = models.CharField(_("Open edX course"), max_length=255, default="")
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    lease_token = models.CharField(max_length=32, default="")
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    first_failed_at = models.DateTimeField(_("failing since"), null=True, blank=True)
    cause = models.CharField(_("cause"), max_length=100, default="", blank=True)
    sequence = models.BigIntegerField(_("sequence"), default=0)
    holes = models.PositiveIntegerField(_("holes passed"), default=0)
    path = models.CharField(_("written by"), max_length=8, default="", blank=True)

    class Meta:
        verbose_name = _("lane")
        verbose_name_plural = _("lanes")
        constraints = [models.UniqueConstraint(fields=["tenant", "thread"], name="bridge_lane_tenant_thread")]
        indexes = [models.Index(fields=["tenant", "due_at"], name="bridge_lane_due")]

    def __str__(self) -> str:
        return self.thread


class State(models.TextChoices):
    """Where an event stands. Only pending, waiting and held ones are still on their way."""

    PENDING = "pending", _("On its way")
    WAITING = "waiting", _("Waits for the post it answers")
    HELD = "held", _("Held until its author can post")
    APPLIED = "applied", _("In Moodle")
    SUPERSEDED = "superseded", _("Replaced by a newer one")
    WITHHELD = "withheld", _("Not for Moodle's readers")
    DEAD = "dead", _("Refused")
    DISMISSED = "dismissed", _("Dismissed")
    KEPT = "kept", _("Kept: unknown kind")


OPEN_STATES = (State.PENDING, State.WAITING, State.HELD)
REPLAYABLE_STATES = (State.DEAD, State.HELD, State.WAITING, State.WITHHELD)


class InboxEvent(models.Model):
    """One event, as it arrived: stored once, whatever becomes of it.

    body: its canonical JSON, "" once blanked; body_hash: sha256 of it without `time`. subject: the post's
    public id; revision: the thread's sequence, the newest of a post wins. receipt: the request that brought it.
    retry_at: when a waiting or held event is tried again. blank_at: when the body is to be blanked.
    """

    tenant = models.ForeignKey(
        Tenant, on_delete=models.CASCADE, related_name="events", verbose_name=_("tenant")
    )
    event_id = models.CharField(_("event"), max_length=64)
    lane = models.ForeignKey(
        Lane, on_delete=models.CASCADE, related_name="events", null=True, blank=True, verbose_name=_("lane")
    )
    type = models.CharField(_("kind"), max_length=100)
    subject = models.CharField(_("post"), max_length=128, default="", blank=True)
    number = models.BigIntegerField(_("number in the thread"), default=0)
    revision = models.BigIntegerField(_("revision"), default=0)
    is_erased = models.BooleanField(_("erased"), default=False)
    body = models.TextField(default="")
    body_hash = models.CharField(max_length=64)
    receipt = models.CharField(max_length=32)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.PENDING)
    cause = models.CharField(_("cause"), max_length=100, default="", blank=True)
    received_at = models.DateTimeField(_("received"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    retry_at = models.DateTimeField(_("next try"), null=True, blank=True)
    blank_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("inbox")
        constraints = [models.UniqueConstraint(fields=["tenant", "event_id"], name="bridge_event_tenant_id")]
        indexes = [
            models.Index(fields=["lane", "state", "revision"], name="bridge_event_lane"),
            models.Index(fields=["tenant", "subject"], name="bridge_event_subject"),
            models.Index(fields=["tenant", "state", "cause"], name="bridge_event_state"),
            models.Index(fields=["state", "retry_at"], name="bridge_event_retry"),
            models.Index(fields=["blank_at"], name="bridge_event_blank"),
        ]

    def __str__(self) -> str:
        return self.event_id
