"""A response with its comments becomes a thread of its own, under the id that it had: what links to it finds it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery

from peer_xblock.api.transactions import in_transaction
from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import PRIVATE_FROM, Depth, Kind, Location
from peer_xblock.domain.errors import N_, Forbidden, Invalid
from peer_xblock.domain.keys import mine_key
from peer_xblock.domain.organising import Reading, split_number
from peer_xblock.domain.permissions import may_start
from peer_xblock.models import Post, Pseudonym, ReadState, Thread

from .answering import note_presence
from .changes import feed_key, listing_keys, pseudonym_of, save_thread, tell
from .converting import answering_of, require_organiser
from .merging import store_readings
from .present import is_private
from .rewriting import raise_comments
from .rows import lock_post
from .tallies import count_thread
from .text import check_title

_BATCH = 500


def split_response(visit: Visit, *, post: str, kind: Kind, title: str) -> Location:
    """Make a thread of a response and its comments, which become its responses. Repeating it changes nothing.

    Beside the readers, some hundreds at a time, as many statements for thousands of comments.
    Raises Forbidden, NotFound, Invalid.
    """
    visit.require_write()
    require_organiser(visit)
    if kind is Kind.ANNOUNCEMENT or not may_start(visit.viewer, kind):
        raise Invalid(N_("A response becomes a question or a discussion."), field="kind")
    line = check_title(title)
    return in_transaction(lambda: _split(visit, post, kind, line))


def _split(visit: Visit, post_id: str, kind: Kind, title: str) -> Location:
    post = lock_post(visit, post_id)
    if post.depth == Depth.OPENING:
        return Location(post.public_id, post.public_id)
    if post.depth != Depth.RESPONSE or is_private(post):
        raise Invalid(N_("Only a response that all read becomes a thread of its own."), field="post")
    if post.deleted_at is not None:
        raise Forbidden(N_("Restore this response first."), field="post")
    source = post.thread
    moved = [post.number, *_comments(post).order_by("ordinal").values_list("number", flat=True)]
    thread = _make_thread(visit, post, kind, title)
    _raise(post, thread)
    _copy_pseudonyms(thread)
    post.refresh_from_db()
    _divide_readers(source, thread, moved)
    _close_gap(visit, source, post, thread)
    count_thread(thread, 1)
    tell(visit, thread, post, parent_id=None, pseudonym=pseudonym_of(post))
    return Location(post.public_id, post.public_id)


def _comments(response: Post) -> QuerySet[Post]:
    return Post.objects.filter(parent_id=response.pk)


def _make_thread(visit: Visit, post: Post, kind: Kind, title: str) -> Thread:
    """In the place of the thread that it comes from, for the same readers; its sequence goes on from there."""
    source = post.thread
    latest: datetime = _comments(post).aggregate(at=Max("created_at"))["at"] or post.created_at
    thread = Thread(
        space=source.space,
        public_id=post.public_id,
        kind=kind.value,
        title=title,
        audience=source.audience,
        group_id=source.group_id,
        group_name=source.group_name,
        vote_count=post.vote_count,
        response_count=post.comment_count,
        post_count=post.comment_count,
        last_number=post.child_total,
        sequence=source.sequence + 1,
        created_at=post.created_at,
        active_at=latest,
        retell_from=1 if visit.space.context.connection and post.child_total else None,
        **answering_of(visit.space, post, kind),
    )
    keys = listing_keys(visit.space, thread, is_listed=True, is_answered=False)
    for column, key in {**keys, **feed_key(visit, thread)}.items():
        setattr(thread, column, key)
    thread.save(force_insert=True)
    return thread


def _raise(post: Post, thread: Thread) -> None:
    """The response becomes the opening, without what only responses have; its comments the responses."""
    cleared: dict[str, Any] = {
        "thread": thread, "number": 0, "depth": Depth.OPENING, "vote_count": 0, "key_best": None,
        "comment_count": 0, "child_total": 0, "accepted_of": None, "accepted_by": None, "accepted_role": "",
        "endorsed_at": None, "endorsed_by": None, "endorsed_role": "",
    }  # fmt: skip
    Post.objects.filter(pk=post.pk).update(**cleared)
    raise_comments(post, thread)


def _copy_pseudonyms(thread: Thread) -> None:
    """Who is anonymous in what moved has the same name in the new thread: others speak to it there.

    The rows are the new thread's own: a name stands for one person in one thread. Three statements.
    """
    posts = Post.objects.filter(thread=thread, pseudonym__isnull=False)
    former = Pseudonym.objects.filter(pk__in=posts.values("pseudonym")).order_by("pk")
    Pseudonym.objects.bulk_create(
        [Pseudonym(thread=thread, author_id=row.author_id, name=row.name) for row in former],
        batch_size=_BATCH,
    )
    name = Pseudonym.objects.filter(pk=OuterRef(OuterRef("pseudonym_id"))).values("name")
    posts.update(pseudonym=Subquery(Pseudonym.objects.filter(thread=thread, name__in=name).values("pk")))


def _public(thread: Thread) -> QuerySet[Post]:
    """What is no talk with the team alone."""
    return Post.objects.filter(thread=thread, number__lt=PRIVATE_FROM)


def _latest(thread: Thread) -> dict[int, datetime]:
    """By author, when they last wrote in a thread."""
    written = _public(thread).filter(author__isnull=False).order_by()
    rows = written.values_list("author_id").annotate(at=Max("created_at"))
    return {user: at for user, at in rows if user is not None}


def _divide_readers(source: Thread, thread: Thread, moved: list[int]) -> None:
    """Whoever had read the response has read the new opening; who wrote in it finds it among their own threads."""
    written = _latest(thread)
    answered = set(
        Post.objects.filter(thread=thread, depth=Depth.RESPONSE, deleted_at=None, author__isnull=False)
        .exclude(audience="staff")
        .values_list("author_id", flat=True)
    )
    states = ReadState.objects.filter(thread=source, number__gte=moved[0])
    readings = {
        user: Reading(split_number(number, moved), user in answered, None, follows)
        for user, number, follows in states.values_list("user_id", "number", "follows")
    }
    for user, at in written.items():
        known = readings.get(user, Reading(0, user in answered))
        key = mine_key(thread.space_id, user, at, thread.public_id)
        readings[user] = Reading(known.number, known.has_answered, key, known.follows)
    store_readings(thread, readings)


def _close_gap(visit: Visit, source: Thread, post: Post, thread: Thread) -> None:
    """The thread that was left: its counters, what is answered in it, how far it was read, who wrote there."""
    last = _public(source).aggregate(last=Max("number"))["last"]
    ReadState.objects.filter(thread=source, number__gt=last).update(number=last)
    is_answered = Post.objects.filter(accepted_of=source).exists()
    is_listed = source.key_space_activity is not None
    keys = listing_keys(visit.space, source, is_listed=is_listed, is_answered=is_answered)
    bump = {"post_count": -1 - thread.post_count, "response_count": -1}
    opening = Post.objects.select_related("pseudonym").get(public_id=source.public_id)
    is_empty = opening.deleted_at is not None and source.post_count + bump["post_count"] <= 0
    if is_listed and is_empty:
        keys = listing_keys(visit.space, source, is_listed=False, is_answered=is_answered)
        count_thread(source, -1)
    save_thread(visit, source, {"last_number": last, **keys}, bump=bump)
    _forget_writers(source, thread)
    post.thread = source
    note_presence(source, post)
    post.thread = thread
    tell(visit, source, opening, parent_id=None, pseudonym=pseudonym_of(opening))


def _forget_writers(source: Thread, thread: Thread) -> None:
    """Whose last words moved: the thread that was left stands where they last wrote before, or not among theirs."""
    left = _latest(source)
    states = list(ReadState.objects.filter(thread=source, user_id__in=_latest(thread)))
    for state in states:
        at = left.get(state.user_id)
        key = mine_key(source.space_id, state.user_id, at, source.public_id) if at else None
        state.key_mine = key
    ReadState.objects.bulk_update(states, ["key_mine"], batch_size=_BATCH)
