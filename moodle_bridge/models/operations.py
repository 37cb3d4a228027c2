"""Signs of life and counts, for the health page and the admin."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from moodle_bridge.models.tenants import Tenant


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
