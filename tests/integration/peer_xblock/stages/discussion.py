"""A discussion with one post of each kind by Tomás; Inès, who is a facilitator, may do everything in it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User

from peer_xblock.domain.discussion import CAPS
from peer_xblock.domain.spaces import SpaceKind
from peer_xblock.operations import REGISTRIES
from tests.integration.peer_xblock.world import World
from tests.runtime import Unit

from . import NOBODY, WRITING, WRITING_READS, Change, Changes, Refusal, Stage

TITLE = "Discussion u1"
_INVALID_BODY: Refusal = (400, "invalid", "body")
_EMPTY: Changes = [
    ({"body": body}, _INVALID_BODY)
    for body in (" ", "\u200b", "&nbsp;", "[](https://e.example)", "\u00ad", "\0", None)
]
_LARGE: Change = ({"body": "x" * (CAPS.body + 1)}, (413, "too_large", "body"))
_TEXTS: Changes = [_LARGE, *_EMPTY]


class DiscussionStage(Stage):
    """Each request is Inès's, but for what the team does not write to itself."""

    operations = REGISTRIES[SpaceKind.DISCUSSION]
    reads = (
        *WRITING_READS, "list_course", "list_saved", "count_notices", "list_notices", "notice_settings",
        "suggest_people", "list_destinations",
        "list_threads", "get_thread", "watch_space", "watch_thread", "list_new_posts", "list_comments", "locate",
        "get_source", "get_history", "get_flags", "preview", "mark_read", "search_threads", "similar_threads",
        "suggest_tags",
    )  # fmt: skip
    course_wide = ("move_thread", "moderate_threads")
    refusals = {
        "create_thread": [
            *_TEXTS,
            ({"title": ""}, (400, "invalid", "title")),
            ({"title": "x" * (CAPS.title + 1)}, (413, "too_large", "title")),
            ({"kind": "other"}, (400, "invalid", "kind")),
            ({"client_key": "é"}, (400, "invalid", "client_key")),
            ({"anonymous": True}, (400, "invalid", "anonymous")),
        ],
        "create_response": [*_TEXTS, ({"thread": NOBODY}, (404, "not_found", "thread"))],
        "create_comment": _TEXTS,
        "create_private": [*_TEXTS, ({"thread": NOBODY}, (404, "not_found", "thread"))],
        "edit_post": [*_TEXTS, ({"revision": 9}, (409, "stale_edit", ""))],
        "react": [({"reaction": "shrug"}, (400, "invalid", "reaction"))],
        "flag_post": [
            ({"reason": "none"}, (400, "invalid", "reason")),
            ({"words": "x" * 501}, (413, "too_large", "words")),
        ],
        "convert_thread": [
            ({"kind": "other"}, (400, "invalid", "kind")),
            ({"kind": "announcement"}, (403, "forbidden", "kind")),
        ],
        "moderate_threads": [
            ({"action": "other"}, (400, "invalid", "action")),
            ({"action": "tag"}, (400, "invalid", "tag")),
            ({"to": None}, (400, "invalid", "to")),
        ],
        "move_thread": [({"to": NOBODY}, (404, "not_found", "to"))],
        "merge_thread": [({"into": NOBODY}, (404, "not_found", "into"))],
        "split_response": [
            ({"title": ""}, (400, "invalid", "title")),
            ({"kind": "announcement"}, (400, "invalid", "kind")),
        ],
        "retag_thread": [({"tags": ["a,b"]}, (400, "invalid", "tags"))],
        "preview": [_LARGE],
        "mark_read": [({"number": -1}, (400, "invalid", "number"))],
        "list_threads": [({"cursor": "x"}, (400, "invalid", "cursor"))],
        "search_threads": [
            ({"cursor": "x"}, (400, "invalid", "cursor")),
            ({"kind": "other"}, (400, "invalid", "kind")),
            ({"tag": "a,b"}, (400, "invalid", "tag")),
            ({"since": -1}, (400, "invalid", "since")),
        ],
    }

    def __init__(self) -> None:
        self.world = World()
        tomas = self.world.person("Tomás")
        thread = self.world.ask(tomas).thread.id
        response = self.world.respond(tomas, thread).post.id
        self.world.comment(tomas, response)
        elsewhere = self.world.add_space("u2").public_id
        post, switch = {"post": response}, {"post": response, "on": True}
        of_thread, after = {"thread": thread, "on": True}, {"thread": thread, "number": 0}
        written = {"client_key": "k", "body": "Text."}
        self.requests: dict[str, dict[str, Any]] = {
            **WRITING,
            **{
                name: {} for name in ("count_notices", "list_notices", "mark_notices_read", "notice_settings")
            },
            "choose_notices": {"digest": "weekly"},
            "follow_space": {"on": True},
            "follow_thread": {"thread": thread, "on": True},
            "suggest_people": {"text": "Tom"},
            **{name: {} for name in ("list_threads", "list_course", "list_saved")},
            "get_thread": {"thread": thread},
            "watch_space": {"since": 0},
            **dict.fromkeys(("watch_thread", "list_new_posts"), after),
            "create_thread": {**written, "kind": "question", "title": "Why?"},
            "create_response": {**written, "thread": thread},
            "create_private": {**written, "thread": thread},
            "create_comment": {**written, "response": response},
            "edit_post": {**post, "revision": 1, "body": "Better."},
            "mark_read": {"thread": thread, "number": 1},
            "preview": {"body": "Text."},
            "search_threads": {"query": "why", "typing": True},
            "suggest_tags": {"text": "me"},
            "similar_threads": {"title": "Why is it so?"},
            **dict.fromkeys(("list_comments", "locate", "get_source", "get_history", "delete_post"), post),
            "restore_post": post,
            **dict.fromkeys(("vote", "accept_answer", "endorse", "save_post"), switch),
            "react": {**switch, "reaction": "thanks"},
            "flag_post": {**post, "reason": "spam"},
            **dict.fromkeys(("get_flags", "withdraw_flag"), post),
            **dict.fromkeys(("pin_thread", "close_thread"), of_thread),
            "convert_thread": {"thread": thread, "kind": "discussion"},
            "retag_thread": {"thread": thread, "tags": ["mean"]},
            "list_destinations": {},
            "moderate_threads": {"threads": [thread], "action": "move", "to": elsewhere},
            "move_thread": {"thread": thread, "to": elsewhere},
            "merge_thread": {"thread": thread, "into": self.world.ask(tomas).thread.id},
            "split_response": {**post, "kind": "question", "title": "Why?"},
        }

    def unit(self, user: User | None, **more: Any) -> Unit:
        return Unit(user, **{"display_name": TITLE, **more})

    def person(self, name: str) -> User:
        return self.world.person("Noah") if name == "create_private" else self.world.facilitator("Inès")

    def elsewhere(self, name: str) -> Unit:
        return self.unit(self.person(name), block="u2")
