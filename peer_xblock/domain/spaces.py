"""The kinds of space: one for each of the three blocks."""

from __future__ import annotations

from enum import StrEnum


class SpaceKind(StrEnum):
    """What people do in a space."""

    DISCUSSION = "discussion"
    REVIEW = "review"
    EXPERTS = "experts"

    @property
    def block_type(self) -> str:
        """The type of its block, as OLX and tracking events name it."""
        return _BLOCK_TYPES[self]


_BLOCK_TYPES = {
    SpaceKind.DISCUSSION: "peer_discussion",
    SpaceKind.REVIEW: "peer_review",
    SpaceKind.EXPERTS: "expert_directory",
}
