"""From a change in a Moodle forum to an item for the LMS, or to the reason why there is none. Pure."""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

from moodle_bridge.moodle.types import EVERYBODY, Change

MAX_HTML: Final = 50_000
Item: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a forum belongs. space_id: "" where several spaces share it. groups: our group ids by Moodle's."""

    context: str
    space_id: str
    groups: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the tenant's slug, the name of this Moodle for the LMS, its service account and address.

    read_on: the words of the link to a text that was cut.
    """

    slug: str
    source: str
    service_user_id: int
    base_url: str
    read_on: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """Nothing goes to the LMS."""

    cause: str


def map_change(change: Change, place: Place | None, reader: Reader) -> Item | Withheld:
    """The post as it stands in Moodle, by the LMS's names. What is not known to be for its readers is withheld."""
    cause = _cause(change, reader)
    if cause or place is None:
        return Withheld(cause or "unmapped")
    group = "" if change.groupid == EVERYBODY else place.groups.get(change.groupid, "")
    if change.groupid != EVERYBODY and not group:
        return Withheld("unmappedgroup")
    if not change.parent and not place.space_id and not change.deleted:
        return Withheld("nospace")
    return {
        "source": reader.source,
        "id": str(change.postid),
        "revision": change.id,
        "context": place.context,
        "space": "" if change.parent else place.space_id,
        "parent": _parent(change, reader),
        "title": change.subject,
        "html": _html(change, reader),
        "author": {"name": change.authorname, "subject": change.authoridnumber},
        "group": group,
        "group_name": group,
        "created_at": datetime.fromtimestamp(change.created, UTC).isoformat(),
        "deleted": change.deleted,
    }


def _cause(change: Change, reader: Reader) -> str:
    """Why it is not brought back: it is the LMS's own, the service account wrote it, or it is for one person."""
    if change.externalid:
        return "ownedbylms" if change.source == reader.slug else "othertenant"
    if change.authorid and change.authorid == reader.service_user_id:
        return "serviceaccount"
    return "private" if change.private else ""


def _parent(change: Change, reader: Reader) -> dict[str, str] | None:
    if not change.parent:
        return None
    if change.parentexternalid and change.parentsource == reader.slug:
        return {"post": change.parentexternalid}
    return {"id": str(change.parent)}


def _html(change: Change, reader: Reader) -> str:
    if not change.cut and len(change.message) <= MAX_HTML:
        return change.message
    address = f"{reader.base_url}/mod/forum/discuss.php?d={change.discussionid}#p{change.postid}"
    link = f'<p><a href="{html.escape(address)}">{html.escape(reader.read_on)}</a></p>'
    return change.message[: MAX_HTML - len(link)] + link
