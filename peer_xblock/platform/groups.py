"""Cohorts."""

from __future__ import annotations

from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

from peer_xblock.domain.people import Group


def group_of(user_id: int, context_key: str) -> Group | None:
    """The learner's cohort; none is assigned by asking, and a library has none."""
    from django.contrib.auth import get_user_model
    from openedx.core.djangoapps.course_groups.cohorts import get_cohort

    try:
        course_key = CourseKey.from_string(context_key)
    except InvalidKeyError:
        return None
    user = get_user_model().objects.get(id=user_id)
    cohort = get_cohort(user, course_key, assign=False)
    return Group(id=f"cohort:{cohort.id}", name=cohort.name) if cohort else None
