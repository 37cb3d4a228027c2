"""What the campus keeps: people, the course's outline, field values, grades."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

ROLES = [("learner", _("learner")), ("facilitator", _("facilitator")), ("staff", _("course staff"))]


class Profile(models.Model):
    """A person of the campus. `subject` is empty for one whom no identity provider knows."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="campus")
    name = models.CharField(_("display name"), max_length=255)
    role = models.CharField(_("role"), max_length=16, choices=ROLES, default="learner")
    cohort_id = models.PositiveIntegerField(_("cohort number"), default=0)
    cohort = models.CharField(_("cohort"), max_length=100, blank=True, default="")
    subject = models.CharField(_("subject at the identity provider"), max_length=255, blank=True, default="")
    # As they chose on the page; mails come in it.
    language = models.CharField(_("language"), max_length=8, blank=True, default="")
    # People who came with an imported community are not offered at the door.
    is_listed = models.BooleanField(_("on the log-in page"), default=False, db_index=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name


class Block(models.Model):
    """A node of the outline: the course, a chapter, a unit (vertical) or a block in a unit."""

    usage_key = models.CharField(max_length=255, unique=True)
    course_key = models.CharField(max_length=255, db_index=True)
    block_type = models.CharField(max_length=64)
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=255, blank=True, default="")
    language = models.CharField(max_length=8, default="en")
    # Of a unit: not before this moment, not for learners at all, only for one cohort (0: for all).
    start = models.DateTimeField(null=True)
    is_hidden = models.BooleanField(default=False)
    cohort_id = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.usage_key


class FieldValue(models.Model):
    """One field of a block in one scope. `owner`: usage key, block type or nothing; `user_id` 0: not a user's."""

    scope = models.CharField(max_length=32)
    owner = models.CharField(max_length=255)
    user_id = models.BigIntegerField(default=0)
    name = models.CharField(max_length=100)
    value = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "owner", "user_id", "name"], name="campus_field_once")
        ]

    def __str__(self) -> str:
        return f"{self.owner}.{self.name}"


class Grade(models.Model):
    """What a block published last as this learner's grade."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    usage_key = models.CharField(max_length=255)
    earned = models.FloatField()
    possible = models.FloatField()
    published_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "usage_key"], name="campus_grade_once")]

    def __str__(self) -> str:
        return f"{self.earned}/{self.possible}"

    @property
    def percent(self) -> int:
        """Of what could be earned, rounded half up as the LMS does."""
        return int(self.earned / self.possible * 100 + 0.5) if self.possible else 0
