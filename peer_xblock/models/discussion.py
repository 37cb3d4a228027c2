"""Threads and posts. The opening text is post number 0 of its thread, so that all posts are kept alike.

A foreign key that begins a composite index has none of its own: it would cost each write and mislead planners.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from peer_xblock.domain.ids import ID_LENGTH
from peer_xblock.domain.people import Anonymity, Role
from peer_xblock.domain.tags import STORED

from .spaces import Space

KEY = 33
MINE_KEY = 44
CHANGE_KEY = 36
NAMED = Anonymity.NAMED.value


class Thread(models.Model):
    """A question or a discussion, its counters and its place in each listing.

    Listing keys are null while the thread is in no listing (deleted, or answered for the unanswered one).
    sequence: the number of changes, taken under this row's lock; it is the revision of every event of the thread.
    removed_title: the title of a removed opening, for its restore; `title` is then empty for everybody.
    vote_count: the votes for the opening post, whose own counter is not used: one UPDATE moves count and keys.
    key_course_changed: the course's feed of changes, moved by each; null since before there was one.
    private_count: private posts that were ever written there.
    is_prompt: the team started it by name. answer_first: learners answer before they see the others' answers; it
    follows the space's setting. retell_from: posts of this number and above are yet to be told to the bridge anew.
    """

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="threads")
    public_id = models.CharField(max_length=ID_LENGTH, unique=True)
    kind = models.CharField(max_length=16)
    title = models.CharField(max_length=200)
    removed_title = models.CharField(max_length=200, default="", blank=True)
    audience = models.CharField(max_length=8, default="course")
    group_id = models.CharField(max_length=64, default="", blank=True)
    group_name = models.CharField(max_length=255, default="", blank=True)
    is_pinned = models.BooleanField(default=False)
    is_closed = models.BooleanField(default=False)
    vote_count = models.PositiveIntegerField(default=0)
    response_count = models.PositiveIntegerField(default=0)
    post_count = models.PositiveIntegerField(default=0)
    last_number = models.PositiveIntegerField(default=0)
    private_count = models.PositiveIntegerField(default=0)
    sequence = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField()
    active_at = models.DateTimeField()
    key_space_activity = models.CharField(max_length=KEY, unique=True, null=True)
    key_space_votes = models.CharField(max_length=KEY, unique=True, null=True)
    key_course_activity = models.CharField(max_length=KEY, unique=True, null=True)
    key_course_votes = models.CharField(max_length=KEY, unique=True, null=True)
    key_unanswered = models.CharField(max_length=KEY, unique=True, null=True)
    key_course_changed = models.CharField(max_length=CHANGE_KEY, unique=True, null=True)
    is_prompt = models.BooleanField(default=False)
    answer_first = models.BooleanField(default=False)
    retell_from = models.PositiveIntegerField(null=True, db_index=True)
    tags = models.CharField(max_length=STORED, default="", blank=True)

    class Meta:
        app_label = "peer_xblock"

    def __str__(self) -> str:
        return self.public_id


class Pseudonym(models.Model):
    """The name under which one person is anonymous in one thread."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="pseudonyms", db_index=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(max_length=40)

    class Meta:
        app_label = "peer_xblock"
        constraints = [
            models.UniqueConstraint(fields=["thread", "author"], name="peer_pseudonym_author"),
            models.UniqueConstraint(fields=["thread", "name"], name="peer_pseudonym_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """An opening, a response or a comment (depth 0, 1, 2).

    origin: "" for a post of ours, else "<source>/<id>" where it was born. guest: the name of an author without account.
    private_to: of a post for the team alone, the learner whose talk with the team it is part of; its number is none of
    the thread's (`PRIVATE_FROM`), and no counter but its response's counts it.
    number: order in the thread, over responses and comments. ordinal: place among its siblings, from 1, never reused.
    reactions: how many gave each, by its code. flag_count: reports that nobody has withdrawn.
    client_key: hash of the key that the client made for this create; a repeat answers with the first result.
    """

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="posts", db_index=False)
    public_id = models.CharField(max_length=ID_LENGTH, unique=True)
    number = models.PositiveIntegerField()
    parent = models.ForeignKey(
        "self", null=True, on_delete=models.CASCADE, related_name="children", db_index=False
    )
    ordinal = models.PositiveIntegerField(default=0)
    child_total = models.PositiveIntegerField(default=0)
    depth = models.PositiveSmallIntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    author_role = models.CharField(max_length=16, default=Role.LEARNER.value)
    origin = models.CharField(max_length=64, default="", blank=True)
    guest = models.CharField(max_length=255, default="", blank=True)
    anonymity = models.CharField(max_length=8, default=NAMED)
    pseudonym = models.ForeignKey(Pseudonym, null=True, on_delete=models.RESTRICT, related_name="+")
    audience = models.CharField(max_length=8, default="course")
    private_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    source = models.TextField()
    format = models.CharField(max_length=8, default="markdown")
    html = models.TextField()
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.CharField(max_length=8, default="")
    vote_count = models.PositiveIntegerField(default=0)
    comment_count = models.PositiveIntegerField(default=0)
    reactions = models.JSONField(default=dict)
    flag_count = models.PositiveIntegerField(default=0)
    endorsed_at = models.DateTimeField(null=True)
    endorsed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    endorsed_role = models.CharField(max_length=16, default="")
    accepted_of = models.OneToOneField(
        Thread, null=True, on_delete=models.CASCADE, related_name="accepted_post"
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    accepted_role = models.CharField(max_length=16, default="")
    key_best = models.CharField(max_length=KEY, unique=True, null=True)
    client_key = models.CharField(max_length=ID_LENGTH, null=True)

    class Meta:
        app_label = "peer_xblock"
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="peer_post_number"),
            models.UniqueConstraint(fields=["author", "client_key"], name="peer_post_client_key"),
        ]
        indexes = [
            models.Index(fields=["thread", "depth", "number"], name="peer_post_responses"),
            models.Index(fields=["parent", "ordinal"], name="peer_post_comments"),
        ]

    def __str__(self) -> str:
        return self.public_id


class PostVersion(models.Model):
    """A version that was replaced by an edit. written_at: when it had been written."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="versions", db_index=False)
    revision = models.PositiveIntegerField()
    title = models.CharField(max_length=200, null=True)
    source = models.TextField()
    format = models.CharField(max_length=8, default="markdown")
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField()

    class Meta:
        app_label = "peer_xblock"
        constraints = [models.UniqueConstraint(fields=["post", "revision"], name="peer_version_revision")]

    def __str__(self) -> str:
        return f"{self.post_id} r{self.revision}"


class Vote(models.Model):
    """One person's vote for one post."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="votes")
    created_at = models.DateTimeField()

    class Meta:
        app_label = "peer_xblock"
        constraints = [models.UniqueConstraint(fields=["user", "post"], name="peer_vote_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.post_id}"


class ReadState(models.Model):
    """How far one person has read one thread: the highest number seen, only rising.

    has_answered: whether a response of theirs is there, for all to read.
    key_mine: the thread's place among those in which this person wrote, by when they last did; null where they did not.
    follows: whether what is new there is noted for them; null for who has chosen nothing and follows where they wrote.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="read_states")
    number = models.PositiveIntegerField()
    has_answered = models.BooleanField(default=False)
    key_mine = models.CharField(max_length=MINE_KEY, unique=True, null=True)
    follows = models.BooleanField(null=True)

    class Meta:
        app_label = "peer_xblock"
        constraints = [models.UniqueConstraint(fields=["user", "thread"], name="peer_read_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.thread_id}"
