"""Rows as the web services spell them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Any

from demo.standin.access import Caller, may_delete, may_edit, may_reply
from demo.standin.models import Account, Course, Discussion, Group, Post
from demo.standin.site import Site
from demo.standin.textformat import format_text, format_title

REMOVED_SUBJECT = "This forum post has been removed"
REMOVED_BODY = "The content of this forum post has been removed and can no longer be accessed."
_THEME_REVISION = 1795493648


def picture_url(site: Site, size: str) -> str:
    """The address of the grey face that an account without a picture has."""
    return f"{site.url}/theme/image.php/boost/core/{_THEME_REVISION}/u/{size}"


def export_account(site: Site, account: Account) -> dict[str, Any]:
    """A user as core_user_get_users_by_field gives it to somebody who may see all."""
    return {
        "id": account.id,
        "username": account.username,
        "firstname": account.firstname,
        "lastname": account.lastname,
        "fullname": account.fullname,
        "email": account.email,
        "department": "",
        "idnumber": account.idnumber,
        "firstaccess": 0,
        "lastaccess": 0,
        "auth": account.auth,
        "suspended": account.suspended,
        "confirmed": account.confirmed,
        "lang": account.lang,
        "theme": "",
        "timezone": "99",
        "mailformat": 1,
        "trackforums": 0,
        "profileimageurlsmall": picture_url(site, "f2"),
        "profileimageurl": picture_url(site, "f1"),
    }


def export_course(site: Site, course: Course, teachers: Iterable[Account]) -> dict[str, Any]:
    """A course as core_course_get_courses_by_field gives it to one who may not change it: no idnumber."""
    filters = ("displayh5p", "activitynames", "mathjaxloader", "emoticon", "urltolink", "mediaplugin")
    options = {"hiddensections": 1, "coursedisplay": 0, "indentation": "1"}
    return {
        "id": course.id,
        "fullname": format_title(course.fullname),
        "displayname": format_title(course.fullname),
        "shortname": format_title(course.shortname),
        "courseimage": f"{site.url}/pluginfile.php/{course.id}/course/generated/course.svg",
        "categoryid": 1,
        "categoryname": "Category 1",
        "sortorder": 10000 + course.id,
        "summary": format_text(course.summary, 1),
        "summaryformat": 1,
        "summaryfiles": [],
        "overviewfiles": [],
        "showactivitydates": False,
        "showcompletionconditions": True,
        "contacts": [{"id": one.id, "fullname": one.fullname} for one in teachers],
        "enrollmentmethods": ["manual"],
        "format": "topics",
        "showgrades": 1,
        "newsitems": 1,
        "startdate": course.startdate,
        "enddate": 0,
        "maxbytes": 0,
        "showreports": 0,
        "visible": int(course.visible),
        "groupmode": 0,
        "groupmodeforce": 0,
        "defaultgroupingid": 0,
        "enablecompletion": 1,
        "completionnotify": 0,
        "lang": "",
        "theme": "",
        "marker": 0,
        "filters": [{"filter": name, "localstate": 0, "inheritedstate": 1} for name in filters],
        "courseformatoptions": [{"name": name, "value": value} for name, value in options.items()],
    }


def groups_in_course(course_id: int, account_ids: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    """Account id to the groups shown beside its name."""
    found: dict[int, list[dict[str, Any]]] = {}
    pairs = Group.members.through.objects.filter(group__course_id=course_id, account_id__in=account_ids)
    for account_id, group_id, name in pairs.order_by("group_id").values_list(
        "account_id", "group_id", "group__name"
    ):
        found.setdefault(account_id, []).append(
            {"id": group_id, "name": format_title(name), "urls": {"image": None}}
        )
    return found


class PostExporter:
    """Posts of one discussion, for one caller."""

    def __init__(self, caller: Caller, discussion: Discussion, granted: set[str]) -> None:
        self._site = caller.site
        self._account = caller.account
        self._discussion = discussion
        self._granted = granted
        self._raw = caller.raw
        self._may_reply = may_reply(caller.account, granted, discussion)

    def export(self, posts: list[Post]) -> list[dict[str, Any]]:
        """Each post as mod_forum_get_discussion_posts spells it."""
        course_id = self._discussion.forum.course_id
        groups = groups_in_course(course_id, {post.account_id for post in posts})
        return [self._one(post, groups.get(post.account_id, [])) for post in posts]

    def _one(self, post: Post, groups: list[dict[str, Any]]) -> dict[str, Any]:
        subject = self._subject(post)
        prefixed = f"Re: {subject}" if self._site.is_old and not subject.startswith("Re:") else subject
        return {
            "id": post.id,
            "subject": subject,
            "replysubject": prefixed,
            "message": self._message(post),
            "messageformat": post.messageformat if self._raw else 1,
            "author": self._author(post.account, groups),
            "discussionid": post.discussion_id,
            "hasparent": bool(post.parent),
            "parentid": post.parent or None,
            "timecreated": None if post.deleted else post.created,
            "timemodified": post.modified,
            "unread": None,
            "isdeleted": post.deleted,
            "isprivatereply": False,
            "haswordcount": False,
            "wordcount": None,
            "charcount": None,
            "capabilities": self._capabilities(post),
            "urls": self._urls(post),
            "attachments": [],
            "messageinlinefiles": [],
            "tags": [],
            "html": {"rating": None, "taglist": None, "authorsubheading": self._byline(post)},
        }

    def _subject(self, post: Post) -> str:
        if post.deleted:
            return REMOVED_SUBJECT
        return post.subject if self._raw else format_title(post.subject)

    def _message(self, post: Post) -> str:
        if post.deleted:
            return REMOVED_BODY
        return post.message if self._raw else format_text(post.message, post.messageformat)

    def _author(self, account: Account, groups: list[dict[str, Any]]) -> dict[str, Any]:
        profile = f"{self._site.url}/user/view.php?id={account.id}&course={self._discussion.forum.course_id}"
        return {
            "id": account.id,
            "fullname": account.fullname,
            "isdeleted": account.deleted,
            "groups": groups,
            "urls": {"profile": profile, "profileimage": picture_url(self._site, "f1")},
        }

    def _capabilities(self, post: Post) -> dict[str, bool]:
        return {
            "view": True,
            "edit": may_edit(self._account, self._granted, post),
            "delete": may_delete(self._account, self._granted, post),
            "split": False,
            "reply": self._may_reply,
            "selfenrol": False,
            "export": False,
            "controlreadstatus": False,
            "canreplyprivately": False,
        }

    def _urls(self, post: Post) -> dict[str, str | None]:
        forum = f"{self._site.url}/mod/forum"
        discuss = f"{forum}/discuss.php?d={post.discussion_id}"
        can = self._capabilities(post)
        return {
            "view": f"{discuss}#p{post.id}",
            "viewisolated": f"{discuss}&parent={post.id}",
            "viewparent": f"{discuss}#p{post.parent}" if post.parent else None,
            "edit": f"{forum}/post.php?edit={post.id}" if can["edit"] else None,
            "delete": f"{forum}/post.php?delete={post.id}" if can["delete"] else None,
            "split": None,
            "reply": f"{forum}/post.php?reply={post.id}#mformforum" if can["reply"] else None,
            "export": None,
            "markasread": None,
            "markasunread": None,
            "discuss": discuss,
        }

    def _byline(self, post: Post) -> str:
        when = datetime.fromtimestamp(post.created, UTC)
        shown = f"{when:%A}, {when.day} {when:%B %Y}, {when.hour % 12 or 12}:{when:%M} {when:%p}"
        profile = f"{self._site.url}/user/view.php?id={post.account_id}"
        profile += f"&course={self._discussion.forum.course_id}"
        return (
            f'by <a href="{profile}">{post.account.fullname}</a> - '
            f'<time datetime="{when.isoformat()}">{shown}</time>'
        )
