"""Signs of life and counts, for the health page and the admin."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from moodle_bridge.models.tenants import MoodleSite, Tenant


class Heartbeat(models.Model):
    """When a loop last went round, whatever process it runs in."""

    name = models.CharField(_("loop"), max_length=40, unique=True)
    beat_at = models.DateTimeField(_("last round"))

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self) -> str:
        return self.name


class Counter(models.Model):
    """How often something happened for a tenant since it began."""

    tenant = models.ForeignKey(
        Tenant, on_delete=models.CASCADE, related_name="counters", verbose_name=_("tenant")
    )
    name = models.CharField(_("what"), max_length=100)
    value = models.BigIntegerField(_("times"), default=0)

    class Meta:
        verbose_name = _("counter")
        verbose_name_plural = _("counters")
        ordering = ["tenant", "name"]
        constraints = [models.UniqueConstraint(fields=["tenant", "name"], name="bridge_counter_tenant_name")]

    def __str__(self) -> str:
        return self.name


class Comparison(models.Model):
    """What a comparison of one forum found. posts: how many there are. found: how many by kind.

    repaired: how many are on their way again. decision: what only an administrator can decide, "" for nothing.
    context: "" for a forum that is mapped no more.
    """

    site = models.ForeignKey(
        MoodleSite, on_delete=models.CASCADE, related_name="comparisons", verbose_name=_("Moodle site")
    )
    context = models.CharField(_("Open edX course"), max_length=255, default="", blank=True)
    forum_id = models.BigIntegerField(_("forum"))
    compared_at = models.DateTimeField(_("compared"), db_index=True)
    is_dry_run = models.BooleanField(_("dry run"), default=False)
    posts = models.PositiveIntegerField(_("posts"), default=0)
    found = models.JSONField(_("found"), default=dict)
    repaired = models.PositiveIntegerField(_("repaired"), default=0)
    decision = models.CharField(_("to be decided"), max_length=20, default="", blank=True)

    class Meta:
        verbose_name = _("comparison")
        verbose_name_plural = _("comparisons with Moodle")

    def __str__(self) -> str:
        return f"{self.forum_id} {self.compared_at:%Y-%m-%d %H:%M}"
