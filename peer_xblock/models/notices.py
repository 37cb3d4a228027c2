"""What people hear of: whom they follow, what was noted for them, and the mails that tell of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from peer_xblock.domain.ids import ID_LENGTH

from .discussion import Post, Thread
from .spaces import LearningContext, Space

NAME_KEY = 128
NOTICE_KEY = 32
MAIL_KEY = 24


class SpaceMember(models.Model):
    """A person in a space: what they chose to hear of there, and the name by which others can mention them.

    follows: whether new threads are noted for them. digest: "" while they have chosen nothing.
    name_key: space (8) and the folded name in hexadecimal; null for who never wrote here under their own name.
    group_id: the group whose members alone have met this name, "" where everybody has.
    mail_due_at: when the next digest is due, null while nothing waits for one.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="members")
    follows = models.BooleanField(default=False)
    digest = models.CharField(max_length=8, default="", blank=True)
    name_key = models.CharField(max_length=NAME_KEY, null=True, db_index=True)
    group_id = models.CharField(max_length=64, default="", blank=True)
    mail_due_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        app_label = "peer_xblock"
        constraints = [models.UniqueConstraint(fields=["user", "space"], name="peer_member_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.space_id}"


class Mail(models.Model):
    """One digest to one person about one course, or one announcement. The row is claimed before it is sent, so that
    none is sent twice.

    state: waiting, sending, sent, empty (nothing was left to tell) or failed. Who is killed while sending leaves
    `sending`: whether it went out is not known, and it is not tried again.
    announced, key: the announcement's thread, and thread and person, so that nobody gets it twice; null of a digest.
    """

    WAITING, SENDING, SENT, EMPTY, FAILED = "waiting", "sending", "sent", "empty", "failed"

    public_id = models.CharField(max_length=ID_LENGTH, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="+"
    )
    context = models.ForeignKey(
        LearningContext, verbose_name=_("learning context"), on_delete=models.CASCADE, related_name="+"
    )
    state = models.CharField(_("state"), max_length=8, default=WAITING, db_index=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    created_at = models.DateTimeField(_("created"))
    due_at = models.DateTimeField(_("due"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    announced = models.ForeignKey(Thread, null=True, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=MAIL_KEY, unique=True, null=True)

    class Meta:
        app_label = "peer_xblock"
        verbose_name = _("digest")
        verbose_name_plural = _("digests")

    def __str__(self) -> str:
        return self.public_id


class Notice(models.Model):
    """A post that one person is told of. One row a person and post, whatever the reasons are.

    key: space (8), person (12), post (12): the listing of one person in one space, newest first downwards.
    number: the post's in its thread, so that who reads that far has read the notice too.
    mail: the digest that told of it; a post is never in two.
    """

    key = models.CharField(max_length=NOTICE_KEY, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    reason = models.CharField(max_length=8)
    created_at = models.DateTimeField(db_index=True)
    read_at = models.DateTimeField(null=True)
    mail = models.ForeignKey(Mail, null=True, on_delete=models.SET_NULL, related_name="notices")

    class Meta:
        app_label = "peer_xblock"

    def __str__(self) -> str:
        return self.key


class Mention(models.Model):
    """A person whom a post calls by name. Written with the post, for named authors and named people alone."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="mentions", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        app_label = "peer_xblock"
        constraints = [models.UniqueConstraint(fields=["post", "user"], name="peer_mention_once")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.user_id}"


class MailStop(models.Model):
    """Who wants no digest of a course any more, as the link in a mail has it. Choosing one in a block ends it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    context = models.ForeignKey(LearningContext, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        app_label = "peer_xblock"
        constraints = [models.UniqueConstraint(fields=["user", "context"], name="peer_mail_stop_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.context_id}"


class NoticeCursor(models.Model):
    """How far a feed of rows was read: `position` is the highest id before which no row can still appear."""

    name = models.CharField(max_length=16, unique=True)
    position = models.PositiveBigIntegerField(default=0)

    class Meta:
        app_label = "peer_xblock"

    def __str__(self) -> str:
        return f"{self.name} {self.position}"
