"""What a search finds for one viewer: by words and filters, and never what they may not read."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from peer_xblock import search
from peer_xblock.api import discussion
from peer_xblock.domain.discussion import Kind
from peer_xblock.domain.errors import Invalid
from peer_xblock.domain.searching import FoundThread, Part, ThreadQuery
from peer_xblock.models import Post, Thread
from peer_xblock.search import catching_up

from .world import World

pytestmark = pytest.mark.django_db


def results(world: World, query: str = "", *, by: str = "Noah", **filters: Any) -> list[FoundThread]:
    visit = world.visit(world.person(by))
    return list(discussion.search_threads(visit, ThreadQuery(query, **filters)).threads)


def titles(world: World, query: str = "", *, by: str = "Noah", **filters: Any) -> list[str]:
    return [found.thread.title for found in results(world, query, by=by, **filters)]


def marked(parts: tuple[Part, ...]) -> str:
    return "".join(f"[{part.text}]" if part.is_match else part.text for part in parts)


def hold_the_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the index lags behind, as where another process writes in it."""
    monkeypatch.setattr(catching_up, "_is_up_to_date", lambda *_args, **_more: True)


def test_words_are_marked_where_they_stand(world: World) -> None:
    world.ask(world.person("Amina"), "What is a median?", "The *medians* of [it](http://median.test).")
    (found,) = results(world, "median")
    assert marked(found.title) == "What is a [median]?"
    assert marked(found.excerpt) == "The [medians] of it."
    assert (found.post, found.by) == (found.thread.id, None)


def test_a_word_of_a_response_leads_to_the_response(world: World) -> None:
    asked = world.ask(world.person("Amina"), "What is a median?").thread.id
    world.respond(world.person("Yuki"), asked, "It depends.")
    answer = world.respond(world.person("Tomás"), asked, "A quokka knows.").post.id
    (found,) = results(world, "quokkas")
    assert (marked(found.excerpt), found.post) == ("A [quokka] knows.", answer)
    assert found.by is not None
    assert found.by.name == "Tomás"


def test_a_response_that_was_moved_is_not_found_where_it_was(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, other = (world.ask(world.person("Amina"), title).thread.id for title in ("What?", "Else?"))
    moved = world.respond(world.person("Yuki"), asked, "A quokka.").post.id
    assert titles(world, "quokka") == ["What?"]
    hold_the_index(monkeypatch)
    Post.objects.filter(public_id=moved).update(thread=Thread.objects.get(public_id=other), number=9)
    assert titles(world, "quokka") == []


@pytest.mark.parametrize("tag", ["x" * 31, "a,b"])
def test_a_tag_that_none_can_be_is_refused_by_its_name(world: World, tag: str) -> None:
    with pytest.raises(Invalid) as refused:
        results(world, tag=tag)
    assert refused.value.field == "tag"


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"kind": Kind.DISCUSSION}, ["Median, a talk"]),
        ({"unanswered": True}, ["Median or mean?"]),
        ({"author": "ami"}, ["Median or mean?"]),
        ({"mine": True}, ["Median, answered?"]),
        ({"author": "nobody"}, []),
    ],
)
def test_a_search_keeps_to_its_filters(world: World, filters: dict[str, Any], expected: list[str]) -> None:
    amina, tomas = world.person("Amina"), world.person("Tomás")
    world.ask(tomas, "Median, a talk", kind=Kind.DISCUSSION)
    world.ask(amina, "Median or mean?")
    answered = world.ask(tomas, "Median, answered?").thread.id
    post = world.respond(world.person("Noah"), answered).post.id
    discussion.accept_answer(world.visit(tomas), post=post, on=True)
    assert titles(world, "median", **filters) == expected
    assert titles(world, **filters) == expected


def test_a_search_keeps_to_its_dates(world: World) -> None:
    world.ask(world.person("Amina"), "Median 1")
    middle = int(world.at.timestamp())
    world.later(minutes=5)
    world.ask(world.person("Amina"), "Median 2")
    assert titles(world, "median", since=middle + 1) == ["Median 2"]
    assert titles(world, "median", until=middle + 1) == ["Median 1"]


def test_without_words_the_last_active_comes_first(world: World) -> None:
    for number in range(3):
        world.ask(world.person("Amina"), f"Median {number}")
    assert titles(world) == ["Median 2", "Median 1", "Median 0"]


def test_pages_follow_each_other(world: World) -> None:
    for number in range(7):
        world.ask(world.person("Amina"), f"Median {number}")
    seen: list[str] = []
    cursor: str | None = None
    for _ in range(4):
        page = discussion.search_threads(
            world.visit(world.person("Noah")), ThreadQuery("median"), cursor=cursor, limit=2
        )
        seen += [found.thread.title for found in page.threads]
        cursor = page.next
    assert sorted(seen) == [f"Median {number}" for number in range(7)]
    assert cursor is None


@pytest.mark.parametrize("cursor", ["x", "-1", "99999", "1000"])
def test_a_cursor_that_none_gave_is_refused(world: World, cursor: str) -> None:
    with pytest.raises(Invalid):
        discussion.search_threads(world.visit(world.person("Noah")), ThreadQuery("median"), cursor=cursor)


def test_what_was_removed_is_not_found_though_the_index_lags(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina, "What is a median?").thread.id
    kept = world.ask(amina, "And a mean?").thread.id
    answer = world.respond(amina, kept, "A quokka.").post.id
    assert titles(world, "median") + titles(world, "quokka") == ["What is a median?", "And a mean?"]
    hold_the_index(monkeypatch)
    discussion.delete_post(world.visit(amina), post=asked)
    discussion.delete_post(world.visit(amina), post=answer)
    assert titles(world, "median") + titles(world, "quokka") == []


def test_what_was_edited_away_is_not_found_though_the_index_lags(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina, "Median or quokka?").thread.id
    assert titles(world, "median quokka") == ["Median or quokka?"]
    hold_the_index(monkeypatch)
    discussion.edit_post(world.visit(amina), post=asked, revision=1, body="x", title="Median or mean?")
    assert titles(world, "median quokka") == []
    assert titles(world, "median") == ["Median or mean?"]


@pytest.mark.parametrize("by", ["Noah", "Inès"])
def test_a_response_for_staff_and_its_author_is_found_by_nobody(world: World, by: str) -> None:
    world.facilitator("Inès")
    asked = world.ask(world.person("Amina"), "What is a median?").thread.id
    answer = world.respond(world.person("Tomás"), asked, "A quokka.").post.id
    assert titles(world, "quokka", by=by)
    Post.objects.filter(public_id=answer).update(audience="staff")
    assert titles(world, "quokka", by=by) == []


def test_answers_that_one_has_yet_to_earn_are_not_found(world: World) -> None:
    asked = world.ask(world.person("Amina"), "What is a median?").thread.id
    world.respond(world.person("Tomás"), asked, "A quokka.")
    assert titles(world, "quokka") == ["What is a median?"]
    Thread.objects.update(answer_first=True)
    assert titles(world, "quokka") == []
    assert titles(world, "median") == ["What is a median?"]


def test_a_groups_threads_are_found_by_the_group_alone(db: None) -> None:
    world = World(is_divided=True)
    world.ask(world.in_cohort("Amina", "1"), "What is a median?")
    world.in_cohort("Noah", "2")
    world.in_cohort("Yuki", "1")
    world.facilitator("Inès")
    found = {name: titles(world, "median", by=name) for name in ("Yuki", "Noah", "Tomás", "Inès")}
    asked = ["What is a median?"]
    assert found == {"Yuki": asked, "Noah": [], "Tomás": [], "Inès": asked}


def test_another_space_is_not_searched(world: World) -> None:
    other = world.add_space("u2")
    world.ask(world.person("Amina"), "What is a median?")
    found = discussion.search_threads(world.visit(world.person("Noah"), space=other), ThreadQuery("median"))
    assert found.threads == ()


@pytest.mark.parametrize("by", ["Noah", "Inès", "Prof"])
def test_an_anonymous_author_is_found_by_nobody(db: None, by: str) -> None:
    """Also not by who may know the name: a search by name would tell of all that one hid."""
    world = World(anonymity="learners")
    world.facilitator("Inès")
    world.staff("Prof")
    world.ask(world.person("Amina"), "What is a median?", anonymous=True)
    assert titles(world, "median", by=by) == ["What is a median?"]
    assert titles(world, "median", by=by, author="Amina") == []
    assert titles(world, "amina", by=by) == []


def test_ones_own_anonymous_threads_are_found_as_ones_own(db: None) -> None:
    world = World(anonymity="staff")
    world.ask(world.person("Amina"), "What is a median?", anonymous=True)
    assert titles(world, "median", by="Amina", mine=True) == ["What is a median?"]
    assert titles(world, "median", by="Noah", mine=True) == []


def test_who_left_is_not_found_by_the_name_that_they_had(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.ask(world.person("Amina"), "What is a median?")
    assert titles(world, author="amina")
    hold_the_index(monkeypatch)
    Post.objects.update(author=None)
    assert titles(world, author="amina") == []


def test_two_worlds_that_differ_in_an_anonymous_author_are_found_alike(db: None) -> None:
    def seen(author: str) -> list[Any]:
        world = World(anonymity="staff", connected=False)
        world.ask(world.person(author), "What is a median?", "x", anonymous=True)
        world.ask(world.person("Yuki"), "A median, named", "x")
        pages = [results(world, text, author=name) for text in ("median", "") for name in ("", "am", "y")]
        return [[(marked(f.title), marked(f.excerpt), f.thread.author.is_me) for f in page] for page in pages]

    def in_a_world_of_its_own(author: str) -> list[Any]:
        with transaction.atomic():
            found = seen(author)
            transaction.set_rollback(True)
        return found

    assert in_a_world_of_its_own("Amina") == in_a_world_of_its_own("Omar")


def test_like_a_title_the_accepted_comes_first_with_its_answers_first_line(world: World) -> None:
    amina = world.person("Amina")
    answered = world.ask(amina, "How is a median found in a sample?").thread.id
    world.ask(amina, "How is the median of a sample found?")
    world.ask(amina, "Something else")
    answer = world.respond(world.person("Tomás"), answered, "Sort *it*.\n\nThen look.").post.id
    discussion.accept_answer(world.visit(amina), post=answer, on=True)
    found = discussion.similar_threads(world.visit(amina), title="Finding the median of a sample").threads
    assert [(one.thread.id == answered, one.answer) for one in found] == [(True, "Sort it."), (False, "")]
    assert found[0].by is not None
    assert found[0].by.name == "Tomás"


def test_an_answer_that_one_has_yet_to_earn_is_not_told_of(world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina, "How is a median found?").thread.id
    answer = world.respond(world.person("Tomás"), asked, "Sort it.").post.id
    discussion.accept_answer(world.visit(amina), post=answer, on=True)
    Thread.objects.update(answer_first=True)
    (found,) = discussion.similar_threads(world.visit(world.person("Noah")), title="find a median").threads
    assert (found.answer, found.by, found.thread.state) == ("", None, "open")


@pytest.mark.parametrize("title", ["", "what is the", "unheard of altogether here"])
def test_like_nothing_is_nothing(world: World, title: str) -> None:
    world.ask(world.person("Amina"), "How is a median found?")
    assert discussion.similar_threads(world.visit(world.person("Noah")), title=title).threads == ()


def test_a_search_costs_the_same_statements_whatever_is_found(world: World) -> None:
    def cost() -> int:
        visit = world.visit(world.person("Noah"))
        search.catch_up(world.space.context, now=world.at)
        with CaptureQueriesContext(connection) as asked:
            discussion.search_threads(visit, ThreadQuery("quokka"))
        return len(asked)

    for number in range(3):
        made = world.ask(world.person("Amina"), f"Median {number}").thread.id
        world.respond(world.person("Tomás"), made, "A quokka.")
    few = cost()
    for number in range(9):
        made = world.ask(world.person("Amina"), f"Mean {number}").thread.id
        world.respond(world.person("Tomás"), made, "A quokka.")
    assert cost() == few
