"""What a learner writes to the team alone: theirs and the team's to read, and nobody else can tell that it is there."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from peer_xblock import search
from peer_xblock.api import discussion, notices
from peer_xblock.api.retiring import request_retirement, retire_people
from peer_xblock.domain.discussion import NewReply, OpenThread, PostView
from peer_xblock.domain.errors import Closed, Forbidden, NotFound, PreviewOnly
from peer_xblock.domain.searching import ThreadQuery
from peer_xblock.models import Notice, OutboxEvent, Post, Thread
from peer_xblock.operations import dispatch
from peer_xblock.operations.discussion import OPERATIONS
from peer_xblock.operations.notices import OPERATIONS as NOTICES

from .stages import NOBODY
from .world import World, posted

pytestmark = pytest.mark.django_db
_NOTICE = re.compile(r'"id": "[0-9a-f]{32}"(?=, "thread")')  # Named by the numbers of rows.
SECRET = "Somebody here frightens me"
COUNTERS = (
    "post_count",
    "response_count",
    "last_number",
    "key_unanswered",
    "active_at",
    "key_course_changed",
)


class Talk:
    """Amina's question with Noah's answer; Yuki wrote to the team, and Inès answered her."""

    def __init__(self, **settings: Any) -> None:
        self.world = World(**settings)
        world = self.world
        self.amina, self.noah, self.yuki = (world.person(name) for name in ("Amina", "Noah", "Yuki"))
        self.ines, self.jo = world.facilitator("Inès"), world.staff("Jo")
        self.thread = world.ask(self.amina).thread.id
        world.respond(self.noah, self.thread)

    def write(self, user: User | None = None, body: str = SECRET, **more: Any) -> NewReply:
        self.world.later()
        visit = self.world.visit(user or self.yuki)
        return discussion.create_private(
            visit, client_key=self.world.key(), thread=self.thread, body=body, **more
        )

    def opened(self, user: User, **more: Any) -> OpenThread:
        return discussion.get_thread(self.world.visit(user), thread=self.thread, **more)

    def told(self) -> set[tuple[str, str]]:
        notices.note_posts(now=self.world.at, rng=self.world.rng)
        rows = Notice.objects.filter(post__audience="staff")
        return set(rows.values_list("user__first_name", "reason"))


@pytest.fixture
def talk(db: None) -> Talk:
    return Talk()


def texts(posts: tuple[PostView, ...]) -> list[str]:
    return [post.html for post in posts]


def test_its_author_and_the_team_read_it_beside_the_responses(talk: Talk) -> None:
    mine = talk.write().post
    assert (mine.audience.kind, mine.is_own) == ("staff", True)
    for user in (talk.yuki, talk.ines, talk.jo):
        page = talk.opened(user)
        assert SECRET in texts(page.private)[0]
        assert SECRET not in repr(page.responses)


def test_the_team_answers_whoever_wrote_alone(talk: Talk) -> None:
    mine = talk.write().post.id
    other = talk.write(talk.noah, "Mine").post.id
    talk.world.comment(talk.ines, mine, "We are with you")
    talk.world.comment(talk.yuki, mine, "Thank you")
    [shown] = talk.opened(talk.yuki).private
    assert [comment.audience.kind for comment in shown.comments] == ["staff", "staff"]
    assert [post.id for post in talk.opened(talk.jo).private] == [mine, other]
    with pytest.raises(NotFound):
        talk.world.comment(talk.noah, mine, "What is this?")


def every_answer(talk: Talk, user: User, secret: str) -> list[str]:
    """All that this person can ask for, also by the id of the private post."""
    world, visit = talk.world, talk.world.visit(user)
    notices.note_posts(now=world.at, rng=world.rng)
    of_post, on = {"post": secret}, {"post": secret, "on": True}
    calls: list[tuple[str, dict[str, Any]]] = [
        *(("list_threads", {"sort": sort}) for sort in ("activity", "votes", "unanswered", "mine")),
        ("list_course", {}), ("list_saved", {}), ("list_notices", {}), ("count_notices", {}),
        ("watch_space", {"since": int(world.at.timestamp()) - 5}),
        *(("get_thread", {"thread": talk.thread, "order": order}) for order in ("best", "oldest", "newest")),
        *((name, {"thread": talk.thread, "number": 0}) for name in ("watch_thread", "list_new_posts", "mark_read")),
        ("mark_read", {"thread": talk.thread, "number": 2**31 - 1}),
        ("search_threads", {"query": "frightens"}), ("similar_threads", {"title": SECRET}),
        *((name, of_post) for name in ("locate", "get_history", "get_source", "list_comments", "get_flags")),
        ("delete_post", of_post),
        *((name, on) for name in ("vote", "accept_answer", "endorse", "save_post")),
        ("get_thread", {"thread": talk.thread, **of_post}),
    ]  # fmt: skip
    registry = {**OPERATIONS, **NOTICES}
    told = [json.dumps([name, dispatch(registry, name, posted(v), enter=lambda: visit)]) for name, v in calls]
    return [_NOTICE.sub("", text) for text in told]


def test_nobody_else_is_told_anything_that_they_would_not_be_without_it(db: None) -> None:
    """Two worlds, one with a private talk: what another learner, and who asked, receive is the same byte for byte."""
    for reader in ("noah", "amina"):
        seen = []
        for is_written in (False, True):
            with transaction.atomic():
                talk = Talk()
                at, draw, mine = talk.world.at, talk.world.rng.getstate(), NOBODY
                if is_written:
                    mine = talk.write().post.id
                    talk.world.comment(talk.ines, mine, SECRET)
                talk.world.at = at + timedelta(minutes=5)
                talk.world.rng.setstate(draw)
                seen.append(every_answer(talk, getattr(talk, reader), mine))
                transaction.set_rollback(True)
        assert seen[0] == seen[1]


def test_no_counter_and_no_place_of_the_thread_moves(talk: Talk) -> None:
    before = Thread.objects.values_list(*COUNTERS).get()
    mine = talk.write().post
    talk.world.comment(talk.ines, mine.id)
    discussion.edit_post(talk.world.visit(talk.yuki), post=mine.id, revision=1, body="Better")
    discussion.delete_post(talk.world.visit(talk.yuki), post=mine.id)
    discussion.restore_post(talk.world.visit(talk.yuki), post=mine.id)
    assert Thread.objects.values_list(*COUNTERS).get() == before
    assert list(discussion.repair_counters(talk.world.space)) == []


def test_it_is_found_by_nobody(talk: Talk) -> None:
    talk.write()
    search.catch_up(talk.world.space.context, now=talk.world.at)
    for user in (talk.yuki, talk.jo):
        found = discussion.search_threads(talk.world.visit(user), ThreadQuery(query="frightens"))
        assert found.threads == ()


def test_the_bridge_is_told_that_something_is_withheld_and_no_word_of_it(talk: Talk) -> None:
    mine = talk.write().post
    event = OutboxEvent.objects.order_by("pk").last()
    assert event is not None
    body = json.loads(event.body)
    assert (event.audience, body["data"]["post"]["html"], body["data"]["thread"]["title"]) == (
        "staff",
        "",
        "",
    )
    assert body["subject"] == mine.id
    assert SECRET not in event.body


def test_the_team_hears_of_it_and_the_learner_of_the_answer(talk: Talk) -> None:
    mine = talk.write().post.id
    assert talk.told() == {("Inès", "private"), ("Jo", "private")}
    talk.world.comment(talk.ines, mine)
    assert talk.told() >= {("Yuki", "answer")}
    discussion.mark_read(talk.world.visit(talk.yuki), thread=talk.thread, number=0)
    assert Notice.objects.filter(user=talk.yuki, read_at=None).count() == 0


def test_it_is_not_judged(talk: Talk) -> None:
    mine = talk.write().post
    can = talk.opened(talk.ines).private[0].can
    assert {can.vote, can.accept, can.endorse, can.react} == {False}
    with pytest.raises(Forbidden):
        discussion.accept_answer(talk.world.visit(talk.jo), post=mine.id, on=True)


def test_it_goes_on_where_the_thread_is_closed_and_answers_wait(db: None) -> None:
    talk = Talk(options={"answer_first": "all"})
    mine = talk.write()
    assert (mine.thread.response_count, mine.thread.post_count) == (0, 0)
    talk.world.comment(talk.ines, mine.post.id, "Here")
    page = talk.opened(talk.yuki)
    assert page.thread.answers_hidden
    assert [len(post.comments) for post in page.private] == [1]
    discussion.close_thread(talk.world.visit(talk.jo), thread=talk.thread, on=True)
    assert talk.write(body="And this").post.audience.kind == "staff"
    with pytest.raises(Closed):
        talk.world.respond(talk.yuki, talk.thread)


def test_who_writes_anonymously_is_so_for_the_team_too_as_the_author_chose(db: None) -> None:
    talk = Talk(anonymity="staff")
    talk.write(anonymous=True)
    assert talk.opened(talk.ines).private[0].author.real_name is None
    assert talk.opened(talk.jo).private[0].author.real_name == "Yuki"
    assert "Yuki" not in OutboxEvent.objects.latest("pk").body


def test_the_team_does_not_write_to_itself_and_a_preview_writes_nothing(talk: Talk) -> None:
    with pytest.raises(Forbidden):
        talk.write(talk.jo)
    with pytest.raises(PreviewOnly):
        discussion.create_private(
            talk.world.visit(talk.yuki, is_preview=True), client_key="k", thread=talk.thread, body="x"
        )


def test_whoever_retires_takes_the_name_off_it(talk: Talk) -> None:
    talk.write()
    request_retirement(talk.yuki.pk, now=talk.world.at)
    retire_people(now=talk.world.at, rng=talk.world.rng)
    post = Post.objects.get(audience="staff")
    assert (post.author_id, post.private_to_id) == (None, None)


def test_opening_a_thread_costs_a_talk_one_statement_and_others_none(talk: Talk) -> None:
    before = statements(talk)
    talk.write()
    there = statements(talk)
    for _ in range(3):
        talk.write()
    assert (there - before, statements(talk) - there) == (1, 0)


def statements(talk: Talk) -> int:
    visit = talk.world.visit(talk.yuki)
    with CaptureQueriesContext(connection) as caught:
        discussion.get_thread(visit, thread=talk.thread)
    return len(caught)
