"""Reports: somebody tells the team that a post should be looked at, with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .people import Person

WORDS_CAP = 500


class Reason(StrEnum):
    """Why a post is reported."""

    SPAM = "spam"
    ABUSE = "abuse"
    PRIVACY = "privacy"
    SOLUTION = "solution"
    OFF_TOPIC = "off_topic"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class FlagView:
    """A report. by: who reports."""

    by: Person
    reason: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Flags:
    """What is reported of a post. mine: the viewer's own report. count, all: for facilitators and staff; 0 and empty
    for others.
    """

    post: str
    mine: FlagView | None
    count: int
    all: tuple[FlagView, ...]
