"""Edit with history, soft delete, restore."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from peer_xblock.api import discussion
from peer_xblock.domain.errors import Conflict, Forbidden, Invalid, NotFound, PreviewOnly, StaleEdit
from peer_xblock.models import OutboxEvent, Post, PostVersion, Thread

from .world import World, everything_stored

pytestmark = pytest.mark.django_db


def newest_event() -> dict[str, Any]:
    event: dict[str, Any] = json.loads(OutboxEvent.objects.latest("sequence").body)["data"]
    return event


def test_an_edit_replaces_the_text_and_keeps_the_former_version(world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina, "Why?", "First.")
    world.later()
    edited = discussion.edit_post(
        world.visit(amina), post=asked.thread.id, revision=1, body="Second.", title="Why not?"
    )
    assert (edited.thread.title, edited.post.html, edited.post.revision) == (
        "Why not?",
        "<p>Second.</p>\n",
        2,
    )
    assert edited.post.edited_at == world.at
    history = discussion.get_history(world.visit(amina), post=asked.thread.id).versions
    assert [(v.revision, v.title, v.source) for v in history] == [
        (2, "Why not?", "Second."),
        (1, "Why?", "First."),
    ]
    assert [v.edited_at for v in history] == [world.at, asked.opening.created_at]


def test_a_stale_edit_is_refused_with_the_newer_version(world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina, "Why?", "First.")
    discussion.edit_post(world.visit(amina), post=asked.thread.id, revision=1, body="From the phone.")
    before = everything_stored()
    with pytest.raises(StaleEdit) as refused:
        discussion.edit_post(world.visit(amina), post=asked.thread.id, revision=1, body="From the desk.")
    assert refused.value.details["current"] == {
        "post": asked.thread.id,
        "title": "Why?",
        "source": "From the phone.",
        "revision": 2,
    }
    assert isinstance(refused.value, Conflict)
    assert everything_stored() == before


def test_an_edit_that_changes_nothing_is_no_version(world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina, "Why?", "Same.")
    edited = discussion.edit_post(
        world.visit(amina), post=asked.thread.id, revision=1, body="Same.", title="Why?"
    )
    assert (edited.post.revision, edited.post.edited_at, PostVersion.objects.count()) == (1, None, 0)


def test_the_title_of_a_reply_is_nobodys(world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina, "Why?")
    response = world.respond(amina, asked.thread.id)
    edited = discussion.edit_post(
        world.visit(amina), post=response.post.id, revision=1, body="x", title="Mine"
    )
    assert edited.thread.title == "Why?"


def test_a_facilitators_edit_names_its_editor_and_keeps_the_author(world: World) -> None:
    asked = world.ask(world.person("Amina"), "Why?", "Rude.")
    visit = world.visit(world.facilitator("Inès"))
    edited = discussion.edit_post(visit, post=asked.thread.id, revision=1, body="Polite.")
    versions = discussion.get_history(visit, post=asked.thread.id).versions
    assert edited.post.author.name == "Amina"
    assert [v.editor.name for v in versions] == ["Inès", "Amina"]


def test_an_edit_moves_the_event_not_the_listing(world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina)
    key = Thread.objects.get().key_space_activity
    world.later()
    discussion.edit_post(world.visit(amina), post=asked.thread.id, revision=1, body="Better.")
    assert Thread.objects.get().key_space_activity == key
    assert newest_event()["post"]["edit"] == 2
    assert newest_event()["revision"] == 2


def test_only_author_and_moderators_edit_remove_or_see_the_source(world: World) -> None:
    asked = world.ask(world.person("Amina"))
    stranger = world.visit(world.person("Tomás"))
    before = everything_stored()
    for refused_call in (
        lambda: discussion.edit_post(stranger, post=asked.thread.id, revision=1, body="x"),
        lambda: discussion.delete_post(stranger, post=asked.thread.id),
        lambda: discussion.get_source(stranger, post=asked.thread.id),
    ):
        with pytest.raises(Forbidden) as refused:
            refused_call()
        assert refused.value.field == "post"
    assert everything_stored() == before


def test_a_source_is_what_was_typed(world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina, "Why?", "*a*\r\n$b$")
    source = discussion.get_source(world.visit(amina), post=asked.thread.id)
    assert (source.title, source.source, source.revision) == ("Why?", "*a*\n$b$", 1)


def test_an_edit_to_nothing_is_refused(world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina)
    with pytest.raises(Invalid) as refused:
        discussion.edit_post(world.visit(amina), post=asked.thread.id, revision=1, body=" ")
    assert refused.value.field == "body"


@pytest.mark.parametrize("reader", ["Amina", "Tomás", "Inès", "Jo"])
def test_a_removed_post_is_blank_for_everybody_and_its_replies_stand(world: World, reader: str) -> None:
    people = {
        "Amina": world.person("Amina"),
        "Tomás": world.person("Tomás"),
        "Inès": world.facilitator("Inès"),
        "Jo": world.staff("Jo"),
    }
    asked = world.ask(people["Amina"], "Secret title", "Secret opening")
    response = world.respond(people["Amina"], asked.thread.id, "Secret response")
    world.comment(people["Tomás"], response.post.id, "A comment that stands")
    for post in (asked.thread.id, response.post.id):
        discussion.delete_post(world.visit(people["Amina"]), post=post)
    opened = discussion.get_thread(world.visit(people[reader]), thread=asked.thread.id)
    listed = discussion.list_threads(world.visit(people[reader]))
    assert "Secret" not in repr((opened, listed))
    assert opened.responses[0].comments[0].html == "<p>A comment that stands</p>\n"
    assert opened.responses[0].deleted is not None
    assert opened.responses[0].number == 1


def test_a_removed_posts_versions_are_for_its_author_and_moderators(world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina, body="Secret.")
    discussion.delete_post(world.visit(amina), post=asked.thread.id)
    with pytest.raises(Forbidden):
        discussion.get_history(world.visit(world.person("Tomás")), post=asked.thread.id)
    for user in (amina, world.facilitator("Inès")):
        assert discussion.get_history(world.visit(user), post=asked.thread.id).versions[0].source == "Secret."


def test_a_removed_post_has_no_text_in_its_event(world: World) -> None:
    amina = world.person("Amina")
    response = world.respond(amina, world.ask(amina).thread.id, "Secret.")
    discussion.delete_post(world.visit(amina), post=response.post.id)
    assert newest_event()["post"]["deleted"] is True
    assert "Secret" not in json.dumps(newest_event())


def test_a_removed_post_takes_no_edit_vote_or_acceptance(world: World) -> None:
    amina, tomas = world.person("Amina"), world.person("Tomás")
    response = world.respond(tomas, world.ask(amina).thread.id)
    discussion.delete_post(world.visit(tomas), post=response.post.id)
    before = everything_stored()
    for refused_call in (
        lambda: discussion.edit_post(world.visit(tomas), post=response.post.id, revision=1, body="x"),
        lambda: discussion.get_source(world.visit(tomas), post=response.post.id),
        lambda: discussion.vote(world.visit(amina), post=response.post.id, on=True),
        lambda: discussion.accept_answer(world.visit(amina), post=response.post.id, on=True),
        lambda: discussion.endorse(world.visit(world.staff("Jo")), post=response.post.id, on=True),
    ):
        with pytest.raises(Forbidden):
            refused_call()
    assert everything_stored() == before


def test_a_restored_post_is_as_it_was(world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina)
    response = world.respond(amina, asked.thread.id, "Back again.")
    discussion.delete_post(world.visit(amina), post=response.post.id)
    assert Thread.objects.get().response_count == 0
    back = discussion.restore_post(world.visit(amina), post=response.post.id)
    assert (back.post.html, back.post.deleted, back.thread.response_count) == (
        "<p>Back again.</p>\n",
        None,
        1,
    )
    assert newest_event()["post"]["html"] == "<p>Back again.</p>\n"


def test_what_staff_removed_only_moderators_restore(world: World) -> None:
    amina, jo = world.person("Amina"), world.staff("Jo")
    response = world.respond(amina, world.ask(amina).thread.id)
    removed = discussion.delete_post(world.visit(jo), post=response.post.id)
    assert removed.post.deleted is not None
    assert removed.post.deleted.by == "staff"
    with pytest.raises(Forbidden):
        discussion.restore_post(world.visit(amina), post=response.post.id)
    assert discussion.restore_post(world.visit(jo), post=response.post.id).post.deleted is None


def test_removing_or_restoring_twice_changes_nothing_more(world: World) -> None:
    amina = world.person("Amina")
    response = world.respond(amina, world.ask(amina).thread.id)
    for change in (discussion.delete_post, discussion.restore_post):
        first = change(world.visit(amina), post=response.post.id)
        before = everything_stored()
        world.later()
        assert change(world.visit(amina), post=response.post.id) == first
        assert everything_stored() == before


def test_removing_the_answer_opens_the_question_again(world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina)
    response = world.respond(world.person("Tomás"), asked.thread.id)
    discussion.accept_answer(world.visit(amina), post=response.post.id, on=True)
    removed = discussion.delete_post(world.visit(world.staff("Jo")), post=response.post.id)
    assert (removed.thread.state, removed.post.is_accepted) == ("open", False)
    back = discussion.restore_post(world.visit(world.staff("Jo")), post=response.post.id)
    assert back.post.is_accepted is False


def test_a_removed_thread_with_replies_stays_listed_without_its_title(world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina, "Secret?")
    world.respond(world.person("Tomás"), asked.thread.id)
    discussion.delete_post(world.visit(amina), post=asked.thread.id)
    listed = discussion.list_threads(world.visit(amina)).threads
    assert [(t.title, t.deleted is not None) for t in listed] == [("", True)]


def test_a_removed_thread_without_replies_leaves_every_listing_until_it_is_restored(world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina)
    discussion.delete_post(world.visit(amina), post=asked.thread.id)
    for sort in discussion.listing.Sort:
        assert discussion.list_threads(world.visit(amina), sort=sort).threads == ()
    assert world.reload().thread_count == 0
    discussion.restore_post(world.visit(amina), post=asked.thread.id)
    assert len(discussion.list_threads(world.visit(amina)).threads) == 1
    assert world.reload().thread_count == 1


def test_the_last_reply_of_a_removed_thread_takes_it_out_and_back(world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina)
    response = world.respond(amina, asked.thread.id)
    for post, listed in ((asked.thread.id, 1), (response.post.id, 0)):
        discussion.delete_post(world.visit(amina), post=post)
        assert world.reload().thread_count == listed
    discussion.restore_post(world.visit(amina), post=response.post.id)
    assert world.reload().thread_count == 1


def test_numbers_and_places_of_removed_posts_are_not_given_again(world: World) -> None:
    amina = world.person("Amina")
    response = world.respond(amina, world.ask(amina).thread.id)
    first = world.comment(amina, response.post.id)
    discussion.delete_post(world.visit(amina), post=first.post.id)
    second = world.comment(amina, response.post.id)
    assert (first.post.number, second.post.number) == (2, 3)
    assert list(Post.objects.filter(depth=2).order_by("number").values_list("ordinal", flat=True)) == [1, 2]


def test_a_preview_changes_nothing(world: World) -> None:
    asked = world.ask(world.person("Amina"))
    visit = world.visit(world.staff("Jo"), is_preview=True)
    before = everything_stored()
    calls: list[Callable[[], object]] = [
        lambda: discussion.edit_post(visit, post=asked.thread.id, revision=1, body="x"),
        lambda: discussion.delete_post(visit, post=asked.thread.id),
        lambda: discussion.restore_post(visit, post=asked.thread.id),
    ]
    for call in calls:
        with pytest.raises(PreviewOnly):
            call()
    assert everything_stored() == before


def test_posts_of_another_space_are_not_there(world: World) -> None:
    amina = world.person("Amina")
    asked = world.ask(amina)
    there = world.visit(amina, space=world.add_space("u2"))
    calls: list[Callable[[], object]] = [
        lambda: discussion.edit_post(there, post=asked.thread.id, revision=1, body="x"),
        lambda: discussion.delete_post(there, post=asked.thread.id),
        lambda: discussion.restore_post(there, post=asked.thread.id),
        lambda: discussion.get_source(there, post=asked.thread.id),
        lambda: discussion.get_history(there, post=asked.thread.id),
    ]
    for call in calls:
        with pytest.raises(NotFound) as refused:
            call()
        assert refused.value.field == "post"


def test_a_removed_question_takes_its_title_along_and_brings_it_back() -> None:
    world = World()
    amina, tomas = world.person("Amina"), world.person("Tomás")
    asked = world.ask(amina, "A telling title")
    world.respond(tomas, asked.thread.id)
    assert discussion.delete_post(world.visit(amina), post=asked.thread.id).thread.title == ""
    world.respond(tomas, asked.thread.id)
    bodies = OutboxEvent.objects.order_by("-id").values_list("body", flat=True)[:2]
    assert not any("telling" in body for body in bodies)
    assert discussion.restore_post(world.visit(amina), post=asked.thread.id).thread.title == "A telling title"


def test_an_account_with_anonymous_posts_can_be_deleted() -> None:
    world = World(anonymity="learners")
    amina = world.person("Amina")
    asked = world.ask(amina, anonymous=True)
    amina.delete()
    opening = discussion.get_thread(world.visit(world.staff("Jo")), thread=asked.thread.id).opening
    assert (opening.author.name, opening.author.real_name) == (asked.opening.author.name, None)
