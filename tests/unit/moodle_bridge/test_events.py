"""The parser: the golden examples, what is ignored, what is refused."""

import json
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodle_bridge.events import Invalid, canonical, hash_body, parse_envelope, parse_post

EXAMPLES = sorted((Path(__file__).parents[3] / "docs/events/examples").glob("*.json"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


def example(name: str = "") -> dict[str, Any]:
    path = next(path for path in EXAMPLES if name in path.name)
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def tenant_of(event: dict[str, Any]) -> str:
    return str(event["source"]).rpartition("/")[2]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_golden_example_is_read(path: Path) -> None:
    event = json.loads(path.read_text())
    assert parse_envelope(event, tenant=tenant_of(event)).id == event["id"]
    post = parse_post(event)
    assert (post.post.id, post.revision) == (event["subject"], event["data"]["revision"])


def test_there_are_golden_examples() -> None:
    assert len(EXAMPLES) >= 3


def test_times_are_read_in_utc() -> None:
    event = example()
    event["data"]["post"]["created_at"] = "2026-11-24T10:00:00+02:00"
    assert parse_post(event).post.created_at == datetime(2026, 11, 24, 8, tzinfo=UTC)


def test_the_hash_leaves_the_time_out_and_nothing_else() -> None:
    event = example()
    assert hash_body(event) == hash_body(event | {"time": "1999-01-01T00:00:00Z"})
    assert hash_body(event) != hash_body(event | {"extension": 1})


def test_key_order_does_not_matter() -> None:
    event = example()
    assert canonical(event) == canonical(dict(reversed(event.items())))


def test_a_person_without_issuer_is_known_by_value() -> None:
    event = example()
    event["data"]["author"] = {"kind": "named", "name": "A", "subject": {"issuer": None, "value": "a"}}
    subject = parse_post(event).author.subject
    assert subject is not None
    assert (subject.issuer, subject.value) == ("", "a")


def test_an_anonymous_author_has_no_subject_even_if_one_is_sent() -> None:
    event = example()
    event["data"]["author"] = {
        "kind": "anonymous",
        "name": "Quiet Otter",
        "subject": {"issuer": "x", "value": "y"},
    }
    assert parse_post(event).author.subject is None


@given(
    value=JSON, path=st.sampled_from(["", "data", "data.post", "data.thread", "data.author", "data.audience"])
)
def test_whatever_arrives_is_read_or_refused_by_name(value: Any, path: str) -> None:
    event = deepcopy(example())
    target = event
    for key in path.split(".") if path else []:
        target = target[key]
    target.update(value) if isinstance(value, dict) else target.update({"id": value})
    try:
        parse_envelope(event, tenant=tenant_of(example()))
        parse_post(event)
    except Invalid as invalid:
        assert isinstance(invalid.field, str)  # noqa: PT017 - either way out is right, any other error is not
