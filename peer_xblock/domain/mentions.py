"""Calling a person by name: @ and the name as it is shown, in the text itself, so that it reads as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .experts.folding import fold

CALL = re.compile(r"(?<![\w@./])@([^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){0,4})")
MOST = 20


def names_in(call: str) -> Iterator[str]:
    """The names that a call may mean, the longest first: "Amina Diallo said", "Amina Diallo", "Amina"."""
    words = call.split(" ")
    for count in range(len(words), 0, -1):
        yield " ".join(words[:count]).rstrip(".'’-")


def names_called(text: str) -> set[str]:
    """All names, folded, that the first 20 calls of a text may mean; also in what will turn out to be code."""
    calls = [match[1] for match in CALL.finditer(text)][:MOST]
    return {folded for call in calls for name in names_in(call) if (folded := fold(name))}
