"""What goes to Moodle and what comes back, as frozen values."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, asdict, dataclass, fields
from typing import Any

EVERYBODY = -1
"""Moodle's group id for a discussion that all participants see."""

SERVICE_ACCOUNT = 0
"""As `userid` of an item: the account whose token is used posts it."""

FORMAT_HTML = 1


@dataclass(frozen=True, slots=True)
class Item:
    """One post as `local_peerbridge_upsert_post` takes it.

    source: the tenant's slug. externalid: our id of the post, lower case. revision: the thread's sequence.
    parent: external id of the post that is answered, "" for a new discussion. Times in Unix seconds.
    edit: which version of the text it is.
    """

    source: str
    externalid: str
    revision: int
    forumid: int
    userid: int
    parent: str
    subject: str
    message: str
    groupid: int
    timecreated: int
    timemodified: int
    deleted: bool
    pinned: bool
    locked: bool
    messageformat: int = FORMAT_HTML
    edit: int = 0

    def as_json(self) -> dict[str, Any]:
        """The fields by the plugin's names."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ItemResult:
    """Moodle's answer for one item; postid 0 when there is no row (a tombstone, an error)."""

    externalid: str
    status: str
    postid: int
    discussionid: int
    revision: int
    errorcode: str

    @property
    def is_error(self) -> bool:
        """True when Moodle did not take the item."""
        return self.status == "error"


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a post by anybody but the bridge, with the post as it stands: `local_peerbridge_get_changes`.

    id: rising with each change. source, externalid: of a post that was mirrored, "" for one that was born in Moodle.
    message: cleaned HTML; cut: it is longer than that. private: not for all who read the forum. Times in Unix seconds.
    Of a mirrored post: edited, whether somebody wrote another text over it, which is then told, and base, over which
    version; newlypinned, newlylocked: its discussion is in another state than was sent. inforumid: where it is by now.
    """

    id: int
    forumid: int
    discussionid: int
    postid: int
    parent: int
    source: str
    externalid: str
    parentsource: str
    parentexternalid: str
    authorid: int
    authorname: str
    authoridnumber: str
    subject: str
    message: str
    cut: bool
    created: int
    deleted: bool
    private: bool
    groupid: int
    edited: bool = True
    base: int = 0
    actorid: int = 0
    actorname: str = ""
    actoridnumber: str = ""
    inforumid: int = 0
    pinned: bool = False
    locked: bool = False
    noted: int = 0
    newlypinned: bool = False
    newlylocked: bool = False


@dataclass(frozen=True, slots=True)
class ChangePage:
    """Changes in order, the cursor to go on from, and whether there are more at once.

    unreadable: forums that are gone, or that the account may not mirror. restarted: Moodle did not know the cursor any
    more, as after a restore from a backup, and began anew.
    """

    changes: tuple[Change, ...]
    cursor: str
    more: bool
    unreadable: tuple[int, ...] = ()
    restarted: bool = False


@dataclass(frozen=True, slots=True)
class DigestRow:
    """A post of a forum as `local_peerbridge_get_digest` tells it: externalid "" where it was born in Moodle."""

    postid: int
    externalid: str
    revision: int
    deleted: bool
    hash: str


@dataclass(frozen=True, slots=True)
class SiteInfo:
    """Whose token it is, which Moodle it is, and which functions the token may call."""

    user_id: int
    release: str
    functions: frozenset[str]


@dataclass(frozen=True, slots=True)
class MoodleUser:
    """An account, as far as matching needs it. idnumber None: the token may not read it."""

    id: int
    idnumber: str | None


@dataclass(frozen=True, slots=True)
class Post:
    """A post as the core functions return it, with its text as stored (not cleaned for display)."""

    id: int
    discussion_id: int
    parent_id: int | None
    subject: str
    message: str
    is_deleted: bool


@dataclass(frozen=True, slots=True)
class Discussion:
    """A discussion of a listing: its own id, its first post, and that post's text."""

    id: int
    first_post_id: int
    message: str


_KINDS: dict[Any, Callable[[Any], Any]] = {int: int, str: str, bool: bool}


def change_of(record: Mapping[str, Any]) -> Change:
    """Read one change; what is not known is left out, what an older plugin does not tell is as by default.

    Raises KeyError, TypeError, ValueError.
    """
    told = [field for field in fields(Change) if field.name in record or field.default is MISSING]
    return Change(**{field.name: _KINDS[field.type](record[field.name]) for field in told})


def result_of(record: Mapping[str, Any]) -> ItemResult:
    """Read one result; numbers may come as text, missing ones count as 0. Raises KeyError, ValueError."""
    return ItemResult(
        externalid=str(record["externalid"]),
        status=str(record["status"]),
        postid=int(record.get("postid") or 0),
        discussionid=int(record.get("discussionid") or 0),
        revision=int(record.get("revision") or 0),
        errorcode=str(record.get("errorcode") or ""),
    )
