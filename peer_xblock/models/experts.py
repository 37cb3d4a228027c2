"""People who chose to be found in a course, what they declare, and what they were asked."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from peer_xblock.domain.ids import ID_LENGTH
from peer_xblock.domain.people import Role

from .discussion import CHANGE_KEY, KEY, Thread
from .skills import Skill
from .spaces import LearningContext

SKILL_KEY = 40


class Directory(models.Model):
    """How many people are listed in a course."""

    context = models.OneToOneField(LearningContext, on_delete=models.CASCADE, related_name="directory")
    people_count = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "peer_xblock"

    def __str__(self) -> str:
        return f"{self.context_id}: {self.people_count}"


class ExpertProfile(models.Model):
    """What one person shows in one course. Nobody else sees it while it is not listed.

    languages: BCP 47 codes, one space around each, so that one is found by its own. role: in the course, when it was
    last saved. key_recent: null while it is not listed. key_course_changed: the feed of changes that search reads.
    """

    context = models.ForeignKey(
        LearningContext, on_delete=models.CASCADE, related_name="experts", db_index=False
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=ID_LENGTH, unique=True)
    is_listed = models.BooleanField(default=False)
    role = models.CharField(max_length=16, default=Role.LEARNER.value)
    about = models.TextField(default="", blank=True)
    about_html = models.TextField(default="", blank=True)
    languages = models.CharField(max_length=255, default="", blank=True)
    weekly_limit = models.PositiveSmallIntegerField(null=True)
    away_until = models.DateField(null=True)
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    key_recent = models.CharField(max_length=KEY, unique=True, null=True)
    key_course_changed = models.CharField(max_length=CHANGE_KEY, unique=True, null=True)

    class Meta:
        app_label = "peer_xblock"
        constraints = [models.UniqueConstraint(fields=["context", "user"], name="peer_expert_once")]

    def __str__(self) -> str:
        return self.public_id


class ProfileSkill(models.Model):
    """A skill that a person declares. key: course, skill, then newest last; null while the person is not listed."""

    profile = models.ForeignKey(
        ExpertProfile, on_delete=models.CASCADE, related_name="skills", db_index=False
    )
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=SKILL_KEY, unique=True, null=True)

    class Meta:
        app_label = "peer_xblock"
        constraints = [models.UniqueConstraint(fields=["profile", "skill"], name="peer_profile_skill")]

    def __str__(self) -> str:
        return f"{self.profile_id} {self.skill_id}"


class SkillTally(models.Model):
    """How many listed people of a course declare a skill."""

    context = models.ForeignKey(LearningContext, on_delete=models.CASCADE, related_name="+", db_index=False)
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="+")
    people_count = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "peer_xblock"
        constraints = [models.UniqueConstraint(fields=["context", "skill"], name="peer_tally_once")]
        indexes = [models.Index(fields=["context", "people_count", "skill"], name="peer_tally_top")]

    def __str__(self) -> str:
        return f"{self.context_id} {self.skill_id}: {self.people_count}"


class ExpertRequest(models.Model):
    """A question that was put to one person: the thread is for all, the request is between the two.

    client_key: hash of the key that the client made for this request; a repeat answers with the first result.
    """

    profile = models.ForeignKey(
        ExpertProfile, on_delete=models.CASCADE, related_name="requests", db_index=False
    )
    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, related_name="request")
    public_id = models.CharField(max_length=ID_LENGTH, unique=True)
    state = models.CharField(max_length=8)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    client_key = models.CharField(max_length=ID_LENGTH)

    class Meta:
        app_label = "peer_xblock"
        constraints = [models.UniqueConstraint(fields=["asker", "client_key"], name="peer_request_key")]
        indexes = [
            models.Index(fields=["profile", "asked_at"], name="peer_request_asked"),
            models.Index(fields=["asker", "asked_at"], name="peer_request_asker"),
        ]

    def __str__(self) -> str:
        return self.public_id
