"""Where threads live. A Space holds what tasks, mails and tabs need of a block's settings: they have no block."""

from __future__ import annotations

import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from peer_xblock.domain.ids import ID_LENGTH
from peer_xblock.domain.people import Anonymity
from peer_xblock.domain.spaces import SpaceKind

HASH_LENGTH = 64


def hash_key(key: str) -> str:
    """An opaque key as 64 hexadecimal characters: a UNIQUE column that every collation compares byte for byte."""
    return hashlib.sha256(key.encode()).hexdigest()


class LearningContext(models.Model):
    """A course or a library. Its small id is the scope of the course-wide listings."""

    key = models.CharField(_("key"), max_length=255)
    key_hash = models.CharField(max_length=HASH_LENGTH, unique=True, editable=False)
    connection = models.ForeignKey(
        "peer_xblock.Connection",
        verbose_name=_("connection"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contexts",
    )
    created_at = models.DateTimeField()

    class Meta:
        app_label = "peer_xblock"
        verbose_name = _("learning context")
        verbose_name_plural = _("learning contexts")

    def __str__(self) -> str:
        return self.key


class Space(models.Model):
    """One block. Written when the block is published and at first render, archived when the block is deleted.

    was_divided: some thread may be a group's, also after the division was given up.
    grouped_count: how many of `thread_count` are a group's; each group has its own count in a `GroupTally`.
    options: what the api needs of the further settings of this kind of block.
    """

    context = models.ForeignKey(LearningContext, on_delete=models.PROTECT, related_name="spaces")
    kind = models.CharField(
        _("kind"),
        max_length=16,
        choices=[(k.value, k.value) for k in SpaceKind],
        default=SpaceKind.DISCUSSION.value,
    )
    options = models.JSONField(_("options"), default=dict, blank=True, editable=False)
    public_id = models.CharField(max_length=ID_LENGTH, unique=True, editable=False)
    usage_key = models.CharField(_("usage key"), max_length=255)
    usage_hash = models.CharField(max_length=HASH_LENGTH, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=255)
    anonymity = models.CharField(
        _("anonymity"),
        max_length=8,
        choices=[(a.value, a.value) for a in Anonymity],
        default=Anonymity.NAMED.value,
    )
    is_divided = models.BooleanField(_("divided by group"), default=False)
    was_divided = models.BooleanField(default=False, editable=False)
    thread_count = models.PositiveIntegerField(_("threads"), default=0, editable=False)
    grouped_count = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    class Meta:
        app_label = "peer_xblock"
        verbose_name = _("space")
        verbose_name_plural = _("spaces")

    def __str__(self) -> str:
        return self.title or self.usage_key


class GroupTally(models.Model):
    """How many threads of a space are one group's: what a member of it is told beside those of everybody."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="tallies", db_index=False)
    group_id = models.CharField(max_length=64)
    thread_count = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "peer_xblock"
        constraints = [models.UniqueConstraint(fields=["space", "group_id"], name="peer_group_tally")]

    def __str__(self) -> str:
        return f"{self.space_id} {self.group_id}"
