"""Finding, as the mock does it: a thread is found where all words begin words of its title, opening or responses."""

import re
from collections import Counter
from typing import Any

from tests.browser.static.mock_state import Forum, Json

_WORD = re.compile(r"\w+")


def parts(text: str, words: list[str]) -> list[Json]:
    """The text in pieces, those apart that begin as one of the words does."""
    found, at = [], 0
    for match in _WORD.finditer(text):
        if any(match[0].lower().startswith(word) for word in words):
            found += [
                {"text": text[at : match.start()], "is_match": False},
                {"text": match[0], "is_match": True},
            ]
            at = match.end()
    return [part for part in [*found, {"text": text[at:], "is_match": False}] if part["text"]]


def search_threads(forum: Forum, data: Json) -> Json:
    words = [word.lower() for word in _WORD.findall(data.get("query", ""))]
    found = []
    for thread in forum.threads.values():
        shown = forum.thread_json(thread)
        posts = [forum.posts[thread["opening"]], *forum.of_thread(thread["id"], 1)]
        texts = [thread["title"], *(post["source"] for post in posts)]
        if "unit" in thread and not data.get("everywhere"):
            continue
        if not _is_asked(shown, data) or not all(_has(" ".join(texts), word) for word in words):
            continue
        where = next((post for post in posts if any(_has(post["source"], word) for word in words)), posts[0])
        found.append(
            {
                "thread": shown,
                "title": parts(thread["title"], words),
                "excerpt": parts(where["source"], words),
                "post": where["id"],
                "by": None if where is posts[0] else forum.shown(where["author"]),
                "where": {"space": "", "unit": thread.get("unit", ""), "is_here": "unit" not in thread},
            }
        )
    start = int(data.get("cursor") or 0)
    return {"threads": found[start : start + 20], "next": str(start + 20) if found[start + 20 :] else None}


def suggest_tags(forum: Forum, data: Json) -> Json:
    tags = Counter(tag for thread in forum.threads.values() for tag in thread.get("tags", []))
    fitting = [{"tag": tag, "count": n} for tag, n in tags.most_common() if _has(tag, data.get("text", ""))]
    return {"tags": fitting[:8]}


def similar_threads(forum: Forum, data: Json) -> Json:
    words = [word.lower() for word in _WORD.findall(data["title"]) if len(word) > 3]
    found = []
    for thread in forum.threads.values():
        if not any(_has(thread["title"], word) for word in words):
            continue
        shown = forum.thread_json(thread)
        accepted = [post for post in forum.of_thread(thread["id"], 1) if post["accepted_by"]]
        line = accepted[0]["source"].split("\n")[0] if accepted else ""
        found.append({"thread": shown, "answer": line, "by": shown["answered_by"]})
    return {"threads": sorted(found, key=lambda one: one["by"] is None)[:3]}


def _has(text: str, word: str) -> bool:
    return any(other.lower().startswith(word) for other in _WORD.findall(text))


def _is_asked(thread: Json, data: Json) -> Any:
    return (
        data.get("kind", thread["kind"]) == thread["kind"]
        and ("tag" not in data or data["tag"] in thread["tags"])
        and (not data.get("unanswered") or (thread["state"] == "open" and thread["kind"] == "question"))
        and (not data.get("mine") or thread["author"]["is_me"])
        and data.get("author", "").lower() in thread["author"]["name"].lower()
    )
