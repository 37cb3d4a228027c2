"""The gradebook of the LMS: a grade of somebody else, by the signal whose receiver stores it and recalculates."""

from __future__ import annotations

from types import SimpleNamespace

from opaque_keys.edx.keys import UsageKey


def publish_grade(user_id: int, usage_key: str, *, earned: float, weight: float) -> None:
    """A fraction of the block's weight; a later one replaces it.

    The block that is handed over is none of the runtime's: one that could score would write the current user's fields.
    """
    from django.contrib.auth import get_user_model
    from lms.djangoapps.grades.signals.signals import SCORE_PUBLISHED

    SCORE_PUBLISHED.send(
        sender=None,
        block=SimpleNamespace(location=UsageKey.from_string(usage_key), weight=weight),
        user=get_user_model().objects.get(id=user_id),
        raw_earned=earned,
        raw_possible=1.0,
        only_if_higher=False,
    )
