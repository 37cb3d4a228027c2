"""The forum as people would see it in Moodle: a list of discussions, a discussion with its replies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from demo.standin.access import is_locked
from demo.standin.exporters import groups_in_course
from demo.standin.models import Account, Course, Discussion, Forum, Group, Post
from demo.standin.site import Site
from demo.standin.textformat import format_text
from demo.standin.writing import people_of

_DEEPEST = 6
_PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class ShownPost:
    """A post with what stands around it; `depth` in 0..6 indents."""

    id: int
    author: str
    groups: str
    created: datetime
    is_edited: bool
    subject: SafeString
    body: SafeString
    is_deleted: bool
    depth: int
    parent: int
    in_reply_to: str


def _title(text: str) -> SafeString:
    """A title may carry entities; everything else in it is escaped."""
    from demo.standin.textformat import format_title

    return mark_safe(format_title(text))  # noqa: S308  # format_title escapes


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The courses with their forums."""
    courses = [
        (course, Forum.objects.filter(course=course).annotate(size=Count("discussion")).order_by("id"))
        for course in Course.objects.order_by("id")
    ]
    return render(request, "standin/front.html", {"courses": courses, "site": Site()})


@require_safe
def forum(request: HttpRequest) -> HttpResponse:
    """The discussions of a forum, latest post first."""
    return render(request, "standin/forum.html", _forum_context(request))


@require_safe
def discussion(request: HttpRequest) -> HttpResponse:
    """A discussion, replies nested."""
    return render(request, "standin/discussion.html", _discussion_context(request))


@require_safe
def fragment(request: HttpRequest, page: str) -> HttpResponse:
    """The changing part of a page, for its quiet refresh."""
    contexts = {"forum": _forum_context, "discussion": _discussion_context}
    if page not in contexts:
        raise Http404
    return render(request, f"standin/_{page}.html", contexts[page](request))


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    if not text.isascii() or not text.isdigit():
        raise Http404(name)
    return int(text)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _forum_context(request: HttpRequest) -> dict[str, Any]:
    # Moodle addresses a forum by its course module; this one also by ?f=, as Moodle's own links do.
    wanted = _number(request, "f") if "f" in request.GET else _number(request, "id") - 1000
    found = Forum.objects.select_related("course").filter(id=wanted).first()
    if found is None:
        raise Http404("forum")
    rows = (
        Discussion.objects.filter(forum=found)
        .select_related("account")
        .annotate(replies=Count("post") - 1)
        .order_by("-pinned", "-timemodified", "-id")
    )
    names = dict(Group.objects.filter(course=found.course).values_list("id", "name"))
    shown = list(rows[:_PER_PAGE])
    people = Account.objects.in_bulk({row.usermodified for row in shown})
    lines = [
        {
            "row": row,
            "name": _title(row.name),
            "group": names.get(row.groupid, ""),
            "last_by": people[row.usermodified].fullname,
            "last_at": _moment(row.timemodified),
            "locked": is_locked(row),
        }
        for row in shown
    ]
    context = {"forum": found, "lines": lines, "total": rows.count(), "site": Site()}
    return context | {"people": people_of(found)}


def _discussion_context(request: HttpRequest) -> dict[str, Any]:
    found = Discussion.objects.select_related("forum__course").filter(id=_number(request, "d")).first()
    if found is None:
        raise Http404("discussion")
    posts = list(Post.objects.filter(discussion=found).select_related("account").order_by("created", "id"))
    group = Group.objects.filter(id=found.groupid).first()
    return {
        "forum": found.forum,
        "discussion": found,
        "name": _title(found.name),
        "group": group.name if group else "",
        "locked": is_locked(found),
        "posts": _nest(posts, found.forum.course_id),
        "people": people_of(found.forum),
        "site": Site(),
    }


def _nest(posts: list[Post], course_id: int) -> list[ShownPost]:
    """Depth first, siblings in (created, id) order."""
    below: dict[int, list[Post]] = {}
    for post in posts:
        below.setdefault(post.parent, []).append(post)
    groups = groups_in_course(course_id, {post.account_id for post in posts})
    authors = {post.id: post.account.fullname for post in posts}
    shown: list[ShownPost] = []
    stack = [(post, 0) for post in reversed(below.get(0, []))]
    while stack:
        post, depth = stack.pop()
        names = ", ".join(group["name"] for group in groups.get(post.account_id, []))
        shown.append(_shown(post, depth, names, authors.get(post.parent, "")))
        stack += [(child, depth + 1) for child in reversed(below.get(post.id, []))]
    return shown


def _shown(post: Post, depth: int, groups: str, in_reply_to: str) -> ShownPost:
    body = "" if post.deleted else format_text(post.message, post.messageformat)
    body = body.replace("<pre", '<pre tabindex="0"')  # a scroller must be reachable by keyboard
    return ShownPost(
        id=post.id,
        author=post.account.fullname,
        groups=groups,
        created=_moment(post.created),
        is_edited=post.modified > post.created,
        subject=_title(post.subject),
        body=mark_safe(body),  # noqa: S308  # format_text cleans, as Moodle does
        is_deleted=post.deleted,
        depth=min(depth, _DEEPEST),
        parent=post.parent,
        in_reply_to=in_reply_to,
    )
