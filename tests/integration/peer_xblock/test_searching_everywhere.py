"""A search of the whole course: threads of all its discussions that the reader may open, with the place of each."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peer_xblock.api import discussion
from peer_xblock.domain.discussion import Kind
from peer_xblock.domain.searching import FoundThread, ThreadQuery
from peer_xblock.models import Space

from .world import World

pytestmark = pytest.mark.django_db


class Course:
    """Two discussions: in each a question with the word, the second one's with an answer of Noah's."""

    def __init__(self, **settings: Any) -> None:
        self.world = World(**settings)
        self.other = self.world.add_space("u2", **settings)
        self.noah, self.yuki = self.world.person("Noah"), self.world.person("Yuki")
        self.here = self.world.ask(self.yuki, "Median here").thread.id
        self.there = self.ask(self.other, self.yuki, "Median there")

    def ask(self, space: Space, user: User, title: str) -> str:
        self.world.later()
        visit = self.world.visit(user, space=space)
        made = discussion.create_thread(
            visit, client_key=self.world.key(), kind=Kind.QUESTION, title=title, body="Body."
        )
        return made.thread.id

    def respond(self, user: User, body: str) -> str:
        self.world.later()
        visit = self.world.visit(user, space=self.other)
        made = discussion.create_response(visit, client_key=self.world.key(), thread=self.there, body=body)
        return made.post.id

    def find(self, user: User, query: str = "median", **more: Any) -> tuple[FoundThread, ...]:
        asked = ThreadQuery(query=query, everywhere=True, **more)
        return discussion.search_threads(self.world.visit(user), asked).threads


@pytest.fixture
def course(db: None) -> Course:
    return Course()


def titles(found: tuple[FoundThread, ...]) -> set[str]:
    return {one.thread.title for one in found}


def test_each_result_names_its_place(course: Course) -> None:
    places = {one.thread.title: one.where for one in course.find(course.noah)}
    assert (places["Median here"].is_here, places["Median there"].is_here) == (True, False)
    assert (places["Median there"].space, places["Median there"].unit) == ("Discussion u2", "Unit of u2")


def test_what_one_may_not_open_is_not_found(course: Course) -> None:
    course.noah.groups.add(Group.objects.create(name=f"locked|{course.other.usage_key}"))
    assert titles(course.find(course.noah)) == {"Median here"}


def test_an_answer_that_waits_for_ones_own_is_not_found_from_elsewhere(db: None) -> None:
    course = Course()
    course.other = course.world.add_space("u2", options={"answer_first": "all"})
    course.there = course.ask(course.other, course.yuki, "How many?")
    course.respond(course.world.person("Omar"), "Some quokkas")
    assert course.find(course.noah, "quokkas") == ()
    [asked] = course.find(course.noah, "how many")
    assert (asked.thread.answers_hidden, asked.thread.response_count) == (True, 0)


def test_another_groups_threads_are_not_found(db: None) -> None:
    course = Course(is_divided=True)
    amina, omar = course.world.in_cohort("Amina", "3"), course.world.in_cohort("Omar", "4")
    course.ask(course.other, amina, "Median of three")
    assert titles(course.find(omar)) == {"Median here", "Median there"}
    assert "Median of three" in titles(course.find(amina))


def test_the_filters_are_as_in_one_discussion(course: Course) -> None:
    course.respond(course.noah, "So.")
    assert titles(course.find(course.noah, mine=True)) == {"Median there"}
    assert titles(course.find(course.noah, "", author="yuk")) == {"Median here", "Median there"}
    assert titles(course.find(course.noah, kind=Kind.DISCUSSION)) == set()


def test_it_costs_the_same_statements_in_any_number_of_spaces(course: Course) -> None:
    counts = []
    for number in range(2):
        course.find(course.noah)
        visit = course.world.visit(course.noah)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            discussion.search_threads(visit, ThreadQuery(query="median", everywhere=True, mine=False))
        counts.append(len(seen))
        for block in range(6 * (1 - number)):
            course.ask(course.world.add_space(f"v{block}"), course.yuki, f"Median {block}")
    assert counts[0] == counts[1]
