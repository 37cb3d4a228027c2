"""Answer first, in the tables: which threads ask for it, who has answered, and what is then told to the bridge."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from random import Random
from typing import Any

from django.db.models import Exists, OuterRef, Q

from peer_xblock.api.transactions import in_transaction
from peer_xblock.api.visits import PLATFORM, Visit
from peer_xblock.domain.answering import AnswerFirst, hides_answers
from peer_xblock.domain.discussion import Depth, Kind
from peer_xblock.models import Post, ReadState, Space, Thread

from .changes import pseudonym_of, save_thread, tell

_BATCH = 100
_THREADS = 50


def setting_of(space: Space) -> AnswerFirst:
    """In which threads of a space one answers first."""
    return AnswerFirst.read(space.options.get("answer_first"))


def waits(thread: Thread) -> bool:
    """Whether a thread shows its answers only to those who have answered."""
    return thread.answer_first and not thread.is_closed


def are_answers_hidden(visit: Visit, row: Any) -> bool:
    """Whether this viewer has yet to answer. row: of `rows.thread_rows`."""
    return hides_answers(
        visit.viewer,
        waits=waits(row),
        is_asker=row.o_author is not None and row.o_author == visit.viewer.user_id,
        has_answered=bool(row.has_answered),
    )


def shown_posts(user_id: int) -> Q:
    """Posts that answer-first does not keep from a learner: by unique keys alone, whatever the thread's size."""
    answered = ReadState.objects.filter(user_id=user_id, thread=OuterRef("thread_id"), has_answered=True)
    asked = Post.objects.filter(public_id=OuterRef("thread__public_id"), author_id=user_id)
    is_open = Q(thread__answer_first=False) | Q(thread__is_closed=True) | Q(private_to_id=user_id)
    return is_open | Q(depth=Depth.OPENING) | Q(author_id=user_id) | Q(Exists(answered)) | Q(Exists(asked))


def note_presence(thread: Thread, post: Post) -> None:
    """After a removal or restore: whether its author has answered, where one answers first.

    Elsewhere whoever answered once has seen all there is.
    """
    if not thread.answer_first or post.depth != Depth.RESPONSE or post.author_id is None:
        return
    others = Post.objects.filter(thread=thread, depth=Depth.RESPONSE, author_id=post.author_id)
    has_answered = others.filter(deleted_at=None).exclude(audience="staff").exists()
    ReadState.objects.filter(user_id=post.author_id, thread=thread).update(has_answered=has_answered)


def follow_setting(space: Space) -> None:
    """After its author changed the setting: the threads that are there, and their answers to the bridge anew."""
    setting = setting_of(space)
    threads = Thread.objects.filter(space=space).exclude(kind=Kind.ANNOUNCEMENT.value)
    changes: dict[str, Any] = {"retell_from": 1} if space.context.connection_id else {}
    if setting is not AnswerFirst.ALL:
        wanted = setting is AnswerFirst.TEAM
        threads.filter(is_prompt=True).exclude(answer_first=wanted).update(answer_first=wanted, **changes)
        threads.filter(is_prompt=False, answer_first=True).update(answer_first=False, **changes)
    else:
        threads.filter(answer_first=False).update(answer_first=True, **changes)


def retell_threads(*, now: datetime, rng: Random) -> int:
    """Tell the bridge anew of posts whose audience changed with their thread; how many, up to some thousands a run.

    Each post is an event with the state that it has now: what was hidden comes, what is hidden now goes.
    """
    waiting = Thread.objects.filter(retell_from__isnull=False).order_by("pk")[:_THREADS]
    return sum(in_transaction(partial(_retell, pk, now, rng)) for pk in waiting.values_list("pk", flat=True))


def _retell(pk: int, now: datetime, rng: Random) -> int:
    """The next hundred posts of a thread, under its lock."""
    thread = Thread.objects.select_for_update().get(pk=pk)
    space = Space.objects.select_related("context__connection").get(pk=thread.space_id)
    if thread.retell_from is None:
        return 0
    visit = Visit(space, PLATFORM, now, rng)
    posts = Post.objects.filter(thread=thread, number__gte=thread.retell_from).order_by("number")
    found = list(posts.select_related("pseudonym", "parent")[:_BATCH]) if space.context.connection else []
    for post in found:
        save_thread(visit, thread, {})
        tell(
            visit,
            thread,
            post,
            parent_id=post.parent.public_id if post.parent else None,
            pseudonym=pseudonym_of(post),
        )
    rest = found[-1].number + 1 if len(found) == _BATCH else None
    Thread.objects.filter(pk=pk).update(retell_from=rest)
    return len(found)


def repair_answered(space: Space, thread: Thread) -> bool:
    """Bring a thread in line with its space's setting and its responses; whether anything was wrong."""
    is_announced = thread.kind == Kind.ANNOUNCEMENT.value
    wanted = not is_announced and setting_of(space).covers(is_prompt=thread.is_prompt)
    was_wrong = thread.answer_first != wanted
    if was_wrong:
        Thread.objects.filter(pk=thread.pk).update(answer_first=wanted)
    responses = Post.objects.filter(thread=thread, depth=Depth.RESPONSE, deleted_at=None)
    authors = responses.filter(author__isnull=False).exclude(audience="staff").values("author_id")
    unnoted = ReadState.objects.filter(thread=thread, has_answered=False, user_id__in=authors)
    return bool(unnoted.update(has_answered=True)) or was_wrong
