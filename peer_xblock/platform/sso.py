"""The subject of single sign-on, from the rows that the LMS's third-party log-in wrote."""

from __future__ import annotations

from .host import Subject


def subject_of(user_id: int, *, provider: str, claim: str) -> Subject | None:
    """The claim of a person's newest record, None for one who never came by single sign-on or has no such claim."""
    from social_django.models import UserSocialAuth

    rows = UserSocialAuth.objects.filter(user_id=user_id)
    if provider:
        rows = rows.filter(provider=provider)
    row = rows.order_by("-id").first()
    if row is None:
        return None
    value = row.uid if claim == "uid" else row.extra_data.get(claim)
    return Subject(issuer=row.provider, value=str(value)) if value else None


def find_person(value: str, *, provider: str, claim: str) -> int | None:
    """Whose newest record has this claim. The database may ignore case or accents: what it finds is compared here."""
    from social_django.models import UserSocialAuth

    wanted = {"uid": value} if claim == "uid" else {f"extra_data__{claim}": value}
    rows = UserSocialAuth.objects.filter(user__is_active=True, **wanted)
    if provider:
        rows = rows.filter(provider=provider)
    people = set(rows.values_list("user_id", flat=True))
    found = {user_id for user_id in people if _is_of(user_id, value, provider=provider, claim=claim)}
    return found.pop() if len(found) == 1 else None


def _is_of(user_id: int, value: str, *, provider: str, claim: str) -> bool:
    subject = subject_of(user_id, provider=provider, claim=claim)
    return subject is not None and subject.value == value
