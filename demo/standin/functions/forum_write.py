"""Writing to forums by core functions: always as the owner of the token, and never idempotent."""

from __future__ import annotations

import time
from typing import Any

from django.db import transaction

from demo.standin.access import (
    EDIT_WINDOW_S,
    Caller,
    check_throttle,
    get_forum,
    may_delete,
    may_edit,
    may_reply,
    may_start,
    require_forum,
)
from demo.standin.changes import note
from demo.standin.errors import MoodleError, WriteFailed
from demo.standin.exporters import PostExporter
from demo.standin.functions.forum_read import find_post
from demo.standin.functions.registry import function
from demo.standin.models import Discussion, Post
from demo.standin.params import Many, Struct, Value
from demo.standin.site import Site
from demo.standin.textformat import format_text

SUBJECT_LENGTH = 255
_PACKET_BYTES = 16 * 1024 * 1024
_OPTIONS = Many(Struct({"name": Value("alphanum"), "value": Value("raw")}), default=[])
_NEW_OPTIONS = {"discussionsubscribe", "discussionpinned", "inlineattachmentsid", "attachmentsid"}
_REPLY_OPTIONS = {
    "discussionsubscribe",
    "private",
    "inlineattachmentsid",
    "attachmentsid",
    "topreferredformat",
}
_UPDATE_OPTIONS = {"pinned", "discussionsubscribe", "inlineattachmentsid", "attachmentsid"}


def check_options(options: list[dict[str, str]], known: set[str]) -> dict[str, str]:
    """Options by name, or the error that names the unknown one."""
    for option in options:
        if option["name"] not in known:
            raise MoodleError("errorinvalidparam", f'The param "{option["name"]}" is invalid.')
    return {option["name"]: option["value"] for option in options}


def check_storable(site: Site, subject: str, message: str) -> None:
    """What the database refuses: a long title, and on MariaDB more than one packet."""
    if len(subject) > SUBJECT_LENGTH:
        raise WriteFailed("Data too long for column 'subject' at row 1")
    if site["database"] == "mysql" and len(message.encode()) > _PACKET_BYTES:
        raise WriteFailed("Got a packet bigger than 'max_allowed_packet' bytes")


@function(
    "mod_forum_add_discussion",
    forumid=Value("int"),
    subject=Value("text"),
    message=Value("raw"),
    groupid=Value("int", default=0),
    options=_OPTIONS,
)
def add_discussion(caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    """A new discussion. A group id counts only where the forum has groups; an unknown one is stored."""
    forum = get_forum(params["forumid"])
    granted = require_forum(caller, forum)
    options = check_options(params["options"], _NEW_OPTIONS)
    groupid = -1
    if forum.groupmode:
        groupid = params["groupid"] or _own_group(caller, forum.course_id)
    if not may_start(caller.account, granted, forum, groupid):
        raise MoodleError("cannotcreatediscussion", "Could not create new discussion")
    check_throttle(caller.account, granted, forum)
    check_storable(caller.site, params["subject"], params["message"])
    is_pinned = options.get("discussionpinned") == "1" and "forum:pindiscussions" in granted
    now = int(time.time())
    with transaction.atomic():
        discussion = Discussion.objects.create(
            forum=forum,
            name=params["subject"],
            account=caller.account,
            groupid=groupid,
            timemodified=now,
            usermodified=caller.account.id,
            pinned=is_pinned,
        )
        post = _insert_post(caller, discussion, params, parent=0, now=now)
        discussion.firstpost = post.id
        discussion.save(update_fields=["firstpost"])
        note(post, caller.account)
    return {"discussionid": discussion.id, "warnings": []}


def _own_group(caller: Caller, course_id: int) -> int:
    group = caller.account.circles.filter(course_id=course_id).order_by("id").first()
    return group.id if group else 0


def _insert_post(
    caller: Caller, discussion: Discussion, params: dict[str, Any], *, parent: int, now: int
) -> Post:
    return Post.objects.create(
        discussion=discussion,
        parent=parent,
        account=caller.account,
        created=now,
        modified=now,
        subject=params["subject"],
        message=params["message"],
        messageformat=params.get("messageformat", 1),
    )


@function(
    "mod_forum_add_discussion_post",
    postid=Value("int"),
    subject=Value("text"),
    message=Value("raw"),
    options=_OPTIONS,
    messageformat=Value("int", default=1),
)
def add_discussion_post(caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    """A reply, even where the same was posted a moment ago."""
    parent = Post.objects.select_related("discussion__forum__course").filter(id=params["postid"]).first()
    if parent is None:
        raise MoodleError("invalidparentpostid", "Parent post ID was incorrect")
    discussion = parent.discussion
    granted = require_forum(caller, discussion.forum)
    check_options(params["options"], _REPLY_OPTIONS)
    if not may_reply(caller.account, granted, discussion):
        raise MoodleError("nopostforum", _NO_POST[caller.site.is_old])
    check_throttle(caller.account, granted, discussion.forum)
    check_storable(caller.site, params["subject"], params["message"])
    format_text("", params["messageformat"])
    now = int(time.time())
    with transaction.atomic():
        post = _insert_post(caller, discussion, params, parent=parent.id, now=now)
        _touch(discussion, caller, now)
        note(post, caller.account)
    minutes = EDIT_WINDOW_S // 60
    texts = (
        "Your post was successfully added.",
        f"You have {minutes} mins to edit it if you want to make any changes.",
    )
    return {
        "postid": post.id,
        "warnings": [],
        "post": PostExporter(caller, discussion, granted).export([post])[0],
        "messages": [{"type": "success", "message": text} for text in texts],
    }


_NO_POST = {
    True: "Sorry, you are not allowed to post to this forum",
    False: "You are not allowed to post to this forum.",
}


def _touch(discussion: Discussion, caller: Caller, now: int) -> None:
    discussion.timemodified = now
    discussion.usermodified = caller.account.id
    discussion.save(update_fields=["timemodified", "usermodified"])


@function(
    "mod_forum_update_discussion_post",
    postid=Value("int"),
    subject=Value("text", default=""),
    message=Value("raw", default=""),
    messageformat=Value("int", default=1),
    options=_OPTIONS,
)
def update_discussion_post(caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    """Title or text of a post; what is empty stays as it was."""
    post = find_post(params["postid"])
    granted = require_forum(caller, post.discussion.forum)
    check_options(params["options"], _UPDATE_OPTIONS)
    if not may_edit(caller.account, granted, post):
        raise MoodleError("cannotupdatepost", "You can not update this post")
    check_storable(caller.site, params["subject"], params["message"])
    if params["subject"]:
        post.subject = params["subject"]
    if params["message"]:
        post.message, post.messageformat = params["message"], params["messageformat"]
    with transaction.atomic():
        post.modified = int(time.time())
        post.save()
        if not post.parent:
            post.discussion.name = post.subject
            post.discussion.save(update_fields=["name"])
        note(post, caller.account, is_text=True)
    return {"status": True, "warnings": []}


@function("mod_forum_delete_post", postid=Value("int"))
def delete_post(caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    """Delete for good. With the capability the replies of others go too, silently."""
    post = find_post(params["postid"])
    granted = require_forum(caller, post.discussion.forum)
    if not may_delete(caller.account, granted, post):
        raise MoodleError("cannotdeletepost", "You can't delete this post!")
    is_staff = "forum:deleteanypost" in granted
    with transaction.atomic():
        if not post.parent:
            _delete_discussion(caller, post, is_staff=is_staff)
        else:
            _delete_tree(caller, post, is_staff=is_staff)
    return {"status": True, "warnings": []}


def _delete_discussion(caller: Caller, post: Post, *, is_staff: bool) -> None:
    if not is_staff and Post.objects.filter(parent=post.id).exists():
        raise MoodleError(
            "couldnotdeletereplies", "Sorry, that cannot be deleted as people have replied to it"
        )
    for one in Post.objects.filter(discussion=post.discussion).select_related("discussion"):
        note(one, caller.account)
    post.discussion.delete()


def _delete_tree(caller: Caller, post: Post, *, is_staff: bool) -> None:
    level = [post.id]
    doomed = []
    while level:
        doomed += level
        level = list(Post.objects.filter(parent__in=level).values_list("id", flat=True))
    if len(doomed) > 1 and not is_staff:
        raise MoodleError(
            "couldnotdeletereplies", "Sorry, that cannot be deleted as people have replied to it"
        )
    rows = Post.objects.filter(id__in=doomed).select_related("discussion")
    for one in rows:
        note(one, caller.account)
    rows.delete()


@function(
    "mod_forum_set_lock_state",
    forumid=Value("int"),
    discussionid=Value("int"),
    targetstate=Value("int"),
)
def set_lock_state(caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    """The trap: a target state of 0 locks, anything else unlocks."""
    discussion, granted = _discussion(caller, params["discussionid"])
    if "forum:lock" not in granted:
        raise MoodleError("errorcannotlock", "You do not have the permission to lock discussions.")
    discussion.timelocked = 0 if params["targetstate"] else int(time.time())
    discussion.save(update_fields=["timelocked"])
    _note_opening(discussion, caller)
    locked = discussion.timelocked
    return {"id": discussion.id, "locked": locked > 0, "times": {"locked": locked}}


@function("mod_forum_set_pin_state", discussionid=Value("int"), targetstate=Value("int"))
def set_pin_state(caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    """Pin or unpin, for those who may."""
    discussion, granted = _discussion(caller, params["discussionid"])
    if "forum:pindiscussions" not in granted:
        raise MoodleError("cannotpindiscussions", "You do not have the permission to pin discussions.")
    discussion.pinned = bool(params["targetstate"])
    discussion.save(update_fields=["pinned"])
    _note_opening(discussion, caller)
    view = f"{caller.site.url}/mod/forum/discuss.php?d={discussion.id}"
    return {
        "id": discussion.id,
        "forumid": discussion.forum_id,
        "pinned": discussion.pinned,
        "locked": discussion.timelocked > 0,
        "istimelocked": False,
        "name": discussion.name,
        "firstpostid": discussion.firstpost,
        "times": {
            "modified": discussion.timemodified,
            "start": 0,
            "end": 0,
            "locked": discussion.timelocked,
        },
        "userstate": {"subscribed": False, "favourited": False},
        "capabilities": {
            "subscribe": True,
            "move": True,
            "pin": True,
            "post": True,
            "manage": True,
            "favourite": True,
        },
        "urls": {"view": view, "markasread": view, "subscribe": view},
        "timed": {"istimed": False, "visible": True},
    }


def _note_opening(discussion: Discussion, caller: Caller) -> None:
    """A discussion's state is its first post's."""
    opening = Post.objects.select_related("discussion").filter(id=discussion.firstpost).first()
    if opening is not None:
        note(opening, caller.account)


def _discussion(caller: Caller, discussion_id: int) -> tuple[Discussion, set[str]]:
    discussion = Discussion.objects.select_related("forum__course").filter(id=discussion_id).first()
    if discussion is None:
        raise MoodleError("invaliddiscussionid", "Discussion ID was incorrect")
    return discussion, require_forum(caller, discussion.forum)
