"""What a search hands out: threads with the words marked by which they were found."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .discussion import Kind, ThreadView
from .people import Person
from .tags import read_tag

QUERY_CAP = 500
EXCERPT = 180
SIMILAR = 3


@dataclass(frozen=True, slots=True)
class ThreadQuery:
    """What is looked for, from the request to the index. Without words: what the filters leave, the last active first.

    author: the beginnings of a named author's names. mine: only where the asker wrote. since, until: seconds since
    1970 between which it was begun, until not included. typing: whether the last word may not be at its end.
    everywhere: in all spaces of the course that the asker may open, not in one alone.
    """

    query: str = ""
    kind: Kind | None = None
    tag: str = ""
    author: str = ""
    unanswered: bool = False
    mine: bool = False
    since: int | None = None
    until: int | None = None
    typing: bool = False
    everywhere: bool = False

    def checked(self) -> ThreadQuery:
        """As it can be answered: texts cut at their caps, the tag as tags are kept. Raises Invalid."""
        tag = read_tag(self.tag, field="tag")
        return replace(self, query=self.query[:QUERY_CAP], author=self.author[:QUERY_CAP], tag=tag)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text. is_match: whether it is a word that was looked for."""

    text: str
    is_match: bool = False


@dataclass(frozen=True, slots=True)
class Where:
    """The titles of a thread's space and of the unit that this stands in, where the whole course was searched.

    is_here: whether it is the space that was asked from.
    """

    space: str
    unit: str
    is_here: bool


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
    where: Where


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
