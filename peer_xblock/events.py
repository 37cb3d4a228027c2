"""The events that the bridge gets: frozen values to CloudEvents 1.0 JSON. The contract is docs/events.

An event carries the whole state of one post after a change; its revision is the thread's sequence: the newest wins.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar

POST = "org.peerxblock.post.v0"
SUBMISSION = "org.peerxblock.submission.v0"


@dataclass(frozen=True, slots=True)
class EventThread:
    """The thread as it stands. tags: in their order; they are not in an event without any."""

    id: str
    kind: str
    title: str
    pinned: bool
    closed: bool
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventSpace:
    """Where it was written. context: the course's or library's key."""

    id: str
    title: str
    context: str
    usage_key: str | None


@dataclass(frozen=True, slots=True)
class EventOrigin:
    """Where a post was born: the bridge's name for the system, and the post's id there."""

    source: str
    id: str


@dataclass(frozen=True, slots=True)
class EventPost:
    """The post after the change. html is "" when it is deleted, erased, or not for the mirror's readers.

    origin: of a post that the bridge brought in; it is not to be written there again.
    """

    id: str
    number: int
    depth: int
    parent: str | None
    edit: int
    html: str
    created_at: datetime
    edited_at: datetime | None
    deleted: bool
    erased: bool
    accepted: bool
    endorsed: bool
    url: str
    origin: EventOrigin | None = None


@dataclass(frozen=True, slots=True)
class NamedAuthor:
    """A person by display name; issuer and value say who they are to the company, where that is known."""

    name: str
    issuer: str | None
    value: str | None

    def as_json(self) -> dict[str, Any]:
        """With `subject` as an object or null."""
        subject = None if self.value is None else {"issuer": self.issuer, "value": self.value}
        return {"kind": "named", "name": self.name, "subject": subject}


@dataclass(frozen=True, slots=True)
class AnonymousAuthor:
    """A pseudonym and nothing else."""

    pseudonym: str

    def as_json(self) -> dict[str, Any]:
        """The pseudonym as the name."""
        return {"kind": "anonymous", "name": self.pseudonym}


@dataclass(frozen=True, slots=True)
class Audience:
    """Who may read: kind course, group (with id and name), staff, or withheld."""

    kind: str
    id: str = ""
    name: str = ""

    def as_json(self) -> dict[str, Any]:
        """Only a group has more than its kind."""
        return (
            {"kind": "group", "id": self.id, "name": self.name}
            if self.kind == "group"
            else {"kind": self.kind}
        )


@dataclass(frozen=True, slots=True)
class PostEvent:
    """One change of one post. revision: the thread's sequence."""

    id: str
    tenant: str
    time: datetime
    revision: int
    thread: EventThread
    space: EventSpace
    post: EventPost
    author: NamedAuthor | AnonymousAuthor
    audience: Audience
    type: ClassVar[str] = POST

    @property
    def aggregate(self) -> str:
        """Whose changes are counted: the thread's."""
        return self.thread.id

    def as_json(self) -> dict[str, Any]:
        """The CloudEvent."""
        return {
            "specversion": "1.0",
            "id": self.id,
            "source": f"/tenants/{self.tenant}",
            "type": self.type,
            "subject": self.post.id,
            "time": _timestamp(self.time),
            "datacontenttype": "application/json",
            "sequence": str(self.revision),
            "data": {
                "revision": self.revision,
                "thread": _thread_json(self.thread),
                "space": asdict(self.space),
                "post": _post_json(self.post),
                "author": self.author.as_json(),
                "audience": self.audience.as_json(),
            },
        }


@dataclass(frozen=True, slots=True)
class EventSubmission:
    """The work after the change, without its text. state: submitted or settled. grade: 0..1. by: peers or staff.

    edit: which version, from 1. received: reviews that it has.
    """

    id: str
    state: str
    edit: int
    submitted_at: datetime
    received: int
    settled_at: datetime | None
    grade: float | None
    by: str | None


@dataclass(frozen=True, slots=True)
class SubmissionEvent:
    """One change of one work. revision: the work's own sequence. Only staff may read."""

    id: str
    tenant: str
    time: datetime
    revision: int
    space: EventSpace
    submission: EventSubmission
    author: NamedAuthor
    audience: Audience = Audience("staff")
    type: ClassVar[str] = SUBMISSION

    @property
    def aggregate(self) -> str:
        """Whose changes are counted: the work's."""
        return self.submission.id

    def as_json(self) -> dict[str, Any]:
        """The CloudEvent."""
        return {
            "specversion": "1.0",
            "id": self.id,
            "source": f"/tenants/{self.tenant}",
            "type": self.type,
            "subject": self.submission.id,
            "time": _timestamp(self.time),
            "datacontenttype": "application/json",
            "sequence": str(self.revision),
            "data": {
                "revision": self.revision,
                "space": asdict(self.space),
                "submission": _with_timestamps(asdict(self.submission)),
                "author": self.author.as_json(),
                "audience": self.audience.as_json(),
            },
        }


def body_hash(event: dict[str, Any]) -> str:
    """SHA-256 of the event as canonical JSON (sorted keys, no spaces) without its time."""
    content = {key: value for key, value in event.items() if key != "time"}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _thread_json(thread: EventThread) -> dict[str, Any]:
    """All fields; `tags` only where there are any."""
    values = {**asdict(thread), "tags": list(thread.tags)}
    return {key: value for key, value in values.items() if key != "tags" or value}


def _post_json(post: EventPost) -> dict[str, Any]:
    """All fields; `origin` only where there is one."""
    values = _with_timestamps(asdict(post))
    return {key: value for key, value in values.items() if key != "origin" or value is not None}


def _with_timestamps(values: dict[str, Any]) -> dict[str, Any]:
    return {key: _timestamp(value) if isinstance(value, datetime) else value for key, value in values.items()}


def _timestamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
