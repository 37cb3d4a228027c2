"""A community file: gzipped or plain JSON lines, one question a line. docs/developers/seed-format.md says more."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from demo.community.cast import Member

# fmt: off
_FIRST = (
    "Ada", "Bela", "Chidi", "Dana", "Elif", "Farid", "Greta", "Hana", "Ivo", "Jaya", "Kofi", "Lucía", "Milan",
    "Nadia", "Oren", "Petra", "Quentin", "Rosa", "Samir", "Talia", "Uma", "Viktor", "Wanda", "Ximena", "Yara",
    "Zoran", "Anouk", "Bruno", "Carmen", "Dimitri", "Esther", "Felix", "Gloria", "Hugo", "Irina", "Joris",
    "Karin", "Leon", "Maya", "Nils", "Olga", "Pavel", "Rania", "Soren", "Tove", "Ulla", "Vera", "Wim",
    "Yusuf", "Zita",
)
# fmt: on
# fmt: off
_LAST = (
    "Abel", "Brandt", "Costa", "Duarte", "Eriksen", "Fofana", "Garnier", "Horvat", "Ibarra", "Jansen", "Kaya",
    "Lopes", "Moreau", "Novak", "Okafor", "Petrov", "Quist", "Rossi", "Suzuki", "Tanaka", "Urban", "Vega",
    "Weber", "Yilmaz", "Zeman", "Almeida", "Berg", "Castro", "Dvorak", "Engel", "Farkas", "Gruber", "Haas",
    "Ivanova", "Jovanovic", "Keller", "Lund",
)
# fmt: on


@dataclass(frozen=True, slots=True)
class SeedAnswer:
    """An answer. `votes` is never below 0."""

    id: str
    author: str
    at: datetime
    body: str
    votes: int
    is_accepted: bool


@dataclass(frozen=True, slots=True)
class SeedQuestion:
    """A question with its answers, oldest first."""

    id: str
    author: str
    at: datetime
    title: str
    body: str
    answers: tuple[SeedAnswer, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be used: the line's number from 1, the field, what is wrong with it."""

    line: int
    field: str
    what: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.field}: {self.what}"


class _Bad(Exception):
    def __init__(self, field: str, what: str) -> None:
        super().__init__(field)
        self.field = field
        self.what = what


class SeedFile:
    """Read it as often as wanted; broken lines and broken answers are told, all else is given."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.digest = hashlib.sha256(path.read_bytes()).hexdigest()

    def questions(self, report: Callable[[Problem], None]) -> Iterator[SeedQuestion]:
        """Every usable question, in the file's order."""
        for number, line in enumerate(self._lines(), start=1):
            if not line.strip():
                continue
            try:
                yield _question(line, number, report)
            except _Bad as bad:
                report(Problem(number, bad.field, bad.what))

    def _lines(self) -> Iterator[bytes]:
        with self.path.open("rb") as raw:
            is_gzip = raw.read(2) == b"\x1f\x8b"
        with gzip.open(self.path) if is_gzip else self.path.open("rb") as lines:
            yield from lines

    def members(self) -> list[Member]:
        """Everybody who wrote, under names that can be read."""
        names: dict[str, None] = {}
        for question in self.questions(lambda _problem: None):
            names[question.author] = None
            names.update((answer.author, None) for answer in question.answers)
        return [member_of(name) for name in names]


def member_of(author: str) -> Member:
    """A person for an author's name: the same name is always the same person."""
    username = re.sub(r"[^a-z0-9_.-]", "-", author.lower())
    drawn = int.from_bytes(hashlib.sha256(author.encode()).digest()[:6], "big")
    first = _FIRST[drawn % len(_FIRST)]
    last = _LAST[drawn // len(_FIRST) % len(_LAST)]
    return Member(username, first, f"{last} ({author})", subject=f"seed-{username}")


def _question(line: bytes, number: int, report: Callable[[Problem], None]) -> SeedQuestion:
    data = _decode(line)
    asked = _time(data, "t")
    answers = []
    rows = _field(data, "answers", list)
    for index, row in enumerate(rows):
        try:
            answers.append(_answer(row, asked))
        except _Bad as bad:
            report(Problem(number, f"answers[{index}].{bad.field}", bad.what))
    answers.sort(key=lambda answer: answer.at)
    return SeedQuestion(
        id=str(_field(data, "id", (int, str))),
        author=_text(data, "asker"),
        at=asked,
        title=_text(data, "title"),
        body=_text(data, "body"),
        answers=tuple(answers),
    )


def _decode(line: bytes) -> dict[str, Any]:
    try:
        data = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _Bad("the line", "not UTF-8") from error
    except ValueError as error:
        raise _Bad("the line", "not JSON") from error
    if not isinstance(data, dict):
        raise _Bad("the line", "not an object")
    return data


def _answer(row: Any, asked: datetime) -> SeedAnswer:
    if not isinstance(row, dict):
        raise _Bad("", "not an object")
    votes = _field(row, "s", (int, float, type(None)))
    return SeedAnswer(
        id=str(_field(row, "id", (int, str))),
        author=_text(row, "u"),
        at=max(_time(row, "t"), asked),
        body=_text(row, "x"),
        votes=max(0, int(votes or 0)),
        is_accepted=bool(_field(row, "acc", (bool, int))),
    )


def _field(data: dict[str, Any], name: str, kind: Any) -> Any:
    if name not in data:
        raise _Bad(name, "missing")
    if not isinstance(data[name], kind):
        raise _Bad(name, f"not of the right type ({type(data[name]).__name__})")
    return data[name]


def _text(data: dict[str, Any], name: str) -> str:
    text: str = _field(data, name, str)
    if not text.strip():
        raise _Bad(name, "empty")
    return text


def _time(data: dict[str, Any], name: str) -> datetime:
    seconds = _field(data, name, (int, float))
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError) as error:
        raise _Bad(name, "not a time in Unix seconds") from error
