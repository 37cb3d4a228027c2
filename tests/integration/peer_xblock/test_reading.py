"""Opening a thread, deep links, comments, how far one has read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from peer_xblock.api import discussion
from peer_xblock.domain.discussion import COMMENTS_SHOWN, PAGE_MAX
from peer_xblock.domain.errors import Invalid, NotFound
from peer_xblock.models import Post, ReadState

from .world import World, everything_stored

pytestmark = pytest.mark.django_db


def thread_with(world: World, *, responses: int = 1, comments: int = 0) -> tuple[str, list[str], list[str]]:
    """A thread of Tomás: its id, its responses, the comments of the first response."""
    tomas = world.person("Tomás")
    thread = world.ask(tomas).thread.id
    made = [world.respond(tomas, thread).post.id for _ in range(responses)]
    return thread, made, [world.comment(tomas, made[0]).post.id for _ in range(comments)]


def test_a_thread_opens_with_its_parts(world: World) -> None:
    thread, responses, comments = thread_with(world, responses=2, comments=2)
    opened = discussion.get_thread(world.visit(world.person("Amina")), thread=thread)
    assert opened.opening.id == opened.thread.id == thread
    assert [r.id for r in opened.responses] == responses
    assert [c.id for c in opened.responses[0].comments] == comments
    assert (opened.thread.response_count, opened.thread.post_count) == (2, 4)
    assert (opened.previous, opened.next, opened.target, opened.accepted) == (None, None, None, None)


def test_a_response_carries_its_first_ten_comments_and_the_rest_are_listed(world: World) -> None:
    thread, responses, comments = thread_with(world, comments=COMMENTS_SHOWN + 3)
    visit = world.visit(world.person("Amina"))
    shown = discussion.get_thread(visit, thread=thread).responses[0]
    assert [c.id for c in shown.comments] == comments[:COMMENTS_SHOWN]
    assert shown.comment_count == COMMENTS_SHOWN + 3
    rest = discussion.list_comments(visit, post=responses[0], after=shown.comments[-1].ordinal)
    assert [c.id for c in rest.comments] == comments[COMMENTS_SHOWN:]
    assert not rest.more


def test_comments_are_listed_fifty_at_a_time(world: World) -> None:
    _, responses, comments = thread_with(world, comments=PAGE_MAX + 1)
    visit = world.visit(world.person("Amina"))
    page = discussion.list_comments(visit, post=responses[0])
    assert [c.id for c in page.comments] == comments[:PAGE_MAX]
    assert page.more
    last = discussion.list_comments(visit, post=responses[0], after=page.comments[-1].ordinal)
    assert ([c.id for c in last.comments], last.more) == (comments[PAGE_MAX:], False)


def test_a_link_to_a_comment_opens_at_its_response_and_reaches_it(world: World) -> None:
    thread, responses, comments = thread_with(world, responses=3, comments=COMMENTS_SHOWN + 5)
    opened = discussion.get_thread(
        world.visit(world.person("Amina")), thread=thread, post=comments[-1], limit=1
    )
    assert opened.target == comments[-1]
    assert opened.responses[0].id == responses[0]
    assert opened.responses[0].comments[-1].id == comments[-1]


def test_a_link_to_a_far_comment_brings_the_first_and_those_around_it(world: World) -> None:
    thread, _, comments = thread_with(world, comments=40)
    shown = discussion.get_thread(world.visit(world.person("Amina")), thread=thread, post=comments[29])
    found = shown.responses[0].comments
    assert [c.id for c in found] == [*comments[:COMMENTS_SHOWN], *comments[24:34]]
    assert [c.ordinal for c in found] == [*range(1, 11), *range(25, 35)]
    assert shown.responses[0].comment_total == 40


def test_a_far_comment_of_the_accepted_answer_is_reached_as_well(world: World) -> None:
    thread, responses, comments = thread_with(world, responses=2, comments=20)
    tomas = world.person("Tomás")
    discussion.accept_answer(world.visit(tomas), post=responses[0], on=True)
    opened = discussion.get_thread(world.visit(tomas), thread=thread, post=comments[19])
    assert opened.accepted is not None
    assert [c.id for c in opened.accepted.comments] == [*comments[:10], *comments[14:]]


def test_a_gap_is_filled_from_its_lower_edge(world: World) -> None:
    _, responses, comments = thread_with(world, comments=30)
    visit = world.visit(world.person("Amina"))
    page = discussion.list_comments(visit, post=responses[0], after=10, before=25, limit=10)
    assert ([c.id for c in page.comments], page.more) == (comments[14:24], True)
    rest = discussion.list_comments(visit, post=responses[0], after=10, before=15, limit=10)
    assert ([c.id for c in rest.comments], rest.more) == (comments[10:14], False)


def test_removed_comments_keep_their_places(world: World) -> None:
    thread, _, comments = thread_with(world, comments=3)
    visit = world.visit(world.person("Tomás"))
    discussion.delete_post(visit, post=comments[1])
    shown = discussion.get_thread(visit, thread=thread).responses[0]
    assert (shown.comment_count, shown.comment_total) == (2, 3)
    assert [c.ordinal for c in shown.comments] == [1, 2, 3]


def test_a_link_to_the_opening_or_the_answer_opens_the_first_page(world: World) -> None:
    thread, responses, comments = thread_with(world, responses=3, comments=1)
    tomas = world.person("Tomás")
    discussion.accept_answer(world.visit(tomas), post=responses[0], on=True)
    for post in (thread, responses[0], comments[0]):
        opened = discussion.get_thread(world.visit(tomas), thread=thread, post=post)
        assert opened.target == post
        assert opened.accepted is not None
        assert [c.id for c in opened.accepted.comments] == comments
        assert [r.id for r in opened.responses] == responses[1:]
        assert opened.previous is None


def test_a_post_is_found_by_its_id_alone(world: World) -> None:
    thread, responses, comments = thread_with(world, comments=1)
    visit = world.visit(world.person("Amina"))
    for post in (thread, responses[0], comments[0]):
        found = discussion.locate(visit, post=post)
        assert (found.thread, found.post) == (thread, post)


def test_a_post_of_another_space_or_of_none_is_not_there(world: World) -> None:
    thread, responses, _ = thread_with(world)
    other = world.ask(world.person("Amina")).thread.id
    there = world.visit(world.person("Amina"), space=world.add_space("u2"))
    here = world.visit(world.person("Amina"))
    for visit, post in ((there, responses[0]), (here, "0" * 32)):
        with pytest.raises(NotFound):
            discussion.locate(visit, post=post)
        with pytest.raises(NotFound):
            discussion.list_comments(visit, post=post)
    with pytest.raises(NotFound) as refused:
        discussion.get_thread(there, thread=thread)
    assert refused.value.field == "thread"
    with pytest.raises(NotFound) as refused:
        discussion.get_thread(here, thread=other, post="0" * 32)
    assert refused.value.field == "post"
    assert discussion.get_thread(here, thread=other, post=responses[0]).thread.id == thread


@pytest.mark.parametrize(
    "cursor", ["", "x", "after:", "after:12:3", "after:" + "g" * 29, "beside:1", "after:-1"]
)
def test_a_cursor_that_is_none_is_refused_by_name(world: World, cursor: str) -> None:
    thread, _, _ = thread_with(world)
    with pytest.raises(Invalid) as refused:
        discussion.get_thread(world.visit(world.person("Amina")), thread=thread, cursor=cursor)
    assert refused.value.field == "cursor"


def test_a_cursor_of_another_order_is_refused(world: World) -> None:
    thread, _, _ = thread_with(world, responses=3)
    visit = world.visit(world.person("Amina"))
    best = discussion.get_thread(visit, thread=thread, limit=1).next
    with pytest.raises(Invalid):
        discussion.get_thread(visit, thread=thread, cursor=best, order=discussion.reading.Order.OLDEST)


def test_a_cursor_of_another_thread_shows_nothing_of_it(world: World) -> None:
    thread, _, _ = thread_with(world, responses=3)
    other, mine, _ = thread_with(world, responses=3)
    visit = world.visit(world.person("Amina"))
    cursor = discussion.get_thread(visit, thread=thread, limit=1).next
    shown = discussion.get_thread(visit, thread=other, cursor=cursor).responses
    assert {r.id for r in shown} <= set(mine)


def test_a_page_holds_no_more_than_fifty(world: World) -> None:
    thread, _, _ = thread_with(world, responses=PAGE_MAX + 2)
    opened = discussion.get_thread(world.visit(world.person("Amina")), thread=thread, limit=10_000)
    assert len(opened.responses) == PAGE_MAX


def test_reading_only_rises(world: World) -> None:
    thread, _, _ = thread_with(world, responses=5)
    amina = world.person("Amina")
    for number, expected in ((2, 2), (4, 4), (1, 4), (99, 5), (5, 5)):
        result = discussion.mark_read(world.visit(amina), thread=thread, number=number)
        assert (result.read_number, result.new_count) == (expected, 5 - expected)
    assert ReadState.objects.get(user=amina).number == 5


def test_a_thread_is_unread_until_it_was_opened_and_again_when_it_grows(world: World) -> None:
    thread, _, _ = thread_with(world)
    amina = world.person("Amina")

    def line() -> tuple[bool, int, int]:
        shown = discussion.list_threads(world.visit(amina)).threads[0]
        return shown.is_unread, shown.new_count, shown.read_number

    assert line() == (True, 1, -1)
    discussion.mark_read(world.visit(amina), thread=thread, number=1)
    assert line() == (False, 0, 1)
    world.respond(world.person("Tomás"), thread)
    assert line() == (True, 1, 1)


def test_ones_own_thread_is_read(world: World) -> None:
    amina = world.person("Amina")
    thread = world.ask(amina).thread.id
    assert not discussion.list_threads(world.visit(amina)).threads[0].is_unread
    world.respond(world.person("Tomás"), thread)
    shown = discussion.list_threads(world.visit(amina)).threads[0]
    assert (shown.is_unread, shown.new_count) == (True, 1)


def test_a_retired_author_is_former(world: World) -> None:
    thread, _, _ = thread_with(world)
    tomas = world.person("Tomás")
    tomas.username = "retired__user_1"
    tomas.save()
    author = discussion.get_thread(world.visit(world.person("Amina")), thread=thread).opening.author
    assert (author.name, author.kind) == ("", "former")
    Post.objects.update(author=None)
    again = discussion.get_thread(world.visit(world.person("Amina")), thread=thread).opening.author
    assert again == author


def test_a_moderators_role_shows_beside_the_name(world: World) -> None:
    thread = world.ask(world.staff("Jo")).thread.id
    world.respond(world.facilitator("Inès"), thread)
    opened = discussion.get_thread(world.visit(world.person("Amina")), thread=thread)
    assert [opened.opening.author.role, opened.responses[0].author.role] == ["staff", "facilitator"]


def test_a_preview_reads_and_writes_nothing(world: World) -> None:
    thread, _, _ = thread_with(world)
    visit = world.visit(world.staff("Jo"), is_preview=True)
    before = everything_stored()
    opened = discussion.get_thread(visit, thread=thread)
    assert not opened.viewer.can_write
    assert not any((opened.opening.can.edit, opened.responses[0].can.comment, opened.responses[0].can.vote))
    assert discussion.mark_read(visit, thread=thread, number=1).read_number == 1
    assert discussion.list_threads(visit).viewer.is_preview
    assert everything_stored() == before


def test_a_preview_of_a_block_that_nobody_opened_is_an_empty_discussion(world: World) -> None:
    visit = world.visit(world.staff("Jo"), is_preview=True)
    unsaved = type(world.space)(context=world.space.context, title="New", anonymity="named")
    page = discussion.list_threads(replace(visit, space=unsaved))
    assert (page.threads, page.space.title, page.space.id) == ((), "New", "")
    with pytest.raises(NotFound):
        discussion.get_thread(replace(visit, space=unsaved), thread="0" * 32)


def test_a_preview_of_text_shows_what_saving_would(world: World) -> None:
    visit = world.visit(world.person("Amina"))
    assert discussion.preview(visit, body="*a* <script>").html == "<p><em>a</em> &lt;script&gt;</p>\n"
    assert discussion.preview(visit, body="").html == ""
