"""A discussion of any size, written in bulk: what the measurements and the gates of the tests read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TypeVar

from django.contrib.auth.models import User
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max, Model, QuerySet

from peer_xblock.api import spaces
from peer_xblock.api.discussion.changes import best_key, listing_keys
from peer_xblock.domain.discussion import Depth
from peer_xblock.domain.ids import new_id
from peer_xblock.domain.keys import change_key, mine_key
from peer_xblock.domain.spaces import SpaceKind
from peer_xblock.models import Connection, LearningContext, Post, ReadState, Space, Thread, Vote
from tests.runtime import DISCUSSION_OPTIONS

ModelT = TypeVar("ModelT", bound=Model)

START = datetime(2026, 1, 1, tzinfo=UTC)
AUTHORS = 40
# Of each thread, beside who wrote in it: with so many MariaDB would begin a listing of states at the threads.
READERS = 3
SPACES = 60
TENANTS = 10
VOTES = 4
BATCH = 1000
TEXT = "Because **it** depends on $n$, and `n` on what you count. " * 8
HTML = f"<p>{TEXT}</p>\n"


@dataclass(frozen=True, slots=True)
class Shape:
    """How a thread is made. comments: under every fiftieth response, else under the first."""

    responses: int
    comments: int
    is_answered: bool
    is_read: bool
    is_voted: bool


class Campus:
    """One busy space among others; `reader` has read 30 % of its threads and voted for them."""

    def __init__(self, *, responses: int = 1, comments: int = 1) -> None:
        self.responses, self.comments = responses, comments
        self.rng = Random(11)
        bridges = [
            Connection.objects.create(slug=f"tenant-{number}", bridge_url="http://bridge.example.test")
            for number in range(TENANTS)
        ]
        self.space, *_others = (self._add_space(number) for number in range(SPACES))
        LearningContext.objects.update(connection=bridges[0])
        self.reader = User.objects.create(username="amina", first_name="Amina")
        self.authors = [
            User.objects.create(username=f"learner-{number}", first_name=f"Learner {number}")
            for number in range(AUTHORS)
        ]

    def grow(self, threads: int) -> None:
        """Bring the space to this many threads: every third question answered, the reader's 30 % read."""
        shapes = [
            Shape(
                self.responses,
                self.comments,
                is_answered=place % 3 == 0,
                is_read=place % 10 < 3,
                is_voted=place % 10 < 3,
            )
            for place in range(Thread.objects.count(), threads)
        ]
        self._write(shapes)

    def add_long_thread(self, responses: int, *, comments: int = 12) -> str:
        """An answered thread of this many responses, every fiftieth with this many comments; its public id."""
        return self._write([Shape(responses, comments, is_answered=True, is_read=True, is_voted=False)])

    @staticmethod
    def last_number_of(thread: str) -> int:
        """The number of a thread's newest post."""
        return Thread.objects.values_list("last_number", flat=True).get(public_id=thread)

    def _add_space(self, number: int) -> Space:
        course = f"course-v1:Peer+DL{101 + number // 20}+2026"
        usage_key = f"{course.replace('course', 'block', 1)}+type@peer_discussion+block@u{number % 20 + 1}"
        settings = spaces.SpaceSettings(
            SpaceKind.DISCUSSION, usage_key, course, "Discussion", "learners", options=DISCUSSION_OPTIONS
        )
        return spaces.save_space(settings, now=START, rng=self.rng)

    def _write(self, shapes: Sequence[Shape]) -> str:
        pk, post_pk = _next_pk(Thread.objects.all()), _next_pk(Post.objects.all())
        threads: list[Thread] = []
        posts: list[Post] = []
        for shape in shapes:
            thread = self._thread(pk + len(threads))
            threads.append(thread)
            posts += self._posts(thread, shape, post_pk + len(posts))
        openers = {post.thread_id: self.authors[post.pk % AUTHORS] for post in posts if post.number == 0}
        read = [
            state
            for row, shape in zip(threads, shapes, strict=True)
            for state in self._states(row, self.reader if shape.is_read else openers[row.pk])
        ]
        liked = {row.pk for row, shape in zip(threads, shapes, strict=True) if shape.is_voted}
        votes = [vote for post in posts for vote in self._votes(post, is_liked=post.thread_id in liked)]
        with transaction.atomic():
            Thread.objects.bulk_create(threads, batch_size=BATCH)
            Post.objects.bulk_create(posts, batch_size=BATCH)
            ReadState.objects.bulk_create(read, batch_size=BATCH)
            Vote.objects.bulk_create(votes, batch_size=BATCH)
            Space.objects.filter(pk=self.space.pk).update(thread_count=Thread.objects.count())
        _reset_sequences()
        return threads[-1].public_id

    def _states(self, thread: Thread, writer: User) -> Iterator[ReadState]:
        """The same number a thread at every size: who wrote, as far as the listing of their own knows, and who read."""
        key = mine_key(self.space.pk, writer.pk, thread.active_at, thread.public_id)
        yield ReadState(user=writer, thread=thread, number=1, key_mine=key)
        others = [user for user in self.authors if user != writer]
        for place in range(READERS):
            yield ReadState(user=others[(thread.pk + place) % len(others)], thread=thread, number=1)

    def _thread(self, pk: int) -> Thread:
        moment = START + timedelta(minutes=pk)
        public_id = new_id(moment, self.rng)
        return Thread(
            pk=pk,
            space=self.space,
            public_id=public_id,
            kind="question",
            title=f"Why does it depend on {pk}?",
            created_at=moment,
            active_at=moment,
            key_course_changed=change_key(self.space.context_id, moment, public_id),
        )

    def _posts(self, thread: Thread, shape: Shape, pk: int) -> list[Post]:
        """Opening, responses, comments; the thread's counters and keys follow."""
        made = [self._post(pk, thread, 0, Depth.OPENING)]
        made += [self._post(pk + n, thread, n, Depth.RESPONSE) for n in range(1, shape.responses + 1)]
        if shape.is_answered:
            made[1].accepted_of_id, made[1].accepted_by_id = thread.pk, made[0].author_id
        for parent in made[50::50] or made[1:2]:
            for ordinal in range(1, shape.comments + 1):
                comment = self._post(pk + len(made), thread, len(made), Depth.COMMENT)
                comment.parent_id, comment.ordinal = parent.pk, ordinal
                made.append(comment)
            parent.comment_count = parent.child_total = shape.comments
        for post in made:
            post.key_best = best_key(thread, post)
        thread.vote_count = VOTES + shape.is_voted
        thread.response_count = shape.responses
        thread.post_count = thread.last_number = thread.sequence = len(made) - 1
        keys = listing_keys(self.space, thread, is_listed=True, is_answered=shape.is_answered)
        for column, key in keys.items():
            setattr(thread, column, key)
        return made

    def _votes(self, post: Post, *, is_liked: bool) -> Iterator[Vote]:
        """The reader's for every fifth response and liked opening, some of others for every opening."""
        if post.vote_count or (is_liked and post.number == 0):
            yield Vote(user=self.reader, post=post, created_at=START)
        for voter in self.authors[: VOTES if post.number == 0 else 0]:
            yield Vote(user=voter, post=post, created_at=START)

    def _post(self, pk: int, thread: Thread, number: int, depth: int) -> Post:
        return Post(
            pk=pk,
            thread=thread,
            public_id=new_id(thread.created_at, self.rng) if number else thread.public_id,
            number=number,
            depth=depth,
            author=self.authors[pk % AUTHORS],
            source=TEXT,
            html=HTML,
            vote_count=int(depth == Depth.RESPONSE and number % 5 == 0),
            created_at=thread.created_at,
        )


def _next_pk(rows: QuerySet[ModelT]) -> int:
    highest: int | None = rows.aggregate(highest=Max("pk"))["highest"]
    return (highest or 0) + 1


def _reset_sequences() -> None:
    """PostgreSQL does not see the keys that were given by hand."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Thread, Post]):
            cursor.execute(statement)
