"""Hearing of it: who is told of which post, in the tray, in the platform's own notices, and by mail."""

from .announcing import mail_announcements
from .choosing import choose_notices, follow_space, notice_settings, stop_mails, stopped_course
from .computing import note_posts
from .forgetting import forget_notices, leave_reader, retire_reader
from .listing import count_notices, list_notices, mark_notices_read
from .mailing import prepare_mails, send_mails

__all__ = [
    "choose_notices",
    "count_notices",
    "follow_space",
    "forget_notices",
    "leave_reader",
    "list_notices",
    "mail_announcements",
    "mark_notices_read",
    "note_posts",
    "notice_settings",
    "prepare_mails",
    "retire_reader",
    "send_mails",
    "stop_mails",
    "stopped_course",
]
