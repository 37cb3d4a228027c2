"""What a reader saved, and where else in the course people talk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .discussion import ThreadView
from .people import Person


@dataclass(frozen=True, slots=True)
class SavedPost:
    """A post that the reader saved, with the thread it stands in. excerpt: its first words, "" when it is deleted."""

    id: str
    thread: str
    title: str
    depth: int
    author: Person
    excerpt: str
    created_at: datetime
    is_deleted: bool
    url: str


@dataclass(frozen=True, slots=True)
class SavedPage:
    """The newest bookmark first. next: the cursor of the page after this one, None at the end."""

    posts: tuple[SavedPost, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class SavedResult:
    """Whether a post is among what this person saved."""

    post: str
    is_saved: bool


@dataclass(frozen=True, slots=True)
class ThreadElsewhere:
    """A thread of the course. space, unit: the titles of the one that it is in and of its unit, "" without one.

    is_here: whether it is in the space of this call.
    """

    thread: ThreadView
    space: str
    is_here: bool
    unit: str = ""


@dataclass(frozen=True, slots=True)
class CoursePage:
    """Threads of all spaces that the reader may open. next: as above."""

    threads: tuple[ThreadElsewhere, ...]
    next: str | None
