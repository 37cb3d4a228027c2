"""What can be done in each kind of space: the same for its block and for the course tab."""

from __future__ import annotations

from collections.abc import Mapping

from peer_xblock.domain.spaces import SpaceKind

from . import discussion, drafts, experts, notices, organising, pictures, review
from .dispatch import Registry

_WRITING: Registry = {**drafts.OPERATIONS, **pictures.OPERATIONS}

REGISTRIES: Mapping[SpaceKind, Registry] = {
    SpaceKind.DISCUSSION: {
        **discussion.OPERATIONS,
        **_WRITING,
        **notices.OPERATIONS,
        **organising.OPERATIONS,
    },
    SpaceKind.REVIEW: {**review.OPERATIONS, **_WRITING},
    SpaceKind.EXPERTS: {**experts.OPERATIONS, **_WRITING},
}
