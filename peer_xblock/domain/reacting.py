"""Reactions: a small set of answers to a post that need no words. Who gave one is shown to nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntFlag


class Reaction(IntFlag):
    """What one may answer without words. Stored by its bit, so that a person's set is the sum of their rows.

    Only ever added to.
    """

    THANKS = 1
    INSIGHT = 2
    CELEBRATE = 4
    SAME = 8
    LOST = 16

    @property
    def code(self) -> str:
        """As settings and clients name it."""
        return (self.name or "").lower()


CODES: Mapping[str, Reaction] = {reaction.code: reaction for reaction in Reaction}
OFFERED_AT_FIRST = (Reaction.THANKS.code, Reaction.INSIGHT.code, Reaction.CELEBRATE.code)


@dataclass(frozen=True, slots=True)
class ReactionCount:
    """How many gave a reaction to a post, and whether the viewer did."""

    code: str
    count: int
    is_mine: bool


def offered(stored: object) -> tuple[Reaction, ...]:
    """The reactions that a space offers, in our order; of a stored setting, which may hold anything."""
    chosen = stored if isinstance(stored, list | tuple) else ()
    return tuple(reaction for code, reaction in CODES.items() if code in chosen)


def counts(
    chosen: tuple[Reaction, ...], stored: Mapping[str, int], mine: int | None
) -> tuple[ReactionCount, ...]:
    """Of a post: the offered reactions that somebody gave. stored: number by code. mine: the viewer's bits."""
    return tuple(
        ReactionCount(reaction.code, stored[reaction.code], bool((mine or 0) & reaction))
        for reaction in chosen
        if stored.get(reaction.code)
    )


def moved(stored: Mapping[str, int], code: str, step: int) -> dict[str, int]:
    """The numbers after one more, or one less; what nobody gave has no entry."""
    changed = {**stored, code: max(stored.get(code, 0) + step, 0)}
    return {code: number for code, number in sorted(changed.items()) if number}
