"""local_peerbridge's upsert: one item, one transaction, exactly one effect."""

from __future__ import annotations

import time
from typing import Any

from django.db import OperationalError, transaction

from demo.standin.access import (
    Caller,
    capabilities_of,
    check_throttle,
    is_locked,
    is_past_cutoff,
    may_start,
)
from demo.standin.errors import MoodleError
from demo.standin.mirror_items import BadItem, Item, ItemRefused, read_item
from demo.standin.models import Account, Discussion, Enrolment, Forum, Group, MirrorRow, Post


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
    forum = Forum.objects.select_related("course").filter(id=item.forumid).first()
    if forum is None or forum.being_deleted:
        raise ItemRefused("forumgone")
    if not caller.can("peerbridge:mirror", forum.course_id):
        raise ItemRefused("nopermission")
    row = MirrorRow.objects.filter(source=item.source, externalid=item.externalid).first()
    if row is None:
        return _create(caller, item, forum)
    if row.forumid != forum.id:
        raise ItemRefused("forummismatch")
    if item.revision <= row.revision:
        return result(item, "unchanged" if item.revision == row.revision else "stale", row)
    return _change(caller, item, forum, row)


def _create(caller: Caller, item: Item, forum: Forum, row: MirrorRow | None = None) -> dict[str, Any]:
    author = caller.account if item.userid == 0 else None
    if row is None:
        row = MirrorRow(source=item.source, externalid=item.externalid, forumid=forum.id, userid=item.userid)
    row.revision, row.deleted = item.revision, item.deleted
    if item.deleted:
        row.userid = item.userid
        row.save()
        return result(item, "deleted", row)
    parent = _parent(item, forum)
    author = author or _author(item, forum)
    groupid = _check_audience(item, forum, author, parent)
    _check_posting(item, forum, author, parent, groupid)
    post = _insert(item, forum, author, parent, groupid)
    row.postid, row.discussionid, row.userid = post.id, post.discussion_id, item.userid
    row.save()
    return result(item, "created", row)


def _parent(item: Item, forum: Forum) -> Post | None:
    if item.parent == "":
        return None
    known = MirrorRow.objects.filter(source=item.source, externalid=item.parent).first()
    if known is None:
        raise ItemRefused("parentmissing")
    post = Post.objects.select_related("discussion__forum").filter(id=known.postid).first()
    if post is None:
        raise ItemRefused("parentgone")
    if post.discussion.forum_id != forum.id:
        raise ItemRefused("forummismatch")
    return post


def _author(item: Item, forum: Forum) -> Account:
    author = Account.objects.filter(id=item.userid, deleted=False, suspended=False).first()
    if author is None:
        raise ItemRefused("usernotfound")
    if not Enrolment.objects.filter(course=forum.course, account=author, suspended=False).exists():
        raise ItemRefused("notenrolled")
    granted = capabilities_of(author, forum.course_id)
    is_hidden = not forum.visible and "course:viewhiddenactivities" not in granted
    if is_hidden or (not forum.course.visible and "course:viewhiddencourses" not in granted):
        raise ItemRefused("notvisible")
    return author


def _check_audience(item: Item, forum: Forum, author: Account, parent: Post | None) -> int:
    """The group of the new post's discussion, -1 for everybody."""
    if parent is not None and item.groupid != parent.discussion.groupid:
        raise ItemRefused("groupmismatch")
    if item.groupid == -1:
        return -1
    if not Group.objects.filter(id=item.groupid, course=forum.course).exists():
        raise ItemRefused("nogroup")
    if not forum.groupmode:
        raise ItemRefused("groupmismatch")
    is_everywhere = "site:accessallgroups" in capabilities_of(author, forum.course_id)
    if not is_everywhere and not author.circles.filter(id=item.groupid).exists():
        raise ItemRefused("groupmismatch")
    return item.groupid


def _check_posting(item: Item, forum: Forum, author: Account, parent: Post | None, groupid: int) -> None:
    granted = capabilities_of(author, forum.course_id)
    if parent is None:
        # A post to everybody is the LMS's decision: separate groups do not stop it.
        allowed = may_start(author, granted | _groups_pass(groupid), forum, groupid)
    else:
        is_refused = is_locked(parent.discussion) and not item.locked and "forum:editanypost" not in granted
        is_news = forum.type == "news" and "forum:addnews" not in granted
        allowed = not is_refused and not is_news and not is_past_cutoff(forum)
    if not allowed:
        raise ItemRefused("cannotpost")
    try:
        check_throttle(author, granted, forum)
    except MoodleError as error:
        raise ItemRefused("throttled", error.message) from error


def _groups_pass(groupid: int) -> set[str]:
    return {"site:accessallgroups"} if groupid == -1 else set()


def _insert(item: Item, forum: Forum, author: Account, parent: Post | None, groupid: int) -> Post:
    discussion = parent.discussion if parent else None
    if discussion is None:
        discussion = Discussion.objects.create(
            forum=forum,
            name=item.subject,
            account=author,
            groupid=groupid,
            timemodified=item.timemodified,
            usermodified=author.id,
            pinned=item.pinned,
            timelocked=int(time.time()) if item.locked else 0,
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
    if row.postid == 0:
        return _create(caller, item, forum, row)
    post = Post.objects.select_related("discussion").filter(id=row.postid).first()
    if post is None and not item.deleted:
        raise ItemRefused("postgone")
    was_deleted, row.deleted, row.revision = row.deleted, item.deleted, item.revision
    if post is not None:
        if item.userid != row.userid and not item.deleted:
            post.account = caller.account if item.userid == 0 else _author(item, forum)
            row.userid = item.userid
        _rewrite(post, item)
    row.save()
    if item.deleted:
        return result(item, "deleted", row)
    return result(item, "restored" if was_deleted else "updated", row)


def _rewrite(post: Post, item: Item) -> None:
    post.subject = "" if item.deleted else item.subject
    post.message = "" if item.deleted else item.message
    post.deleted, post.modified = item.deleted, item.timemodified
    post.save()
    if post.parent:
        return
    discussion = post.discussion
    discussion.name, discussion.pinned, discussion.account = post.subject, item.pinned, post.account
    if item.locked != (discussion.timelocked > 0):
        discussion.timelocked = int(time.time()) if item.locked else 0
    discussion.save()
