"""One item of local_peerbridge: its fields, checked as the plugin checks them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from demo.standin.params import strip_tags
from demo.standin.textformat import HTML, PLAIN

_SOURCE = re.compile(r"[a-z0-9_-]{1,40}")
_EXTERNAL = re.compile(r"[a-z0-9._:/-]{1,128}")
_NATIVE = re.compile(r"moodle:([1-9][0-9]{0,9})")
_MESSAGE_BYTES = 1_000_000
_LATEST = 2**62


class BadItem(Exception):
    """A field that cannot be used; the text begins with the field's name."""


class ItemRefused(Exception):
    """An item that was read and may not be applied. `code` is one of the plugin's errorcodes."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.message = message or f"local_peerbridge/{code}"


@dataclass(frozen=True, slots=True)
class Item:
    """A post as the bridge wants it to stand in Moodle. Times in Unix seconds."""

    source: str
    externalid: str
    revision: int
    forumid: int
    userid: int
    parent: str
    subject: str
    message: str
    messageformat: int
    groupid: int
    timecreated: int
    timemodified: int
    deleted: bool
    pinned: bool
    locked: bool
    edit: int = 0

    @property
    def hash(self) -> str:
        """The hash of its text, as the digest gives it once it is written."""
        return hash_of("", "", PLAIN) if self.deleted else hash_of(self.subject, self.message, HTML)

    @property
    def native_parent(self) -> int:
        """The parent's own number where it was born in Moodle, else 0."""
        match = _NATIVE.fullmatch(self.parent)
        return int(match[1]) if match else 0


def hash_of(subject: str, message: str, messageformat: int) -> str:
    """The digest's hash of a post's text."""
    return hashlib.sha256(f"{subject}\0{message}\0{messageformat}".encode()).hexdigest()


def read_item(data: Any) -> Item:
    """The item, or `BadItem` that names the first field that is wrong. Unknown fields are ignored."""
    if not isinstance(data, dict):
        raise BadItem("item: must be an object")
    values: dict[str, Any] = {}
    for name, is_good in _FIELDS.items():
        if name not in data:
            raise BadItem(f"{name}: missing")
        if not is_good(data[name]):
            raise BadItem(f"{name}: not a value that can be used")
        values[name] = data[name]
    edit = data.get("edit", 0)
    if not _is_int(0)(edit):
        raise BadItem("edit: not a value that can be used")
    item = Item(**values, edit=edit)
    if item.timemodified < item.timecreated:
        raise BadItem("timemodified: before timecreated")
    if not item.deleted:
        _check_texts(item)
    return item


def _check_texts(item: Item) -> None:
    if not item.subject.strip() or strip_tags(item.subject) != item.subject:
        raise BadItem("subject: empty, or Moodle would take a part of it for a tag")
    if not item.message.strip():
        raise BadItem("message: empty")


def _is_int(least: int) -> Callable[[Any], bool]:
    return lambda value: type(value) is int and least <= value <= _LATEST


def _is_bool(value: Any) -> bool:
    return isinstance(value, bool)


def _matches(pattern: re.Pattern[str], *, may_be_empty: bool = False) -> Callable[[Any], bool]:
    def is_good(value: Any) -> bool:
        if not isinstance(value, str):
            return False
        return (may_be_empty and value == "") or pattern.fullmatch(value) is not None

    return is_good


_FIELDS: dict[str, Callable[[Any], bool]] = {
    "source": _matches(_SOURCE),
    "externalid": _matches(_EXTERNAL),
    "revision": _is_int(1),
    "forumid": _is_int(1),
    "userid": _is_int(0),
    "parent": _matches(_EXTERNAL, may_be_empty=True),
    "subject": lambda value: isinstance(value, str) and len(value) <= 255,
    "message": lambda value: isinstance(value, str) and len(value.encode()) <= _MESSAGE_BYTES,
    "messageformat": lambda value: type(value) is int and value == 1,
    "groupid": lambda value: type(value) is int and (value == -1 or value >= 1),
    "timecreated": _is_int(1),
    "timemodified": _is_int(1),
    "deleted": _is_bool,
    "pinned": _is_bool,
    "locked": _is_bool,
}
