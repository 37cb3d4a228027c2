"""Which course, space and group of the LMS goes where in Moodle. What is not mapped is withheld."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from moodle_bridge.models.tenants import MoodleSite, Tenant

POSITIVE = [MinValueValidator(1)]


class CourseMap(models.Model):
    """A learning context of the LMS and the Moodle course that it is mirrored into."""

    tenant = models.ForeignKey(
        Tenant, on_delete=models.CASCADE, related_name="courses", verbose_name=_("tenant")
    )
    site = models.ForeignKey(
        MoodleSite, on_delete=models.CASCADE, related_name="courses", verbose_name=_("Moodle site")
    )
    context = models.CharField(
        _("Open edX course"), max_length=255, help_text=_("For example course-v1:Org+Course+Run.")
    )
    course_id = models.BigIntegerField(_("Moodle course id"), validators=POSITIVE)

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["tenant", "context"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "context"], name="bridge_course_tenant_context")
        ]

    def __str__(self) -> str:
        return self.context

    def clean(self) -> None:
        if self.site_id and self.tenant_id and self.site.tenant_id != self.tenant_id:
            raise ValidationError({"site": _("This Moodle belongs to another tenant.")})


class SpaceMap(models.Model):
    """A space, or every space of the context that has no map of its own, and its forum.

    space_id: "" for all spaces of the context. separates_groups: the forum's group mode is "separate groups";
    only then is what was written for one group mirrored, since any other mode shows it to everybody.
    """

    course = models.ForeignKey(
        CourseMap, on_delete=models.CASCADE, related_name="spaces", verbose_name=_("course")
    )
    space_id = models.CharField(
        _("space"),
        max_length=64,
        blank=True,
        default="",
        help_text=_("Empty: every space without a line of its own."),
    )
    forum_id = models.BigIntegerField(_("Moodle forum id"), validators=POSITIVE)
    separates_groups = models.BooleanField(
        _("separate groups"),
        default=False,
        help_text=_("Tick only if the forum's group mode in Moodle is “Separate groups”."),
    )

    class Meta:
        verbose_name = _("space")
        verbose_name_plural = _("spaces")
        ordering = ["course", "space_id"]
        constraints = [
            models.UniqueConstraint(fields=["course", "space_id"], name="bridge_space_course_space")
        ]

    def __str__(self) -> str:
        return self.space_id or str(_("every space"))


class GroupMap(models.Model):
    """A cohort or team of the LMS and the Moodle group with the same members, or fewer."""

    course = models.ForeignKey(
        CourseMap, on_delete=models.CASCADE, related_name="groups", verbose_name=_("course")
    )
    group_id = models.CharField(_("Open edX group"), max_length=100, help_text=_("For example cohort:3."))
    moodle_group_id = models.BigIntegerField(_("Moodle group id"), validators=POSITIVE)

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["course", "group_id"]
        constraints = [
            models.UniqueConstraint(fields=["course", "group_id"], name="bridge_group_course_group")
        ]

    def __str__(self) -> str:
        return self.group_id
