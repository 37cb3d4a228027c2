"""Threads that are moved, merged and split: what is answered, and how what was read of two becomes one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

_MINE_TAIL = 16


class Action(StrEnum):
    """What is done to several threads at once."""

    PIN = "pin"
    CLOSE = "close"
    REMOVE = "remove"
    TAG = "tag"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class Moderated:
    """Of several threads those that changed, by id. refused: how many could not be changed; the rest was so already."""

    changed: tuple[str, ...]
    refused: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A thread in its new place. space: by its public id. url: the thread's, the same as before."""

    thread: str
    space: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Destination:
    """A discussion of the course that a thread can be moved to. unit: where its block stands, "" without a title."""

    space: str
    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class Destinations:
    """Where a thread of this space can go, in the course's order."""

    spaces: tuple[Destination, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a ReadState keeps. number: -1 for who never opened the thread. key_mine: see `keys.mine_key`."""

    number: int = -1
    has_answered: bool = False
    key_mine: str | None = None
    follows: bool | None = None


def merged_reading(came: Reading, there: Reading | None, *, last: int, tail: str) -> Reading | None:
    """How far one person has read a thread (`there`) once another one (`came`) stands at its end; None for nothing.

    last: the highest number of the thread before; the other one's numbers go on after it. tail: of its `key_mine`.
    Whoever had not read all of it has not read what came after either: what is new is never hidden, what was read
    may be shown as new once more.
    """
    before = there or Reading()
    number = last + 1 + came.number if before.number >= last and came.number >= 0 else before.number
    keys = [key[:-_MINE_TAIL] + tail for key in (came.key_mine, before.key_mine) if key]
    merged = Reading(
        number,
        came.has_answered or before.has_answered,
        max(keys, default=None),
        came.follows if before.follows is None else before.follows,
    )
    return None if merged == Reading() else merged


def split_number(read: int, moved: list[int]) -> int:
    """How far a thread has been read that was split off. read: in the one that it comes from, -1 for not at all.

    moved: the numbers that its posts had there, ascending, the new opening's first. -1 when that was not reached.
    """
    return sum(1 for number in moved if number <= read) - 1
