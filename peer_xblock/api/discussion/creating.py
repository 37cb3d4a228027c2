"""New threads, responses and comments. A create that is sent twice answers with the first result."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from peer_xblock.api.pictures import attach_pictures
from peer_xblock.api.transactions import in_transaction
from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import (
    PRIVATE_FROM,
    Depth,
    Kind,
    NewReply,
    NewThread,
    ThreadCounters,
    ThreadView,
)
from peer_xblock.domain.errors import N_, Closed, Conflict, Forbidden, Invalid
from peer_xblock.domain.ids import ID_LENGTH, new_id
from peer_xblock.domain.keys import mine_key
from peer_xblock.domain.people import Anonymity
from peer_xblock.domain.permissions import may_respond, may_start, may_write_privately
from peer_xblock.domain.pseudonyms import draw_pseudonym
from peer_xblock.domain.tags import read_tags, stored_tags
from peer_xblock.models import Post, Pseudonym, ReadState, Thread

from .answering import are_answers_hidden, setting_of
from .changes import best_key, feed_key, listing_keys, save_thread, tell
from .locked import present_changed, show_changed
from .mentioning import people_called, store_mentions
from .present import Presenter, is_private
from .rows import lock_parent, lock_thread, only
from .tallies import count_thread
from .text import Text, check_body, check_title

_PSEUDONYM_TRIES = 5


@dataclass(frozen=True, slots=True)
class _Draft:
    """What a create brings: the rendered text, under which name, and the client's key."""

    text: Text
    anonymity: Anonymity
    client_key: str


def create_thread(
    visit: Visit,
    *,
    client_key: str,
    kind: Kind,
    title: str,
    body: str | Text,
    anonymous: bool = False,
    tags: Sequence[str] = (),
) -> NewThread:
    """Ask a question, start a discussion, announce something. An announcement is pinned, named, and for everybody.

    Raises Invalid, TooLarge, PreviewOnly, and Forbidden for a kind that is not this person's to start.
    """
    visit.require_write()
    if not may_start(visit.viewer, kind):
        raise Forbidden(N_("Only the course team announces."), field="kind")
    if anonymous and kind is Kind.ANNOUNCEMENT:
        raise Invalid(N_("An announcement is made by name."), field="anonymous")
    line, chosen = check_title(title), read_tags(tags)
    draft = _draft(visit, client_key, body, anonymous=anonymous)
    post = _once(visit, draft, lambda: _add_thread(visit, draft, kind, line, chosen))
    changed = present_changed(visit, post) if _is_repeat(post) else show_changed(visit, post, post.thread)
    return NewThread(thread=changed.thread, opening=changed.post)


def create_response(
    visit: Visit, *, client_key: str, thread: str, body: str | Text, anonymous: bool = False
) -> NewReply:
    """Respond to a thread. Raises Invalid, TooLarge, NotFound, Closed, PreviewOnly."""
    visit.require_write()
    draft = _draft(visit, client_key, body, anonymous=anonymous)
    return _present_reply(visit, _once(visit, draft, lambda: _add_response(visit, draft, thread)))


def create_comment(
    visit: Visit, *, client_key: str, response: str, body: str | Text, anonymous: bool = False
) -> NewReply:
    """Comment on a response. Raises Invalid, TooLarge, NotFound, Closed, PreviewOnly."""
    visit.require_write()
    draft = _draft(visit, client_key, body, anonymous=anonymous)
    return _present_reply(visit, _once(visit, draft, lambda: _add_comment(visit, draft, response)))


def create_private(
    visit: Visit, *, client_key: str, thread: str, body: str | Text, anonymous: bool = False
) -> NewReply:
    """Write to the team alone, under a thread, also where that is closed; they answer by comments.

    Nothing of it is in a count, a listing, the search, or the course's feed of changes. Raises Invalid, TooLarge,
    NotFound, PreviewOnly, and Forbidden for the team itself.
    """
    visit.require_write()
    if not may_write_privately(visit.viewer):
        raise Forbidden(N_("You are of the team: answer what learners write to it."), field="thread")
    draft = _draft(visit, client_key, body, anonymous=anonymous)
    return _present_reply(visit, _once(visit, draft, lambda: _add_private(visit, draft, thread)))


def _draft(visit: Visit, client_key: str, body: str | Text, *, anonymous: bool) -> _Draft:
    offered = Anonymity(visit.space.anonymity)
    if anonymous and offered is Anonymity.NAMED:
        raise Invalid(N_("Everyone posts under their own name here."), field="anonymous")
    hashed = hashlib.sha256(client_key.encode()).hexdigest()[:ID_LENGTH]
    text = _checked(visit, body, anonymous=anonymous) if isinstance(body, str) else body
    return _Draft(text, offered if anonymous else Anonymity.NAMED, hashed)


def _checked(visit: Visit, body: str, *, anonymous: bool) -> Text:
    """Who writes anonymously calls nobody by name."""
    return check_body(body) if anonymous else check_body(body, people_called(visit, body))


def _once(visit: Visit, draft: _Draft, add: Callable[[], Post]) -> Post:
    """Add the post, or find what an earlier try of the same create had added."""
    try:
        return in_transaction(add)
    except (IntegrityError, Closed, Invalid):  # What was open for the first try may be closed for its repeat.
        mine = Post.objects.select_related("thread", "pseudonym")
        earlier = only(mine.filter(author_id=visit.viewer.user_id, client_key=draft.client_key))
        if earlier is None:
            raise
        if earlier.thread.space_id != visit.space.pk:
            raise Conflict(N_("This was already posted somewhere else."), field="client_key") from None
        return earlier


def _present_reply(visit: Visit, post: Post) -> NewReply:
    """What was just written, from memory, with the counters that it moved.

    What an earlier try had written is read; so is a private post, whose writer may not know of the counters.
    """
    if _is_repeat(post) or is_private(post):
        changed = present_changed(visit, post)
        return NewReply(_counters(changed.thread), changed.post)
    presenter = Presenter(visit)
    presenter.expect_posts([post])
    thread: Any = post.thread
    counters = ThreadCounters(
        id=thread.public_id,
        response_count=thread.response_count,
        post_count=thread.post_count,
        last_number=thread.last_number,
        read_number=thread.read_number,
        new_count=thread.last_number - thread.read_number,
        active_at=thread.active_at,
    )
    return NewReply(counters, presenter.post(post, thread, owner_id=thread.o_author))


def _counters(thread: ThreadView) -> ThreadCounters:
    """Of a thread as its reader sees it now."""
    names = ("id", "response_count", "post_count", "last_number", "new_count", "active_at")
    return ThreadCounters(
        read_number=max(thread.read_number, 0), **{name: getattr(thread, name) for name in names}
    )


def _is_repeat(post: Post) -> bool:
    """Only a post that was inserted now is dressed as a row."""
    return not hasattr(post, "voted")


def _add_thread(visit: Visit, draft: _Draft, kind: Kind, title: str, tags: tuple[str, ...]) -> Post:
    viewer = visit.viewer
    is_announced = kind is Kind.ANNOUNCEMENT
    group = viewer.group if visit.space.is_divided and not is_announced else None
    is_prompt = viewer.is_moderator and draft.anonymity is Anonymity.NAMED and not is_announced
    thread = Thread(
        space=visit.space,
        public_id=new_id(visit.now, visit.rng),
        kind=kind.value,
        title=title,
        tags=stored_tags(tags),
        is_pinned=is_announced,
        is_prompt=is_prompt,
        answer_first=not is_announced and setting_of(visit.space).covers(is_prompt=is_prompt),
        audience="group" if group else "course",
        group_id=group.id if group else "",
        group_name=group.name if group else "",
        sequence=1,
        created_at=visit.now,
        active_at=visit.now,
    )
    keys = listing_keys(visit.space, thread, is_listed=True, is_answered=False)
    for column, key in {**keys, **feed_key(visit, thread)}.items():
        setattr(thread, column, key)
    thread.save(force_insert=True)
    post = _insert_post(visit, draft, thread, public_id=thread.public_id)
    if viewer.user_id:  # a guest reads elsewhere
        _state_of_writer(visit, thread).save(force_insert=True)
    count_thread(thread, 1)
    _dress_new_thread(thread, post)
    _tell(visit, thread, post)
    return post


def _dress_new_thread(thread: Any, opening: Any) -> None:
    """As a row of `rows.thread_rows` would be: its opening is ours, nothing is accepted, nobody has read it."""
    thread.o_author, thread.o_role, thread.o_anonymity = (
        opening.author_id,
        opening.author_role,
        opening.anonymity,
    )
    thread.o_pseudonym, thread.o_guest = opening.pseudonym_name, opening.guest
    thread.o_deleted_at, thread.o_deleted_by = None, ""
    thread.a_id = thread.a_endorsed_at = thread.read_number = thread.has_answered = None
    thread.read_follows = thread.wrote = None


def _tell(visit: Visit, thread: Thread, post: Any) -> None:
    tell(visit, thread, post, parent_id=post.parent_public_id, pseudonym=post.pseudonym_name)


def _add_response(visit: Visit, draft: _Draft, thread_id: str) -> Post:
    thread = lock_thread(visit, thread_id)
    _require_open(visit, thread)
    return _insert_reply(visit, draft, thread)


def _add_comment(visit: Visit, draft: _Draft, response_id: str) -> Post:
    parent = lock_parent(visit, response_id)
    if parent.depth != Depth.RESPONSE or parent.deleted_at is not None:
        raise Invalid(N_("Comments belong to a response that is there."), field="response")
    if is_private(parent):
        return _insert_private(visit, draft, parent.thread, parent=parent)
    _require_open(visit, parent.thread)
    return _insert_reply(visit, draft, parent.thread, parent=parent)


def _add_private(visit: Visit, draft: _Draft, thread_id: str) -> Post:
    return _insert_private(visit, draft, lock_thread(visit, thread_id))


def _insert_private(visit: Visit, draft: _Draft, thread: Thread, *, parent: Post | None = None) -> Post:
    """Neither numbers nor counters nor anybody's reading move: others could tell by them that somebody wrote."""
    post = _insert_post(
        visit,
        draft,
        thread,
        public_id=new_id(visit.now, visit.rng),
        number=PRIVATE_FROM + thread.private_count,
        parent=parent,
        private_to=parent.private_to_id if parent else visit.viewer.user_id,
    )
    save_thread(visit, thread, {}, bump={"private_count": 1}, is_seen=False)
    if parent is not None:
        _count_comment(parent)
    _tell(visit, thread, post)
    return post


def _has_answer(thread: Thread) -> bool:
    return Post.objects.filter(accepted_of=thread).exists()


def _count_comment(parent: Post) -> None:
    added = {"comment_count": F("comment_count") + 1, "child_total": F("child_total") + 1}
    Post.objects.filter(pk=parent.pk).update(**added)


def _require_open(visit: Visit, thread: Thread) -> None:
    if not may_respond(visit.viewer, thread_closed=thread.is_closed):
        raise Closed(N_("This thread was closed. Your text is still here."), field="thread")


def _insert_reply(visit: Visit, draft: _Draft, thread: Thread, *, parent: Post | None = None) -> Post:
    public_id = new_id(visit.now, visit.rng)
    post = _insert_post(
        visit, draft, thread, public_id=public_id, number=thread.last_number + 1, parent=parent
    )
    thread.active_at = max(thread.active_at, visit.now)
    # What has a reply is listed, also under an opening that was removed.
    was_listed = thread.key_space_activity is not None
    is_answered = thread.key_unanswered is None if was_listed else _has_answer(thread)
    keys = listing_keys(visit.space, thread, is_listed=True, is_answered=is_answered)
    save_thread(
        visit,
        thread,
        {"last_number": post.number, "active_at": thread.active_at, **keys},
        bump={"post_count": 1, "response_count": int(parent is None)},
    )
    if parent is not None:
        _count_comment(parent)
    if not was_listed:
        count_thread(thread, 1)
    _read_up_to(visit, thread, post)
    _tell(visit, thread, post)
    return post


def _insert_post(
    visit: Visit,
    draft: _Draft,
    thread: Thread,
    *,
    public_id: str,
    number: int = 0,
    parent: Post | None = None,
    private_to: int | None = None,
) -> Post:
    """Insert the post and dress it as a row of `rows.post_rows` would be: nobody has voted for it yet."""
    is_named = draft.anonymity is Anonymity.NAMED
    post = Post(
        thread=thread,
        public_id=public_id,
        number=number,
        parent_id=parent.pk if parent else None,
        ordinal=parent.child_total + 1 if parent else 0,
        depth=Depth.COMMENT if parent else (Depth.RESPONSE if number else Depth.OPENING),
        author_id=visit.viewer.user_id or None,
        origin=visit.viewer.origin,
        guest="" if visit.viewer.user_id else visit.viewer.name,
        author_role=visit.viewer.role.value,
        anonymity=draft.anonymity.value,
        audience="staff" if number >= PRIVATE_FROM else "course",
        private_to_id=private_to,
        pseudonym=None if is_named else _pseudonym(visit, thread),
        source=draft.text.source,
        format=draft.text.format,
        html=draft.text.html,
        created_at=visit.now,
        client_key=draft.client_key,
    )
    post.key_best = best_key(thread, post)
    post.save(force_insert=True)
    attach_pictures(visit, post.html, post=post)
    store_mentions(post, draft.text.people)
    row: Any = post
    row.voted = row.saved = row.marks = None
    row.parent_public_id = parent.public_id if parent else (thread.public_id if number else None)
    row.pseudonym_name = post.pseudonym.name if post.pseudonym else None
    return post


def _pseudonym(visit: Visit, thread: Thread) -> Pseudonym:
    """The author's name in this thread: the one they have, or a new one that nobody in it has."""
    user_id = visit.viewer.user_id
    mine = only(Pseudonym.objects.filter(thread=thread, author_id=user_id))
    if mine is not None:
        return mine
    for _ in range(_PSEUDONYM_TRIES):
        try:
            with transaction.atomic():
                return Pseudonym.objects.create(
                    thread=thread, author_id=user_id, name=draw_pseudonym(visit.rng)
                )
        except IntegrityError:
            continue
    taken = set(Pseudonym.objects.filter(thread=thread).values_list("name", flat=True))
    name = draw_pseudonym(visit.rng, taken=taken)
    return Pseudonym.objects.create(thread=thread, author_id=user_id, name=name)


def _state_of_writer(
    visit: Visit, thread: Thread, *, number: int = 0, has_answered: bool = False
) -> ReadState:
    """How far they have read, with the thread's new place among those that they wrote in."""
    user_id = visit.viewer.user_id
    key = mine_key(thread.space_id, user_id, visit.now, thread.public_id)
    return ReadState(user_id=user_id, thread=thread, number=number, has_answered=has_answered, key_mine=key)


def _read_up_to(visit: Visit, thread: Any, post: Post) -> None:
    """Who writes has seen what they wrote; under the thread's lock its number is the highest there is.

    But for whoever answered first: of what the others wrote before, nothing has been seen yet.
    """
    if not visit.viewer.user_id:  # a guest reads elsewhere
        thread.read_number = 0
        return
    is_response = post.depth == Depth.RESPONSE
    is_first = is_response and are_answers_hidden(visit, thread)
    thread.read_number = (thread.read_number or 0) if is_first else post.number
    state = _state_of_writer(visit, thread, number=thread.read_number, has_answered=is_response)
    has_target = transaction.get_connection().features.supports_update_conflicts_with_target
    ReadState.objects.bulk_create(
        [state],
        update_conflicts=True,
        update_fields=["number", "key_mine", *(["has_answered"] if is_response else [])],
        unique_fields=["user", "thread"] if has_target else None,
    )
