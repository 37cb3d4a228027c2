"""The people of the interface guide's pictures."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.browser.static.mock_experts import People
from tests.browser.static.mock_state import Json

LABELS = [
    "Statistical inference",
    "Sampling",
    "Python",
    "Surveys",
    "R",
    "Teaching",
    "Plans d’expérience",
    "Data visualisation",
]
SKILLS: list[Json] = [
    {"id": f"{index:032x}", "label": label, "uri": None} for index, label in enumerate(LABELS, 1)
]


def day(ahead: int) -> str:
    return (datetime.now(UTC) + timedelta(days=ahead)).date().isoformat()


def named(*labels: str) -> list[Json]:
    return [skill for skill in SKILLS if skill["label"] in labels]


def proof(title: str, days: int, *, accepted: bool = True, endorsed: bool = False, votes: int = 0) -> Json:
    return {
        "kind": "answer",
        "title": title,
        "url": f"/peer/p/{days:032x}",
        "thread": f"{days:032x}",
        "accepted": accepted,
        "endorsed": endorsed,
        "vote_count": votes,
        "at": (datetime.now(UTC) - timedelta(days=days)).isoformat().replace("+00:00", "Z"),
    }


def card(index: int, name: str, **more: Any) -> Json:
    base: Json = {
        "id": f"{index + 100:032x}",
        "person": {"name": name, "kind": "named", "role": None, "hue": index % 6 + 1, "is_me": False},
        "about_html": "",
        "languages": ["en"],
        "availability": {"state": "open", "from": None, "left": None},
        "skills": [],
        "is_new": False,
        "is_me": False,
        "reasons": [],
        "evidence": [],
        "can_ask": True,
    }
    return {**base, **more}


def community() -> People:
    tomas = card(
        1,
        "Tomás",
        about_html="<p>I like questions about <em>small</em> samples.</p>",
        languages=["en", "fr"],
        availability={"state": "open", "from": None, "left": 2},
        skills=named("Statistical inference", "Sampling", "Python"),
        reasons=[
            {"kind": "answered", "count": 4},
            {"kind": "skill", "skill": named("Statistical inference")[0]},
        ],
        evidence=[
            proof("Does a correlation of 0.94 with 8 points mean anything?", 0, endorsed=True, votes=21),
            proof("Intervalle de confiance\u00a0: 95\u00a0% de quoi\u202f?", 20, votes=27),
            proof("How many people do I need for a survey?", 33, accepted=False, votes=1),
        ],
    )
    learner = card(
        4,
        "Learner 12",
        skills=named("Surveys", "Statistical inference"),
        reasons=[{"kind": "answered", "count": 1}],
        evidence=[proof("Spearman or Pearson for survey answers from 1 to 5?", 4, endorsed=True, votes=4)],
    )
    yuki = card(
        0,
        "Yuki",
        languages=["en", "ja"],
        availability={"state": "later", "from": day(3), "left": None},
        skills=named("Statistical inference", "R"),
        is_new=True,
        reasons=[{"kind": "skill", "skill": named("R")[0]}],
        can_ask=False,
    )
    ines = card(
        2,
        "Inès",
        languages=["en", "fr"],
        availability={"state": "full", "from": day(9), "left": 0},
        skills=named("Statistical inference", "Teaching"),
        reasons=[{"kind": "answered", "count": 6}],
        evidence=[proof("When is a mean a bad summary?", 12, votes=9)],
        can_ask=False,
    )
    ines["person"]["role"] = "facilitator"
    others = [card(index, f"Learner {index}", skills=named("Python")) for index in range(20, 30)]
    return People([tomas, learner, yuki, ines, *others], SKILLS)


def request(people: People, title: str, name: str, *, mine: bool, state: str = "asked") -> Json:
    """Put a question between the reader and somebody."""
    new: Json = {
        "id": people.new_id(),
        "thread": people.new_id(),
        "url": "/peer/p/1",
        "title": title,
        "state": state,
        "person": {"name": name, "kind": "named", "role": None, "hue": 4, "is_me": False},
        "mine": mine,
        "asked_at": people.now(),
    }
    people.requests.append(new)
    return new
