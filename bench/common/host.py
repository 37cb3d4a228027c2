"""The tests' host, but for the identity that single sign-on recorded: that look-up is the platform's own cost."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from peer_xblock.platform import Place, Subject
from tests.host import (
    addresses_of,
    class_size,
    group_of,
    is_masquerade,
    names_of,
    notify,
    post_url,
    publish_grade,
    role_of,
    stop_url,
    unit_url,
)

__all__ = [
    "addresses_of",
    "class_size",
    "group_of",
    "is_masquerade",
    "names_of",
    "notify",
    "post_url",
    "publish_grade",
    "role_of",
    "stop_url",
    "subject_of",
    "unit_url",
    "visible_places",
    "visible_spaces",
]


def subject_of(user_id: int, *, provider: str, claim: str) -> Subject | None:
    """Without a statement."""
    return Subject("https://idp.example.test", f"{provider} {claim} {user_id}")


def visible_places(_user_id: int, _context_key: str, usage_keys: Collection[str]) -> Sequence[Place]:
    """Without a statement, as below."""
    return [Place(key, "", "") for key in usage_keys]


def visible_spaces(_user_id: int, _context_key: str, usage_keys: Collection[str]) -> Collection[str]:
    """Without a statement: the course's structure comes from the platform's own cache."""
    return usage_keys
