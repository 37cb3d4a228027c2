"""The services that a runtime hands to its blocks."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from completion.services import CompletionService
from django.contrib.auth.models import AnonymousUser, User
from django.utils import translation
from opaque_keys.edx.keys import CourseKey

from demo.campus.models import Profile

PREVIEW_ID = "student"


def anonymous_id(user: User, course_key: CourseKey) -> str:
    """The id that a course knows the person by where no name may be."""
    return hashlib.md5(f"{course_key}|{user.pk}".encode(), usedforsecurity=False).hexdigest()


@dataclass(slots=True)
class CampusUser:
    """What XBlock's reference service calls an XBlockUser; that one would bring a cloud storage client along."""

    is_current_user: bool = True
    emails: list[str] = field(default_factory=list)
    full_name: str | None = None
    opt_attrs: dict[str, Any] = field(default_factory=dict)


class CampusUserService:
    """The current user with the attributes that edx-platform sets."""

    def __init__(self, user: User | AnonymousUser, course_key: CourseKey, *, is_preview: bool) -> None:
        self._user = user
        self._course_key = course_key
        self._is_preview = is_preview

    def get_current_user(self) -> CampusUser:
        """The user; for nobody signed in, one without an id."""
        shown = CampusUser()
        user = self._user
        if isinstance(user, AnonymousUser):
            shown.opt_attrs = {"edx-platform.is_authenticated": False, "edx-platform.user_is_staff": False}
            return shown
        profile = Profile.objects.filter(user=user).first()
        role = profile.role if profile else "learner"
        is_staff = role == "staff" or user.is_staff
        shown.full_name = profile.name if profile else user.get_full_name()
        shown.opt_attrs = {
            "edx-platform.is_authenticated": True,
            "edx-platform.user_id": user.pk,
            "edx-platform.username": user.username,
            "edx-platform.anonymous_user_id": (
                PREVIEW_ID if self._is_preview else anonymous_id(user, self._course_key)
            ),
            "edx-platform.user_is_staff": is_staff,
            "edx-platform.user_role": "staff" if is_staff else "student",
        }
        return shown


class I18nService:
    """Translations for blocks: Django's, since the blocks' package is an installed app."""

    def gettext(self, message: str) -> str:
        """The message in the page's language; an empty one stays empty (gettext would give its header)."""
        return translation.gettext(message) if message else ""

    ugettext = gettext

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """The form for the number."""
        return translation.ngettext(singular, plural, number)

    ungettext = ngettext

    def strftime(self, moment: Any, pattern: str) -> str:
        """A date by a strftime pattern."""
        return str(moment.strftime(pattern))


class StudioPermissions:
    """Who may write a course; only Studio has this service."""

    def __init__(self, user: User | AnonymousUser) -> None:
        self._user = user

    def can_write(self, _course_key: CourseKey) -> bool:
        """Whether the user is an author of the course."""
        return self._user.is_active and self._user.is_staff

    can_read = can_write


def services_for(
    user: User | AnonymousUser, course_key: CourseKey, *, is_preview: bool, is_studio: bool, field_data: Any
) -> dict[str, Any]:
    """Services by name. A preview has no completion, as in Studio."""
    is_known = not isinstance(user, AnonymousUser)
    services: dict[str, Any] = {
        "user": CampusUserService(user, course_key, is_preview=is_preview),
        "i18n": I18nService(),
        "field-data": field_data,
    }
    if is_studio:
        services["studio_user_permissions"] = StudioPermissions(user)
    if is_known and not is_preview:
        services["completion"] = CompletionService(user, course_key)
    return services
