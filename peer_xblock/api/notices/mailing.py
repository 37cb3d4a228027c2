"""Digests: made of the notices that wait, claimed one by one, sent through Django's mail backend.

What is sent is never sent again: a mail is claimed before it goes, and who is killed in between leaves it claimed.
One lost mail is better than two of the same; what it told of is in the tray.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from functools import partial
from random import Random

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from peer_xblock.api.transactions import in_transaction
from peer_xblock.domain.discussion import Kind
from peer_xblock.domain.ids import new_id
from peer_xblock.models import Mail, MailStop, Notice, SpaceMember

from .digest import compose
from .waking import lock_members

PEOPLE = 1000
MAILS = 300
TRIES = 5
WAIT = timedelta(minutes=5)

_log = logging.getLogger(__name__)


def prepare_mails(*, now: datetime, rng: Random) -> int:
    """Make a mail of what waits for each person and course whose digest is due. Returns how many."""
    due = SpaceMember.objects.filter(mail_due_at__lte=now).order_by("mail_due_at", "pk")
    people = dict.fromkeys(due.values_list("user_id", "space__context_id")[:PEOPLE])
    return sum(in_transaction(partial(_prepare, *person, now, rng)) for person in people)


def _prepare(user_id: int, context_id: int, now: datetime, rng: Random) -> int:
    """One mail, or none where all was read meanwhile or the person wants none. Each notice enters one mail."""
    due = SpaceMember.objects.filter(user_id=user_id, space__context=context_id, mail_due_at__lte=now)
    spaces = lock_members(due)
    SpaceMember.objects.filter(user_id=user_id, space__in=spaces).update(mail_due_at=None)
    waiting = Notice.objects.filter(user_id=user_id, space__in=spaces, read_at=None, mail=None)
    waiting = waiting.exclude(number=0, thread__kind=Kind.ANNOUNCEMENT.value)  # Each has a mail of its own.
    pks = list(waiting.values_list("pk", flat=True))
    if not pks or MailStop.objects.filter(user_id=user_id, context_id=context_id).exists():
        return 0
    mail = Mail.objects.create(
        public_id=new_id(now, rng), user_id=user_id, context_id=context_id, created_at=now, due_at=now
    )
    Notice.objects.filter(pk__in=pks, mail=None).update(mail=mail)
    return 1


def send_mails(*, now: datetime, rng: Random) -> int:
    """Send up to 300 mails that are due, over one connection. Returns how many went."""
    waiting = Mail.objects.filter(state=Mail.WAITING, due_at__lte=now).order_by("pk")
    mails = list(waiting.select_related("context")[:MAILS])
    if not mails:
        return 0
    with get_connection() as connection:
        return sum(_send(mail, connection, now, rng) for mail in mails if _claim(mail))


def _claim(mail: Mail) -> bool:
    return Mail.objects.filter(pk=mail.pk, state=Mail.WAITING).update(state=Mail.SENDING) == 1


def _send(mail: Mail, connection: BaseEmailBackend, now: datetime, rng: Random) -> int:
    """Compose it as things are now, and send it; what fails is tried again, five times in all."""
    try:
        message = compose(mail, now=now, rng=rng)
        if message is not None:
            message.connection = connection
            message.send()
    except Exception as error:  # noqa: BLE001  whatever platform and backend raise, the others' mails go
        _log.warning("digest %s was not sent (%s)", mail.public_id, type(error).__name__)
        _put_back(mail, now)
        return 0
    _settle(mail, Mail.SENT if message else Mail.EMPTY, now)
    return int(message is not None)


def _settle(mail: Mail, state: str, now: datetime) -> None:
    Mail.objects.filter(pk=mail.pk).update(state=state, settled_at=now)


def _put_back(mail: Mail, now: datetime) -> None:
    tries = mail.tries + 1
    if tries >= TRIES:
        Mail.objects.filter(pk=mail.pk).update(state=Mail.FAILED, tries=tries, settled_at=now)
        return
    due_at = now + WAIT * 2**tries
    Mail.objects.filter(pk=mail.pk).update(state=Mail.WAITING, tries=tries, due_at=due_at)
