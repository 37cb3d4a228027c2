"""The operations of the mock, one function each: (forum, request) -> result."""

import time
from datetime import UTC, datetime
from typing import Any

from tests.browser.static.mock_moderating import OPERATIONS as ORGANISING
from tests.browser.static.mock_search import search_threads, similar_threads, suggest_tags
from tests.browser.static.mock_state import TITLE_MAX, Forum, Json, Refusal, render

#: What a reply answers of its thread's line.
COUNTERS = ("id", "response_count", "post_count", "last_number", "read_number", "new_count", "active_at")


def list_threads(forum: Forum, data: Json) -> Json:
    threads = [forum.thread_json(thread) for thread in forum.threads.values()]
    sort = data.get("sort", "activity")
    if sort == "unanswered":
        threads = [thread for thread in threads if thread["state"] == "open" and thread["kind"] == "question"]
    if sort == "mine":
        written = {post["thread"] for post in forum.posts.values() if post["author"] == forum.me}
        threads = [thread for thread in threads if thread["id"] in written]
    key = "vote_count" if sort == "votes" else "active_at"
    threads.sort(key=lambda thread: (thread["is_pinned"], thread[key]), reverse=True)
    page, _previous, following = cut(threads, data.get("cursor"), data.get("limit", 20))
    space = {
        "id": "5" * 32,
        "title": "",
        "anonymity": forum.anonymity,
        "kinds": ["question", "discussion"],
        "thread_count": len(forum.threads),
    }
    return {
        "space": space,
        "viewer": forum.viewer(),
        "threads": page,
        "next": following,
        "as_of": int(time.time()),
    }


def list_course(forum: Forum, data: Json) -> Json:
    """This unit's threads, and one of another."""
    threads = [forum.thread_json(thread) for thread in forum.threads.values()]
    threads.sort(key=lambda thread: thread["active_at"], reverse=True)
    page, _previous, following = cut(threads, data.get("cursor"), data.get("limit", 20))
    entries = [{"thread": thread, "space": "Discussion of this unit", "is_here": True} for thread in page]
    if entries and not data.get("cursor"):
        entries[-1] |= {"space": "2.4 Spread", "is_here": False}
    return {"threads": entries, "next": following}


def list_saved(forum: Forum, data: Json) -> Json:
    posts = [saved_json(forum, post) for post in forum.posts.values() if post["is_saved"]]
    page, _previous, following = cut(posts[::-1], data.get("cursor"), data.get("limit", 20))
    return {"posts": page, "next": following}


def saved_json(forum: Forum, post: Json) -> Json:
    return {
        "id": post["id"],
        "thread": post["thread"],
        "title": forum.threads[post["thread"]]["title"],
        "depth": post["depth"],
        "author": forum.shown(post["author"]),
        "excerpt": "" if post["deleted"] else post["source"][:200],
        "created_at": post["created_at"],
        "is_deleted": post["deleted"] is not None,
        "url": f"/peer/p/{post['id']}",
    }


def save_post(forum: Forum, data: Json) -> Json:
    post = forum.find(forum.posts, data["post"], "post")
    post["is_saved"] = data["on"]
    return {"post": post["id"], "is_saved": post["is_saved"]}


def watch_space(forum: Forum, data: Json) -> Json:
    """Threads that became active since."""
    threads = [forum.thread_json(thread) for thread in forum.threads.values()]
    since = datetime.fromtimestamp(data["since"] - 1, UTC).isoformat()
    fresh = [thread for thread in threads if thread["active_at"] >= since]
    return {"threads": fresh, "as_of": int(time.time()), "interval_s": forum.interval_s}


def new_posts(forum: Forum, data: Json) -> list[Json]:
    thread = forum.find(forum.threads, data["thread"], "thread")
    return [p for p in forum.posts.values() if p["thread"] == thread["id"] and p["number"] > data["number"]]


def watch_thread(forum: Forum, data: Json) -> Json:
    fresh = [post for post in new_posts(forum, data) if post["author"] != forum.me]
    responses = sum(post["depth"] == 1 for post in fresh)
    return {
        "last_number": forum.thread_json(forum.threads[data["thread"]])["last_number"],
        "responses": responses,
        "comments": len(fresh) - responses,
        "interval_s": forum.interval_s,
    }


def list_new_posts(forum: Forum, data: Json) -> Json:
    fresh = new_posts(forum, data)
    posts = [{**forum.post_json(post), "comments": []} for post in fresh[:20]]
    thread = forum.thread_json(forum.threads[data["thread"]])
    return {"thread": thread, "posts": posts, "more": len(fresh) > len(posts)}


def cut(rows: list[Any], cursor: str | None, limit: int) -> tuple[list[Any], str | None, str | None]:
    """A page, and the cursors of the pages around it."""
    start = int(cursor or 0)
    end = start + limit
    previous = str(max(start - limit, 0)) if start > 0 else None
    return rows[start:end], previous, str(end) if end < len(rows) else None


def get_thread(forum: Forum, data: Json) -> Json:
    thread = forum.find(forum.threads, data.get("thread"), "thread")
    order = data.get("order", "best")
    responses = [post for post in forum.of_thread(thread["id"], 1) if not post["accepted_by"]]
    accepted = next((post for post in forum.of_thread(thread["id"], 1) if post["accepted_by"]), None)
    if order == "best":
        responses.sort(key=lambda post: -int(post["votes"]))
    if order == "newest":
        responses.reverse()
    limit = data.get("limit", 20)
    cursor = data.get("cursor") or cursor_of(forum, data.get("post"), responses, limit)
    if forum.is_hidden(thread):
        responses, accepted, cursor = [], None, None
    page, previous, following = cut(responses, cursor, limit)
    return {
        "viewer": forum.viewer(),
        "thread": forum.thread_json(thread),
        "opening": forum.post_json(forum.posts[thread["opening"]]),
        "accepted": forum.post_json(accepted, data.get("post")) if accepted else None,
        "responses": [forum.post_json(post, data.get("post")) for post in page],
        "previous": previous,
        "next": following,
        "target": data.get("post"),
        "private": [forum.post_json(post) for post in forum.talks(thread["id"])],
    }


def cursor_of(forum: Forum, post: str | None, responses: list[Json], limit: int) -> str | None:
    """Cursor of the page that holds a post; of its response when it is a comment."""
    if post is None or post not in forum.posts:
        return None
    wanted = {post, forum.posts[post]["parent"]}
    at = next((index for index, response in enumerate(responses) if response["id"] in wanted), 0)
    return str(at - at % limit)


def locate(forum: Forum, data: Json) -> Json:
    post = forum.find(forum.posts, data.get("post"), "post")
    return {"thread": post["thread"], "post": post["id"]}


def list_comments(forum: Forum, data: Json) -> Json:
    response, limit = forum.posts[data["post"]], data.get("limit", 50)
    before = data.get("before", len(forum.posts))
    comments = [c for c in forum.comments_json(response) if data["after"] < c["ordinal"] < before]
    page = comments[-limit:] if "before" in data else comments[:limit]
    return {"comments": page, "more": len(comments) > len(page)}


def author_of(forum: Forum, data: Json) -> str:
    if not data.get("anonymous"):
        return forum.me
    forum.people.setdefault("Blue Heron", {"name": "Blue Heron", "kind": "anonymous", "role": None, "hue": 1})
    return "Blue Heron"


def checked_body(data: Json) -> str:
    body = str(data.get("body", ""))
    if not body.strip() or body.strip().startswith("<script"):
        raise Refusal(
            400,
            "invalid",
            "Nothing is left of this text once it is cleaned. Write it in other words.",
            "body",
        )
    return body


def create_thread(forum: Forum, data: Json) -> Json:
    if len(data["title"]) > TITLE_MAX:
        raise Refusal(413, "too_large", "A title has at most 200 characters.", "title")
    if data["title"].strip() == "?":
        raise Refusal(400, "invalid", "Write at least 8 characters, so that others can find it.", "title")
    body = checked_body(data)
    key = data["client_key"]
    if key not in forum.created:
        thread = forum.add_thread(author_of(forum, data), data["title"].strip(), body, kind=data["kind"])
        thread["tags"] = data.get("tags", [])
        forum.created[key] = thread["id"]
    thread = forum.threads[forum.created[key]]
    return {"thread": forum.thread_json(thread), "opening": forum.post_json(forum.posts[thread["opening"]])}


def create_below(forum: Forum, data: Json, thread: str, parent: str) -> Json:
    body = checked_body(data)
    if forum.threads[thread]["is_closed"]:
        raise Refusal(409, "closed", "This thread was closed meanwhile.")
    key = data["client_key"]
    if key not in forum.created:
        extra = {"is_private": True} if forum.posts[parent].get("is_private") else {}
        forum.created[key] = forum.add_post(thread, parent, author_of(forum, data), body, **extra)["id"]
    post = forum.posts[forum.created[key]]
    line = forum.thread_json(forum.threads[thread])
    return {"thread": {name: line[name] for name in COUNTERS}, "post": forum.post_json(post)}


def written(forum: Forum, post: Json) -> Json:
    return {"thread": forum.thread_json(forum.threads[post["thread"]]), "post": forum.post_json(post)}


def create_response(forum: Forum, data: Json) -> Json:
    thread = forum.find(forum.threads, data["thread"], "thread")
    return create_below(forum, data, thread["id"], thread["opening"])


def create_private(forum: Forum, data: Json) -> Json:
    thread = forum.find(forum.threads, data["thread"], "thread")
    answer = create_below(forum, data, thread["id"], thread["opening"])
    forum.posts[answer["post"]["id"]]["is_private"] = True
    return written(forum, forum.posts[answer["post"]["id"]])


def create_comment(forum: Forum, data: Json) -> Json:
    response = forum.find(forum.posts, data["response"], "response")
    return create_below(forum, data, response["thread"], response["id"])


def get_source(forum: Forum, data: Json) -> Json:
    post = forum.posts[data["post"]]
    thread = forum.threads[post["thread"]] if post["depth"] == 0 else {}
    line = {"title": thread.get("title"), "tags": thread.get("tags", []) if thread else None}
    return {"post": post["id"], **line, "source": post["source"], "revision": post["revision"]}


def edit_post(forum: Forum, data: Json) -> Json:
    post = forum.posts[data["post"]]
    if data["revision"] != post["revision"]:
        current = {**forum.post_json(post), "source": post["source"]}
        raise Refusal(409, "stale_edit", "This was changed meanwhile.", current=current)
    change(forum, post, checked_body(data), forum.me)
    if "title" in data:
        forum.threads[post["thread"]].update(title=data["title"], tags=data.get("tags", []))
    return written(forum, post)


def change(forum: Forum, post: Json, source: str, editor: str) -> None:
    post.update(source=source, html=render(source), revision=post["revision"] + 1, edited_at=forum.ago(0))
    post["versions"].append({"source": source, "at": post["edited_at"], "by": editor})


def get_history(forum: Forum, data: Json) -> Json:
    post = forum.posts[data["post"]]
    title = forum.threads[post["thread"]]["title"] if post["depth"] == 0 else None
    versions = [
        {
            "revision": index + 1,
            "title": title,
            "source": version["source"],
            "html": render(version["source"]),
            "edited_at": version["at"],
            "editor": forum.shown(version["by"]),
        }
        for index, version in enumerate(post["versions"])
    ]
    return {"versions": versions[::-1]}


def delete_post(forum: Forum, data: Json) -> Json:
    post = forum.posts[data["post"]]
    post["deleted"] = {"by": "author" if post["author"] == forum.me else "staff", "at": forum.ago(0)}
    return written(forum, post)


def restore_post(forum: Forum, data: Json) -> Json:
    post = forum.posts[data["post"]]
    post["deleted"] = None
    return written(forum, post)


def vote(forum: Forum, data: Json) -> Json:
    post = forum.posts[data["post"]]
    if post["has_voted"] != data["on"]:
        post["votes"] += 1 if data["on"] else -1
    post["has_voted"] = data["on"]
    return {"post": post["id"], "vote_count": post["votes"], "has_voted": post["has_voted"]}


def react(forum: Forum, data: Json) -> Json:
    post = forum.find(forum.posts, data.get("post"), "post")
    by = post["reactions"].setdefault(data["reaction"], set())
    (by.add if data["on"] else by.discard)(forum.me)
    return {"post": post["id"], "code": data["reaction"], "count": len(by), "is_mine": data["on"]}


def get_flags(forum: Forum, data: Json) -> Json:
    post = forum.find(forum.posts, data.get("post"), "post")
    flags = {name: {**flag, "by": forum.shown(name)} for name, flag in post["flags"].items()}
    everything = list(flags.values()) if forum.role else []
    return {"post": post["id"], "mine": flags.get(forum.me), "count": len(everything), "all": everything}


def flag_post(forum: Forum, data: Json) -> Json:
    if data["reason"] == "other" and not data["words"]:
        raise Refusal(400, "invalid", "Say in a few words what is wrong with it.", "words")
    flag = {"reason": data["reason"], "words": data["words"], "at": forum.ago(0)}
    forum.find(forum.posts, data.get("post"), "post")["flags"][forum.me] = flag
    return get_flags(forum, data)


def withdraw_flag(forum: Forum, data: Json) -> Json:
    forum.find(forum.posts, data.get("post"), "post")["flags"].pop(forum.me, None)
    return get_flags(forum, data)


def accept_answer(forum: Forum, data: Json) -> Json:
    post = forum.posts[data["post"]]
    for other in forum.of_thread(post["thread"], 1):
        other["accepted_by"] = None
    post["accepted_by"] = forum.me if data["on"] else None
    return written(forum, post)


def endorse(forum: Forum, data: Json) -> Json:
    post = forum.posts[data["post"]]
    post["endorsed_by"] = forum.me if data["on"] else None
    return written(forum, post)


def switch_thread(forum: Forum, data: Json, column: str) -> Json:
    thread = forum.find(forum.threads, data["thread"], "thread")
    thread[column] = data["on"]
    return written(forum, forum.posts[thread["opening"]])


def pin_thread(forum: Forum, data: Json) -> Json:
    return switch_thread(forum, data, "is_pinned")


def close_thread(forum: Forum, data: Json) -> Json:
    return switch_thread(forum, data, "is_closed")


def mark_read(forum: Forum, data: Json) -> Json:
    thread = forum.threads[data["thread"]]
    thread["read_number"] = max(thread["read_number"], data["number"])
    new = forum.thread_json(thread)["new_count"]
    return {"thread": thread["id"], "read_number": thread["read_number"], "new_count": new}


def preview(_forum: Forum, data: Json) -> Json:
    return {"html": render(data["body"])}


OPERATIONS = {
    operation.__name__: operation
    for operation in (
        list_threads,
        list_course,
        list_saved,
        save_post,
        get_thread,
        locate,
        list_comments,
        watch_space,
        watch_thread,
        list_new_posts,
        create_thread,
        create_response,
        create_comment,
        create_private,
        get_source,
        edit_post,
        get_history,
        delete_post,
        restore_post,
        vote,
        react,
        get_flags,
        flag_post,
        withdraw_flag,
        accept_answer,
        endorse,
        pin_thread,
        close_thread,
        mark_read,
        preview,
        search_threads,
        similar_threads,
        suggest_tags,
    )
} | ORGANISING
