"""local_peerbridge_*: the functions that our Moodle plugin brings. Each takes one parameter of JSON text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from django.db import transaction

from demo.standin.access import Caller, get_forum, require_account_state, require_forum
from demo.standin.changes import Cursor, give_back, note, read_page
from demo.standin.errors import CapabilityRequired, InvalidParameter
from demo.standin.functions.courses import get_course
from demo.standin.functions.registry import FUNCTIONS, function
from demo.standin.mirror import upsert
from demo.standin.mirror_items import hash_of
from demo.standin.models import Forum, MirrorRow, Post
from demo.standin.params import Value, strip_tags

_BATCH, _LOOKUP, _DIGEST, _CHANGES, _FORUMS = 100, 500, 5000, 100, 20_000
VERSION, RELEASE = 2026112404, "0.1.0"


def _require_use(caller: Caller) -> None:
    require_account_state(caller)
    if not caller.can("peerbridge:use"):
        raise CapabilityRequired("Use the peer bridge")


def _refuse(name: str) -> None:
    raise ValueError(name)  # NaN and its like are no JSON


def _decode(text: str, kind: type[dict[Any, Any]] | type[list[Any]], name: str, most: int = 0) -> Any:
    try:
        value = json.loads(text, parse_constant=_refuse)
    except ValueError as error:
        raise InvalidParameter(f"{name}: not JSON") from error
    if not isinstance(value, kind):
        raise InvalidParameter(f"{name}: not a JSON {kind.__name__}")
    if most and len(value) > most:
        raise InvalidParameter(f"{name}: more than {most}")
    return value


@function("local_peerbridge_upsert_post", item=Value("raw"))
def upsert_post(caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    """Apply one item."""
    _require_use(caller)
    return upsert(caller, _decode(params["item"], dict, "item"))


@function("local_peerbridge_upsert_posts", items=Value("raw"))
def upsert_posts(caller: Caller, params: dict[str, Any]) -> list[dict[str, Any]]:
    """Apply up to 100 items in order, each in a transaction of its own."""
    _require_use(caller)
    return [upsert(caller, item) for item in _decode(params["items"], list, "items", _BATCH)]


@function("local_peerbridge_lookup", source=Value("raw"), externalids=Value("raw"))
def lookup(caller: Caller, params: dict[str, Any]) -> list[dict[str, Any]]:
    """What became of external ids: those known, in the order asked, each once."""
    _require_use(caller)
    asked = _decode(params["externalids"], list, "externalids", _LOOKUP)
    if not all(isinstance(one, str) for one in asked):
        raise InvalidParameter("externalids: not a list of texts")
    wanted = list(dict.fromkeys(asked))
    rows = MirrorRow.objects.filter(source=params["source"], externalid__in=wanted)
    known = {row.externalid: row for row in rows}
    return [_known(known[one]) for one in wanted if one in known]


def _known(row: MirrorRow) -> dict[str, Any]:
    return {
        "externalid": row.externalid,
        "postid": row.postid,
        "discussionid": row.discussionid,
        "userid": row.userid,
        "revision": row.revision,
        "deleted": row.deleted,
    }


@function(
    "local_peerbridge_get_digest",
    forumid=Value("int"),
    afterpostid=Value("int", default=0),
    limit=Value("int", default=1000),
)
def get_digest(caller: Caller, params: dict[str, Any]) -> list[dict[str, Any]]:
    """Every post of a forum by id, a page at a time, with a hash of its text."""
    _require_use(caller)
    forum = get_forum(params["forumid"])
    require_forum(caller, forum)
    if not 1 <= params["limit"] <= _DIGEST:
        raise InvalidParameter(f"limit: not within 1..{_DIGEST}")
    posts = Post.objects.filter(discussion__forum=forum, id__gt=params["afterpostid"]).order_by("id")
    page = list(posts[: params["limit"]])
    rows = MirrorRow.objects.filter(postid__in=[post.id for post in page])
    known = {row.postid: row for row in rows}
    return [_digest(post, known.get(post.id)) for post in page]


def _digest(post: Post, row: MirrorRow | None) -> dict[str, Any]:
    return {
        "postid": post.id,
        "discussionid": post.discussion_id,
        "parent": post.parent,
        "userid": post.account_id,
        "created": post.created,
        "externalid": row.externalid if row else "",
        "revision": row.revision if row else 0,
        "deleted": post.deleted,
        "hash": hash_of(post.subject, post.message, post.messageformat),
    }


@function(
    "local_peerbridge_get_changes",
    cursor=Value("raw"),
    forumids=Value("raw"),
    limit=Value("int", default=_CHANGES),
)
def get_changes(caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    """What people changed in some forums since the last call, each post as it stands now."""
    _require_use(caller)
    if not 1 <= params["limit"] <= _CHANGES:
        raise InvalidParameter(f"limit: not within 1..{_CHANGES}")
    asked = _decode(params["forumids"], list, "forumids", _FORUMS)
    if not all(type(one) is int for one in asked):
        raise InvalidParameter("forumids: not a list of integers")
    forums = Forum.objects.filter(id__in=asked, being_deleted=False)
    readable = [one.id for one in forums if caller.can("peerbridge:mirror", one.course_id)]
    page = read_page(Cursor.parse(params["cursor"]), readable, params["limit"])
    return {**page, "unreadable": [one for one in asked if one not in readable]}


@function("local_peerbridge_note_posts", forumid=Value("int"), postids=Value("raw"))
def note_posts(caller: Caller, params: dict[str, Any]) -> int:
    """Tell posts that were born here with the next changes; how many of those asked are in the forum."""
    _require_use(caller)
    forum = get_forum(params["forumid"])
    require_forum(caller, forum)
    asked = _decode(params["postids"], list, "postids", _BATCH)
    if not asked or not all(type(one) is int for one in asked):
        raise InvalidParameter("postids: not a list of integers")
    mirrored = MirrorRow.objects.filter(postid__in=asked).values("postid")
    posts = Post.objects.select_related("discussion").filter(id__in=asked, discussion__forum=forum)
    noted = list(posts.exclude(id__in=mirrored).order_by("id"))
    for post in noted:
        note(post, caller.account)
    return len(noted)


@function("local_peerbridge_return_changes", changeids=Value("raw"))
def return_changes(caller: Caller, params: dict[str, Any]) -> list[dict[str, Any]]:
    """Give changes of mirrored posts back to who made them, where they do not stand."""
    _require_use(caller)
    asked = _decode(params["changeids"], list, "changeids", _BATCH)
    if not all(type(one) is int for one in asked):
        raise InvalidParameter("changeids: not a list of integers")
    with transaction.atomic():
        return [{"id": one, "status": give_back(one)} for one in asked]


@function("local_peerbridge_get_status")
def get_status(caller: Caller, _params: dict[str, Any]) -> dict[str, Any]:
    """The plugin's version, and which of its functions are there."""
    _require_use(caller)
    names = sorted(name for name, declared in FUNCTIONS.items() if declared.is_plugin)
    return {"version": VERSION, "release": RELEASE, "functions": names}


@function("local_peerbridge_ensure_forum", forum=Value("raw"))
def ensure_forum(caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    """The forum with this idnumber in the course, made when there is none."""
    _require_use(caller)
    wanted = {**_FORUM, **_decode(params["forum"], dict, "forum")}
    for name, is_good in _FORUM_FIELDS.items():
        if name not in wanted or not is_good(wanted[name]):
            raise InvalidParameter(f"forum: {name}: missing or not as expected")
    course = get_course(wanted.pop("courseid"))
    idnumber = wanted.pop("idnumber")
    defaults = {name: wanted[name] for name in ("name", "groupmode", "visible", "type")}
    forum, created = Forum.objects.get_or_create(course=course, idnumber=idnumber, defaults=defaults)
    return {"forumid": forum.id, "cmid": forum.id + 1000, "created": created}


_FORUM = {"groupmode": 0, "visible": True, "type": "general"}
_FORUM_FIELDS: dict[str, Callable[[Any], bool]] = {
    "courseid": lambda value: type(value) is int and value > 0,
    "idnumber": lambda value: (
        isinstance(value, str) and re.fullmatch(r"[a-z0-9._:-]{1,100}", value) is not None
    ),
    "name": lambda value: isinstance(value, str) and value.strip() != "" and strip_tags(value) == value,
    "groupmode": lambda value: type(value) is int and value in (0, 1, 2),
    "visible": lambda value: isinstance(value, bool),
    "type": lambda value: value in ("general", "news"),
}
