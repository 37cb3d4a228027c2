"""An in-memory discussion that answers the front end's operations, for the front end's own tests only."""

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from markdown_it import MarkdownIt

Json = dict[str, Any]
COMMENTS_SHOWN = 10
TITLE_MAX = 200


class Refusal(Exception):
    """An answer of {"error": ...} with its HTTP status."""

    def __init__(self, status: int, code: str, message: str, field: str = "", **details: Any) -> None:
        super().__init__(message)
        error = {"code": code, "field": field, "message": message, "details": details}
        self.answer: tuple[int, Json] = (status, {"error": error})


def render(source: str) -> str:
    return str(MarkdownIt("commonmark", {"html": False}).render(source))


class Forum:
    """Threads and posts as one person sees them; `me` is the name of that person."""

    def __init__(self, me: str, role: str | None = None) -> None:
        self.me = me
        self.role = role
        self.people: dict[str, Json] = {}
        self.threads: dict[str, Json] = {}
        self.posts: dict[str, Json] = {}
        self.away: dict[str, Json] = {}
        self.created: dict[str, str] = {}
        self.viewer_flags: Json = {"can_write": True, "may_be_anonymous": True, "is_preview": False}
        self.anonymity = "learners"
        self.interval_s = 8.0
        self.calls: list[tuple[str, Json]] = []
        self._ids = itertools.count(1)

    # --- people and clock ---

    def person(self, name: str, hue: int, role: str | None = None, kind: str = "named") -> None:
        self.people[name] = {"name": name, "kind": kind, "role": role, "hue": hue}

    def shown(self, name: str) -> Json:
        known = self.people.get(name) or {"name": name, "kind": "anonymous", "role": None, "hue": 1}
        return {**known, "is_me": name == self.me}

    def shown_or_none(self, name: str | None) -> Json | None:
        return self.shown(name) if name else None

    def new_id(self) -> str:
        return f"{next(self._ids):032x}"

    @staticmethod
    def ago(minutes: float) -> str:
        return (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat().replace("+00:00", "Z")

    # --- writing the state ---

    def add_thread(self, author: str, title: str, source: str, minutes: float = 0, **extra: Any) -> Json:
        thread: Json = {
            "id": self.new_id(),
            "kind": "question",
            "title": title,
            "is_pinned": False,
            "is_closed": False,
            "read_number": 0,
            "created_at": self.ago(minutes),
            "active_at": self.ago(minutes),
            "group": None,
            "answer_first": False,
        }
        thread.update(extra)
        self.threads[thread["id"]] = thread
        opening = self.add_post(thread["id"], None, author, source, minutes)
        thread["opening"] = opening["id"]
        return thread

    def add_post(
        self, thread: str, parent: str | None, author: str, source: str, minutes: float = 0, **extra: Any
    ) -> Json:
        depth = 0 if parent is None else self.posts[parent]["depth"] + 1
        number = sum(1 for post in self.posts.values() if post["thread"] == thread)
        post: Json = {
            "id": self.new_id(),
            "thread": thread,
            "parent": parent,
            "depth": depth,
            "number": number,
            "author": author,
            "source": source,
            "html": render(source),
            "created_at": self.ago(minutes),
            "edited_at": None,
            "revision": 1,
            "votes": 0,
            "has_voted": False,
            "is_saved": False,
            "accepted_by": None,
            "endorsed_by": None,
            "deleted": None,
            "reactions": {},
            "flags": {},
        }
        post["versions"] = [{"source": source, "at": post["created_at"], "by": author}]
        post.update(extra)
        self.posts[post["id"]] = post
        self.threads[thread]["active_at"] = post["created_at"]
        return post

    # --- reading it ---

    def of_thread(self, thread: str, depth: int) -> list[Json]:
        standing = [
            post for post in self.posts.values() if post["thread"] == thread and post["depth"] == depth
        ]
        return [post for post in standing if not post.get("is_private")]

    def talks(self, thread: str) -> list[Json]:
        """What was written to the team, for who may read it."""
        private = [
            post for post in self.posts.values() if post["thread"] == thread and post.get("is_private")
        ]
        return [post for post in private if post["depth"] == 1 and (self.role or post["author"] == self.me)]

    def thread_json(self, thread: Json) -> Json:
        there = [post for post in self.posts.values() if post["thread"] == thread["id"]]
        everything = [post for post in there if not post.get("is_private")]
        opening = self.posts[thread["opening"]]
        accepted = next((post for post in everything if post["accepted_by"]), None)
        last = len(everything) - 1
        if self.is_hidden(thread):
            everything, last, accepted = everything[:1], max(thread["read_number"], 0), None
        new = max(last - max(thread["read_number"], 0), 0)
        state = "closed" if thread["is_closed"] else "answered" if accepted else "open"
        if thread["kind"] == "discussion" and state == "open":
            state = "discussion"
        return {
            "id": thread["id"],
            "kind": thread["kind"],
            "title": thread["title"],
            "state": state,
            "is_pinned": thread["is_pinned"],
            "is_unread": thread["read_number"] < last,
            "new_count": new,
            "read_number": thread["read_number"],
            "last_number": last,
            "author": self.shown(opening["author"]),
            "created_at": thread["created_at"],
            "active_at": thread["active_at"],
            "vote_count": opening["votes"],
            "response_count": sum(post["depth"] == 1 for post in everything),
            "post_count": len(everything) - 1,
            "answered_by": self.shown(accepted["author"]) if accepted else None,
            "is_endorsed": bool(accepted and accepted["endorsed_by"]),
            "answer_first": thread["answer_first"],
            "answers_hidden": self.is_hidden(thread),
            "deleted": opening["deleted"],
            "audience": self.audience(thread),
            "can": dict.fromkeys(("pin", "close", "organise"), self.role is not None),
            "url": f"/peer/p/{opening['id']}",
            "tags": thread.get("tags", []),
            "private_count": len(there) - len(everything) if self.role else 0,
        }

    def is_hidden(self, thread: Json) -> bool:
        """Whether the reader has yet to answer."""
        has_answered = any(post["author"] == self.me for post in self.of_thread(thread["id"], 1))
        return bool(thread["answer_first"]) and self.role is None and not has_answered

    def audience(self, thread: Json) -> Json:
        group = thread["group"]
        return {"kind": "group" if group else "course", "group": group}

    def comments_json(self, response: Json) -> list[Json]:
        children = [post for post in self.posts.values() if post["parent"] == response["id"]]
        return [self.post_json(child) for child in children if child["depth"] == 2]

    def around(self, comments: list[Json], target: str | None) -> list[Json]:
        """The first comments, and those around the linked one when it is none of them."""
        at = next((c["ordinal"] for c in comments if c["id"] == target), 0)
        start = max(at - 5, COMMENTS_SHOWN + 1) if at > COMMENTS_SHOWN else len(comments) + 1
        return comments[:COMMENTS_SHOWN] + comments[start - 1 : start - 1 + COMMENTS_SHOWN]

    def post_json(self, post: Json, target: str | None = None) -> Json:
        thread = self.threads[post["thread"]]
        comments = self.comments_json(post)
        return {
            "id": post["id"],
            "number": post["number"],
            "depth": post["depth"],
            "ordinal": sum(
                1
                for p in self.posts.values()
                if p["parent"] == post["parent"] and p["number"] <= post["number"]
            ),
            "parent": post["parent"],
            "author": self.shown(post["author"]),
            "html": "" if post["deleted"] else post["html"],
            "created_at": post["created_at"],
            "edited_at": post["edited_at"],
            "revision": post["revision"],
            "vote_count": post["votes"],
            "has_voted": post["has_voted"],
            "is_saved": post["is_saved"],
            "is_own": post["author"] == self.me,
            "is_accepted": bool(post["accepted_by"]),
            "accepted_by": self.shown_or_none(post["accepted_by"]),
            "is_endorsed": bool(post["endorsed_by"]),
            "endorsed_by": self.shown_or_none(post["endorsed_by"]),
            "deleted": post["deleted"],
            "audience": {"kind": "staff", "group": None} if post.get("is_private") else self.audience(thread),
            "can": self.can(post, thread),
            "reactions": [
                {"code": code, "count": len(by), "is_mine": self.me in by}
                for code, by in post["reactions"].items()
                if by
            ],
            "flag_count": len(post["flags"]) if self.role else 0,
            "comment_count": len(comments),
            "comment_total": len(comments),
            "comments": self.around(comments, target),
            "url": f"/peer/p/{post['id']}",
        }

    def can(self, post: Json, thread: Json) -> Json:
        writes = bool(self.viewer_flags["can_write"])
        is_open = writes and (not thread["is_closed"] or self.role is not None)
        is_own = post["author"] == self.me
        lives = not post["deleted"]
        staff = self.role is not None
        asked = self.posts[thread["opening"]]["author"] == self.me
        is_answer = post["depth"] == 1 and thread["kind"] == "question"
        return {
            "edit": is_open and lives and is_own,
            "delete": is_open and lives and (is_own or staff),
            "restore": is_open and not lives and (is_own or staff),
            "vote": is_open and lives and not is_own and not post.get("is_private"),
            "accept": is_open and lives and is_answer and (asked or staff),
            "endorse": is_open and lives and is_answer and staff,
            "comment": is_open and lives and post["depth"] < 2,
            "react": writes and lives and not is_own and not post.get("is_private"),
            "flag": writes and lives and not is_own,
        }

    def viewer(self) -> Json:
        hue = self.people[self.me]["hue"]
        return {
            "name": self.me,
            "role": self.role,
            "hue": hue,
            "language": "en",
            "group": None,
            "reactions": ["thanks", "insight", "celebrate"],
            **self.viewer_flags,
        }

    def find(self, table: dict[str, Json], key: Any, field: str) -> Json:
        if key not in table:
            raise Refusal(404, "not_found", "This is not here any more.", field)
        return table[key]

    def answer(self, operation: str, data: Json) -> Json:
        from tests.browser.static.mock_operations import OPERATIONS

        self.calls.append((operation, data))
        handler: Callable[[Forum, Json], Json] | None = OPERATIONS.get(operation)
        if handler is None:
            raise Refusal(404, "not_found", f"There is no operation {operation}.")
        return handler(self, data)
