"""An announcement as a mail: the whole text, as its reader may read it at this moment."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _

from peer_xblock.api.discussion.present import Byline, Presenter
from peer_xblock.api.discussion.rows import get_post_row
from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import Kind
from peer_xblock.domain.errors import NotFound
from peer_xblock.domain.markup import plain_text
from peer_xblock.domain.pictures import with_absolute_pictures
from peer_xblock.models import Mail, Space, Thread
from peer_xblock.platform import Address, host

from .choosing import wants_mails
from .letters import write_letter
from .readers import visit_as


def compose_announcement(
    mail: Mail, address: Address, language: str, *, now: datetime, rng: Random
) -> EmailMultiAlternatives | None:
    """None where it was removed, may not be read any more, or is not wanted by mail any more."""
    thread = Thread.objects.get(pk=mail.announced_id or 0)
    space = Space.objects.select_related("context__connection").get(pk=thread.space_id)
    visit = visit_as(mail.user_id, space, now=now, rng=rng, language=language)
    post = _opening(visit, thread) if visit and wants_mails(mail.user_id, space) else None
    if visit is None or post is None:
        return None
    presenter = Presenter(visit)
    presenter.expect_posts([post])
    url = host().post_url(thread.public_id)
    context: dict[str, Any] = {
        "course": host().course_title(mail.context.key),
        "space": space.title or _("Discussion"),
        "title": thread.title,
        "name": presenter.author(Byline.of(post)).name or _("Former learner"),
        "html": with_absolute_pictures(post.html, url.rsplit("/p/", 1)[0]),
        "text": plain_text(post.html).strip(),
        "url": url,
    }
    subject = _("%(title)s (announcement in %(course)s)") % {
        "title": thread.title,
        "course": context["course"],
    }
    return write_letter(mail, address, language, subject=subject, template="announcement", context=context)


def _opening(visit: Visit, thread: Thread) -> Any:
    try:
        post = get_post_row(visit, thread.public_id)
    except NotFound:
        return None
    return post if post.deleted_at is None and thread.kind == Kind.ANNOUNCEMENT.value else None
