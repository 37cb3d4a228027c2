"""Who is told of which post: followers, who was answered, who was called by name; never who may not read it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peer_xblock.api import discussion, notices
from peer_xblock.api.discussion.following import follow_thread
from peer_xblock.api.discussion.listing import Sort
from peer_xblock.domain.errors import Invalid, NotFound, PreviewOnly
from peer_xblock.models import Notice, Post, ReadState, SpaceMember
from tests.host import NOTIFIED

from .world import COURSE, World

pytestmark = pytest.mark.django_db


def note(world: World) -> int:
    return notices.note_posts(now=world.at, rng=world.rng)


def told(world: World) -> set[tuple[str, str, str]]:
    """Of all notices: who, of which text, why."""
    note(world)
    rows = Notice.objects.values_list("user__first_name", "post__source", "reason")
    return set(rows)


def test_who_asked_is_told_of_the_answer_and_its_author_is_not(world: World) -> None:
    amina, noah = world.person("Amina"), world.person("Noah")
    world.respond(noah, world.ask(amina).thread.id, "So.")
    assert told(world) == {("Amina", "So.", "answer")}


def test_who_wrote_in_a_thread_hears_of_what_follows(world: World) -> None:
    amina, noah, yuki = (world.person(name) for name in ("Amina", "Noah", "Yuki"))
    thread = world.ask(amina).thread.id
    reply = world.respond(noah, thread, "So.").post.id
    world.comment(yuki, reply, "Or not.")
    assert told(world) == {
        ("Amina", "So.", "answer"),
        ("Noah", "Or not.", "answer"),
        ("Amina", "Or not.", "thread"),
    }


def test_who_follows_a_thread_hears_of_it_without_having_written(world: World) -> None:
    amina, noah, yuki = (world.person(name) for name in ("Amina", "Noah", "Yuki"))
    thread = world.ask(amina).thread.id
    assert follow_thread(world.visit(yuki), thread=thread, on=True).follows
    world.respond(noah, thread, "So.")
    assert ("Yuki", "So.", "thread") in told(world)


def test_who_stopped_following_hears_nothing_more(world: World) -> None:
    amina, noah = world.person("Amina"), world.person("Noah")
    thread = world.ask(amina).thread.id
    discussion.mark_read(world.visit(amina), thread=thread, number=0)
    follow_thread(world.visit(amina), thread=thread, on=False)
    world.respond(noah, thread)
    assert told(world) == set()
    assert ReadState.objects.get(user=amina).number == 0


def test_who_follows_a_space_hears_of_new_threads_alone(world: World) -> None:
    amina, noah = world.person("Amina"), world.person("Noah")
    notices.follow_space(world.visit(noah), on=True)
    thread = world.ask(amina, body="Why?").thread.id
    world.respond(world.person("Yuki"), thread, "So.")
    assert told(world) == {("Noah", "Why?", "space"), ("Amina", "So.", "answer")}


def test_a_second_go_over_the_same_posts_tells_nobody_again(world: World) -> None:
    amina, noah = world.person("Amina"), world.person("Noah")
    world.respond(noah, world.ask(amina).thread.id)
    assert (note(world), note(world)) == (1, 0)
    world.later(hours=1)
    assert note(world) == 0
    assert Notice.objects.count() == 1


def test_what_was_there_long_before_is_no_news(world: World) -> None:
    amina, noah = world.person("Amina"), world.person("Noah")
    thread = world.ask(amina).thread.id
    world.respond(noah, thread)
    world.later(days=3)
    assert note(world) == 0
    world.respond(noah, thread, "More.")
    assert told(world) == {("Amina", "More.", "answer")}


def test_what_an_importer_brings_is_no_news(world: World) -> None:
    amina, noah = world.person("Amina"), world.person("Noah")
    thread = world.ask(amina).thread.id
    note(world)
    reply = world.respond(noah, thread).post.id
    Post.objects.filter(public_id=reply).update(created_at=world.at.replace(year=2020))
    assert note(world) == 0


def test_a_post_that_was_removed_at_once_is_told_to_nobody(world: World) -> None:
    amina, noah = world.person("Amina"), world.person("Noah")
    reply = world.respond(noah, world.ask(amina).thread.id).post.id
    discussion.delete_post(world.visit(noah), post=reply)
    assert told(world) == set()


def test_another_group_is_told_nothing() -> None:
    world = World(is_divided=True)
    amina, noah = world.in_cohort("Amina", "1"), world.in_cohort("Noah", "2")
    notices.follow_space(world.visit(noah), on=True)
    world.ask(amina)
    assert told(world) == set()


def test_who_may_not_open_the_block_is_told_nothing(world: World) -> None:
    amina, noah = world.person("Amina"), world.person("Noah")
    world.respond(noah, world.ask(amina).thread.id)
    amina.groups.add(Group.objects.create(name=f"locked|{world.space.usage_key}"))
    assert told(world) == set()


def test_who_left_the_course_is_told_nothing(world: World) -> None:
    amina, noah = world.person("Amina"), world.person("Noah")
    world.respond(noah, world.ask(amina).thread.id)
    amina.groups.add(Group.objects.create(name=f"outside|{COURSE}"))
    assert told(world) == set()


def test_a_post_for_staff_alone_is_told_to_no_learner(world: World) -> None:
    amina, noah = world.person("Amina"), world.person("Noah")
    reply = world.respond(noah, world.ask(amina).thread.id).post.id
    Post.objects.filter(public_id=reply).update(audience="staff")
    assert told(world) == set()


def test_following_needs_a_thread_that_one_may_read() -> None:
    world = World(is_divided=True)
    thread = world.ask(world.in_cohort("Amina", "1")).thread.id
    with pytest.raises(NotFound):
        follow_thread(world.visit(world.in_cohort("Noah", "2")), thread=thread, on=True)


def test_a_preview_follows_nothing(world: World) -> None:
    thread, jo = world.ask(world.person("Amina")).thread.id, world.person("Jo")
    with pytest.raises(PreviewOnly):
        follow_thread(world.visit(jo, is_preview=True), thread=thread, on=True)
    assert not ReadState.objects.filter(user=jo).exists()


def test_the_platform_is_told_once_under_the_name_that_all_may_see() -> None:
    NOTIFIED.clear()
    world = World(anonymity="learners")
    amina, noah = world.person("Amina"), world.person("Noah")
    reply = world.respond(noah, world.ask(amina, "Why not?").thread.id, anonymous=True)
    note(world)
    note(world)
    [(people, course, what)] = NOTIFIED
    assert (people, course, what.title, what.reason) == ([amina.pk], COURSE, "Why not?", "answer")
    assert what.author == reply.post.author.name
    assert "Noah" not in str(what)


def tray(world: World, user: User) -> list[tuple[str, str, bool]]:
    page = notices.list_notices(world.visit(user))
    return [(one.author.name, one.excerpt, one.is_read) for one in page.notices]


def answered(world: World, times: int = 1) -> tuple[User, User, str]:
    """Amina's question with Noah's answers, noted."""
    amina, noah = world.person("Amina"), world.person("Noah")
    thread = world.ask(amina).thread.id
    for number in range(times):
        world.respond(noah, thread, f"So *{number}*.")
    note(world)
    return amina, noah, thread


def test_the_tray_lists_the_newest_first_with_its_words(world: World) -> None:
    amina, _, thread = answered(world, 2)
    assert tray(world, amina) == [("Noah", "So 1.", False), ("Noah", "So 0.", False)]
    page = notices.list_notices(world.visit(amina))
    assert (page.unread, page.next, page.notices[0].thread, page.notices[0].title) == (
        2,
        None,
        thread,
        "Why?",
    )


def test_the_tray_has_pages(world: World) -> None:
    amina, _, _ = answered(world, 23)
    first = notices.list_notices(world.visit(amina))
    second = notices.list_notices(world.visit(amina), cursor=first.next)
    assert [len(first.notices), len(second.notices), second.next] == [20, 3, None]
    assert first.unread == 23


def test_one_notice_or_all_are_marked_read(world: World) -> None:
    amina, _, _ = answered(world, 3)
    newest = notices.list_notices(world.visit(amina)).notices[0]
    assert notices.mark_notices_read(world.visit(amina), notice=newest.id).unread == 2
    assert notices.mark_notices_read(world.visit(amina)).unread == 0
    assert notices.count_notices(world.visit(amina)).unread == 0


def test_nobody_marks_the_notice_of_another(world: World) -> None:
    amina, noah, _ = answered(world)
    other = notices.list_notices(world.visit(amina)).notices[0]
    notices.mark_notices_read(world.visit(noah), notice=other.id)
    assert notices.count_notices(world.visit(amina)).unread == 1


def test_reading_the_thread_reads_its_notices(world: World) -> None:
    amina, _, thread = answered(world, 2)
    discussion.mark_read(world.visit(amina), thread=thread, number=1)
    assert [is_read for _, _, is_read in tray(world, amina)] == [False, True]


def test_what_is_gone_is_not_in_the_tray(world: World) -> None:
    amina, noah, _ = answered(world)
    discussion.delete_post(world.visit(noah), post=notices.list_notices(world.visit(amina)).notices[0].post)
    assert tray(world, amina) == []
    assert notices.count_notices(world.visit(amina)).unread == 0


def test_the_tray_costs_the_same_however_full_it_is(world: World) -> None:
    amina, _, thread = answered(world)
    for place in range(21):
        world.respond(world.person(f"Learner {place}"), thread)
    note(world)
    costs = []
    for user in (world.person("Learner 19"), amina):
        visit = world.visit(user)
        with CaptureQueriesContext(connection) as asked:
            shown = notices.list_notices(visit).notices
        costs.append((len(shown), len(asked)))
    assert costs == [(1, 4), (20, 4)]


def test_a_notice_that_is_none_is_refused_by_its_name(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        notices.mark_notices_read(world.visit(world.person("Amina")), notice="x")
    assert refused.value.field == "notice"


def test_a_page_of_threads_says_how_many_wait(world: World) -> None:
    amina, _, _ = answered(world, 3)
    assert discussion.list_threads(world.visit(amina)).unread == 3
    assert discussion.list_threads(world.visit(amina), sort=Sort.UNANSWERED).unread == 3
    assert discussion.list_threads(world.visit(world.person("Yuki"))).unread == 0


def test_a_thread_says_whether_its_reader_follows_it(world: World) -> None:
    amina, noah, thread = answered(world)
    yuki = world.person("Yuki")

    def follows(user: User) -> bool | None:
        return discussion.get_thread(world.visit(user), thread=thread).thread.follows

    assert (follows(amina), follows(noah), follows(yuki)) == (True, True, None)
    follow_thread(world.visit(noah), thread=thread, on=False)
    follow_thread(world.visit(yuki), thread=thread, on=True)
    assert (follows(noah), follows(yuki)) == (False, True)


def test_what_was_read_is_forgotten_after_a_month_all_after_three(world: World) -> None:
    amina, noah, thread = answered(world)
    notices.mark_notices_read(world.visit(amina))
    world.later(days=29)
    assert notices.forget_notices(now=world.at) == 0
    world.respond(noah, thread)
    note(world)
    world.later(days=31)
    assert notices.forget_notices(now=world.at) == 1
    world.later(days=60)
    assert notices.forget_notices(now=world.at) == 1


def test_whoever_leaves_the_course_leaves_their_notices_and_choices(world: World) -> None:
    amina, _, _ = answered(world)
    notices.follow_space(world.visit(amina), on=True)
    notices.leave_reader(amina.pk, COURSE)
    assert not Notice.objects.filter(user=amina).exists()
    assert not SpaceMember.objects.filter(user=amina).exists()
