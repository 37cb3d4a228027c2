"""What a person wants to hear of: new threads of a space, and how often by mail."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.contrib.auth import get_user_model
from django.core import signing

from peer_xblock.api.discussion.following import notices_of
from peer_xblock.api.transactions import in_transaction
from peer_xblock.api.visits import Visit
from peer_xblock.domain.errors import N_, NotFound
from peer_xblock.domain.notices import Digest, NoticeSettings
from peer_xblock.models import LearningContext, MailStop, Space, SpaceMember

from .waking import digest_of, due_moment

_SALT = "peer_xblock.stop"


def notice_settings(visit: Visit) -> NoticeSettings:
    """As they hold now, whether chosen or not."""
    return _settings(visit, _member(visit))


def follow_space(visit: Visit, *, on: bool) -> NoticeSettings:
    """Hear of new threads of this space, or no more. Raises PreviewOnly."""
    visit.require_write()
    member, _ = SpaceMember.objects.update_or_create(
        user_id=visit.viewer.user_id, space=visit.space, defaults={"follows": on}
    )
    return _settings(visit, member)


def choose_notices(visit: Visit, *, digest: Digest) -> NoticeSettings:
    """How often mails tell of this space. Choosing one takes back what a link in a mail had stopped."""
    visit.require_write()
    return in_transaction(partial(_choose, visit, digest))


def _choose(visit: Visit, digest: Digest) -> NoticeSettings:
    user_id = visit.viewer.user_id
    # Locked as `lock_members` does, so that no notice comes between.
    member, _ = SpaceMember.objects.select_for_update().get_or_create(user_id=user_id, space=visit.space)
    waits = notices_of(visit.space, user_id).filter(read_at=None, mail=None).exists()
    member.digest = digest.value
    member.mail_due_at = due_moment(digest, now=visit.now) if waits and digest is not Digest.OFF else None
    member.save(update_fields=["digest", "mail_due_at"])
    if digest is not Digest.OFF:
        MailStop.objects.filter(user_id=user_id, context=visit.space.context).delete()
    return _settings(visit, member)


def _member(visit: Visit) -> SpaceMember:
    rows = SpaceMember.objects.filter(user_id=visit.viewer.user_id, space_id=visit.space.pk)
    return next(iter(rows), SpaceMember())


def _settings(visit: Visit, member: SpaceMember) -> NoticeSettings:
    stops = MailStop.objects.filter(user_id=visit.viewer.user_id, context_id=visit.space.context_id)
    digest = Digest.OFF if stops.exists() else digest_of(member)
    return NoticeSettings(follows=member.follows, digest=digest.value)


def wants_mails(user_id: int, space: Space) -> bool:
    """Whether a person wants any mails of a space. Two statements."""
    if MailStop.objects.filter(user_id=user_id, context_id=space.context_id).exists():
        return False
    rows = SpaceMember.objects.filter(user_id=user_id, space=space)
    return digest_of(next(iter(rows), SpaceMember())) is not Digest.OFF


def stop_token(user_id: int, context_id: int) -> str:
    """What a mail's link carries: whom it was for and which course it told of, signed; it does not run out."""
    return signing.dumps([user_id, context_id], salt=_SALT)


def stop_mails(token: str, *, on: bool, now: datetime) -> None:
    """End all mails of a course for whom the mail was, or take that back.

    Raises NotFound for a forged link, and once the course or the account is gone.
    """
    user_id, context_id = read_token(token)
    stopped_course(token)
    if not get_user_model().objects.filter(pk=user_id).exists():
        raise _not_ours()
    if on:
        MailStop.objects.get_or_create(user_id=user_id, context_id=context_id, defaults={"created_at": now})
    else:
        MailStop.objects.filter(user_id=user_id, context_id=context_id).delete()


def read_token(token: str) -> tuple[int, int]:
    """Person and course of a link. Raises NotFound for a forged one."""
    try:
        user_id, context_id = signing.loads(token, salt=_SALT)
    except signing.BadSignature as error:
        raise _not_ours() from error
    return int(user_id), int(context_id)


def stopped_course(token: str) -> str:
    """The key of the course that a link is about. Raises NotFound."""
    _, context_id = read_token(token)
    key = LearningContext.objects.filter(pk=context_id).values_list("key", flat=True).first()
    if key is None:
        raise _not_ours()
    return key


def _not_ours() -> NotFound:
    return NotFound(N_("This link is not one of ours."))
