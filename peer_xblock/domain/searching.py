"""What a search hands out: threads with the words marked by which they were found."""

from __future__ import annotations

from dataclasses import dataclass

from .discussion import ThreadView
from .people import Person

QUERY_CAP = 500
EXCERPT = 180
SIMILAR = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text. is_match: whether it is a word that was looked for."""

    text: str
    is_match: bool = False


@dataclass(frozen=True, slots=True)
class FoundThread:
    """A thread, and where in it the words stand.

    post: the one that the excerpt is of, as plain text. by: its author where that is a response, else None.
    """

    thread: ThreadView
    title: tuple[Part, ...]
    excerpt: tuple[Part, ...]
    post: str
    by: Person | None


@dataclass(frozen=True, slots=True)
class FoundThreads:
    """A page of a search, best first. next: the cursor of the page after it, None at the end."""

    threads: tuple[FoundThread, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class SimilarThread:
    """A thread that asks much the same. answer: the first line of its accepted answer, by: who gave that."""

    thread: ThreadView
    answer: str
    by: Person | None


@dataclass(frozen=True, slots=True)
class SimilarThreads:
    """Threads like one that is being written, those with an accepted answer first."""

    threads: tuple[SimilarThread, ...]
