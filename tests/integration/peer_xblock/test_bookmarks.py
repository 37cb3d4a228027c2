"""Bookmarks: a person's own, of what they may read, the newest first."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from peer_xblock.api import discussion
from peer_xblock.api.discussion.retiring import retire_author
from peer_xblock.domain.errors import Invalid, NotFound, PreviewOnly
from peer_xblock.domain.marks import SavedPost
from peer_xblock.models import Bookmark

from .world import World

pytestmark = pytest.mark.django_db


def save(world: World, user: User, post: str, *, on: bool = True) -> bool:
    world.later()
    return discussion.save_post(world.visit(user), post=post, on=on).is_saved


def saved(world: World, user: User) -> list[SavedPost]:
    """All pages of two."""
    found: list[SavedPost] = []
    cursor = None
    while True:
        page = discussion.list_saved(world.visit(user), cursor=cursor, limit=2)
        found += page.posts
        cursor = page.next
        if cursor is None:
            return found


def test_what_was_saved_last_comes_first_with_its_thread(world: World) -> None:
    amina, noah = world.person("Amina"), world.person("Noah")
    thread = world.ask(amina, "Why so?").thread.id
    response = world.respond(noah, thread, "Because **it** is so.").post.id
    comment = world.comment(amina, response).post.id
    for post in (response, thread, comment):
        assert save(world, noah, post)
    found = saved(world, noah)
    assert [post.id for post in found] == [comment, thread, response]
    assert {(post.thread, post.title) for post in found} == {(thread, "Why so?")}
    assert (found[2].excerpt, found[2].depth, found[2].author.is_me) == ("Because it is so.", 1, True)
    assert saved(world, amina) == []


def test_saving_twice_keeps_the_place_and_forgetting_twice_is_nothing(world: World) -> None:
    amina = world.person("Amina")
    first, second = world.ask(amina).thread.id, world.ask(amina).thread.id
    for post in (first, second, first):
        save(world, amina, post)
    assert [post.id for post in saved(world, amina)] == [second, first]
    for _ in range(2):
        assert not save(world, amina, second, on=False)
    assert [post.id for post in saved(world, amina)] == [first]


def test_an_open_thread_says_what_its_reader_saved(world: World) -> None:
    amina, noah = world.person("Amina"), world.person("Noah")
    thread = world.ask(amina).thread.id
    response = world.respond(noah, thread).post.id
    save(world, amina, response)
    opened = discussion.get_thread(world.visit(amina), thread=thread)
    assert (opened.opening.is_saved, [post.is_saved for post in opened.responses]) == (False, [True])
    assert not discussion.get_thread(world.visit(noah), thread=thread).responses[0].is_saved


def test_a_saved_post_that_was_removed_keeps_nothing_of_its_text(world: World) -> None:
    amina, noah = world.person("Amina"), world.person("Noah")
    response = world.respond(noah, world.ask(amina).thread.id, "Secret").post.id
    save(world, amina, response)
    discussion.delete_post(world.visit(noah), post=response)
    (post,) = saved(world, amina)
    assert (post.is_deleted, post.excerpt) == (True, "")


def test_a_long_text_is_cut_at_a_word(world: World) -> None:
    amina = world.person("Amina")
    thread = world.ask(amina, body="word " * 100).thread.id
    save(world, amina, thread)
    assert saved(world, amina)[0].excerpt == ("word " * 39).strip() + "…"


def test_what_is_for_another_group_is_neither_saved_nor_shown() -> None:
    world = World(is_divided=True)
    amina, yuki = world.in_cohort("Amina", "1"), world.in_cohort("Yuki", "2")
    thread = world.ask(amina).thread.id
    with pytest.raises(NotFound):
        save(world, yuki, thread)
    save(world, amina, thread)
    amina.groups.clear()
    assert saved(world, amina) == []


def test_what_answer_first_hides_is_neither_saved_nor_shown() -> None:
    world = World(options={"answer_first": "all"})
    thread = world.ask(world.person("Amina")).thread.id
    response = world.respond(world.person("Noah"), thread).post.id
    with pytest.raises(NotFound):
        save(world, world.person("Yuki"), response)


def test_an_anonymous_author_stays_so_among_what_was_saved() -> None:
    world = World(anonymity="learners")
    noah = world.person("Noah")
    thread = world.ask(world.person("Amina"), anonymous=True).thread.id
    save(world, noah, thread)
    (post,) = saved(world, noah)
    assert (post.author.kind, post.author.real_name) == ("anonymous", None)
    assert post.author.name != "Amina"


def test_nothing_is_saved_from_a_preview(world: World) -> None:
    thread = world.ask(world.person("Amina")).thread.id
    with pytest.raises(PreviewOnly):
        discussion.save_post(world.visit(world.person("Amina"), is_preview=True), post=thread, on=True)


def test_what_was_saved_elsewhere_is_not_here(world: World) -> None:
    amina = world.person("Amina")
    save(world, amina, world.ask(amina).thread.id)
    other = world.visit(amina, space=world.add_space("u2"))
    assert discussion.list_saved(other).posts == ()


@pytest.mark.parametrize("cursor", ["", "x", "0" * 33, "G" * 44])
def test_a_cursor_that_is_none_is_refused_by_name(world: World, cursor: str) -> None:
    with pytest.raises(Invalid) as refused:
        discussion.list_saved(world.visit(world.person("Amina")), cursor=cursor)
    assert refused.value.field == "cursor"


def test_who_retires_leaves_no_bookmark(world: World) -> None:
    amina = world.person("Amina")
    save(world, amina, world.ask(world.person("Noah")).thread.id)
    retire_author(amina.pk, limit=10, now=world.at, rng=world.rng)
    assert not Bookmark.objects.exists()
