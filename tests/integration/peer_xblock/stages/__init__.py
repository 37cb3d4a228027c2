"""A block with people and rows in it, and a request of each of its operations that would be taken.

One kind of block, one stage: what is sent to all of them alike is in test_bad_input.py.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any, ClassVar

from django.contrib.auth.models import User
from PIL import Image

from peer_xblock.operations import Operation
from peer_xblock.operations.experts import Codes, Day
from peer_xblock.operations.fields import (
    Bytes,
    Choice,
    ClientKey,
    Field,
    Flag,
    Id,
    Ids,
    Integer,
    Mapped,
    Text,
    Texts,
)
from tests.runtime import Unit

NOBODY = "0" * 32
Refusal = tuple[int, str, str]
#: What is changed in the request that would be taken, and the status, the code, the field's name of the answer.
Change = tuple[Mapping[str, Any], Refusal]
Changes = Sequence[Change]
Refusals = Mapping[str, Changes]


def _png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (4, 3), "teal").save(out, "PNG")
    return out.getvalue()


#: What each block with a composer takes.
WRITING: dict[str, dict[str, Any]] = {
    "get_draft": {"place": "new"},
    "save_draft": {"place": "new", "base": 0, "body": "Half a"},
    "forget_draft": {"place": "new", "base": 0},
    "upload_picture": {"content": _png()},
}
WRITING_READS = ("get_draft",)


class Stage(ABC):
    """requests: by operation. reads: operations that Studio's preview may call; all others write.

    refusals: what is of the right type and cannot be taken. course_wide: operations that find threads in all blocks of
    the course.
    """

    operations: ClassVar[Mapping[str, Operation]]
    reads: ClassVar[tuple[str, ...]]
    refusals: ClassVar[Refusals]
    course_wide: ClassVar[tuple[str, ...]] = ()
    requests: Mapping[str, Mapping[str, Any]]

    @abstractmethod
    def unit(self, user: User | None, **more: Any) -> Unit:
        """The block as this person has it."""

    @abstractmethod
    def person(self, name: str) -> User:
        """Whose request of this operation would be taken."""

    @abstractmethod
    def elsewhere(self, name: str) -> Unit:
        """Another block of the kind, as the same person has it."""

    def who(self, name: str) -> Unit:
        """The block as that person has it."""
        return self.unit(self.person(name))

    def send(self, name: str, request: Mapping[str, Any], unit: Unit | None = None) -> tuple[int, Any]:
        """By the operation's own way: JSON, raw bytes, or a query. A file's content is None."""
        unit = unit or self.who(name)
        if is_json(self.operations[name]):
            return unit.call(name, **request)
        query = {key: value for key, value in request.items() if key != "content"}
        method, content = self.operations[name].method, request.get("content", b"")
        response = unit.respond("call", content, suffix=name, method=method, **query)
        if response.content_type != "application/json":
            return response.status_code, None
        return response.status_code, json.loads(response.body)


def is_json(operation: Operation) -> bool:
    """Whether the request is a JSON object: not a file, nor a link."""
    return operation.method == "POST" and not any(isinstance(f, Bytes) for f in operation.fields.values())


def wrong_values(field: Field[Any]) -> Iterator[object]:
    """Values that are not of the field's type."""
    if isinstance(field, Ids):
        yield from ("x", 7, {"a": 1}, ["x"], [7], [None], ["A" * 32], [NOBODY] * 101)
    elif isinstance(field, Texts):
        yield from ("x", 7, {"a": 1}, [7], [None], ["a\0b"], ["x"] * 101)
    elif isinstance(field, Codes):
        yield from ("fr", {"a": 1}, 7, [7], [None], ["a\0b"], ["fr"] * 101)
    elif isinstance(field, Day):
        yield from ([], 7, True, "", "x", "2026-13-01", "30/11/2026", "a\0b")
    elif isinstance(field, Mapped):
        yield from ("x", 7, [], *({"protocol": value} for value in (7, None, "a\0b", "\ud800")))
        yield {str(number): "x" for number in range(101)}
    else:
        yield from _wrong_singles(field)


def _wrong_singles(field: Field[Any]) -> Iterator[object]:
    yield from ([], {"a": 1})
    if isinstance(field, Flag):
        yield from (0, 1, "true", "")
    elif isinstance(field, Integer):
        yield from (-1, 1.5, "1", True, field.high + 1, 10**30)
    else:
        yield from (7, True, 1.5)
    if isinstance(field, Text):
        yield from ("a\0b", "\ud800", "x\udfff")
    if isinstance(field, Id):
        yield from ("", "x", "A" * 32, "0" * 31, "../../etc/passwd", "' OR 1=1 --")
    if isinstance(field, ClientKey):
        yield from ("", " ", "a b", "é", "x" * 65)
    if isinstance(field, Choice):
        yield from ("", "no such choice")


def unknown_value(field: Field[Any]) -> object:
    """An id, or ids, of nothing at all; None where the field holds none."""
    if isinstance(field, Ids):
        return [NOBODY]
    return NOBODY if isinstance(field, Id) else None


def assert_refused(answer: tuple[int, Any], status: int, code: str, field: str) -> None:
    error = answer[1]["error"]
    assert (answer[0], error["code"], error["field"]) == (status, code, field)
    assert error["message"]
    assert "%(" not in error["message"]
