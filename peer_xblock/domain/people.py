"""Who asks, what they may see, and how an author is shown."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

HUES = 6


class Role(StrEnum):
    """What a person is in a learning context, in rising order of rights."""

    LEARNER = "learner"
    FACILITATOR = "facilitator"
    STAFF = "staff"


class Anonymity(StrEnum):
    """From whom an author is hidden: from nobody, from learners, from all but course staff."""

    NAMED = "named"
    LEARNERS = "learners"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Group:
    """A cohort or team. id: the platform's, as `cohort:12`."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind a request, as the platform names them; nothing has been looked up yet.

    user_id: the platform's id, None when nobody is signed in. is_preview: Studio's stand-in learner.
    """

    user_id: int | None
    name: str
    is_course_staff: bool = False
    is_preview: bool = False
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Viewer:
    """An actor in one space, with role and group looked up.

    user_id: 0 for one without an account here. origin: the post elsewhere that is brought in, "" for a person here.
    """

    user_id: int
    name: str
    role: Role
    group: Group | None
    is_preview: bool
    language: str
    origin: str = ""

    @property
    def is_moderator(self) -> bool:
        """Facilitators and course staff."""
        return self.role is not Role.LEARNER

    def may_know(self, anonymity: Anonymity) -> bool:
        """Whether the author of a post of this anonymity is shown to this person."""
        if anonymity is Anonymity.NAMED:
            return True
        if anonymity is Anonymity.LEARNERS:
            return self.is_moderator
        return self.role is Role.STAFF


@dataclass(frozen=True, slots=True)
class Person:
    """An author as one viewer may see them.

    kind: named (a guest without an account too), anonymous (name is the thread's pseudonym) or former (retired).
    real_name: for an anonymous author, only where the viewer may know it.
    hue: 1..6, from the name shown, never from the account.
    """

    name: str
    kind: str
    role: str | None
    hue: int
    is_me: bool
    real_name: str | None = None


@dataclass(frozen=True, slots=True)
class ReaderView:
    """The reader of a page, as the page shows them. role: None for a plain learner. group: its name."""

    name: str
    hue: int
    role: str | None
    is_preview: bool
    language: str
    group: str | None


def hue_of(shown: str) -> int:
    """The avatar's hue, 1..6, the same for the same shown text everywhere."""
    return hashlib.sha256(shown.encode()).digest()[0] % HUES + 1
