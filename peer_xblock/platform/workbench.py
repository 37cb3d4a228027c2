"""What xblock-sdk's workbench lacks: accounts for its students, who are a name in the address, and translations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import translation
from xblock.reference.user_service import UserService, XBlockUser
from xblock.runtime import NullI18nService


class Users(UserService):  # type: ignore[misc]  # xblock ships no types
    """The service `user`. The workbench sets `runtime`, whose `user_id` is the student's name or None."""

    runtime: Any

    def get_current_user(self) -> XBlockUser:
        """The student, with an account made at first sight; nobody while a scenario is loaded."""
        shown = XBlockUser(is_current_user=True)
        if self.runtime.user_id is None:
            return shown
        users = get_user_model().objects
        user, _ = users.get_or_create(
            username=self.runtime.user_id, defaults={"first_name": self.runtime.user_id}
        )
        shown.full_name = user.get_full_name()
        shown.opt_attrs = {
            "edx-platform.user_id": user.pk,
            "edx-platform.username": user.get_username(),
            "edx-platform.is_authenticated": True,
            "edx-platform.user_is_staff": user.is_staff,
        }
        return shown


class Translations(NullI18nService):  # type: ignore[misc]  # xblock ships no types
    """The service `i18n`, in the reader's language."""

    @property
    def ugettext(self) -> Callable[[str], str]:
        return translation.gettext

    @property
    def ungettext(self) -> Callable[[str, str, int], str]:
        return translation.ngettext
