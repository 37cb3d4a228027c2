"""Reading forums: the list of forums, of discussions, of posts."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from demo.standin.access import (
    Caller,
    get_forum,
    is_locked,
    may_reply,
    may_start,
    require_account_state,
    require_forum,
    sees_answers,
    sees_discussion,
)
from demo.standin.errors import Fatal, InvalidParameter, MoodleError
from demo.standin.exporters import PostExporter, picture_url
from demo.standin.functions.registry import function
from demo.standin.models import Account, Discussion, Forum, Post
from demo.standin.params import Many, Value
from demo.standin.textformat import format_text, format_title

_SORTS = {
    1: ("-timemodified", "-id"),
    2: ("timemodified", "id"),
    3: ("-created", "-id"),
    4: ("created", "id"),
    5: ("-replies", "-id"),
    6: ("replies", "id"),
}


@function("mod_forum_get_forums_by_courses", courseids=Many(Value("int"), default=[]))
def get_forums_by_courses(caller: Caller, params: dict[str, Any]) -> list[dict[str, Any]]:
    """The forums of the courses that the caller can enter; without ids, of all of them."""
    require_account_state(caller)
    forums = Forum.objects.select_related("course").filter(being_deleted=False).order_by("id")
    if params["courseids"]:
        forums = forums.filter(course_id__in=params["courseids"])
    found = []
    for forum in forums:
        granted = caller.capabilities(forum.course_id)
        if granted and (forum.visible or "course:viewhiddenactivities" in granted):
            found.append(_export_forum(caller, granted, forum))
    return found


def _export_forum(caller: Caller, granted: set[str], forum: Forum) -> dict[str, Any]:
    zeros = (
        "duedate assessed assesstimestart assesstimefinish scale grade_forum grade_forum_notify rsstype"
        " rssarticles timemodified warnafter completiondiscussions completionreplies completionposts"
        " lockdiscussionafter"
    )
    return {
        "id": forum.id,
        "course": forum.course_id,
        "type": forum.type,
        "name": format_title(forum.name),
        "intro": format_text(forum.intro, 1),
        "introformat": 1,
        "introfiles": [],
        "lang": "",
        "cutoffdate": forum.cutoffdate,
        "maxbytes": 512000,
        "maxattachments": 9,
        "forcesubscribe": 0,
        "trackingtype": 1,
        "blockafter": forum.blockafter,
        "blockperiod": forum.blockperiod,
        **dict.fromkeys(zeros.split(), 0),
        "cmid": forum.id + 1000,
        "numdiscussions": Discussion.objects.filter(forum=forum).count(),
        "cancreatediscussions": may_start(caller.account, granted, forum, _any_group(caller, forum)),
        "istracked": True,
        "unreadpostscount": 0,
    }


def _any_group(caller: Caller, forum: Forum) -> int:
    group = caller.account.circles.filter(course_id=forum.course_id).order_by("id").first()
    return group.id if group else -1


@function(
    "mod_forum_get_forum_discussions",
    forumid=Value("int"),
    sortorder=Value("int", default=-1),
    page=Value("int", default=-1),
    perpage=Value("int", default=0),
    groupid=Value("int", default=0),
)
def get_forum_discussions(caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    """A page of discussions, pinned ones first."""
    forum = get_forum(params["forumid"])
    granted = require_forum(caller, forum)
    order = params["sortorder"] if params["sortorder"] in _SORTS else 1
    rows: QuerySet[Discussion] = (
        Discussion.objects.filter(forum=forum)
        .select_related("account", "forum")
        .annotate(replies=Count("post") - 1)
        .annotate(created=Subquery(Post.objects.filter(id=OuterRef("firstpost")).values("created")[:1]))
        .order_by("-pinned", *_SORTS[order])
    )
    if params["groupid"] > 0:
        rows = rows.filter(groupid__in=[-1, params["groupid"]])
    seen = [one for one in rows if sees_discussion(caller.account, granted, one)]
    if params["perpage"] > 0:
        start = max(params["page"], 0) * params["perpage"]
        seen = seen[start : start + params["perpage"]]
    return {"discussions": _export_discussions(caller, granted, seen), "warnings": []}


def _export_discussions(caller: Caller, granted: set[str], rows: list[Discussion]) -> list[dict[str, Any]]:
    posts = Post.objects.in_bulk([row.firstpost for row in rows])
    accounts = Account.objects.in_bulk({row.usermodified for row in rows})
    picture = picture_url(caller.site, "f2")
    exported = []
    for row in rows:
        post, modifier = posts[row.firstpost], accounts[row.usermodified]
        exported.append(
            {
                "id": post.id,
                "name": row.name if caller.raw else format_title(row.name),
                "groupid": row.groupid,
                "timemodified": row.timemodified,
                "usermodified": row.usermodified,
                "timestart": 0,
                "timeend": 0,
                "discussion": row.id,
                "parent": 0,
                "userid": row.account_id,
                "created": post.created,
                "modified": post.modified,
                "mailed": 0,
                "subject": post.subject if caller.raw else format_title(post.subject),
                "message": post.message if caller.raw else format_text(post.message, post.messageformat),
                "messageformat": post.messageformat if caller.raw else 1,
                "messagetrust": 0,
                "attachment": False,
                "totalscore": 0,
                "mailnow": 0,
                "userfullname": row.account.fullname,
                "usermodifiedfullname": modifier.fullname,
                "userpictureurl": picture,
                "usermodifiedpictureurl": picture,
                "numreplies": row.replies,  # type: ignore[attr-defined]  # annotated by the caller
                "numunread": 0,
                "pinned": row.pinned,
                "locked": is_locked(row),
                "starred": False,
                "canreply": may_reply(caller.account, granted, row),
                "canlock": "forum:lock" in granted,
                "canfavourite": True,
            }
        )
    return exported


@function(
    "mod_forum_get_discussion_posts",
    discussionid=Value("int"),
    sortby=Value("alpha", default="created"),
    sortdirection=Value("alpha", default="DESC"),
    includeinlineattachments=Value("bool", default=False),
)
def get_discussion_posts(caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    """Every post of a discussion that the caller may see."""
    if params["sortby"] not in ("id", "created", "modified"):
        raise InvalidParameter("Invalid value for sortby parameter")
    if params["sortdirection"].upper() not in ("ASC", "DESC"):
        raise InvalidParameter("Invalid value for sortdirection parameter")
    discussion = Discussion.objects.select_related("forum__course").filter(id=params["discussionid"]).first()
    if discussion is None:
        raise Fatal("Call to a member function get_forum_id() on null")
    granted = require_forum(caller, discussion.forum)
    posts = []
    if sees_discussion(caller.account, granted, discussion):
        sign = "-" if params["sortdirection"].upper() == "DESC" else ""
        rows = Post.objects.filter(discussion=discussion).select_related("account")
        posts = list(rows.order_by(f"{sign}{params['sortby']}", f"{sign}id"))
    if posts and not sees_answers(caller.account, granted, discussion):
        posts = [post for post in posts if not post.parent]
    return {
        "posts": PostExporter(caller, discussion, granted).export(posts),
        "forumid": discussion.forum_id,
        "courseid": discussion.forum.course_id,
        "ratinginfo": {
            "contextid": discussion.forum_id + 143,
            "component": "mod_forum",
            "ratingarea": "post",
            "canviewall": None,
            "canviewany": None,
            "scales": [],
            "ratings": [],
        },
        "warnings": [],
    }


@function("mod_forum_get_discussion_post", postid=Value("int"))
def get_discussion_post(caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    """One post."""
    post = find_post(params["postid"])
    granted = require_forum(caller, post.discussion.forum)
    if not sees_discussion(caller.account, granted, post.discussion):
        raise MoodleError("noviewdiscussionspermission", "You do not have permission to view this discussion")
    return {"post": PostExporter(caller, post.discussion, granted).export([post])[0], "warnings": []}


def find_post(post_id: int) -> Post:
    """The post with its discussion, forum and course, or the error of an unknown post."""
    post = Post.objects.select_related("account", "discussion__forum__course").filter(id=post_id).first()
    if post is None:
        raise MoodleError("invalidpostid", "Invalid post ID - {$a}")
    return post
