"""A thread's tags: a few short words that its author chose, kept in one text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from .errors import N_, Invalid

MOST = 5
LONGEST = 30
# Of the text that keeps them: the tags with a separator between two.
STORED = MOST * (LONGEST + 1)
_BETWEEN = ","


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag, and how many threads have it."""

    tag: str
    count: int


@dataclass(frozen=True, slots=True)
class TagsSuggested:
    """Tags that go on as was typed, the most used first."""

    tags: tuple[TagCount, ...]


def read_tags(given: Iterable[str]) -> tuple[str, ...]:
    """Tags as they are kept: in lower case, in the order given, none twice. Raises Invalid."""
    tags = tuple(dict.fromkeys(tag for tag in map(read_tag, given) if tag))
    if len(tags) > MOST:
        raise Invalid(N_("A thread has %(most)d tags at most."), field="tags", most=MOST)
    return tags


def read_tag(given: str, *, field: str = "tags") -> str:
    """One tag as it is kept, "" for a blank one. Raises Invalid."""
    tag = " ".join(unicodedata.normalize("NFC", given).lower().replace("#", " ").split())
    if len(tag) > LONGEST:
        raise Invalid(N_("A tag has %(longest)d characters at most."), field=field, longest=LONGEST)
    if _BETWEEN in tag or any(unicodedata.category(character)[0] == "C" for character in tag):
        raise Invalid(N_("A tag is made of letters, digits and spaces."), field=field)
    return tag


def stored_tags(tags: Iterable[str]) -> str:
    """The text that keeps them."""
    return _BETWEEN.join(tags)


def tags_in(stored: str) -> tuple[str, ...]:
    """The tags of a text that keeps them."""
    return tuple(tag for tag in stored.split(_BETWEEN) if tag)
