"""Events as JSON: their shape, and what the hash looks at."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblock.events import (
    AnonymousAuthor,
    Audience,
    EventPost,
    EventSpace,
    EventThread,
    NamedAuthor,
    PostEvent,
    body_hash,
)

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
EVENT = PostEvent(
    id="e" * 32,
    tenant="acme",
    time=AT,
    revision=7,
    thread=EventThread("1" * 32, "question", "Why?", pinned=False, closed=False),
    space=EventSpace("5" * 32, "Unit 1", "course-v1:Peer+DL101+2026", None),
    post=EventPost(
        id="1" * 32,
        number=0,
        depth=0,
        parent=None,
        edit=1,
        html="<p>x</p>",
        created_at=AT,
        edited_at=None,
        deleted=False,
        erased=False,
        accepted=False,
        endorsed=False,
        url="http://lms.example.test/peer/p/1",
    ),
    author=NamedAuthor("Amina", "https://idp.example.test", "sub-amina"),
    audience=Audience("course"),
)


def test_an_event_is_a_cloudevent_whose_sequence_is_the_revision() -> None:
    body = EVENT.as_json()
    assert body["specversion"] == "1.0"
    assert body["source"] == "/tenants/acme"
    assert body["subject"] == EVENT.post.id
    assert (body["sequence"], body["data"]["revision"]) == ("7", 7)


def test_times_are_utc_with_milliseconds() -> None:
    paris = AT.astimezone(timezone(timedelta(hours=1)))
    body = replace(EVENT, time=paris, post=replace(EVENT.post, edited_at=paris)).as_json()
    assert body["time"] == body["data"]["post"]["edited_at"] == "2026-11-24T08:00:00.000Z"


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        (
            NamedAuthor("Amina", "https://idp.example.test", "a"),
            {
                "kind": "named",
                "name": "Amina",
                "subject": {"issuer": "https://idp.example.test", "value": "a"},
            },
        ),
        (NamedAuthor("Amina", None, None), {"kind": "named", "name": "Amina", "subject": None}),
        (AnonymousAuthor("Blue Heron"), {"kind": "anonymous", "name": "Blue Heron"}),
    ],
)
def test_an_anonymous_author_is_a_pseudonym_and_nothing_else(
    author: NamedAuthor | AnonymousAuthor, expected: dict[str, object]
) -> None:
    assert replace(EVENT, author=author).as_json()["data"]["author"] == expected


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        (Audience("course"), {"kind": "course"}),
        (Audience("staff"), {"kind": "staff"}),
        (
            Audience("group", "cohort:3", "Cohort 3"),
            {"kind": "group", "id": "cohort:3", "name": "Cohort 3"},
        ),
    ],
)
def test_only_a_group_has_more_than_its_kind(audience: Audience, expected: dict[str, str]) -> None:
    assert replace(EVENT, audience=audience).as_json()["data"]["audience"] == expected


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(1980, 1, 1)))  # noqa: DTZ001
def test_the_hash_ignores_the_time(moment: datetime) -> None:
    assert body_hash(replace(EVENT, time=moment).as_json()) == body_hash(EVENT.as_json())


@given(st.text(max_size=20), st.integers(1, 1000))
def test_the_hash_sees_everything_else(html: str, revision: int) -> None:
    other = replace(EVENT, revision=revision, post=replace(EVENT.post, html=html))
    assert (body_hash(other.as_json()) == body_hash(EVENT.as_json())) == (other == EVENT)


def test_the_hash_does_not_depend_on_the_order_of_keys() -> None:
    body = EVENT.as_json()
    assert body_hash(dict(reversed(body.items()))) == body_hash(body)
