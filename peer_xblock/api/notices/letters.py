"""A mail of ours: text and HTML, with the link that ends all mails of its course."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from peer_xblock.models import Mail
from peer_xblock.platform import Address, host

from .choosing import stop_token


def write_letter(
    mail: Mail, address: Address, language: str, *, subject: str, template: str, context: Mapping[str, Any]
) -> EmailMultiAlternatives:
    """The message, not sent yet. template: `.txt` and `.html` of this name, in the language that is active."""
    stop_url = host().stop_url(stop_token(mail.user_id, mail.context_id))
    values = {**context, "language": language, "stop_url": stop_url}
    message = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=render_to_string(f"peer_xblock/{template}.txt", values),
        from_email=getattr(settings, "PEER_MAIL_FROM", "") or None,
        to=[address.email],
        headers={
            "List-Unsubscribe": f"<{stop_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "X-Peer-Digest": mail.public_id,
        },
    )
    message.attach_alternative(render_to_string(f"peer_xblock/{template}.html", values), "text/html")
    return message
