"""The index follows the database: at read, by the tick, over removals, after it was thrown away."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peer_xblock import search
from peer_xblock.api import discussion
from peer_xblock.api.ticking import tick
from peer_xblock.models import Post, Thread
from peer_xblock.search import Reach
from peer_xblock.search.catching_up import catch_up
from peer_xblock.search.folder import Folder

from .world import COURSE, World

pytestmark = pytest.mark.django_db


def found(world: World, text: str) -> list[str]:
    """Titles of what is found by one who reads everything, after one step."""
    context = world.space.context
    search.catch_up(context, now=world.at)
    reach = Reach(frozenset(context.spaces.values_list("pk", flat=True)), None)
    hits = search.find_threads(context, text, reach, limit=50)
    titles = dict(Thread.objects.values_list("public_id", "title"))
    return [titles[hit.id] for hit in hits]


def answerers(world: World, text: str) -> list[list[int]]:
    reach = Reach(frozenset({world.space.pk}), None)
    search.catch_up(world.space.context, now=world.at)
    hits = search.find_threads(world.space.context, text, reach, limit=50)
    return [[answer.author for answer in hit.answers] for hit in hits]


def holds(world: World, word: str) -> bool:
    return Folder(world.space.context).engine.holds_word(word)


def marks(world: World) -> dict[str, str]:
    state = Folder(world.space.context).read_state()
    assert state is not None
    return state.marks


def test_what_was_just_written_is_found(world: World) -> None:
    world.ask(world.person("Amina"), "What is a median?")
    assert found(world, "medians") == ["What is a median?"]
    world.ask(world.person("Amina"), "Median or mean?")
    assert set(found(world, "medians")) == {"What is a median?", "Median or mean?"}


def test_what_was_edited_is_found_as_it_is_now(world: World) -> None:
    amina = world.person("Amina")
    made = world.ask(amina, "What is a median?", "x")
    assert found(world, "median")
    discussion.edit_post(
        world.visit(amina), post=made.thread.id, revision=1, body="And the mode?", title="What is a mean?"
    )
    assert (found(world, "median"), found(world, "mode")) == ([], ["What is a mean?"])


@pytest.mark.slow
def test_what_was_there_before_the_feed_is_read_from_the_listing(world: World) -> None:
    for number in range(30):
        world.ask(world.person("Amina"), f"Median {number}?")
    Thread.objects.update(key_course_changed=None)
    steps = 0
    while not catch_up(world.space.context, now=world.at, at_most=7):
        steps += 1
    assert steps == 4
    assert len(found(world, "median")) == 30


def test_a_course_finds_nothing_of_another(world: World) -> None:
    other = world.add_space("u1", course=COURSE.replace("DL101", "DL102"))
    world.ask(world.person("Amina"), "What is a median?")
    search.catch_up(other.context, now=world.at)
    reach = Reach(frozenset({world.space.pk, other.pk}), None)
    assert search.find_threads(other.context, "median", reach, limit=9) == []


def test_named_answers_are_known_the_best_first(world: World) -> None:
    asked = world.ask(world.person("Amina"), "What is a median?").thread.id
    tomas, yuki = world.person("Tomás"), world.person("Yuki")
    world.respond(tomas, asked)
    better = world.respond(yuki, asked).post.id
    discussion.accept_answer(world.visit(world.person("Amina")), post=better, on=True)
    assert answerers(world, "median") == [[yuki.pk, tomas.pk]]


def test_an_anonymous_answer_has_nobody(db: None) -> None:
    world = World(anonymity="learners")
    asked = world.ask(world.person("Amina"), "What is a median?").thread.id
    world.respond(world.person("Tomás"), asked, anonymous=True)
    assert answerers(world, "median") == [[]]


@pytest.mark.parametrize("what", ["removed", "staff only", "of the asker", "retired"])
def test_an_answer_that_is_no_evidence_has_nobody(world: World, what: str) -> None:
    amina, tomas = world.person("Amina"), world.person("Tomás")
    asked = world.ask(amina, "What is a median?").thread.id
    answer = world.respond(amina if what == "of the asker" else tomas, asked).post.id
    if what == "removed":
        discussion.delete_post(world.visit(tomas), post=answer)
    if what == "staff only":
        Post.objects.filter(public_id=answer).update(audience="staff")
    if what == "retired":
        Post.objects.filter(public_id=answer).update(author=None)
    assert answerers(world, "median") == [[]]


@pytest.mark.slow
def test_of_a_long_thread_the_best_answers_are_known(world: World) -> None:
    asked = world.ask(world.person("Amina"), "What is a median?").thread.id
    people = [world.person(f"Learner{number}") for number in range(20)]
    posts = [world.respond(person, asked).post.id for person in people]
    discussion.vote(world.visit(people[0]), post=posts[19], on=True)
    world.comment(people[0], posts[0])
    known = answerers(world, "median")[0]
    assert (known[0], len(known)) == (people[19].pk, 12)


def test_a_removed_question_leaves_no_word_and_comes_back_when_it_is_restored(world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina, "Zanzibar?", "quokka").thread.id
    world.ask(amina, "What is a median?")
    assert found(world, "zanzibar") == ["Zanzibar?"]
    discussion.delete_post(world.visit(amina), post=asked)
    assert found(world, "zanzibar") == []
    search.catch_up(world.space.context, now=world.at)
    assert not holds(world, "zanzibar")
    assert not holds(world, "quokka")
    discussion.restore_post(world.visit(amina), post=asked)
    assert found(world, "zanzibar") == ["Zanzibar?"]


@pytest.mark.slow
def test_a_large_index_is_cleaned_by_the_tick(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("peer_xblock.search.catching_up.SMALL", 1)
    amina = world.person("Amina")
    asked = [world.ask(amina, f"Zanzibar{number}?").thread.id for number in range(20)]
    found(world, "zanzibar")
    discussion.delete_post(world.visit(amina), post=asked[0])
    found(world, "zanzibar")
    assert holds(world, "zanzibar0")
    tick(now=world.at, rng=Random(1))
    assert not holds(world, "zanzibar0")
    assert len(found(world, "zanzibar1 zanzibar2")) == 2


def test_nothing_to_do_costs_two_statements_and_no_write(world: World) -> None:
    world.ask(world.person("Amina"), "What is a median?")
    found(world, "median")
    state = Folder(world.space.context).path / "state.json"
    before = state.stat().st_mtime_ns
    with CaptureQueriesContext(connection) as asked:
        assert search.catch_up(world.space.context, now=world.at)
    assert (len(asked), state.stat().st_mtime_ns) == (2, before)


def test_what_was_committed_late_is_still_seen(world: World) -> None:
    """A change with an older time than one that was applied already."""
    amina = world.person("Amina")
    world.ask(amina, "What is a median?")
    found(world, "median")
    world.at -= timedelta(seconds=50)
    world.ask(amina, "Median or mean?")
    world.at += timedelta(seconds=90)
    assert set(found(world, "median")) == {"What is a median?", "Median or mean?"}


@pytest.mark.slow
@pytest.mark.parametrize("harm", ["thrown away", "emptied", "state lost", "state broken", "index broken"])
def test_an_index_may_be_thrown_away_or_damaged_at_any_moment(world: World, harm: str) -> None:
    world.ask(world.person("Amina"), "What is a median?")
    assert found(world, "median")
    path = Folder(world.space.context).path
    if harm == "thrown away":
        shutil.rmtree(path)
    elif harm == "emptied":
        (path / "meta.json").unlink()
    elif harm == "state lost":
        (path / "state.json").unlink()
    elif harm == "state broken":
        (path / "state.json").write_text('{"positions": 7')
    else:
        (path / "meta.json").write_text("nonsense")
    world.ask(world.person("Amina"), "Median or mean?")
    found(world, "median")
    assert set(found(world, "median")) == {"What is a median?", "Median or mean?"}


def test_while_another_process_writes_readers_find_what_was_there(world: World) -> None:
    world.ask(world.person("Amina"), "What is a median?")
    found(world, "median")
    with Folder(world.space.context).locked(wait_s=0) as is_mine:
        assert is_mine
        world.ask(world.person("Amina"), "Median or mean?")
        assert found(world, "median") == ["What is a median?"]
    assert len(found(world, "median")) == 2


def test_a_bulk_of_changes_is_applied_in_bounded_steps(world: World) -> None:
    found(world, "x")
    for number in range(12):
        world.ask(world.person("Amina"), f"Median {number}?")
    steps = [catch_up(world.space.context, now=world.at, at_most=5) for _ in range(3)]
    assert steps == [False, False, True]
    assert len(found(world, "median")) == 12


def test_many_applied_changes_are_not_read_again_for_ever(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("peer_xblock.search.catching_up._READ_AGAIN", 0)
    for number in range(6):
        world.ask(world.person("Amina"), f"Median {number}?")
    found(world, "median")
    assert marks(world)
    world.later(minutes=9)
    found(world, "median")
    assert marks(world) == {}
    assert len(found(world, "median")) == 6


def test_the_tick_keeps_only_indexes_that_somebody_read(world: World, index_dir: Path) -> None:
    world.ask(world.person("Amina"), "What is a median?")
    assert search.catch_up_all(now=world.at) == 0
    found(world, "median")
    assert search.catch_up_all(now=world.at) == 1
    assert oct(Folder(world.space.context).path.stat().st_mode)[-3:] == "700"
    assert index_dir in Folder(world.space.context).path.parents


def test_the_tick_makes_an_old_index_anew(world: World) -> None:
    world.ask(world.person("Amina"), "What is a median?")
    found(world, "median")
    Thread.objects.update(title="What is a mean?")
    world.later(hours=25)
    search.catch_up_all(now=world.at)
    assert found(world, "mean") == ["What is a mean?"]


def test_a_removed_response_leaves_no_word(world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina, "What is a median?").thread.id
    answer = world.respond(amina, asked, "A quokka.").post.id
    found(world, "median")
    assert holds(world, "quokka")
    discussion.delete_post(world.visit(amina), post=answer)
    found(world, "median")
    search.catch_up(world.space.context, now=world.at)
    assert not holds(world, "quokka")


@pytest.mark.parametrize("what", ["staff only", "answer first"])
def test_what_only_some_read_of_a_thread_is_not_indexed(world: World, what: str) -> None:
    asked = world.ask(world.person("Amina"), "What is a median?").thread.id
    answer = world.respond(world.person("Tomás"), asked, "A quokka.").post.id
    if what == "staff only":
        Post.objects.filter(public_id=answer).update(audience="staff")
    else:
        Thread.objects.update(answer_first=True)
    found(world, "median")
    assert not holds(world, "quokka")


def test_indexes_of_a_former_schema_go(world: World, index_dir: Path) -> None:
    (index_dir / "v1" / "course").mkdir(parents=True)
    search.catch_up_all(now=world.at)
    assert not (index_dir / "v1").exists()
