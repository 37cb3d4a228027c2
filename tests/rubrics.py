"""Rubrics and settings that the tests of peer review begin from."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from peer_xblock.domain.errors import InvalidFields
from peer_xblock.domain.review.activity import Activity, read_activity
from peer_xblock.domain.review.reading import Faults
from peer_xblock.domain.review.rubric import Rubric, read_rubric

RUBRIC: list[dict[str, Any]] = [
    {
        "id": "protocol",
        "name": "Protocol",
        "prompt": "Could you do it again?",
        "weight": 30,
        "options": [
            {"id": "no", "name": "Incomplete", "explanation": "It cannot be repeated.", "points": 0},
            {"id": "yes", "name": "Repeatable", "explanation": "All is told.", "points": 2},
            {"id": "more", "name": "Thought through", "explanation": "And why.", "points": 3},
        ],
    },
    {
        "id": "doubt",
        "name": "Uncertainties",
        "prompt": "How sure is it?",
        "weight": 70,
        "options": [
            {"id": "none", "name": "Missing", "explanation": "", "points": 0},
            {"id": "some", "name": "Estimated", "explanation": "", "points": 2},
            {"id": "full", "name": "Propagated", "explanation": "", "points": 4},
        ],
    },
]
OPTIONS: dict[str, Any] = {
    "prompt": "Measure *g* with what you find at home.",
    "rubric": RUBRIC,
    "wanted": 3,
    "to_give": 3,
    "names": "nobody",
    "hand_in": "both",
    "file_types": [".pdf", ".csv"],
    "submissions_due": "2026-11-20T23:59:00+00:00",
    "reviews_open": "2026-11-12T00:00:00+00:00",
    "reviews_due": "2026-11-30T23:59:00+00:00",
    "weight": 10.0,
}


def rubric() -> Rubric:
    """The rubric above, read."""
    return read_rubric(RUBRIC, Faults())


def activity(**changes: Any) -> Activity:
    """The assignment above with other settings."""
    return read_activity({**OPTIONS, **changes})


def changed(path: str, value: Any) -> list[dict[str, Any]]:
    """The rubric with one value replaced. path: as a fault names it, as `1.options.0.points`."""
    found: Any = deepcopy(RUBRIC)
    *way, last = path.split(".")
    place = found
    for step in way:
        place = place[int(step)] if step.isdigit() else place[step]
    place[int(last) if last.isdigit() else last] = value
    rows: list[dict[str, Any]] = found
    return rows


def refused(options: dict[str, Any], **known: Any) -> dict[str, str]:
    """The settings' faults: message by field, {} when there is none."""
    try:
        read_activity(options, **known)
    except InvalidFields as error:
        return {fault.field: str(fault) for fault in error.errors}
    return {}
