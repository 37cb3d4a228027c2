"""The tests' host, but for the identity that single sign-on recorded: that look-up is the platform's own cost."""

from __future__ import annotations

from peer_xblock.platform import Subject
from tests.host import group_of, names_of, post_url, role_of, unit_url

__all__ = ["group_of", "names_of", "post_url", "role_of", "subject_of", "unit_url"]


def subject_of(user_id: int, *, provider: str, claim: str) -> Subject | None:
    """Without a statement."""
    return Subject("https://idp.example.test", f"{provider} {claim} {user_id}")
