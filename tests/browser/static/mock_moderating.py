"""What the mock's team does to threads as such: (forum, request) -> result."""

from tests.browser.static.mock_state import Forum, Json, Refusal

ELSEWHERE = {"space": "e" * 32, "title": "Discussion of this unit", "unit": "2.4 Spread"}


def written(forum: Forum, thread: Json) -> Json:
    return {"thread": forum.thread_json(thread), "post": forum.post_json(forum.posts[thread["opening"]])}


def convert_thread(forum: Forum, data: Json) -> Json:
    thread = forum.find(forum.threads, data["thread"], "thread")
    thread["kind"] = data["kind"]
    return written(forum, thread)


def retag_thread(forum: Forum, data: Json) -> Json:
    thread = forum.find(forum.threads, data["thread"], "thread")
    if len(data["tags"]) > 5:
        raise Refusal(400, "invalid", "A thread has 5 tags at most.", "tags")
    thread["tags"] = data["tags"]
    return written(forum, thread)


def list_destinations(_forum: Forum, _data: Json) -> Json:
    return {"spaces": [ELSEWHERE]}


def moderate_threads(forum: Forum, data: Json) -> Json:
    changed = [ident for ident in data["threads"] if ACTS[data["action"]](forum, ident, data)]
    return {"changed": changed, "refused": 0}


def set_column(forum: Forum, ident: str, column: str, value: object) -> bool:
    was = forum.threads[ident][column]
    forum.threads[ident][column] = value
    return bool(was != value)


def pin(forum: Forum, ident: str, data: Json) -> bool:
    return set_column(forum, ident, "is_pinned", data["on"])


def close(forum: Forum, ident: str, data: Json) -> bool:
    return set_column(forum, ident, "is_closed", data["on"])


def remove(forum: Forum, ident: str, data: Json) -> bool:
    opening = forum.posts[forum.threads[ident]["opening"]]
    opening["deleted"] = {"by": "staff", "at": forum.ago(0)} if data["on"] else None
    return True


def tag(forum: Forum, ident: str, data: Json) -> bool:
    tags = [one for one in forum.threads[ident].get("tags", []) if one != data["tag"]]
    return set_column(forum, ident, "tags", [*tags, data["tag"]] if data["on"] else tags)


def move(forum: Forum, ident: str, data: Json) -> bool:
    """There and back: what is elsewhere is kept apart."""
    source, target = (
        (forum.threads, forum.away) if data["to"] == ELSEWHERE["space"] else (forum.away, forum.threads)
    )
    if ident in source:
        target[ident] = source.pop(ident)
        return True
    return False


ACTS = {"pin": pin, "close": close, "remove": remove, "tag": tag, "move": move}


def merge_thread(forum: Forum, data: Json) -> Json:
    source, into = forum.threads.pop(data["thread"]), forum.threads[data["into"]]
    for post in [post for post in forum.posts.values() if post["thread"] == source["id"]]:
        post["number"] += len(forum.of_thread(into["id"], 1)) + 50
        post["thread"] = into["id"]
        if post["depth"] == 0:
            post.update(depth=1, parent=into["opening"])
    return {"thread": into["id"], "post": source["opening"]}


def split_response(forum: Forum, data: Json) -> Json:
    if not data["title"].strip():
        raise Refusal(400, "invalid", "Give it a title, in one sentence.", "title")
    post = forum.find(forum.posts, data["post"], "post")
    thread = forum.add_thread(post["author"], data["title"], post["source"], kind=data["kind"])
    del forum.posts[thread["opening"]]
    children = [one for one in forum.posts.values() if one["parent"] == post["id"]]
    post.update(thread=thread["id"], depth=0, parent=None, number=0)
    for number, child in enumerate(children, 1):
        child.update(thread=thread["id"], depth=1, number=number)
    thread["opening"] = post["id"]
    return {"thread": thread["id"], "post": post["id"]}


OPERATIONS = {
    operation.__name__: operation
    for operation in (
        convert_thread,
        retag_thread,
        list_destinations,
        moderate_threads,
        merge_thread,
        split_response,
    )
}
