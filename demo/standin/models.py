"""What the stand-in keeps: the part of Moodle's tables that the answers depend on. Times are Unix seconds."""

from __future__ import annotations

from django.db import models


class SiteSetting(models.Model):
    """One switch of the site, `key` to any JSON value; `site.py` has the defaults."""

    key = models.CharField(max_length=40, primary_key=True)
    value = models.JSONField()

    def __str__(self) -> str:
        return self.key


class Account(models.Model):
    """A Moodle user. `system_role`: a role in the whole site (access.CAPABILITIES), '' for none."""

    id: models.AutoField[int, int] = models.AutoField(primary_key=True)
    username = models.CharField(max_length=100, unique=True)
    auth = models.CharField(max_length=20, default="manual")
    firstname = models.CharField(max_length=100)
    lastname = models.CharField(max_length=100)
    email = models.CharField(max_length=100)
    idnumber = models.CharField(max_length=255, default="", db_index=True)
    lang = models.CharField(max_length=30, default="en")
    suspended = models.BooleanField(default=False)
    confirmed = models.BooleanField(default=True)
    deleted = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)
    system_role = models.CharField(max_length=20, default="")

    def __str__(self) -> str:
        return self.username

    @property
    def fullname(self) -> str:
        """First and last name, as Moodle shows them."""
        return f"{self.firstname} {self.lastname}".strip()


class Token(models.Model):
    """A web service token. `valid_until` 0 never ends; `ip` non-empty allows that address only."""

    token = models.CharField(max_length=128, primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    valid_until = models.BigIntegerField(default=0)
    ip = models.CharField(max_length=255, default="")

    def __str__(self) -> str:
        return f"token of {self.account_id}"


class Course(models.Model):
    """A course; `idnumber` holds the Open edX key where a site maps by it."""

    id: models.AutoField[int, int] = models.AutoField(primary_key=True)
    fullname = models.CharField(max_length=254)
    shortname = models.CharField(max_length=255)
    idnumber = models.CharField(max_length=100, default="")
    summary = models.TextField(default="")
    visible = models.BooleanField(default=True)
    startdate = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.shortname


class Enrolment(models.Model):
    """A person in a course, with one role there: 5 student, 4 non-editing teacher, 3 teacher."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    roleid = models.IntegerField(default=5)
    suspended = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "account"], name="standin_enrolled_once")]

    def __str__(self) -> str:
        return f"{self.account_id} in {self.course_id}"


class Group(models.Model):
    """A group of a course."""

    id: models.AutoField[int, int] = models.AutoField(primary_key=True)
    course = models.ForeignKey(Course, on_delete=models.CASCADE)
    name = models.CharField(max_length=254)
    idnumber = models.CharField(max_length=100, default="")
    description = models.TextField(default="")
    members = models.ManyToManyField(Account, related_name="circles")

    def __str__(self) -> str:
        return self.name


class Forum(models.Model):
    """A forum activity. `groupmode`: 0 none, 1 separate, 2 visible."""

    id: models.AutoField[int, int] = models.AutoField(primary_key=True)
    course = models.ForeignKey(Course, on_delete=models.CASCADE)
    name = models.CharField(max_length=255)
    idnumber = models.CharField(max_length=100, default="")
    intro = models.TextField(default="")
    type = models.CharField(max_length=20, default="general")
    groupmode = models.IntegerField(default=0)
    visible = models.BooleanField(default=True)
    cutoffdate = models.BigIntegerField(default=0)
    blockafter = models.IntegerField(default=0)
    blockperiod = models.IntegerField(default=0)
    being_deleted = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Discussion(models.Model):
    """A discussion. `groupid` -1 is for everybody; `timelocked` above 0 is locked."""

    id: models.AutoField[int, int] = models.AutoField(primary_key=True)
    forum = models.ForeignKey(Forum, on_delete=models.CASCADE)
    name = models.CharField(max_length=255)
    firstpost = models.IntegerField(default=0)
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    groupid = models.IntegerField(default=-1)
    timemodified = models.BigIntegerField()
    usermodified = models.IntegerField()
    timelocked = models.BigIntegerField(default=0)
    pinned = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A post. `parent` is 0 for the first of its discussion. `deleted` keeps the row, its text blanked."""

    id: models.AutoField[int, int] = models.AutoField(primary_key=True)
    discussion = models.ForeignKey(Discussion, on_delete=models.CASCADE)
    parent = models.IntegerField(default=0, db_index=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    created = models.BigIntegerField()
    modified = models.BigIntegerField()
    subject = models.CharField(max_length=255)
    message = models.TextField()
    messageformat = models.IntegerField(default=1)
    deleted = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.discussion_id}/{self.id}"


class MirrorRow(models.Model):
    """local_peerbridge: which post an external id became. `postid` 0 is a tombstone seen before its post.

    edit, hash, pinned, locked: as the bridge wrote it.
    """

    source = models.CharField(max_length=40)
    externalid = models.CharField(max_length=128)
    forumid = models.IntegerField()
    discussionid = models.IntegerField(default=0)
    postid = models.IntegerField(default=0, db_index=True)
    userid = models.IntegerField()
    revision = models.BigIntegerField()
    deleted = models.BooleanField(default=False)
    edit = models.IntegerField(default=0)
    hash = models.CharField(max_length=64, default="")
    pinned = models.BooleanField(default=False)
    locked = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "externalid"], name="standin_mirrored_once")]

    def __str__(self) -> str:
        return f"{self.source}/{self.externalid}"


class Change(models.Model):
    """local_peerbridge: a post that somebody changed here, for the bridge to read. `userid`: who did.

    Of a mirrored post: base, which version was there before; edited, whether the text is no longer the bridge's, and
    then the new one.
    """

    id: models.AutoField[int, int] = models.AutoField(primary_key=True)
    forumid = models.IntegerField(db_index=True)
    discussionid = models.IntegerField()
    postid = models.IntegerField()
    userid = models.IntegerField()
    base = models.IntegerField(default=0)
    edited = models.BooleanField(default=False)
    subject = models.CharField(max_length=255, default="")
    message = models.TextField(default="")
    messageformat = models.IntegerField(default=1)
    timereturned = models.BigIntegerField(default=0)
    timecreated = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.id}: post {self.postid}"
