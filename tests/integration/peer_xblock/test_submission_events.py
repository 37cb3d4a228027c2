"""What an assignment writes to the outbox, held against the schema and the golden examples in docs/events.

PEER_GOLDEN=1 writes the examples anew, to be read before a commit.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from peer_xblock.api import review
from peer_xblock.api.review.retiring import retire_reviewer
from peer_xblock.models import OutboxEvent

from .test_events_contract import DOCS, newest
from .workshop import WORDS, WORST, Workshop

pytestmark = pytest.mark.django_db
SCHEMA = Draft202012Validator(json.loads((DOCS / "submission.v0.schema.json").read_text()))


def submitted(workshop: Workshop) -> None:
    workshop.submit(workshop.person("Amina"), "Ten swings of a nut.")


def replaced(workshop: Workshop) -> None:
    submitted(workshop)
    workshop.submit(workshop.person("Amina"), "Twenty swings of a nut.", revision=1)


def settled(workshop: Workshop) -> None:
    amina, tomas = workshop.person("Amina"), workshop.person("Tomás")
    workshop.submit_all([amina, tomas])
    workshop.give(tomas)
    workshop.give(amina)


def judged(workshop: Workshop) -> None:
    settled(workshop)
    workshop.later(hours=5)
    review.staff_review(
        workshop.enter(workshop.staff("Jo")),
        submission=workshop.slot(workshop.person("Amina")).public_id,
        scores={**WORST, "doubt": "some"},
        comments=WORDS,
    )


def retired(workshop: Workshop) -> None:
    submitted(workshop)
    retire_reviewer(workshop.person("Amina").pk, limit=10, now=workshop.at, rng=workshop.rng)


CASES = (submitted, replaced, settled, judged, retired)


@pytest.mark.parametrize("change", CASES, ids=[change.__name__ for change in CASES])
def test_an_event_is_the_golden_example(change: Callable[[Workshop], None]) -> None:
    change(Workshop(wanted=1, to_give=1))
    event = newest()
    SCHEMA.validate(event)
    path = DOCS / "examples" / "submission" / f"{change.__name__}.json"
    if os.environ.get("PEER_GOLDEN"):
        path.write_text(json.dumps(event, indent=2, ensure_ascii=False) + "\n")
    assert event == json.loads(path.read_text())


def test_every_event_of_a_term_fits_the_schema_and_none_holds_a_text() -> None:
    workshop = Workshop(wanted=1, to_give=1)
    judged(workshop)
    events = [json.loads(row.body) for row in OutboxEvent.objects.order_by("pk")]
    assert [event["data"]["submission"]["state"] for event in events] == ["submitted"] * 2 + ["settled"] * 3
    for event in events:
        SCHEMA.validate(event)
        assert "swings" not in json.dumps(event)
        assert "Well done" not in json.dumps(event)


def test_a_course_without_a_connection_writes_no_event() -> None:
    workshop = Workshop(connected=False, wanted=1, to_give=1)
    settled(workshop)
    assert not OutboxEvent.objects.exists()


@pytest.mark.parametrize("field", ["revision", "space", "submission", "author", "audience"])
def test_the_schema_misses_each_part(field: str) -> None:
    submitted(Workshop())
    event: dict[str, Any] = newest()
    del event["data"][field]
    assert not SCHEMA.is_valid(event)


def test_the_schema_takes_no_grade_of_what_is_not_settled() -> None:
    submitted(Workshop())
    event = newest()
    event["data"]["submission"]["grade"] = 0.5
    assert not SCHEMA.is_valid(event)
