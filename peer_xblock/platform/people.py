"""Names and roles from the LMS's own tables. Imports are inside: the modules exist only in the platform."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from opaque_keys.edx.keys import CourseKey

from peer_xblock.domain.people import Role

from .host import Address

_FACILITATORS = ("Administrator", "Moderator", "Group Moderator", "Community TA")
_STAFF = ("staff", "instructor")
_RETIRED = "retired__user_"


def role_of(user_id: int, context_key: str) -> Role:
    """Course staff by course access role, facilitators by forum role. Staff who view as a learner are one."""
    from common.djangoapps.student.models import CourseAccessRole
    from openedx.core.djangoapps.django_comment_common.models import Role as ForumRole

    if CourseAccessRole.objects.filter(user_id=user_id, course_id=context_key, role__in=_STAFF).exists():
        return Role.LEARNER if _views_as_learner(user_id, context_key) else Role.STAFF
    names = ForumRole.objects.filter(users=user_id, course_id=context_key, name__in=_FACILITATORS)
    return Role.FACILITATOR if names.exists() else Role.LEARNER


def team_of(context_key: str) -> Collection[int]:
    """By the same roles as above, of accounts that are open. Two statements."""
    from common.djangoapps.student.models import CourseAccessRole
    from openedx.core.djangoapps.django_comment_common.models import Role as ForumRole

    staff = CourseAccessRole.objects.filter(course_id=context_key, role__in=_STAFF, user__is_active=True)
    forum = ForumRole.objects.filter(course_id=context_key, name__in=_FACILITATORS, users__is_active=True)
    return {*staff.values_list("user_id", flat=True), *forum.values_list("users", flat=True)}


def names_of(user_ids: Collection[int]) -> Mapping[int, str]:
    """The profile's name; a person without one is shown by a number that is not their account's name."""
    from common.djangoapps.student.models import UserProfile

    users = UserProfile.objects.filter(user__in=user_ids).values_list("user_id", "user__username", "name")
    return {
        user_id: name or f"#{user_id}"
        for user_id, username, name in users
        if not username.startswith(_RETIRED)
    }


def addresses_of(user_ids: Collection[int]) -> Mapping[int, Address]:
    """Accounts that are open, by the language of their preferences. Two statements."""
    from django.contrib.auth import get_user_model
    from openedx.core.djangoapps.lang_pref import LANGUAGE_KEY
    from openedx.core.djangoapps.user_api.models import UserPreference

    users = get_user_model().objects.filter(id__in=user_ids, is_active=True).exclude(email="")
    emails = dict(users.exclude(username__startswith=_RETIRED).values_list("id", "email"))
    chosen = UserPreference.objects.filter(user__in=emails, key=LANGUAGE_KEY)
    languages = dict(chosen.values_list("user_id", "value"))
    return {user_id: Address(email, languages.get(user_id) or "") for user_id, email in emails.items()}


def is_masquerade(user_id: int) -> bool:
    """Whether the request's own user is somebody else: the LMS runs a block, and its handlers, as the viewed person."""
    from crum import get_current_user

    user = get_current_user()
    return user is not None and user.is_authenticated and user.pk != user_id


def _views_as_learner(user_id: int, context_key: str) -> bool:
    from crum import get_current_user
    from lms.djangoapps.courseware.masquerade import is_masquerading_as_student

    user = get_current_user()
    if user is None or user.pk != user_id:
        return False
    return bool(is_masquerading_as_student(user, CourseKey.from_string(context_key)))
