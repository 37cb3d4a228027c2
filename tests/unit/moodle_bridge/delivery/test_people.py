"""Matching: byte for byte, and never one of two."""

import pytest

from moodle_bridge.delivery.people import key_of, match
from moodle_bridge.events import Subject
from moodle_bridge.models import Match
from moodle_bridge.moodle.types import MoodleUser


def user(user_id: int, idnumber: str | None) -> MoodleUser:
    return MoodleUser(user_id, idnumber)


@pytest.mark.parametrize(
    ("idnumbers", "expected"),
    [
        ([], (Match.NONE, None)),
        (["auth0|AbC"], (Match.MATCHED, 0)),
        (["AUTH0|ABC"], (Match.NONE, None)),
        (["auth0|AbC "], (Match.NONE, None)),
        (["auth0|Abç"], (Match.NONE, None)),
        (["auth0|AbC", "auth0|abc"], (Match.MATCHED, 0)),
        (["auth0|AbC", "auth0|AbC"], (Match.AMBIGUOUS, None)),
        ([None], (Match.UNREADABLE, None)),
    ],
)
def test_only_the_very_same_value_matches(
    idnumbers: list[str | None], expected: tuple[Match, int | None]
) -> None:
    assert match("auth0|AbC", [user(n, value) for n, value in enumerate(idnumbers)]) == expected


def test_two_forms_of_one_letter_are_two_people() -> None:
    assert match("é", [user(1, "e\u0301")]) == (Match.NONE, None)


def test_issuer_and_value_do_not_run_together() -> None:
    assert key_of(Subject("a", "bc")) != key_of(Subject("ab", "c"))
