"""The mailbox of whoever is signed in: what the campus sent them, read from the files that its mail backend wrote."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from random import SystemRandom

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language

from demo.campus.models import Profile
from peer_xblock.api import notices
from peer_xblock.models import SpaceMember

# What Django's file backend writes below each message.
_RULE = b"-" * 79


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as a mail program shows it. stop_url: where the program's own button to unsubscribe posts to."""

    subject: str
    sender: str
    sent_at: datetime
    text: str
    html: str
    stop_url: str


@require_GET
@login_required
def mailbox(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    address = User.objects.values_list("email", flat=True).get(username=request.user.get_username())
    letters = sorted(letters_to(address), key=lambda letter: letter.sent_at, reverse=True)
    return render(request, "campus/mail.html", {"letters": letters, "address": address})


@require_POST
@login_required
def send_now(request: HttpRequest) -> HttpResponse:
    """What would come tomorrow morning, at once."""
    now, rng = datetime.now(UTC), SystemRandom()
    notices.note_posts(now=now, rng=rng)
    SpaceMember.objects.filter(user=request.user.pk, mail_due_at__isnull=False).update(mail_due_at=now)
    notices.prepare_mails(now=now, rng=rng)
    notices.send_mails(now=now, rng=rng)
    return redirect("mail")


def choose_language(request: HttpRequest) -> HttpResponse:
    """As Django's own view; mails come in the language that was chosen last."""
    language = request.POST.get("language", "")
    if (
        request.method == "POST"
        and request.user.is_authenticated
        and translation.check_for_language(language)
    ):
        Profile.objects.filter(user=request.user.pk).update(language=language)
    return set_language(request)


def letters_to(address: str) -> Iterator[Letter]:
    """All that was sent to an address, in no order."""
    for path in Path(settings.EMAIL_FILE_PATH).glob("*.log"):
        for raw in path.read_bytes().split(_RULE):
            message = email.message_from_bytes(raw.strip(), policy=email.policy.default)
            if message.get("To", "") == address:
                yield _letter(message)


def _letter(message: EmailMessage) -> Letter:
    html = message.get_body(("html",))
    text = message.get_body(("plain",))
    return Letter(
        subject=message["Subject"],
        sender=message["From"],
        sent_at=parsedate_to_datetime(message["Date"]),
        text=text.get_content() if text else "",
        html=html.get_content() if html else "",
        stop_url=str(message.get("List-Unsubscribe", "")).strip("<>"),
    )
