"""From the JSON of an event to frozen values. Tolerant: what is not known is ignored, what is needed is checked.

The contract is docs/events. Nothing here touches a database or knows Moodle.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

POST_TYPE: Final = "org.peerxblock.post.v0"
MAX_EVENT_BYTES: Final = 256 * 1024
MAX_SEQUENCE: Final = 2**53
MAX_NAME: Final = 255

Json: TypeAlias = Mapping[str, Any]

_ID = re.compile(r"[a-z0-9][a-z0-9._:-]*\Z")
_NUMBER = re.compile(r"[1-9][0-9]{0,17}\Z")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Invalid(Exception):
    """An event that cannot be stored. field: its path in the event, such as `data.post.id`."""

    def __init__(self, field: str, code: str = "invalid") -> None:
        super().__init__(f"{field}: {code}")
        self.field = field
        self.code = code


@dataclass(frozen=True, slots=True)
class Envelope:
    """What every event has, whatever its type. revision: the thread's sequence, 0 where a type has none."""

    id: str
    type: str
    subject: str
    body: str
    body_hash: str


@dataclass(frozen=True, slots=True)
class Thread:
    """The thread of a post, as it stood after the change."""

    id: str
    kind: str
    title: str
    is_pinned: bool
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Space:
    """Where the thread lives: the space and its learning context."""

    id: str
    context: str


@dataclass(frozen=True, slots=True)
class Subject:
    """How an enterprise knows a person: the value of the identifying claim, and who issued it ("" unknown)."""

    issuer: str
    value: str


@dataclass(frozen=True, slots=True)
class Author:
    """A named person (subject None: the LMS knows none), or the pseudonym of an anonymous one."""

    name: str
    is_anonymous: bool
    subject: Subject | None


@dataclass(frozen=True, slots=True)
class Audience:
    """Who may read. kind: course, group, staff or withheld; anything else counts as withheld."""

    kind: str
    group_id: str


@dataclass(frozen=True, slots=True)
class Post:
    """One post after the change. depth: 0 opens the thread, 1 answers it, 2 comments on an answer.

    born_as: its number in Moodle where it was born there, else "". edit: which version of the text, from 1.
    """

    id: str
    number: int
    depth: int
    parent: str
    html: str
    created_at: datetime
    edited_at: datetime | None
    is_deleted: bool
    is_erased: bool
    is_accepted: bool
    is_endorsed: bool
    born_as: str = ""
    edit: int = 0


@dataclass(frozen=True, slots=True)
class PostEvent:
    """The whole state of one post. revision: the thread's sequence; the newest of a post wins."""

    revision: int
    thread: Thread
    space: Space
    post: Post
    author: Author
    audience: Audience


def canonical(event: Json) -> str:
    """JSON with sorted keys and no spaces: equal events give equal texts."""
    return json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def hash_body(event: Json) -> str:
    """sha256 of the canonical event without `time`, which a retry may set anew."""
    timeless = {key: value for key, value in event.items() if key != "time"}
    return hashlib.sha256(canonical(timeless).encode("utf-8", "surrogatepass")).hexdigest()


def parse_envelope(event: object, *, tenant: str) -> Envelope:
    """Check what every event needs. Raises Invalid, with `too_large` for one above 256 kB."""
    if not isinstance(event, Mapping):
        raise Invalid("")
    try:
        body = canonical(event)
    except (ValueError, RecursionError) as exc:
        raise Invalid("", "json") from exc
    if _SURROGATE.search(body):
        raise Invalid("", "characters")
    if len(body.encode()) > MAX_EVENT_BYTES:
        raise Invalid("", "too_large")
    if event.get("specversion") != "1.0":
        raise Invalid("specversion")
    if event.get("source") != f"/tenants/{tenant}":
        raise Invalid("source")
    return Envelope(
        id=_identifier(event, "id", "id", limit=64),
        type=_text(event, "type", "type", limit=100),
        subject=_identifier(event, "subject", "subject") if event.get("subject") else "",
        body=body,
        body_hash=hash_body(event),
    )


def parse_post(event: Json) -> PostEvent:
    """Read an event of POST_TYPE. Raises Invalid with the field that is missing or wrong."""
    data = _object(event, "data", "data")
    post = _post(_object(data, "post", "data.post"))
    if event.get("subject") != post.id:
        raise Invalid("subject")
    return PostEvent(
        revision=_integer(data, "revision", "data.revision", low=1),
        thread=_thread(_object(data, "thread", "data.thread")),
        space=_space(_object(data, "space", "data.space")),
        post=post,
        author=_author(_object(data, "author", "data.author")),
        audience=_audience(_object(data, "audience", "data.audience")),
    )


def _thread(data: Json) -> Thread:
    where = "data.thread"
    return Thread(
        id=_identifier(data, "id", f"{where}.id"),
        kind=_text(data, "kind", f"{where}.kind", limit=40),
        title=_text(data, "title", f"{where}.title", limit=10_000, is_empty_allowed=True),
        is_pinned=_boolean(data, "pinned", f"{where}.pinned"),
        is_closed=_boolean(data, "closed", f"{where}.closed"),
    )


def _space(data: Json) -> Space:
    where = "data.space"
    return Space(
        id=_identifier(data, "id", f"{where}.id", limit=64),
        context=_text(data, "context", f"{where}.context", limit=255),
    )


def _post(data: Json) -> Post:
    where = "data.post"
    depth = _integer(data, "depth", f"{where}.depth", low=0, high=2)
    parent = _identifier(data, "parent", f"{where}.parent") if data.get("parent") is not None else ""
    if bool(parent) != (depth > 0):
        raise Invalid(f"{where}.parent")
    return Post(
        id=_identifier(data, "id", f"{where}.id"),
        number=_integer(data, "number", f"{where}.number", low=0),
        depth=depth,
        parent=parent,
        html=_text(data, "html", f"{where}.html", limit=MAX_EVENT_BYTES, is_empty_allowed=True),
        created_at=_moment(data, "created_at", f"{where}.created_at"),
        edited_at=_moment(data, "edited_at", f"{where}.edited_at")
        if data.get("edited_at") is not None
        else None,
        is_deleted=_boolean(data, "deleted", f"{where}.deleted"),
        is_erased=_boolean(data, "erased", f"{where}.erased"),
        is_accepted=_boolean(data, "accepted", f"{where}.accepted"),
        is_endorsed=_boolean(data, "endorsed", f"{where}.endorsed"),
        born_as=_born_as(data.get("origin")),
        edit=_integer(data, "edit", f"{where}.edit", low=0) if data.get("edit") is not None else 0,
    )


def _born_as(origin: object) -> str:
    if origin is None:
        return ""
    number = origin.get("id") if isinstance(origin, Mapping) else None
    if not isinstance(number, str) or not _NUMBER.match(number):
        raise Invalid("data.post.origin")
    return number


def _author(data: Json) -> Author:
    kind = data.get("kind")
    if kind not in ("named", "anonymous"):
        raise Invalid("data.author.kind")
    name = _text(data, "name", "data.author.name", limit=10_000)[:MAX_NAME]
    if kind == "anonymous":
        return Author(name=name, is_anonymous=True, subject=None)
    subject = data.get("subject")
    return Author(
        name=name,
        is_anonymous=False,
        subject=None if subject is None else _subject(_object(data, "subject", "data.author.subject")),
    )


def _subject(data: Json) -> Subject:
    where = "data.author.subject"
    return Subject(
        issuer="" if data.get("issuer") is None else _text(data, "issuer", f"{where}.issuer", limit=255),
        value=_text(data, "value", f"{where}.value", limit=255),
    )


def _audience(data: Json) -> Audience:
    kind = _text(data, "kind", "data.audience.kind", limit=40)
    group = _text(data, "id", "data.audience.id", limit=100) if kind == "group" else ""
    return Audience(kind=kind, group_id=group)


def _object(data: Json, key: str, field: str) -> Json:
    value = data.get(key)
    if not isinstance(value, Mapping):
        raise Invalid(field)
    return value


def _text(data: Json, key: str, field: str, *, limit: int, is_empty_allowed: bool = False) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not (value or is_empty_allowed):
        raise Invalid(field)
    if len(value) > limit:
        raise Invalid(field, "too_large")
    if "\0" in value:
        raise Invalid(field, "characters")
    return value


def _identifier(data: Json, key: str, field: str, *, limit: int = 128) -> str:
    value = _text(data, key, field, limit=limit)
    if not _ID.match(value):
        raise Invalid(field)
    return value


def _boolean(data: Json, key: str, field: str) -> bool:
    value = data.get(key)
    if not isinstance(value, bool):
        raise Invalid(field)
    return value


def _integer(data: Json, key: str, field: str, *, low: int, high: int = MAX_SEQUENCE) -> int:
    value = data.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise Invalid(field)
    return value


def _moment(data: Json, key: str, field: str) -> datetime:
    value = data.get(key)
    if not isinstance(value, str):
        raise Invalid(field)
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as exc:
        raise Invalid(field) from exc
    if moment.tzinfo is None:
        raise Invalid(field)
    return moment.astimezone(UTC)
