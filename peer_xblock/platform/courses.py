"""Addresses in the LMS."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from opaque_keys.edx.keys import UsageKey


def post_url(post_id: str) -> str:
    """The permanent address of a post."""
    return f"{settings.LMS_ROOT_URL}/peer/p/{post_id}"


def unit_url(usage_key: str, post_id: str) -> str:
    """The learning page of the block's unit. The page forwards only `jumpToId` into the frame."""
    course_key = UsageKey.from_string(usage_key).context_key
    return f"{settings.LMS_ROOT_URL}/courses/{quote(str(course_key))}/jump_to/{quote(usage_key)}?peer_post={post_id}"
