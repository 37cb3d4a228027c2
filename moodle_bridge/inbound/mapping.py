"""From a change in a Moodle forum to an item for the LMS, or to the reason why there is none. Pure."""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

from moodle_bridge.mapping import text_of_copy
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


def map_change(change: Change, places: Mapping[int, Place], reader: Reader) -> Item | Withheld:
    """The post as it stands in Moodle, by the LMS's names. What is not known to be for its readers is withheld.

    places: by forum. What was done to the copy of a post of the LMS is offered to the LMS.
    """
    place = places.get(change.forumid)
    cause = _cause(change, reader)
    if cause or place is None:
        return Withheld(cause or "unmapped")
    now_in = places.get(change.inforumid or change.forumid)
    is_away = now_in is None or now_in.context != place.context
    if change.externalid:
        return _offer(change, place, reader, is_away=is_away)
    group = "" if change.groupid == EVERYBODY else place.groups.get(change.groupid, "")
    if change.groupid != EVERYBODY and not group:
        return Withheld("unmappedgroup")
    # Where nobody of the course may read it any more, the LMS takes its copy away.
    is_gone = change.deleted or is_away
    if not change.parent and not place.space_id and not is_gone:
        return Withheld("nospace")
    item = _item(change, place, reader) | {
        "space": "" if change.parent else place.space_id,
        "parent": _parent(change, reader),
        "author": {"name": change.authorname, "subject": change.authoridnumber},
        "group": group,
        "group_name": group,
        "deleted": is_gone,
    }
    state = {"pinned": change.pinned, "locked": change.locked}
    return item if change.parent or is_gone else item | state


def _offer(change: Change, place: Place, reader: Reader, *, is_away: bool) -> Item | Withheld:
    """What somebody changed of a copy, as it was before the LMS wrote over it."""
    if change.inforumid not in (0, change.forumid):
        return Withheld("moved" if is_away else "followed")
    if not (change.edited or change.deleted or change.newlypinned or change.newlylocked):
        return Withheld("unchanged")
    return _item(change, place, reader) | {
        "post": change.externalid,
        "author": {"name": change.actorname, "subject": change.actoridnumber},
        "html": text_of_copy(_html(change, reader)),
        "edited": change.edited,
        "base": change.base,
        "pinned": change.pinned if change.newlypinned else None,
        "locked": change.locked if change.newlylocked else None,
    }


def _item(change: Change, place: Place, reader: Reader) -> Item:
    """What every item has, for everybody in the course unless it is said otherwise."""
    return {
        "source": reader.source,
        "id": str(change.postid),
        "revision": change.id,
        "context": place.context,
        "space": "",
        "parent": None,
        "title": change.subject,
        "html": _html(change, reader),
        "group": "",
        "group_name": "",
        "created_at": datetime.fromtimestamp(change.created, UTC).isoformat(),
        "deleted": change.deleted,
    }


def _cause(change: Change, reader: Reader) -> str:
    """Why it is not brought back: the service account did it, it is another tenant's, or not for all readers."""
    if change.externalid and change.source != reader.slug:
        return "othertenant"
    whose = change.actorid if change.externalid else change.authorid
    if whose and whose == reader.service_user_id:
        return "serviceaccount"
    return "private" if change.private and not change.externalid else ""


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
