"""What can be done in each kind of space: the same for its block and for the course tab."""

from __future__ import annotations

from collections.abc import Mapping

from peer_xblock.domain.spaces import SpaceKind

from . import discussion, drafts, experts, notices, review
from .dispatch import Registry

REGISTRIES: Mapping[SpaceKind, Registry] = {
    SpaceKind.DISCUSSION: {**discussion.OPERATIONS, **drafts.OPERATIONS, **notices.OPERATIONS},
    SpaceKind.REVIEW: {**review.OPERATIONS, **drafts.OPERATIONS},
    SpaceKind.EXPERTS: {**experts.OPERATIONS, **drafts.OPERATIONS},
}
