"""What a digest says: plain text and HTML, in the reader's language, of what they may still read and have not read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F, FilteredRelation, Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peer_xblock.api.visits import Visit
from peer_xblock.domain.notices import NoticeView
from peer_xblock.models import Mail, Notice, Space
from peer_xblock.platform import Address, host

from .announcement import compose_announcement
from .letters import write_letter
from .readers import visit_as
from .showing import show_notices

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A notice in a mail: what happened in one sentence."""

    sentence: str
    notice: NoticeView


@dataclass(frozen=True, slots=True)
class Section:
    """One space in a mail. more: how many notices are left out."""

    title: str
    lines: tuple[Line, ...]
    more: int


def compose(mail: Mail, *, now: datetime, rng: Random) -> EmailMultiAlternatives | None:
    """The mail as its reader gets it; None where there is nobody to send it to, or nothing left to tell."""
    address = host().addresses_of([mail.user_id]).get(mail.user_id)
    if address is None:
        return None
    language = address.language or settings.LANGUAGE_CODE
    with translation.override(language):
        if mail.announced_id is not None:
            return compose_announcement(mail, address, language, now=now, rng=rng)
        sections = _sections(mail, language, now, rng)
        return _message(mail, address, language, sections) if sections else None


def _message(mail: Mail, address: Address, language: str, sections: list[Section]) -> EmailMultiAlternatives:
    count = sum(len(section.lines) + section.more for section in sections)
    lead = ngettext("%(count)d new post for you", "%(count)d new posts for you", count) % {"count": count}
    course = host().course_title(mail.context.key)
    context: dict[str, Any] = {"course": course, "sections": sections, "lead": lead}
    subject = _("%(lead)s in %(course)s") % {"lead": lead, "course": course}
    return write_letter(mail, address, language, subject=subject, template="digest", context=context)


def _sections(mail: Mail, language: str, now: datetime, rng: Random) -> list[Section]:
    """By space, the one with the newest first. What was read in its thread is not told any more."""
    state = FilteredRelation("thread__read_states", condition=Q(thread__read_states__user_id=mail.user_id))
    rows = Notice.objects.filter(mail=mail, read_at=None).annotate(state=state, seen=F("state__number"))
    unread = rows.filter(Q(seen=None) | Q(seen__lt=F("number"))).order_by("-post_id")
    spaces: dict[Space, list[Notice]] = {}
    for notice in unread.select_related("space__context__connection"):
        spaces.setdefault(notice.space, []).append(notice)
    sections = []
    for space, notices in spaces.items():
        visit = visit_as(mail.user_id, space, now=now, rng=rng, language=language)
        section = _section(visit, space, notices) if visit else None
        if section is not None:
            sections.append(section)
    return sections


def _section(visit: Visit, space: Space, notices: list[Notice]) -> Section | None:
    shown = show_notices(visit, notices)
    if not shown:
        return None
    lines = tuple(Line(_sentence(one), one) for one in shown[:SHOWN])
    return Section(title=space.title or _("Discussion"), lines=lines, more=len(shown) - len(lines))


def _sentence(notice: NoticeView) -> str:
    """Who did what, without the title."""
    sentences = {
        "private": _("%(name)s wrote to the team alone"),
        "mention": _("%(name)s mentioned you"),
        "answer": _("%(name)s answered you"),
        "thread": _("%(name)s wrote"),
        "space": _("%(name)s started a thread"),
    }
    return sentences[notice.reason] % {"name": notice.author.name or _("Former learner")}
