"""What the bridge brings back: a post that people wrote, changed or deleted elsewhere, as it stands there.

Frozen values from JSON; tolerant: what is not known is ignored, what is needed is checked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from .errors import N_, Invalid

MAX_REVISION = 2**62
_SOURCE = re.compile(r"[a-z0-9_-]{1,40}")
_NUMBER = re.compile(r"[1-9][0-9]{0,19}")
_OURS = re.compile(r"[0-9a-f]{32}")
_NOT_USABLE = N_("This field is missing, or not what is expected.")


@dataclass(frozen=True, slots=True)
class ForeignAuthor:
    """Who wrote it. subject: the value of the identifying claim, "" where there is none."""

    name: str
    subject: str


@dataclass(frozen=True, slots=True)
class ForeignParent:
    """What it replies to: a post of ours by its public id, or one that was born elsewhere by its id there."""

    ours: str
    id: str


@dataclass(frozen=True, slots=True)
class ForeignItem:
    """One post as it stands in the other system. parent: None for what opens a thread, in `space`, under `title`.

    group: its id, "" for everybody in the course; group_name as readers know it. html: not trusted.

    ours: the post of ours whose copy was changed there, "" for one that was born there. `author` is then who changed
    it; is_edited: whether its text is told; base: the version of ours that it was written over, 0 unknown.
    is_pinned, is_locked: of what opens a thread; None where nothing is said, for a copy: where they are as they were.
    """

    source: str
    id: str
    revision: int
    context: str
    space: str
    parent: ForeignParent | None
    title: str
    html: str
    author: ForeignAuthor
    group: str
    group_name: str
    created_at: datetime
    is_deleted: bool
    ours: str = ""
    is_edited: bool = True
    base: int = 0
    is_pinned: bool | None = None
    is_locked: bool | None = None

    @property
    def origin(self) -> str:
        """Where it was born, as posts keep it."""
        return f"{self.source}/{self.id}"


def read_item(data: object) -> ForeignItem:
    """The item. Raises Invalid with the field that is missing or wrong."""
    if not isinstance(data, Mapping):
        raise Invalid(_NOT_USABLE, field="")
    parent = data.get("parent")
    item = ForeignItem(
        source=_match(data, "source", _SOURCE),
        id=_match(data, "id", _NUMBER),
        revision=_integer(data, "revision"),
        context=_text(data, "context", 255),
        space=_text(data, "space", 32, may_be_empty=True),
        parent=None if parent is None else _parent(parent),
        title=_text(data, "title", 10_000, may_be_empty=True),
        html=_text(data, "html", 1_000_000, may_be_empty=True),
        author=_author(data.get("author")),
        group=_text(data, "group", 64, may_be_empty=True),
        group_name=_text(data, "group_name", 255, may_be_empty=True),
        created_at=_moment(data, "created_at"),
        is_deleted=_boolean(data, "deleted"),
        ours=_match(data, "post", _OURS) if data.get("post") is not None else "",
        is_edited=_maybe(data, "edited") is not False,
        base=_integer(data, "base", least=0) if data.get("base") is not None else 0,
        is_pinned=_maybe(data, "pinned"),
        is_locked=_maybe(data, "locked"),
    )
    if item.parent is None and not (item.space or item.is_deleted or item.ours):
        raise Invalid(_NOT_USABLE, field="space")
    return item


def _parent(data: object) -> ForeignParent:
    if not isinstance(data, Mapping):
        raise Invalid(_NOT_USABLE, field="parent")
    if data.get("post") is not None:
        return ForeignParent(_match(data, "post", _OURS, field="parent.post"), "")
    return ForeignParent("", _match(data, "id", _NUMBER, field="parent.id"))


def _author(data: object) -> ForeignAuthor:
    if not isinstance(data, Mapping):
        raise Invalid(_NOT_USABLE, field="author")
    name = " ".join(_text(data, "name", 10_000, may_be_empty=True).split())
    return ForeignAuthor(name[:200], _text(data, "subject", 255, may_be_empty=True))


def _text(data: Mapping[str, Any], name: str, longest: int, *, may_be_empty: bool = False) -> str:
    value = data.get(name)
    if not isinstance(value, str) or len(value) > longest or "\0" in value or not (value or may_be_empty):
        raise Invalid(_NOT_USABLE, field=name)
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise Invalid(_NOT_USABLE, field=name) from error
    return value


def _match(data: Mapping[str, Any], name: str, pattern: re.Pattern[str], *, field: str = "") -> str:
    value = data.get(name)
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise Invalid(_NOT_USABLE, field=field or name)
    return value


def _integer(data: Mapping[str, Any], name: str, *, least: int = 1) -> int:
    value = data.get(name)
    if type(value) is not int or not least <= value <= MAX_REVISION:
        raise Invalid(_NOT_USABLE, field=name)
    return value


def _maybe(data: Mapping[str, Any], name: str) -> bool | None:
    return None if data.get(name) is None else _boolean(data, name)


def _boolean(data: Mapping[str, Any], name: str) -> bool:
    value = data.get(name)
    if not isinstance(value, bool):
        raise Invalid(_NOT_USABLE, field=name)
    return value


def _moment(data: Mapping[str, Any], name: str) -> datetime:
    value = data.get(name)
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Invalid(_NOT_USABLE, field=name)
    return moment.astimezone(UTC)
