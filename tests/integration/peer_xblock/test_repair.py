"""Counters and listing keys equal what is there after any history, and a repair finds nothing to do."""

from __future__ import annotations

from importlib import import_module
from io import StringIO
from random import Random

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from peer_xblock.api import discussion
from peer_xblock.domain.discussion import Kind
from peer_xblock.domain.errors import PeerError
from peer_xblock.models import OutboxEvent, Post, PostVersion, ReadState, Space, Thread

from .world import World, everything_stored

pytestmark = pytest.mark.django_db


def test_an_upgrade_notes_who_wrote_and_answered_before_it_was_noted(db: None) -> None:
    world = World()
    asked = world.ask(world.person("Amina")).thread.id
    world.respond(world.person("Yuki"), asked)
    ReadState.objects.update(key_mine=None, has_answered=False)
    ReadState.objects.filter(user=world.person("Yuki")).delete()
    for name, step in (("0142_fill_mine", "fill_mine"), ("0143_fill_has_answered", "fill_has_answered")):
        getattr(import_module(f"peer_xblock.migrations.{name}"), step)(apps, None)
    assert list(discussion.repair_counters(world.space)) == []


class Walk:
    """A random history: anybody does anything to any post, refused or not."""

    def __init__(self, world: World, rng: Random) -> None:
        self.world, self.rng = world, rng
        self.people = [
            *(world.person(name) for name in ("Amina", "Yuki", "Noah")),
            world.facilitator("Inès"),
            world.staff("Jo"),
        ]
        self.done = self.refused = 0

    def go(self, steps: int) -> None:
        """`steps` tries; half of them write posts."""
        acts = [self.write, self.write, self.judge, self.change, self.moderate]
        self.world.ask(self.people[0])
        for _ in range(steps):
            try:
                self.rng.choice(acts)()
                self.done += 1
            except PeerError:
                self.refused += 1

    def write(self) -> None:
        user, post = self.rng.choice(self.people), self._post()
        anonymous = self.rng.random() < 0.3
        if self.rng.random() < 0.15:
            self.world.ask(user, kind=self.rng.choice(list(Kind)), anonymous=anonymous)
        elif post.depth == 1:
            self.world.comment(user, post.public_id, anonymous=anonymous)
        else:
            self.world.respond(user, post.thread.public_id, anonymous=anonymous)

    def judge(self) -> None:
        act = self.rng.choice(
            [discussion.vote, discussion.vote, discussion.accept_answer, discussion.endorse]
        )
        visit = self.world.visit(self.rng.choice(self.people))
        act(visit, post=self._post().public_id, on=self.rng.random() < 0.7)

    def change(self) -> None:
        visit, post = self.world.visit(self.rng.choice(self.people)), self._post()
        choice = self.rng.randrange(3)
        if choice == 0:
            discussion.delete_post(visit, post=post.public_id)
        elif choice == 1:
            discussion.restore_post(visit, post=post.public_id)
        else:
            body = f"Edited {self.rng.random()}"
            discussion.edit_post(visit, post=post.public_id, revision=post.revision, body=body)

    def moderate(self) -> None:
        act = self.rng.choice([discussion.pin_thread, discussion.close_thread])
        visit = self.world.visit(self.rng.choice(self.people))
        act(visit, thread=self._post().thread.public_id, on=self.rng.random() < 0.5)

    def _post(self) -> Post:
        posts = Post.objects.select_related("thread")
        return posts.get(pk=self.rng.choice(list(posts.values_list("pk", flat=True))))


def assert_counters_equal_counts() -> None:
    """Told from the rows one by one, without the repair's own queries."""
    for thread in Thread.objects.all():
        posts = list(thread.posts.all())
        alive = [p for p in posts if p.deleted_at is None and p.depth > 0]
        opening = next(p for p in posts if p.number == 0)
        assert thread.post_count == len(alive)
        assert thread.response_count == len([p for p in alive if p.depth == 1])
        assert sorted(p.number for p in posts) == list(range(thread.last_number + 1))
        assert thread.vote_count == opening.votes.count()
        for post in posts:
            comments = [p for p in posts if p.parent_id == post.pk]
            assert post.comment_count == len([c for c in comments if c.deleted_at is None])
            assert sorted(c.ordinal for c in comments) == list(range(1, post.child_total + 1))
            assert post.depth == 0 or post.vote_count == post.votes.count()
    assert Space.objects.get().thread_count == Thread.objects.exclude(key_space_activity=None).count()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_counters_equal_counts_after_any_history(db: None, seed: int) -> None:
    world = World(anonymity="learners")
    walk = Walk(world, Random(seed))
    walk.go(150)
    assert walk.done > 30
    assert_counters_equal_counts()
    before = everything_stored()
    assert list(discussion.repair_counters(world.space)) == []
    assert everything_stored() == before


@pytest.mark.parametrize("seed", range(2))
def test_every_change_of_a_thread_has_the_next_number_and_one_event(db: None, seed: int) -> None:
    world = World(anonymity="learners")
    Walk(world, Random(seed)).go(80)
    for thread in Thread.objects.all():
        events = OutboxEvent.objects.filter(aggregate=thread.public_id).values_list("sequence", flat=True)
        assert sorted(events) == list(range(1, thread.sequence + 1))


@pytest.mark.parametrize("seed", range(2))
def test_each_version_is_kept_once(db: None, seed: int) -> None:
    world = World(anonymity="learners")
    Walk(world, Random(seed)).go(80)
    for post in Post.objects.all():
        kept = PostVersion.objects.filter(post=post).values_list("revision", flat=True)
        assert sorted(kept) == list(range(1, post.revision))


def broken_world() -> tuple[World, str]:
    world = World()
    thread = world.ask(world.person("Amina")).thread.id
    response = world.respond(world.person("Yuki"), thread).post.id
    world.comment(world.person("Amina"), response)
    discussion.vote(world.visit(world.person("Amina")), post=response, on=True)
    return world, thread


@pytest.mark.parametrize(
    ("model", "wrong"),
    [
        (Thread, {"post_count": 9}),
        (Thread, {"response_count": 9}),
        (Thread, {"vote_count": 9}),
        (Thread, {"last_number": 9}),
        (Thread, {"key_unanswered": None}),
        (Thread, {"key_space_votes": "0" * 33}),
        (Post, {"key_best": None}),
        (Post, {"vote_count": 9}),
        (Post, {"comment_count": 9}),
        (Post, {"child_total": 9}),
        (ReadState, {"key_mine": None}),
        (Space, {"thread_count": 9}),
    ],
    ids=str,
)
def test_a_repair_puts_right_what_is_wrong_and_names_it(
    db: None, model: type[Thread | Post | ReadState | Space], wrong: dict[str, object]
) -> None:
    world, thread = broken_world()
    right = everything_stored()
    rows = model._default_manager.all() if model is not Post else Post.objects.filter(depth=1)
    rows.update(**wrong)
    assert everything_stored() != right
    named = world.space.public_id if model is Space else thread
    assert list(discussion.repair_counters(world.space)) == [named]
    assert everything_stored() == right


def test_a_reply_under_a_removed_opening_lists_its_thread(db: None) -> None:
    world = World()
    amina, thread = world.person("Amina"), world.ask(world.person("Amina")).thread.id
    discussion.delete_post(world.visit(amina), post=thread)
    assert discussion.list_threads(world.visit(amina)).threads == ()
    world.respond(world.person("Yuki"), thread)
    page = discussion.list_threads(world.visit(amina))
    assert ([row.id for row in page.threads], page.space.thread_count) == ([thread], 1)
    assert list(discussion.repair_counters(world.space)) == []


def test_the_command_repairs_every_space_and_counts(db: None) -> None:
    world, thread = broken_world()
    Thread.objects.update(post_count=9)
    out = StringIO()
    call_command("peer_repair_counters", stdout=out)
    assert out.getvalue().splitlines() == [thread, "1 was wrong and is put right."]
    again = StringIO()
    call_command("peer_repair_counters", "--space", world.space.public_id, stdout=again)
    assert again.getvalue() == "0 were wrong and are put right.\n"


def test_the_command_refuses_a_space_that_is_not_there(db: None) -> None:
    with pytest.raises(CommandError, match="no such discussion"):
        call_command("peer_repair_counters", "--space", "0" * 32)
