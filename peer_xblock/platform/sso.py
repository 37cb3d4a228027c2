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
