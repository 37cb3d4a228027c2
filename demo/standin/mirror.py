"""local_peerbridge's upsert: one item, one transaction, exactly one effect."""

from __future__ import annotations

from typing import Any

from django.db import OperationalError, transaction

from demo.standin.access import (
    Caller,
    capabilities_of,
    check_throttle,
    may_reply,
    may_start,
)
from demo.standin.errors import MoodleError
from demo.standin.exporters import REMOVED_SUBJECT
from demo.standin.mirror_items import BadItem, Item, ItemRefused, read_item
from demo.standin.models import Account, Discussion, Enrolment, Forum, Group, MirrorRow, Post
from demo.standin.textformat import PLAIN


def result(item: Item, status: str, row: MirrorRow) -> dict[str, Any]:
    """What the caller learns about an item that was applied or was known."""
    return {
        "externalid": item.externalid,
        "status": status,
        "postid": row.postid,
        "discussionid": row.discussionid,
        "revision": row.revision,
        "errorcode": "",
        "message": "",
    }


def failure(externalid: str, code: str, message: str) -> dict[str, Any]:
    """What the caller learns about an item that had no effect."""
    return {
        "externalid": externalid,
        "status": "error",
        "postid": 0,
        "discussionid": 0,
        "revision": 0,
        "errorcode": code,
        "message": message,
    }


def upsert(caller: Caller, data: Any) -> dict[str, Any]:
    """Apply one item, whatever it is; never raises for what the item says."""
    externalid = data.get("externalid") if isinstance(data, dict) else None
    shown = externalid if isinstance(externalid, str) else ""
    try:
        item = read_item(data)
        with transaction.atomic():
            return _apply(caller, item)
    except BadItem as error:
        return failure(shown, "invaliditem", str(error))
    except ItemRefused as error:
        return failure(shown, error.code, error.message)
    except OperationalError as error:
        return failure(shown, "conflict", str(error))


def _apply(caller: Caller, item: Item) -> dict[str, Any]:
    row = MirrorRow.objects.filter(source=item.source, externalid=item.externalid).first()
    # A deletion is made where the post is, even when its space belongs to another forum by now.
    forum_id = row.forumid if row and item.deleted else item.forumid
    forum = Forum.objects.select_related("course").filter(id=forum_id).first()
    if forum is None or forum.being_deleted:
        raise ItemRefused("forumgone")
    if not caller.can("peerbridge:mirror", forum.course_id):
        raise ItemRefused("nopermission")
    if row is None:
        return _create(caller, item, forum)
    if item.revision <= row.revision:
        return result(item, "unchanged" if item.revision == row.revision else "stale", row)
    return _change(caller, item, forum, row)


def _create(caller: Caller, item: Item, forum: Forum) -> dict[str, Any]:
    row = MirrorRow(
        source=item.source,
        externalid=item.externalid,
        forumid=forum.id,
        userid=item.userid or caller.account.id,
        revision=item.revision,
    )
    if not item.deleted:
        _write(caller, item, forum, row)
    _save(row, item)
    return result(item, "deleted" if item.deleted else "created", row)


def _write(caller: Caller, item: Item, forum: Forum, row: MirrorRow) -> None:
    parent = _parent(item, forum)
    author = _author(caller, item)
    discussion = parent.discussion if parent else None
    _check_audience(item, forum, discussion)
    _check_participant(item, forum, author)
    _check_posting(item, forum, author, discussion)
    post = _insert(item, forum, author, parent)
    row.postid, row.discussionid, row.userid = post.id, post.discussion_id, author.id


def _parent(item: Item, forum: Forum) -> Post | None:
    if item.parent == "":
        return None
    post_id = item.native_parent or _mirrored_parent(item)
    post = Post.objects.select_related("discussion__forum").filter(id=post_id).first()
    if post is None:
        raise ItemRefused("parentgone")
    if post.discussion.forum_id != forum.id:
        raise ItemRefused("forummismatch" if item.native_parent else _elsewhere(item, forum))
    return post


def _elsewhere(item: Item, forum: Forum) -> str:
    """Why a parent is in another forum than its answer: it was moved in Moodle, or it was never here."""
    is_moved = MirrorRow.objects.filter(source=item.source, externalid=item.parent, forumid=forum.id).exists()
    return "moved" if is_moved else "forummismatch"


def _mirrored_parent(item: Item) -> int:
    known = MirrorRow.objects.filter(source=item.source, externalid=item.parent).first()
    if known is None:
        raise ItemRefused("parentmissing")
    return known.postid


def _author(caller: Caller, item: Item) -> Account:
    if item.userid in (0, caller.account.id):
        return caller.account
    author = Account.objects.filter(id=item.userid, deleted=False, suspended=False, confirmed=True).first()
    if author is None:
        raise ItemRefused("usernotfound")
    return author


def _check_audience(item: Item, forum: Forum, discussion: Discussion | None) -> None:
    """Those who may read in Moodle must be no more than those it is meant for."""
    if item.groupid != -1:
        if not Group.objects.filter(id=item.groupid, course=forum.course).exists():
            raise ItemRefused("nogroup")
        if forum.groupmode != 1:
            raise ItemRefused("groupmismatch")
    if discussion is not None and discussion.groupid != item.groupid:
        raise ItemRefused("groupmismatch")


def _check_participant(item: Item, forum: Forum, author: Account) -> None:
    """The author must be enrolled, see the forum and belong to the group."""
    enrolled = Enrolment.objects.filter(course=forum.course, account=author, suspended=False)
    if item.userid != 0 and not enrolled.exists():
        raise ItemRefused("notenrolled")
    granted = capabilities_of(author, forum.course_id)
    is_hidden = not forum.visible and "course:viewhiddenactivities" not in granted
    if is_hidden or (not forum.course.visible and "course:viewhiddencourses" not in granted):
        raise ItemRefused("notvisible")
    is_everywhere = "site:accessallgroups" in granted
    if item.groupid != -1 and not is_everywhere and not author.circles.filter(id=item.groupid).exists():
        raise ItemRefused("groupmismatch")


def _check_posting(item: Item, forum: Forum, author: Account, discussion: Discussion | None) -> None:
    granted = capabilities_of(author, forum.course_id)
    if discussion is None:
        allowed = may_start(author, granted, forum, item.groupid)
    else:
        # A thread that the LMS closed was open when this post was accepted there.
        discussion.timelocked = 0 if item.locked else discussion.timelocked
        allowed = may_reply(author, granted, discussion)
        discussion.refresh_from_db(fields=["timelocked"])
    if not allowed:
        raise ItemRefused("cannotpost")
    try:
        check_throttle(author, granted, forum)
    except MoodleError as error:
        raise ItemRefused("throttled", error.message) from error


def _insert(item: Item, forum: Forum, author: Account, parent: Post | None) -> Post:
    discussion = parent.discussion if parent else None
    if discussion is None:
        discussion = Discussion.objects.create(
            forum=forum,
            name=item.subject,
            account=author,
            groupid=item.groupid,
            timemodified=item.timemodified,
            usermodified=author.id,
            pinned=item.pinned,
            timelocked=item.timemodified if item.locked else 0,
        )
    elif item.timecreated >= discussion.timemodified:
        discussion.timemodified, discussion.usermodified = item.timecreated, author.id
        discussion.save(update_fields=["timemodified", "usermodified"])
    post = Post.objects.create(
        discussion=discussion,
        parent=parent.id if parent else 0,
        account=author,
        created=item.timecreated,
        modified=item.timemodified,
        subject=item.subject,
        message=item.message,
        messageformat=item.messageformat,
    )
    if parent is None:
        discussion.firstpost = post.id
        discussion.save(update_fields=["firstpost"])
    return post


def _change(caller: Caller, item: Item, forum: Forum, row: MirrorRow) -> dict[str, Any]:
    status = "restored" if row.deleted and not item.deleted else "updated"
    post = Post.objects.select_related("discussion").filter(id=row.postid).first()
    _follow(item, forum, row, post)
    if item.deleted:
        status = "deleted"
        if post is not None:
            _erase(post, item)
    elif post is not None:
        _rewrite(caller, item, forum, row, post)
    else:
        # Whoever deleted it here was not its owner: it is written anew.
        status = "restored" if row.postid else status
        _write(caller, item, forum, row)
    _save(row, item)
    return result(item, status, row)


def _follow(item: Item, forum: Forum, row: MirrorRow, post: Post | None) -> None:
    """See that a post is where the item has it; where its discussion was moved there, the mapping follows."""
    here = post.discussion.forum_id if post is not None else row.forumid
    if post is None and not Forum.objects.filter(id=here).exists():
        here = forum.id  # Its forum went without telling: it is written where the item has it.
    if not item.deleted and here != forum.id:
        raise ItemRefused("forummismatch" if here == row.forumid else "moved")
    row.forumid = here


def _save(row: MirrorRow, item: Item) -> None:
    row.deleted, row.revision, row.edit, row.hash = item.deleted, item.revision, item.edit, item.hash
    if not item.deleted:
        row.pinned, row.locked = item.pinned, item.locked
    row.save()


def _rewrite(caller: Caller, item: Item, forum: Forum, row: MirrorRow, post: Post) -> None:
    _check_audience(item, forum, post.discussion)
    author_id = item.userid or caller.account.id
    # To the service account any post may pass: it says nothing new, and whose it was stands in the text.
    if author_id not in (row.userid, caller.account.id):
        author = _author(caller, item)
        _check_participant(item, forum, author)
        _check_posting(item, forum, author, post.discussion if post.parent else None)
    post.account_id = row.userid = author_id
    post.subject, post.message, post.messageformat = item.subject, item.message, item.messageformat
    post.deleted, post.modified = False, item.timemodified
    post.save()
    if post.parent:
        return
    discussion = post.discussion
    discussion.name, discussion.account_id = item.subject, author_id
    # What was pinned or locked here stays so until the item says something else than the one before it.
    if item.pinned != row.pinned:
        discussion.pinned = item.pinned
    if item.locked != row.locked:
        discussion.timelocked = (discussion.timelocked or item.timemodified) if item.locked else 0
    discussion.save()


def _erase(post: Post, item: Item) -> None:
    post.subject = post.message = ""
    post.messageformat, post.modified, post.deleted = PLAIN, item.timemodified, True
    post.save()
    if not post.parent:
        # An empty name would leave a link that nobody can follow.
        post.discussion.name = REMOVED_SUBJECT
        post.discussion.save(update_fields=["name"])
