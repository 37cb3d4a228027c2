"""The LMS's own notifications: its tray, its preferences. It has no registry, so that our type goes into its tables.

A type that is not in them is dropped without a word. Their keys were renamed in 2026: both spellings are filled in.
What a notification says is put into HTML as it is, before 2026 unescaped: no character of markup goes there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

from peer_xblock.domain.notices import Reason

from .host import Told

_APP = "peer_learning"
_TYPES = {
    Reason.PRIVATE: _(
        "<{p}><{strong}>{author}</{strong}> wrote to the team alone in <{strong}>{title}</{strong}></{p}>"
    ),
    Reason.MENTION: _(
        "<{p}><{strong}>{author}</{strong}> mentioned you in <{strong}>{title}</{strong}></{p}>"
    ),
    Reason.ANSWER: _("<{p}><{strong}>{author}</{strong}> answered you in <{strong}>{title}</{strong}></{p}>"),
    Reason.THREAD: _("<{p}><{strong}>{author}</{strong}> wrote in <{strong}>{title}</{strong}></{p}>"),
    Reason.SPACE: _("<{p}><{strong}>{author}</{strong}> started <{strong}>{title}</{strong}></{p}>"),
}
_MARKUP = str.maketrans({"<": "‹", ">": "›", "&": "＆", "{": "(", "}": ")"})


def register_types() -> None:
    """Called once, when the app is ready. Mails of these stay off: our digest tells of the same posts."""
    try:
        from openedx.core.djangoapps.notifications import base_notification
    except ImportError:
        return
    base_notification.COURSE_NOTIFICATION_APPS.setdefault(_APP, _app())
    for reason, template in _TYPES.items():
        name = _name(reason)
        base_notification.COURSE_NOTIFICATION_TYPES.setdefault(name, _type(name, template))


def notify(user_ids: Sequence[int], context_key: str, told: Told) -> None:
    """One notification for each of these people. Nothing in a library, which has no notifications."""
    from openedx_events.learning.data import UserNotificationData
    from openedx_events.learning.signals import USER_NOTIFICATION_REQUESTED

    try:
        course_key = CourseKey.from_string(context_key)
    except InvalidKeyError:
        return
    data = UserNotificationData(
        user_ids=list(user_ids),
        notification_type=_name(told.reason),
        content_url=told.url,
        app_name=_APP,
        course_key=course_key,
        context={"author": told.author.translate(_MARKUP), "title": told.title.translate(_MARKUP)},
    )
    USER_NOTIFICATION_REQUESTED.send_event(notification_data=data)


def _name(reason: Reason) -> str:
    return f"peer_{reason.value}"


def _app() -> dict[str, Any]:
    """What is told in the tray; by mail our digest does it."""
    return {
        "enabled": True,
        "info": _("What is new in the discussions that you take part in."),
        "web": True,
        "email": False,
        "push": False,
        "email_cadence": "Daily",
        "core_info": _("What is new in the discussions that you take part in."),
        "core_web": True,
        "core_email": False,
        "core_push": False,
        "core_email_cadence": "Daily",
        "non_editable": ["push"],
    }


def _type(name: str, template: Any) -> dict[str, Any]:
    return {
        "notification_app": _APP,
        "name": name,
        "use_app_defaults": True,
        "is_core": True,
        "content_template": template,
        "content_context": {"author": "author", "title": "title"},
        "email_template": "",
        "filters": [],
    }
