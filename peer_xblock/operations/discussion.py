"""The discussion's operations: declared once, for the block's handler and the views alike."""

from __future__ import annotations

from typing import Any

from peer_xblock.api import discussion as api
from peer_xblock.api.discussion.listing import CourseSort, Sort
from peer_xblock.api.discussion.reading import Order
from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import PAGE, PAGE_MAX, Kind
from peer_xblock.domain.flagging import Reason
from peer_xblock.domain.searching import FoundThreads, ThreadQuery

from .dispatch import Operation, Registry, always
from .fields import Choice, ClientKey, Field, Flag, Id, Integer, Text, Texts

_WRITTEN: dict[str, Field[Any]] = {
    "client_key": ClientKey(),
    "body": Text(),
    "anonymous": Flag(required=False),
}
_POST: dict[str, Field[Any]] = {"post": Id()}
_SWITCH: dict[str, Field[Any]] = {"post": Id(), "on": Flag()}
_THREAD_SWITCH: dict[str, Field[Any]] = {"thread": Id(), "on": Flag()}
_PAGE: dict[str, Field[Any]] = {
    "cursor": Text(required=False),
    "limit": Integer(required=False, low=1, high=PAGE_MAX),
}

_LATEST = 2**33  # Seconds since 1970: the year 2242.
_AFTER: dict[str, Field[Any]] = {"thread": Id(), "number": Integer()}
_ORDINAL = Integer(required=False)


def _search_threads(
    visit: Visit, *, cursor: str | None = None, limit: int = PAGE, **asked: Any
) -> FoundThreads:
    return api.search_threads(visit, ThreadQuery(**asked), cursor=cursor, limit=limit)


OPERATIONS: Registry = {
    operation.name: operation
    for operation in (
        Operation(
            "list_threads",
            api.list_threads,
            {"sort": Choice(required=False, of=Sort), **_PAGE},
        ),
        Operation(
            "get_thread",
            api.get_thread,
            {"thread": Id(), "order": Choice(required=False, of=Order), "post": Id(required=False), **_PAGE},
        ),
        Operation("list_course", api.list_course, {"sort": Choice(required=False, of=CourseSort), **_PAGE}),
        Operation("list_saved", api.list_saved, _PAGE),
        Operation("save_post", api.save_post, _SWITCH),
        Operation("locate", api.locate, _POST),
        Operation(
            "list_comments",
            api.list_comments,
            {"post": Id(), "after": _ORDINAL, "before": _ORDINAL, "limit": _PAGE["limit"]},
        ),
        Operation("watch_space", api.watch_space, {"since": Integer(high=_LATEST)}, glances=True),
        Operation("watch_thread", api.watch_thread, _AFTER, glances=True),
        Operation("list_new_posts", api.list_new_posts, _AFTER),
        Operation(
            "create_thread",
            api.create_thread,
            {"kind": Choice(of=Kind), "title": Text(), "tags": Texts(required=False), **_WRITTEN},
            tracks="thread.created",
            completes=always,
        ),
        Operation(
            "create_response",
            api.create_response,
            {"thread": Id(), **_WRITTEN},
            tracks="response.created",
            completes=always,
        ),
        Operation(
            "create_comment",
            api.create_comment,
            {"response": Id(), **_WRITTEN},
            tracks="comment.created",
            completes=always,
        ),
        Operation("get_source", api.get_source, _POST),
        Operation("create_private", api.create_private, {"thread": Id(), **_WRITTEN}),
        Operation(
            "edit_post",
            api.edit_post,
            {
                "post": Id(),
                "revision": Integer(),
                "body": Text(),
                "title": Text(required=False),
                "tags": Texts(required=False),
            },
            tracks="post.edited",
        ),
        Operation("get_history", api.get_history, _POST),
        Operation("delete_post", api.delete_post, _POST, tracks="post.deleted"),
        Operation("restore_post", api.restore_post, _POST, tracks="post.restored"),
        Operation("vote", api.vote, _SWITCH, tracks="post.voted"),
        Operation("react", api.react, {**_SWITCH, "reaction": Text()}, tracks="post.reacted"),
        Operation(
            "flag_post",
            api.flag_post,
            {"post": Id(), "reason": Choice(of=Reason), "words": Text(required=False)},
            tracks="post.flagged",
        ),
        Operation("withdraw_flag", api.withdraw_flag, _POST, tracks="flag.withdrawn"),
        Operation("get_flags", api.get_flags, _POST),
        Operation("accept_answer", api.accept_answer, _SWITCH, tracks="answer.accepted"),
        Operation("endorse", api.endorse, _SWITCH, tracks="response.endorsed"),
        Operation("pin_thread", api.pin_thread, _THREAD_SWITCH, tracks="thread.pinned"),
        Operation("close_thread", api.close_thread, _THREAD_SWITCH, tracks="thread.closed"),
        Operation("mark_read", api.mark_read, _AFTER),
        Operation("preview", api.preview, {"body": Text()}),
        Operation(
            "search_threads",
            _search_threads,
            {
                "query": Text(required=False),
                "kind": Choice(required=False, of=Kind),
                "tag": Text(required=False),
                "author": Text(required=False),
                "unanswered": Flag(required=False),
                "mine": Flag(required=False),
                "since": Integer(required=False, high=_LATEST),
                "until": Integer(required=False, high=_LATEST),
                "typing": Flag(required=False),
                "everywhere": Flag(required=False),
                **_PAGE,
            },
        ),
        Operation("suggest_tags", api.suggest_tags, {"text": Text(required=False)}),
        Operation("similar_threads", api.similar_threads, {"title": Text()}),
    )
}
