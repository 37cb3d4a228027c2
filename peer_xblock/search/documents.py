"""What the index holds of threads and people, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass

# A thread's best answers, as they were when it was last indexed.
ANSWERS_KEPT = 12


@dataclass(frozen=True, slots=True)
class Answered:
    """A named answer to a question: who gave it, in which post."""

    author: int
    post: int


@dataclass(frozen=True, slots=True)
class ThreadDocument:
    """A thread by the words of its opening. group: "" for everybody's. at: its last activity, seconds since 1970.

    answers: named ones that are there, best first; what is anonymous never comes near the index under a name.
    """

    id: str
    space: int
    group: str
    title: str
    text: str
    at: int
    is_question: bool
    answers: tuple[Answered, ...]


@dataclass(frozen=True, slots=True)
class PersonDocument:
    """Somebody who is listed in the course's directory. id: of the profile; user: their account's."""

    id: str
    user: int
    name: str


Document = ThreadDocument | PersonDocument


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a viewer reads. spaces: by primary key. group: besides everybody's; None for all groups."""

    spaces: frozenset[int]
    group: str | None


@dataclass(frozen=True, slots=True)
class ThreadHit:
    """A thread that was found. score: BM25, over 0; comparable within one search only."""

    id: str
    score: float
    answers: tuple[Answered, ...]
