"""Every call of the discussion block, as a reader makes it: what is measured and gated."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import F

from peer_xblock.models import Post, Thread
from tests.runtime import Unit

from .campus import Campus

# Statements that a call may cost, the space's and the role's look-up included, the platform's own left out. Those
# of what is done daily are targets; those of the rest are what they cost now, and do not rise unnoticed.
TARGETS = {
    "list_activity": 4,
    "list_votes": 4,
    "list_unanswered": 4,
    "list_mine": 5,
    "list_saved": 5,
    "list_course": 5,
    "save_post": 5,
    "list_deep": 4,
    "open_thread": 8,
    "open_oldest": 8,
    "open_deep": 8,
    "open_linked": 8,
    "open_comment": 8,
    "list_comments": 8,
    "watch_space_idle": 1,
    "watch_thread_idle": 1,
    "watch_space": 3,
    "watch_thread": 2,
    "list_new_posts": 6,
    "create_thread": 8,
    "create_response": 8,
    "create_comment": 8,
    "vote": 5,
    "vote_opening": 5,
    "react": 5,
    "flag_post": 10,
    "mark_read": 5,
    "locate": 3,
    "get_source": 4,
    "get_history": 6,
    "preview": 2,
    "edit_post": 10,
    "delete_post": 12,
    "accept_answer": 15,
    "endorse": 9,
    "pin_thread": 10,
    "close_thread": 10,
}


def calls_of(campus: Campus, thread: str) -> dict[str, Callable[[], None]]:
    """The calls by name; `thread` is the one that is opened, voted and written in."""
    reader = Unit(campus.reader, display_name="Discussion", anonymity="learners")
    team = Unit(campus.reader, display_name="Discussion", anonymity="learners", is_staff=True)
    posts = Post.objects.filter(thread__public_id=thread).order_by("number")
    responses = list(posts.filter(depth=1, accepted_of=None).values_list("public_id", flat=True))
    parent = posts.filter(child_total__gt=0)[0].public_id
    comment = posts.filter(depth=2, parent__public_id=parent).order_by("-ordinal")[0].public_id
    free = posts.filter(depth=1, vote_count=0, accepted_of=None)[0].public_id

    call = partial(_call, reader)
    moderate = partial(_call, team)
    written: dict[str, Any] = {"client_key": "bench", "body": "Because $n$ is *large*."}
    deep = _deep_cursors(campus, responses)
    return {
        **_listings(call, deep["list"]),
        "save_post": call("save_post", post=free, on=True),
        "open_thread": call("get_thread", thread=thread),
        "open_oldest": call("get_thread", thread=thread, order="oldest"),
        "open_deep": call("get_thread", thread=thread, cursor=deep["responses"]),
        "open_linked": call("get_thread", thread=thread, post=responses[len(responses) // 2]),
        "open_comment": call("get_thread", thread=thread, post=comment),
        "list_comments": call("list_comments", post=parent),
        "watch_space_idle": call("watch_space", since=int(time.time()) + 60),
        "watch_thread_idle": call("watch_thread", thread=thread, number=campus.last_number_of(thread)),
        "watch_space": call("watch_space", since=0),
        "watch_thread": call("watch_thread", thread=thread, number=0),
        "list_new_posts": call("list_new_posts", thread=thread, number=0),
        "create_thread": call("create_thread", kind="question", title="Why?", **written),
        "create_response": call("create_response", thread=thread, **written),
        "create_comment": call("create_comment", response=parent, **written),
        "vote": call("vote", post=free, on=True),
        "vote_opening": call("vote", post=thread, on=True),
        "react": call("react", post=free, reaction="thanks", on=True),
        "flag_post": call("flag_post", post=free, reason="spam"),
        "mark_read": call("mark_read", thread=thread, number=2),
        "locate": call("locate", post=free),
        "get_source": moderate("get_source", post=free),
        "get_history": call("get_history", post=free),
        "preview": call("preview", body=written["body"]),
        "edit_post": moderate("edit_post", post=free, revision=1, body="Better."),
        "delete_post": moderate("delete_post", post=free),
        "accept_answer": moderate("accept_answer", post=free, on=True),
        "endorse": moderate("endorse", post=free, on=True),
        "pin_thread": moderate("pin_thread", thread=thread, on=True),
        "close_thread": moderate("close_thread", thread=thread, on=True),
    }


def _listings(call: Callable[..., Callable[[], None]], cursor: str) -> dict[str, Callable[[], None]]:
    return {
        "list_activity": call("list_threads"),
        "list_votes": call("list_threads", sort="votes"),
        "list_unanswered": call("list_threads", sort="unanswered"),
        "list_mine": call("list_threads", sort="mine"),
        "list_saved": call("list_saved"),
        "list_course": call("list_course"),
        "list_deep": call("list_threads", cursor=cursor),
    }


def _call(unit: Unit, operation: str, **values: Any) -> Callable[[], None]:
    def run() -> None:
        status, answer = unit.call(operation, **values)
        if status != 200:
            raise RuntimeError(f"{operation}: {status} {answer}")

    return run


def _deep_cursors(campus: Campus, responses: list[str]) -> dict[str, str]:
    """Cursors half way down the listing and the responses."""
    half = Thread.objects.filter(space=campus.space).count() // 2
    keys = Thread.objects.filter(space=campus.space).order_by(F("key_space_activity").desc())
    middle = Post.objects.get(public_id=responses[len(responses) // 2])
    return {
        "list": str(keys.values_list("key_space_activity", flat=True)[half]),
        "responses": f"after:{middle.key_best}",
    }
