"""What people hear of a discussion, and how often by mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .people import Person

NOTICES_PAGE = 20
_MONDAY = 0


class Reason(StrEnum):
    """Why a person is told of a post, the strongest first: a post is told of once."""

    PRIVATE = "private"
    MENTION = "mention"
    ANSWER = "answer"
    THREAD = "thread"
    SPACE = "space"


class Digest(StrEnum):
    """How often mails tell of what is new."""

    DAILY = "daily"
    WEEKLY = "weekly"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice as its reader sees it. excerpt: the beginning of the post as plain text."""

    id: str
    thread: str
    post: str
    reason: str
    depth: int
    title: str
    author: Person
    excerpt: str
    created_at: datetime
    is_read: bool
    url: str


@dataclass(frozen=True, slots=True)
class NoticePage:
    """Some notices, newest first. next: the cursor of the page after it. unread: of all."""

    notices: tuple[NoticeView, ...]
    next: str | None
    unread: int


@dataclass(frozen=True, slots=True)
class Unread:
    """How many notices wait for the viewer in a space."""

    unread: int


@dataclass(frozen=True, slots=True)
class NoticeSettings:
    """What a person hears of in a space. follows: new threads too. digest: how often by mail."""

    follows: bool
    digest: str


@dataclass(frozen=True, slots=True)
class Following:
    """A thread, and whether the viewer follows it."""

    thread: str
    follows: bool


@dataclass(frozen=True, slots=True)
class Namesake:
    """A person who can be mentioned: the name to write after the @."""

    name: str
    hue: int


@dataclass(frozen=True, slots=True)
class Namesakes:
    """People whose names begin as asked, in the order of their names."""

    people: tuple[Namesake, ...]


def next_digest(now: datetime, digest: Digest, *, hour: int) -> datetime:
    """When the next digest goes out: at this hour of the next day, or of the next Monday, in `now`'s zone."""
    today = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    day = today if today > now else today + timedelta(days=1)
    if digest is Digest.WEEKLY:
        day += timedelta(days=(_MONDAY - day.weekday()) % 7)
    return day


def shorten(text: str, length: int) -> str:
    """The beginning of a text on one line, cut between words, with an ellipsis where something is left out."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    head = line[: length - 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(".,;:") + "…"
