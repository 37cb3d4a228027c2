"""An in-memory directory of people as one person sees it, for the front end's own tests only."""

import itertools
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tests.browser.static.mock_state import Json, Refusal, render

PAGE = 12


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


class People:
    """Cards, skills and requests; a test sets what it needs before the page asks."""

    def __init__(self, cards: list[Json], skills: list[Json]) -> None:
        self.viewer: Json = {
            "name": "Noah",
            "hue": 3,
            "role": None,
            "is_preview": False,
            "language": "en",
            "group": None,
        }
        self.directory: Json = {"title": "", "intro_html": "", "languages": ["en", "fr", "ja"]}
        self.cards = cards
        self.skills = skills
        self.spaces: list[Json] = [{"id": "5" * 32, "title": "3.2 Correlation is not a story"}]
        self.requests: list[Json] = []
        self.me: Json = {
            "id": None,
            "is_listed": False,
            "about": "",
            "languages": ["en"],
            "weekly_limit": None,
            "away_until": None,
            "skills": [],
            "revision": 0,
            "evidence": [],
        }
        self.asked: dict[str, Json] = {}
        self.calls: list[tuple[str, Json]] = []
        self._ids = itertools.count(1)

    def new_id(self) -> str:
        return f"{next(self._ids):032x}"

    @staticmethod
    def now() -> str:
        return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

    def answer(self, operation: str, data: Json) -> Json:
        self.calls.append((operation, data))
        handler: Callable[[People, Json], Json] | None = OPERATIONS.get(operation)
        if handler is None:
            raise Refusal(404, "not_found", f"There is no operation {operation}.")
        return handler(self, data)

    def skill(self, ident: Any) -> Json:
        found = next((skill for skill in self.skills if skill["id"] == ident), None)
        if found is None:
            raise Refusal(400, "invalid", "There is no such skill.", "skills")
        return found


def open_directory(people: People, _data: Json) -> Json:
    counted = [
        {**skill, "count": sum(skill in card["skills"] for card in people.cards)} for skill in people.skills
    ]
    common = sorted((skill for skill in counted if skill["count"]), key=lambda skill: -skill["count"])
    return {
        "viewer": people.viewer,
        "directory": people.directory,
        "me": people.me,
        "count": len(people.cards),
        "skills": common[:12],
        "requests": people.requests,
        "spaces": people.spaces,
    }


def find_people(people: People, data: Json) -> Json:
    query = folded(data.get("query", ""))
    words = set(query.split())

    def matches(card: Json) -> bool:
        texts = [card["person"]["name"], *(item["title"] for item in card["evidence"])]
        texts += [skill["label"] for skill in card["skills"]]
        return (
            (not words or any(word in folded(text) for word in words for text in texts))
            and ("skill" not in data or any(skill["id"] == data["skill"] for skill in card["skills"]))
            and ("language" not in data or data["language"] in card["languages"])
            and (not data.get("available") or card["availability"]["state"] == "open")
        )

    found = [card for card in people.cards if matches(card)]
    start = int(data.get("cursor") or 0)
    meant = [skill for skill in people.skills if words and words & set(folded(skill["label"]).split())]
    order = "answers" if words else "skill" if "skill" in data else "recent"
    return {
        "people": found[start : start + PAGE],
        "count": len(found),
        "next": str(start + PAGE) if start + PAGE < len(found) else None,
        "skills": meant[:3],
        "sorted_by": order,
    }


def suggest_skills(people: People, data: Json) -> Json:
    text = folded(data["text"])
    return {"skills": [skill for skill in people.skills if text in folded(skill["label"])][:8]}


def save_profile(people: People, data: Json) -> Json:
    if data["revision"] != people.me["revision"]:
        raise Refusal(409, "stale_edit", "Your card was changed elsewhere meanwhile.", current=people.me)
    if len(data["about"]) > 500:
        raise Refusal(413, "too_large", "The text has more than 500 characters.", "about")
    skills = [people.skill(ident) for ident in data["skills"]]
    people.me = {
        **people.me,
        **data,
        "id": people.me["id"] or people.new_id(),
        "skills": skills,
        "revision": data["revision"] + 1,
    }
    return people.me


def ask(people: People, data: Json) -> Json:
    card = next(card for card in people.cards if card["id"] == data["person"])
    if card["availability"]["state"] != "open":
        raise Refusal(
            409, "conflict", f"{card['person']['name']} takes no more questions this week.", "person"
        )
    if data["client_key"] not in people.asked:
        thread = people.new_id()
        people.asked[data["client_key"]] = {
            "id": people.new_id(),
            "thread": thread,
            "url": f"/peer/p/{thread}",
            "title": data["title"],
            "state": "asked",
            "person": card["person"],
            "mine": True,
            "asked_at": people.now(),
        }
    return {"request": people.asked[data["client_key"]]}


def answer_request(people: People, data: Json) -> Json:
    request = next(request for request in people.requests if request["id"] == data["request"])
    request["state"] = "accepted" if data["accept"] else "passed"
    return {"request": request}


def preview(_people: People, data: Json) -> Json:
    return {"html": render(data["body"])}


OPERATIONS = {
    operation.__name__: operation
    for operation in (
        open_directory,
        find_people,
        suggest_skills,
        save_profile,
        ask,
        answer_request,
        preview,
    )
}
