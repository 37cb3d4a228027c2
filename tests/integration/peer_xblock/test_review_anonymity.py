"""Two worlds that differ only in who wrote a work, or a review, look the same to whoever may not know."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from peer_xblock.api import review
from peer_xblock.models import Review, Submission
from peer_xblock.operations import dispatch
from peer_xblock.operations.review import OPERATIONS

from .workshop import BEST, WORDS, Workshop
from .world import posted

pytestmark = pytest.mark.django_db
HIDDEN = ("Amina", "Omar", "Fatou", "Sven")


class Play:
    """Three learners; one of them, of whom nobody may know, is another person in each world."""

    def __init__(self, names: str, hidden: str) -> None:
        self.workshop = Workshop(names=names, wanted=1, to_give=1, file_types=[".pdf"])
        workshop = self.workshop
        cast = {
            "Amina": workshop.person("Amina"),
            "Omar": workshop.person("Omar"),
            "Fatou": workshop.facilitator("Fatou"),
            "Sven": workshop.staff("Sven"),
        }
        self.hidden, self.viewer, self.other = cast[hidden], workshop.person("Yuki"), workshop.person("Noah")

    def run(self) -> list[str]:
        """All that the viewer receives, as JSON, while both hand in, review each other, and read."""
        seen: list[str] = []
        file = self.workshop.upload(self.hidden, f"{self.hidden.first_name}.pdf").id
        self.workshop.submit(self.hidden, "Ten swings.", files=[file])
        self.workshop.submit(self.viewer)
        seen += self._received("take_review", {})
        seen += self._received("get_file", {"file": file})
        lease = json.loads(seen[0])["review"]["id"]
        judged = {"review": lease, "scores": BEST, "comments": WORDS}
        seen += self._received("save_review", judged)
        self.workshop.give(self.hidden)
        seen += self._received("send_review", judged)
        for name in ("open_activity", "take_review", "oversee", "pledge"):
            seen += self._received(name, {})
        for name in ("read_submission", "staff_review"):
            work = {"submission": self.workshop.slot(self.hidden).public_id, "scores": BEST, "comments": {}}
            seen += self._received(name, work)
        return seen

    def _received(self, name: str, values: dict[str, Any]) -> list[str]:
        self.workshop.later()
        visit = self.workshop.enter(self.viewer)
        if name == "get_file":
            return [review.get_file(visit, **values).name]
        _status, answer = dispatch(OPERATIONS, name, posted(values), enter=lambda: visit)
        return [json.dumps(answer, ensure_ascii=False)]


def in_a_world(names: str, hidden: str) -> list[str]:
    """Played in a savepoint that is rolled back, so that the next world begins from the same nothing."""
    with transaction.atomic():
        seen = Play(names, hidden).run()
        transaction.set_rollback(True)
    return seen


@pytest.mark.slow
@pytest.mark.parametrize("hidden", HIDDEN[1:])
def test_nothing_that_a_peer_receives_differs_by_whose_work_it_is(hidden: str) -> None:
    one, two = in_a_world("nobody", HIDDEN[0]), in_a_world("nobody", hidden)
    assert len(one) == 10
    assert [pair for pair in zip(one, two, strict=True) if pair[0] != pair[1]] == []


@pytest.mark.parametrize("names", ["authors", "everyone"])
def test_the_comparison_would_see_a_name(names: str) -> None:
    assert in_a_world(names, "Amina") != in_a_world(names, "Omar")


def people_in(value: Any) -> set[str]:
    """Every name that stands for a person in an answer."""
    if isinstance(value, dict):
        own = {value["name"]} if {"hue", "kind"} <= value.keys() else set()
        return own.union(*(people_in(item) for item in value.values()))
    return set().union(*(people_in(item) for item in value)) if isinstance(value, list) else set()


def names_seen(names: str, viewer: str) -> set[str]:
    """Of Amina and Tomás, who reviewed each other, those whom a viewer is shown."""
    workshop = Workshop(names=names, wanted=1, to_give=1)
    amina, tomas = workshop.person("Amina"), workshop.person("Tomás")
    workshop.submit_all([amina, tomas])
    seen: set[str] = set()

    def ask(user: User, name: str, **values: Any) -> dict[str, Any]:
        visit = workshop.enter(user)
        answer = dispatch(OPERATIONS, name, posted(values), enter=lambda: visit)[1]
        assert isinstance(answer, dict)
        seen.update(people_in(answer) if user.first_name == viewer else ())
        return answer

    for user in (amina, tomas):
        lease = ask(user, "take_review")["review"]["id"]
        ask(user, "send_review", review=lease, scores=BEST, comments=WORDS)
    for user in (amina, tomas):
        ask(user, "open_activity")
    team = workshop.facilitator("Inès")
    ask(team, "oversee")
    ask(team, "read_submission", submission=workshop.slot(amina).public_id)
    return seen - {"Inès"}


@pytest.mark.parametrize(
    ("names", "viewer", "seen"),
    [
        ("nobody", "Amina", set()),
        ("nobody", "Inès", {"Amina", "Tomás"}),
        ("authors", "Amina", {"Tomás"}),
        ("everyone", "Amina", {"Tomás"}),
        ("everyone", "Inès", {"Amina", "Tomás"}),
    ],
)
def test_who_is_told_a_name(names: str, viewer: str, seen: set[str]) -> None:
    assert names_seen(names, viewer) == seen


def test_a_reviewer_stays_hidden_where_only_authors_are_shown() -> None:
    workshop = Workshop(names="authors", wanted=1, to_give=1)
    users = workshop.people(2)
    workshop.submit_all(users)
    workshop.give(users[0])
    result = workshop.give(users[1]).mine.result
    assert result is not None
    assert [one.person for criterion in result.criteria for one in criterion.reviews] == [None, None]


def test_what_was_written_while_names_were_hidden_is_never_named_later() -> None:
    workshop = Workshop(names="nobody", wanted=1, to_give=1)
    users = workshop.people(3)
    workshop.submit_all(users)
    workshop.give(users[0])
    workshop.set_up(names="everyone")
    lease = workshop.take(users[2]).review
    assert lease is not None
    assert lease.submission.author is None
    result = workshop.give(users[1]).mine.result
    assert result is not None
    assert [one.person for one in result.overall] == [None]
    assert not Submission.objects.filter(is_named=True).exists()
    assert list(Review.objects.order_by("pk").values_list("is_named", flat=True)) == [False, True]


def test_what_was_named_is_hidden_when_the_author_hides_names() -> None:
    workshop = Workshop(names="everyone", wanted=1, to_give=1)
    users = workshop.people(2)
    workshop.submit_all(users)
    workshop.set_up(names="nobody")
    lease = workshop.take(users[0]).review
    assert lease is not None
    assert lease.submission.author is None
