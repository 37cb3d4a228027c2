"""Append an event in the transaction of the change that it tells of."""

from __future__ import annotations

import json
from datetime import datetime
from functools import partial
from random import Random

from django.db import transaction
from django.dispatch import Signal

from .domain.discussion import Depth
from .domain.ids import new_id
from .domain.people import Anonymity
from .domain.pictures import with_absolute_pictures
from .domain.tags import tags_in
from .events import (
    AnonymousAuthor,
    Audience,
    EventOrigin,
    EventPost,
    EventSpace,
    EventSubmission,
    EventThread,
    NamedAuthor,
    PostEvent,
    SubmissionEvent,
    body_hash,
)
from .models import Connection, OutboxEvent, Post, Slot, Space, Submission, Thread
from .platform import host

MIRRORED = ("course", "group")
# Sent after the commit of a transaction that appended: something waits.
appended = Signal()


def append_post(
    space: Space,
    thread: Thread,
    post: Post,
    *,
    parent_id: str | None,
    author_name: str | None,
    pseudonym: str | None,
    now: datetime,
    rng: Random,
) -> None:
    """Write the state of a post as the thread's newest event; nothing where the course has no connection.

    thread: with the sequence that this change took. parent_id: the public id of a comment's response.
    author_name: None for a retired author. One statement, and the platform's own for the subject.
    """
    connection = space.context.connection
    if connection is None or not connection.is_active:
        return
    author: NamedAuthor | AnonymousAuthor
    if post.anonymity != Anonymity.NAMED.value:
        author = AnonymousAuthor(pseudonym or "")
    elif post.guest:
        author = NamedAuthor(post.guest, None, None)
    else:
        author = _named(post.author_id, author_name, connection)
    audience = _audience(thread, post)
    event = PostEvent(
        id=new_id(now, rng),
        tenant=connection.slug,
        time=now,
        revision=thread.sequence,
        thread=EventThread(
            id=thread.public_id,
            kind=thread.kind,
            title=thread.title if audience.kind in MIRRORED else "",
            pinned=thread.is_pinned,
            closed=thread.is_closed,
            tags=tags_in(thread.tags) if audience.kind in MIRRORED and thread.title else (),
        ),
        space=EventSpace(space.public_id, space.title, space.context.key, space.usage_key),
        post=_post(thread, post, parent_id, is_mirrored=audience.kind in MIRRORED),
        author=author,
        audience=audience,
    )
    _store(connection, event, now=now)


def append_submission(
    space: Space, slot: Slot, work: Submission, *, author_name: str | None, now: datetime, rng: Random
) -> None:
    """Write the state of a work as its newest event, for staff alone; nothing where the course has no connection.

    slot: with the sequence that this change took. author_name: None for a retired author. Statements as for a post.
    """
    connection = space.context.connection
    if connection is None or not connection.is_active:
        return
    is_settled = slot.settled_at is not None
    event = SubmissionEvent(
        id=new_id(now, rng),
        tenant=connection.slug,
        time=now,
        revision=slot.sequence,
        space=EventSpace(space.public_id, space.title, space.context.key, space.usage_key),
        submission=EventSubmission(
            id=slot.public_id,
            state="settled" if is_settled else "submitted",
            edit=work.revision,
            submitted_at=slot.submitted_at or now,
            received=slot.done,
            settled_at=slot.settled_at,
            grade=slot.grade if is_settled else None,
            by=slot.settled_by if is_settled else None,
        ),
        author=_named(slot.author_id, author_name, connection),
    )
    _store(connection, event, now=now)


def _store(connection: Connection, event: PostEvent | SubmissionEvent, *, now: datetime) -> None:
    body = event.as_json()
    OutboxEvent.objects.create(
        connection=connection,
        event_id=event.id,
        type=event.type,
        aggregate=event.aggregate,
        sequence=event.revision,
        audience=event.audience.kind,
        body=json.dumps(body, ensure_ascii=False, separators=(",", ":")),
        body_hash=body_hash(body),
        created_at=now,
    )
    transaction.on_commit(partial(appended.send, sender=OutboxEvent))


def _named(author_id: int | None, name: str | None, connection: Connection) -> NamedAuthor:
    if author_id is None or name is None:
        return NamedAuthor("", None, None)
    provider, claim = connection.identity_provider, connection.identity_claim
    subject = host().subject_of(author_id, provider=provider, claim=claim)
    return NamedAuthor(name, subject.issuer if subject else None, subject.value if subject else None)


def _origin(post: Post) -> EventOrigin | None:
    """Where a post was born, None for one of ours."""
    source, _slash, id_there = post.origin.partition("/")
    return EventOrigin(source, id_there) if id_there else None


def _audience(thread: Thread, post: Post) -> Audience:
    if "staff" in (thread.audience, post.audience):
        return Audience("staff")
    if post.depth != Depth.OPENING and thread.answer_first and not thread.is_closed:
        return Audience("withheld")
    if thread.group_id:
        return Audience("group", thread.group_id, thread.group_name)
    return Audience("course")


def _post(thread: Thread, post: Post, parent_id: str | None, *, is_mirrored: bool) -> EventPost:
    is_deleted = post.deleted_at is not None
    url = host().post_url(post.public_id)
    return EventPost(
        id=post.public_id,
        number=post.number,
        depth=post.depth,
        parent=parent_id if post.depth == Depth.COMMENT else (thread.public_id if post.depth else None),
        edit=post.revision,
        html=""
        if is_deleted or not is_mirrored
        else with_absolute_pictures(post.html, url.rsplit("/p/", 1)[0]),
        created_at=post.created_at,
        edited_at=post.edited_at,
        deleted=is_deleted,
        erased=False,
        accepted=post.accepted_of_id is not None,
        endorsed=post.endorsed_at is not None,
        url=url,
        origin=_origin(post),
    )
