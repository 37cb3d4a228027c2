"""Peer review: works handed in, handed out for review, and settled."""

from peer_xblock.api.discussion.text import preview

from .closing import publish_grades, settle_due
from .files import get_file, remove_file, upload_file
from .handing_in import pledge, submit
from .leases import leave_course, return_expired
from .opening import open_activity
from .overseeing import oversee, read_submission, staff_review
from .repair import repair_activities
from .reviewing import save_review, send_review, skip_review
from .taking import take_review

__all__ = [
    "get_file",
    "leave_course",
    "open_activity",
    "oversee",
    "pledge",
    "preview",
    "publish_grades",
    "read_submission",
    "remove_file",
    "repair_activities",
    "return_expired",
    "save_review",
    "send_review",
    "settle_due",
    "skip_review",
    "staff_review",
    "submit",
    "take_review",
    "upload_file",
]
