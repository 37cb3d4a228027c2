"""Peer review. A slot is one author's place in an assignment: it hands their work out and counts what comes back.

Slots are narrow and change often, the texts lie beside them. A pair is one reviewer's hold on one work.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from peer_xblock.domain.ids import ID_LENGTH

from .spaces import Space

KEY = 33


class Activity(models.Model):
    """What periodic work must know of an assignment, and for which numbers its slots are ranked.

    due_at: the due date that the block inherits, the latest of those who handed in: some have one of their own. It
    closes reviews where the assignment has no date for that itself.
    look_at: when works may have to be settled next, null when nothing is to be expected.
    """

    space = models.OneToOneField(Space, on_delete=models.CASCADE, primary_key=True, related_name="review")
    wanted = models.PositiveSmallIntegerField()
    to_give = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField(null=True)
    look_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        app_label = "peer_xblock"

    def __str__(self) -> str:
        return str(self.space_id)


class Slot(models.Model):
    """An author in an assignment: made with the pledge, handed out once there is a work.

    public_id: the work's. tier, ord: what is handed out next comes first; tier is null while there is no work.
    done, live: reviews received, leases now. gave: reviews given. sequence: the revision of the work's events.
    key_order: scope and time. key_standing: scope, standing, time. Both null while there is no work.
    unpublished_since: the grade is newer than the gradebook's.
    """

    activity = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="slots", db_index=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    public_id = models.CharField(max_length=ID_LENGTH, unique=True)
    pledged_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    tier = models.PositiveSmallIntegerField(null=True)
    ord = models.BigIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    live = models.PositiveIntegerField(default=0)
    gave = models.PositiveIntegerField(default=0)
    gave_at = models.DateTimeField(null=True)
    grade = models.FloatField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=8, default="")
    sequence = models.PositiveBigIntegerField(default=0)
    key_order = models.CharField(max_length=KEY, unique=True, null=True)
    key_standing = models.CharField(max_length=KEY, unique=True, null=True)
    unpublished_since = models.DateTimeField(null=True, db_index=True)

    class Meta:
        app_label = "peer_xblock"
        constraints = [models.UniqueConstraint(fields=["activity", "author"], name="peer_slot_author")]
        indexes = [models.Index(fields=["activity", "tier", "ord"], name="peer_slot_next")]

    def __str__(self) -> str:
        return self.public_id


class Submission(models.Model):
    """The work in a slot. is_named: handed in where reviewers see its author; it is never shown so later.

    client_key: hash of the key that the client made for this version; a repeat answers with what is there.
    """

    slot = models.OneToOneField(Slot, on_delete=models.CASCADE, primary_key=True, related_name="submission")
    source = models.TextField()
    html = models.TextField()
    word_count = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)
    is_named = models.BooleanField(default=False)
    client_key = models.CharField(max_length=ID_LENGTH, default="")

    class Meta:
        app_label = "peer_xblock"

    def __str__(self) -> str:
        return f"{self.slot_id} r{self.revision}"


class Pair(models.Model):
    """One reviewer and one work: never twice. state: live (a lease), done, skipped, or lapsed (the lease ran out).

    expires_at: null unless live. held_by: the reviewer while it is live, so that nobody holds two leases.
    revision: the work's when it was last given to this reviewer; 0 where that was not noted yet.
    """

    LIVE, DONE, SKIPPED, LAPSED = "live", "done", "skipped", "lapsed"

    public_id = models.CharField(max_length=ID_LENGTH, unique=True)
    activity = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+", db_index=False)
    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="pairs", db_index=False)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    state = models.CharField(max_length=8, default=LIVE)
    taken_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, db_index=True)
    reason = models.CharField(max_length=16, default="")
    note = models.CharField(max_length=500, default="")
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "peer_xblock"
        constraints = [
            models.UniqueConstraint(fields=["slot", "reviewer"], name="peer_pair_once"),
            models.UniqueConstraint(fields=["held_by", "activity"], name="peer_pair_held"),
        ]
        indexes = [
            models.Index(fields=["activity", "expires_at"], name="peer_pair_expires"),
            models.Index(fields=["reviewer", "activity"], name="peer_pair_mine"),
        ]

    def __str__(self) -> str:
        return self.public_id


class Review(models.Model):
    """What was written about a work: a draft until it is sent. pair is null for the team's own judgement.

    team_of: the slot, set for the team's judgement alone, of which there is one. scores: option by criterion.
    points: what those options were worth when it was sent. html: of the comments, by criterion.
    revision: the work's for which it was last written; 0 where that was not noted yet.
    """

    pair = models.OneToOneField(Pair, null=True, on_delete=models.CASCADE, related_name="review")
    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="reviews")
    team_of = models.OneToOneField(Slot, null=True, on_delete=models.CASCADE, related_name="team_review")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_named = models.BooleanField(default=False)
    scores = models.JSONField(default=dict)
    points = models.JSONField(default=dict)
    comments = models.JSONField(default=dict)
    html = models.JSONField(default=dict)
    overall = models.TextField(default="")
    overall_html = models.TextField(default="")
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "peer_xblock"

    def __str__(self) -> str:
        return f"{self.slot_id} {self.pk}"


class ReviewTally(models.Model):
    """How many works of an assignment have a standing and a number of reviews: the overview counts no rows.

    work_count has a sign, so that a count that went wrong refuses nobody's review; the repair puts it right.
    """

    activity = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+", db_index=False)
    standing = models.PositiveSmallIntegerField()
    received = models.PositiveSmallIntegerField()
    work_count = models.IntegerField(default=0)

    class Meta:
        app_label = "peer_xblock"
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "standing", "received"], name="peer_review_tally_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.standing} {self.received}: {self.work_count}"
