"""The subject of single sign-on, from the rows that the LMS's third-party log-in wrote."""

from __future__ import annotations

from .host import Subject


def subject_of(user_id: int, context_key: str) -> Subject | None:
    """The newest (provider, uid) of a person, None for one who never came by single sign-on."""
    from social_django.models import UserSocialAuth

    row = (
        UserSocialAuth.objects.filter(user_id=user_id).order_by("-id").values_list("provider", "uid").first()
    )
    return Subject(issuer=row[0], value=row[1]) if row else None
