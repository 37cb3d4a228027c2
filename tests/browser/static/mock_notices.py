"""What the mock's reader hears of: kept as a list of notices, the newest first."""

from typing import Any

from tests.browser.static.mock_state import Forum, Json

_SHOWN = 2


class Told:
    """The notices of one reader, and what they chose."""

    def __init__(self) -> None:
        self.notices: list[Json] = []
        self.follows = False
        self.followed: dict[str, bool] = {}
        #: of threads, in their order
        self.choices: list[bool] = []
        self.digest = "daily"

    def add(self, forum: Forum, post: Json, reason: str, *, is_read: bool = False) -> None:
        """Tell of a post of the forum."""
        self.notices.insert(
            0,
            {
                "id": post["id"],
                "thread": post["thread"],
                "post": post["id"],
                "reason": reason,
                "depth": post["depth"],
                "title": forum.threads[post["thread"]]["title"],
                "author": forum.shown(post["author"]),
                "excerpt": post["source"][:160],
                "created_at": post["created_at"],
                "is_read": is_read,
                "url": f"/peer/p/{post['id']}",
            },
        )

    @property
    def unread(self) -> int:
        return sum(not notice["is_read"] for notice in self.notices)


def tell_of_answers(forum: Forum, told: Told) -> None:
    """All that others wrote in the seed's long-standing thread, the first of it read."""
    thread = next(one["id"] for one in forum.threads.values() if "0.94" in one["title"])
    posts = [
        p for p in forum.posts.values() if p["thread"] == thread and p["author"] != forum.me and p["depth"]
    ]
    for index, post in enumerate(posts):
        told.add(forum, post, "answer" if post["depth"] == 1 else "mention", is_read=index == 0)


def list_notices(told: Told, data: Json) -> Json:
    start = int(data.get("cursor") or 0)
    page = told.notices[start : start + _SHOWN]
    more = len(told.notices) > start + _SHOWN
    return {"notices": page, "next": str(start + _SHOWN) if more else None, "unread": told.unread}


def count_notices(told: Told, _data: Json) -> Json:
    return {"unread": told.unread}


def mark_notices_read(told: Told, data: Json) -> Json:
    for notice in told.notices:
        notice["is_read"] |= data.get("notice") in (None, notice["id"])
    return {"unread": told.unread}


def settings(told: Told, data: Json) -> Json:
    told.follows = data.get("on", told.follows)
    told.digest = data.get("digest", told.digest)
    return {"follows": told.follows, "digest": told.digest}


def follow_thread(told: Told, data: Json) -> Json:
    told.followed[data["thread"]] = data["on"]
    told.choices.append(data["on"])
    return {"thread": data["thread"], "follows": data["on"]}


NOTICES: dict[str, Any] = {
    "list_notices": list_notices,
    "count_notices": count_notices,
    "mark_notices_read": mark_notices_read,
    "notice_settings": settings,
    "follow_space": settings,
    "follow_thread": follow_thread,
    "choose_notices": settings,
}
