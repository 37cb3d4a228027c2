"""Two threads become one: what was written in the one stands at the end of the other.

Its opening becomes a response, under the id that its thread had, so that what links to it finds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from itertools import islice

from django.db import connection

from peer_xblock.api.transactions import in_transaction
from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import Depth, Kind, Location
from peer_xblock.domain.errors import N_, Conflict, Forbidden, Invalid
from peer_xblock.domain.keys import mine_key
from peer_xblock.domain.markup import render_markdown
from peer_xblock.domain.organising import Reading, merged_reading
from peer_xblock.domain.permissions import may_convert
from peer_xblock.domain.pseudonyms import draw_pseudonym
from peer_xblock.models import Post, PostVersion, Pseudonym, ReadState, Thread

from .changes import best_key, listing_keys, pseudonym_of, save_thread, tell
from .converting import require_organiser
from .rewriting import append_posts
from .rows import lock_opening, only, readable_threads
from .tallies import count_thread

_BATCH = 500
_LITERAL = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]<>()#+-.!|~&$@"})


def merge_thread(visit: Visit, *, thread: str, into: str) -> Location:
    """Put a thread at the end of another one of this space that has the same readers; where its opening stands now.

    Repeating it changes nothing. Beside the readers, some hundreds at a time, as many statements for a thread of
    thousands. It cannot be undone. Raises Forbidden, NotFound, Invalid for itself, Conflict for other readers.
    """
    visit.require_write()
    require_organiser(visit)
    if thread == into:
        raise Invalid(N_("A thread is not merged into itself."), field="into")
    return in_transaction(lambda: _merge(visit, thread, into))


def _merge(visit: Visit, thread_id: str, into_id: str) -> Location:
    rows = readable_threads(visit).filter(public_id__in=(thread_id, into_id)).order_by("pk")
    found = {row.public_id: row for row in rows.select_for_update()}
    if thread_id not in found and into_id in found and _is_merged(found[into_id], thread_id):
        return Location(into_id, thread_id)
    opening, into = lock_opening(visit, thread_id), lock_opening(visit, into_id, field="into")
    source, thread = opening.thread, into.thread
    _require_mergeable(visit, source, thread)
    _join(visit, opening, thread)
    tell(visit, thread, into, parent_id=None, pseudonym=pseudonym_of(into))
    return Location(into_id, thread_id)


def _is_merged(thread: Thread, opening: str) -> bool:
    return Post.objects.filter(public_id=opening, thread=thread).exists()


def _require_mergeable(visit: Visit, source: Thread, thread: Thread) -> None:
    if source.group_id != thread.group_id:
        raise Conflict(N_("These threads have different readers, and stay apart."), field="into")
    if not may_convert(visit.viewer, Kind(source.kind), Kind(source.kind)):
        raise Forbidden(N_("Only the course team announces."), field="thread")


def _join(visit: Visit, opening: Post, thread: Thread) -> None:
    """opening: of the thread that ends. Under the locks of both."""
    source, offset = opening.thread, thread.last_number + 1
    is_alive = opening.deleted_at is None
    if source.key_space_activity is not None:
        count_thread(source, -1)
    _keep_title(visit, opening)
    _join_pseudonyms(visit, source, thread)
    _join_readers(visit, source, thread, writer=opening.author_id if is_alive else None)
    _settle_answer(source, thread)
    append_posts(source, thread, offset=offset)
    _lower(opening, thread, number=offset)
    _keep_request(source, thread)
    source.delete()
    thread.active_at = max(thread.active_at, source.active_at)
    is_listed = thread.key_space_activity is not None or source.post_count + is_alive > 0
    if is_listed and thread.key_space_activity is None:
        count_thread(thread, 1)
    is_answered = Post.objects.filter(accepted_of=thread).exists()
    keys = listing_keys(visit.space, thread, is_listed=is_listed, is_answered=is_answered)
    retell = (
        {"retell_from": min(thread.retell_from or offset, offset)} if visit.space.context.connection else {}
    )
    # The bridge knows the posts by the sequence of the thread that ends: what it is told next is newer.
    thread.sequence = max(thread.sequence, source.sequence)
    Thread.objects.filter(pk=thread.pk).update(sequence=thread.sequence)
    save_thread(
        visit,
        thread,
        {"last_number": offset + source.last_number, "active_at": thread.active_at, **keys, **retell},
        bump={
            "post_count": source.post_count + is_alive,
            "response_count": source.response_count + is_alive,
            "private_count": source.private_count,
        },
    )


def _keep_title(visit: Visit, opening: Post) -> None:
    """The title goes on top of the text, as an edit of the person who merges; a removed one has none."""
    title = opening.thread.title
    if opening.deleted_at is not None or not title:
        return
    PostVersion.objects.create(
        post=opening,
        revision=opening.revision,
        title=title,
        source=opening.source,
        format=opening.format,
        editor_id=opening.editor_id,
        written_at=opening.edited_at or opening.created_at,
    )
    if opening.format == "html":
        line = f"<p><strong>{escape(title)}</strong></p>\n"
        opening.source, opening.html = line + opening.source, line + opening.html
    else:
        line = f"**{title.translate(_LITERAL)}**"
        opening.source, opening.html = f"{line}\n\n{opening.source}", render_markdown(line) + opening.html
    opening.revision += 1
    opening.edited_at, opening.editor_id = visit.now, visit.viewer.user_id or None
    opening.save(update_fields=["source", "html", "revision", "edited_at", "editor"])


def _lower(opening: Post, thread: Thread, *, number: int) -> None:
    """The opening, which has come to the other thread, becomes a response there, with the votes that it had."""
    opening.vote_count = opening.thread.vote_count
    opening.depth, opening.number = Depth.RESPONSE, number
    key = best_key(thread, opening)
    Post.objects.filter(pk=opening.pk).update(
        depth=Depth.RESPONSE, vote_count=opening.vote_count, key_best=key
    )


def _join_pseudonyms(visit: Visit, source: Thread, thread: Thread) -> None:
    """Each name goes along and stays one person's: nothing tells who was who in the other thread.

    Whoever has a name in both keeps both, each on what was written under it. A name that somebody has in the other
    thread, be it the same person, is drawn anew.
    """
    there = dict(Pseudonym.objects.filter(thread=thread).values_list("name", "author_id"))
    authors = set(there.values())
    taken = set(there)
    came = list(Pseudonym.objects.filter(thread=source).order_by("pk"))
    for row in came:
        row.thread = thread
        if row.name in taken:
            row.name = draw_pseudonym(visit.rng, taken=taken)
        taken.add(row.name)
        if row.author_id in authors:
            row.author = None
    Pseudonym.objects.bulk_update(came, ["thread", "name", "author"], batch_size=_BATCH)


def _join_readers(visit: Visit, source: Thread, thread: Thread, *, writer: int | None) -> None:
    """How far each reader of the one has read both. writer: whose opening becomes an answer."""
    tail = mine_key(0, 0, visit.now, thread.public_id)[-16:]
    came = {row.user_id: _reading(row) for row in ReadState.objects.filter(thread=source)}
    if writer in came:
        came[writer] = Reading(came[writer].number, True, came[writer].key_mine, came[writer].follows)
    users = iter(list(came))
    while batch := list(islice(users, _BATCH)):
        states = ReadState.objects.select_for_update().filter(thread=thread, user_id__in=batch)
        there = {row.user_id: _reading(row) for row in states}
        merged = {
            user: merged_reading(came[user], there.get(user), last=thread.last_number, tail=tail)
            for user in batch
        }
        store_readings(thread, {user: reading for user, reading in merged.items() if reading is not None})


def _reading(row: ReadState) -> Reading:
    return Reading(row.number, row.has_answered, row.key_mine, row.follows)


def store_readings(thread: Thread, readings: Mapping[int, Reading]) -> None:
    """Write how far people have read a thread, whether or not there is a row of theirs. One statement a batch."""
    has_target = connection.features.supports_update_conflicts_with_target
    states: Iterable[ReadState] = (
        ReadState(
            user_id=user,
            thread=thread,
            number=max(reading.number, 0),
            has_answered=reading.has_answered,
            key_mine=reading.key_mine,
            follows=reading.follows,
        )
        for user, reading in readings.items()
    )
    ReadState.objects.bulk_create(
        states,
        batch_size=_BATCH,
        update_conflicts=True,
        update_fields=["number", "has_answered", "key_mine", "follows"],
        unique_fields=["user", "thread"] if has_target else None,
    )


def _settle_answer(source: Thread, thread: Thread) -> None:
    """An accepted answer stays one where the other thread is a question that has none."""
    accepted = only(Post.objects.filter(accepted_of=source))
    if accepted is None:
        return
    takes = thread.kind == Kind.QUESTION.value and not Post.objects.filter(accepted_of=thread).exists()
    accepted.accepted_of = thread if takes else None
    if not takes:
        accepted.accepted_by, accepted.accepted_role = None, ""
    accepted.key_best = best_key(source, accepted)
    accepted.save(update_fields=["accepted_of", "accepted_by", "accepted_role", "key_best"])


def _keep_request(source: Thread, thread: Thread) -> None:
    """Whom the question was put to goes on with it, unless the other one was put to somebody too."""
    request = getattr(source, "request", None)
    if request is not None and getattr(thread, "request", None) is None:
        request.thread = thread
        request.save(update_fields=["thread"])
