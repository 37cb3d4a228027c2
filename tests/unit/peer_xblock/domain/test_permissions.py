"""Who may do what: each right against role, ownership and the post's state."""

from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblock.domain.discussion import Depth, Kind
from peer_xblock.domain.people import Role, Viewer
from peer_xblock.domain.permissions import (
    PostFacts,
    may_read_history,
    may_respond,
    rights,
    thread_rights,
)

RESPONSE = PostFacts(
    depth=Depth.RESPONSE,
    is_own=False,
    is_deleted=False,
    deleted_by="",
    thread_kind=Kind.QUESTION,
    thread_closed=False,
    owns_thread=False,
)
FACTS = st.builds(
    PostFacts,
    depth=st.integers(0, 2),
    is_own=st.booleans(),
    is_deleted=st.booleans(),
    deleted_by=st.sampled_from(["", "author", "staff"]),
    thread_kind=st.sampled_from(Kind),
    thread_closed=st.booleans(),
    owns_thread=st.booleans(),
)


def viewer(role: Role = Role.LEARNER, *, is_preview: bool = False) -> Viewer:
    return Viewer(1, "Amina", role, None, is_preview=is_preview, language="en")


def given_rights(role: Role, facts: PostFacts) -> set[str]:
    return {name for name, has in asdict(rights(viewer(role), facts)).items() if has}


MATRIX = [
    ("a stranger", Role.LEARNER, {}, {"vote", "react", "flag", "comment"}),
    ("its author", Role.LEARNER, {"is_own": True}, {"edit", "delete", "comment"}),
    ("who asked", Role.LEARNER, {"owns_thread": True}, {"vote", "react", "flag", "comment", "accept"}),
    (
        "who asked and answers",
        Role.LEARNER,
        {"owns_thread": True, "is_own": True},
        {"edit", "delete", "comment", "accept"},
    ),
    (
        "a facilitator",
        Role.FACILITATOR,
        {},
        {"edit", "delete", "vote", "react", "flag", "accept", "endorse", "comment"},
    ),
    (
        "course staff",
        Role.STAFF,
        {},
        {"edit", "delete", "vote", "react", "flag", "accept", "endorse", "comment"},
    ),
    ("a stranger, opening", Role.LEARNER, {"depth": Depth.OPENING}, {"vote", "react", "flag", "comment"}),
    ("a stranger, comment", Role.LEARNER, {"depth": Depth.COMMENT}, {"vote", "react", "flag", "comment"}),
    (
        "a facilitator, comment",
        Role.FACILITATOR,
        {"depth": Depth.COMMENT},
        {"edit", "delete", "vote", "react", "flag", "comment"},
    ),
    (
        "who started a discussion",
        Role.LEARNER,
        {"owns_thread": True, "thread_kind": Kind.DISCUSSION},
        {"vote", "react", "flag", "comment"},
    ),
    ("closed, a stranger", Role.LEARNER, {"thread_closed": True}, {"vote", "react", "flag"}),
    ("closed, its author", Role.LEARNER, {"thread_closed": True, "is_own": True}, {"delete"}),
    ("removed, a stranger", Role.LEARNER, {"is_deleted": True, "deleted_by": "author"}, set()),
    (
        "removed by its author",
        Role.LEARNER,
        {"is_deleted": True, "deleted_by": "author", "is_own": True},
        {"restore"},
    ),
    (
        "removed by staff, its author",
        Role.LEARNER,
        {"is_deleted": True, "deleted_by": "staff", "is_own": True},
        set(),
    ),
    (
        "removed, a facilitator",
        Role.FACILITATOR,
        {"is_deleted": True, "deleted_by": "author"},
        {"restore"},
    ),
]


@pytest.mark.parametrize(
    ("role", "facts", "allowed"), [row[1:] for row in MATRIX], ids=[r[0] for r in MATRIX]
)
def test_rights(role: Role, facts: Any, allowed: set[str]) -> None:
    assert given_rights(role, replace(RESPONSE, **facts)) == allowed


@given(FACTS, st.sampled_from(Role))
def test_nobody_votes_for_oneself(facts: Any, role: Role) -> None:
    assert "vote" not in given_rights(role, replace(facts, is_own=True))


@given(FACTS, st.sampled_from(Role))
def test_a_preview_has_no_rights(facts: Any, role: Role) -> None:
    assert not any(asdict(rights(viewer(role, is_preview=True), facts)).values())


@given(FACTS, st.sampled_from(Role))
def test_a_removed_post_can_only_be_restored(facts: Any, role: Role) -> None:
    assert given_rights(role, replace(facts, is_deleted=True)) <= {"restore"}


@given(FACTS)
def test_a_higher_role_loses_no_right(facts: Any) -> None:
    learner, facilitator, staff = (given_rights(role, facts) for role in Role)
    assert learner <= facilitator <= staff


@pytest.mark.parametrize("role", Role)
def test_only_moderators_pin_and_close_threads(role: Role) -> None:
    assert set(asdict(thread_rights(viewer(role))).values()) == {role is not Role.LEARNER}
    assert not any(asdict(thread_rights(viewer(role, is_preview=True))).values())


def test_only_moderators_add_to_a_closed_thread() -> None:
    assert not may_respond(viewer(), thread_closed=True)
    assert may_respond(viewer(Role.FACILITATOR), thread_closed=True)
    assert may_respond(viewer(), thread_closed=False)
    assert not may_respond(viewer(Role.STAFF, is_preview=True), thread_closed=False)


def test_a_removed_posts_history_is_for_its_author_and_moderators() -> None:
    removed = replace(RESPONSE, is_deleted=True)
    assert not may_read_history(viewer(), removed)
    assert may_read_history(viewer(), replace(removed, is_own=True))
    assert may_read_history(viewer(Role.FACILITATOR), removed)
    assert may_read_history(viewer(), RESPONSE)
