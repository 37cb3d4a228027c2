"""Writing in the forum as one of its people, which in a real Moodle they do themselves after logging in."""

from __future__ import annotations

from html import escape

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from demo.standin.access import Caller
from demo.standin.errors import MoodleError
from demo.standin.functions.forum_write import add_discussion, add_discussion_post
from demo.standin.models import Account, Discussion, Forum, Post
from demo.standin.site import Site


def people_of(forum: Forum) -> list[Account]:
    """Who may be chosen: the participants of the course, by name."""
    rows = Account.objects.filter(enrolment__course=forum.course, enrolment__suspended=False, deleted=False)
    return list(rows.order_by("firstname", "lastname", "id"))


@require_POST
def write(request: HttpRequest) -> HttpResponse:
    """A reply (`post`), or a discussion (`forum` and `subject`); by the rules that hold for the person."""
    author = get_object_or_404(Account, id=_number(request, "author"))
    caller = Caller(author, Site())
    text = "".join(
        f"<p>{escape(line)}</p>" for line in request.POST.get("message", "").splitlines() if line.strip()
    )
    try:
        if "post" in request.POST:
            parent = get_object_or_404(Post, id=_number(request, "post"))
            subject = parent.subject if parent.subject.startswith("Re: ") else f"Re: {parent.subject}"
            add_discussion_post(
                caller,
                {
                    "postid": parent.id,
                    "subject": subject,
                    "message": text or "-",
                    "options": [],
                    "messageformat": 1,
                },
            )
            target = parent.discussion_id
        else:
            forum = get_object_or_404(Forum, id=_number(request, "forum"))
            fields = {
                "forumid": forum.id,
                "subject": request.POST.get("subject", "").strip() or _("Untitled"),
            }
            made = add_discussion(caller, {**fields, "message": text or "-", "groupid": 0, "options": []})
            target = made["discussionid"]
    except MoodleError as error:
        return render(request, "standin/refused.html", {"message": error.message, "site": Site()}, status=403)
    get_object_or_404(Discussion, id=target)
    return HttpResponseRedirect(f"{reverse('discussion')}?d={target}")


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() else 0
