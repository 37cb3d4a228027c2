"""How far a work has come, and the keys by which the team's overview lists works: as in domain/keys."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum

from peer_xblock.domain.keys import seconds

RECEIVED_MAX = 20
_TAIL = 16


class Standing(IntEnum):
    """Fewer reviews than wanted; enough, while its author has still to give theirs; settled."""

    WAITING = 0
    REVIEWED = 1
    SETTLED = 2


def standing_of(done: int, *, wanted: int, is_settled: bool) -> Standing:
    """The standing of a work with `done` reviews."""
    if is_settled:
        return Standing.SETTLED
    return Standing.REVIEWED if done >= wanted else Standing.WAITING


def order_key(scope: int, submitted_at: datetime, public_id: str) -> str:
    """32 characters: scope (8), second of handing in (8), the id's random tail (16). The oldest first."""
    return f"{scope:08x}{seconds(submitted_at):08x}{public_id[-_TAIL:]}"


def standing_key(scope: int, standing: Standing, submitted_at: datetime, public_id: str) -> str:
    """33 characters: scope (8), standing (1), second of handing in (8), the id's random tail (16)."""
    return f"{scope:08x}{standing:x}{seconds(submitted_at):08x}{public_id[-_TAIL:]}"


def bounds(scope: int, standing: Standing | None = None) -> tuple[str, str]:
    """The lowest key of a scope, or of a standing in it, and what lies above all of them."""
    if standing is None:
        return f"{scope:08x}", f"{scope + 1:08x}"
    return f"{scope:08x}{standing:x}", f"{scope:08x}{standing + 1:x}"
