"""What the index holds of threads and people, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass

from .wording import Word

# A thread's best answers, as they were when it was last indexed: named ones by author, some by their words.
ANSWERS_KEPT = 12
REPLIES_KEPT = 6


@dataclass(frozen=True, slots=True)
class Answered:
    """A named answer to a question: who gave it, in which post."""

    author: int
    post: int


@dataclass(frozen=True, slots=True)
class Reply:
    """A response that all readers of its thread read."""

    post: int
    text: str


@dataclass(frozen=True, slots=True)
class ThreadDocument:
    """A thread by the words of its opening and of its best responses. group: "" for everybody's.

    at, created: its last activity and its beginning, seconds since 1970. kind: question, discussion, ...
    author: the name of a named author, else "". answers: named ones that are there, best first. What is anonymous
    never comes near the index under a name. is_open: whether it is a question that waits for an answer.
    """

    id: str
    space: int
    group: str
    title: str
    text: str
    at: int
    kind: str
    answers: tuple[Answered, ...]
    created: int = 0
    author: str = ""
    is_open: bool = False
    tags: tuple[str, ...] = ()
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonDocument:
    """Somebody who is listed in the course's directory. id: of the profile; user: their account's."""

    id: str
    user: int
    name: str


Document = ThreadDocument | PersonDocument


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a viewer reads. spaces: by primary key. group: besides everybody's; None for all groups.

    among: only these threads, by their ids; None for all.
    """

    spaces: frozenset[int]
    group: str | None
    among: frozenset[str] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read."""
        return not self.spaces or self.among == frozenset()


@dataclass(frozen=True, slots=True)
class ThreadHit:
    """A thread that was found. score: BM25, over 0; comparable within one search only.

    replies: the posts of its responses whose words are indexed.
    """

    id: str
    score: float
    answers: tuple[Answered, ...]
    replies: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Threads, best first, and the words by which they were found: at least `needed` of them in each thread."""

    hits: tuple[ThreadHit, ...] = ()
    words: tuple[Word, ...] = ()
    needed: int = 0
