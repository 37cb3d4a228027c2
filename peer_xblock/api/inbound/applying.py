"""One foreign post brought into the discussion it belongs to: as its author, or as a guest, once.

A post belongs to the side where it was born: what happened to it there is taken over. Whether its author may write
here at all is asked of the same rules as for everybody.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from random import Random

from peer_xblock.api import discussion
from peer_xblock.api.discussion.text import Text, check_html, shorten_title
from peer_xblock.api.transactions import in_transaction
from peer_xblock.api.visits import Visit, enter
from peer_xblock.domain.discussion import Depth, Kind
from peer_xblock.domain.errors import N_, Forbidden, NotFound
from peer_xblock.domain.inbound import ForeignItem
from peer_xblock.domain.people import Group, Role, Viewer
from peer_xblock.domain.spaces import SpaceKind
from peer_xblock.models import Connection, ForeignPost, Post, Space

from .claiming import Applied, claim
from .offers import apply_offer
from .people import find_person


def apply_item(connection: Connection, item: ForeignItem, *, now: datetime, rng: Random) -> Applied:
    """Create, change or remove the post of an item; whole or not at all. Raises PeerError when it is refused.

    What was done to the copy of a post of ours is an offer.
    """
    if item.ours:
        return apply_offer(connection, item, now=now, rng=rng)
    return in_transaction(lambda: _apply(connection, item, now=now, rng=rng))


def _apply(connection: Connection, item: ForeignItem, *, now: datetime, rng: Random) -> Applied:
    row = claim(connection, item)
    if row.revision >= item.revision:
        return Applied("known", post=row.public_id)
    if row.post is not None:
        _change(row, row.post, item, now=now, rng=rng)
    elif not row.public_id and not item.is_deleted:
        parent = _parent(connection, item)
        if item.parent is not None and parent is None:
            return Applied("waiting", code="parent_missing")
        row.post = _create(connection, item, parent, now=now, rng=rng)
        row.public_id = row.post.public_id
        _set_state(row, row.post, item, now=now, rng=rng)
    row.revision = item.revision
    row.save(update_fields=["revision", "post", "public_id", "is_gone", "is_pinned", "is_locked"])
    return Applied("applied", post=row.public_id)


def _parent(connection: Connection, item: ForeignItem) -> Post | None:
    """The post that is replied to, wherever it was born; None when it is not here."""
    if item.parent is None:
        return None
    posts = Post.objects.select_related("thread__space__context__connection", "parent")
    if item.parent.ours:
        return next(iter(posts.filter(public_id=item.parent.ours)), None)
    known = ForeignPost.objects.filter(
        connection=connection, source=item.source, external_id=item.parent.id
    ).values("post")
    return next(iter(posts.filter(pk__in=known)), None)


def _create(
    connection: Connection, item: ForeignItem, parent: Post | None, *, now: datetime, rng: Random
) -> Post:
    space = _space(connection, item, parent)
    visit = _visit(connection, space, item, parent, now=now, rng=rng)
    public_id = _write(visit, item, parent, check_html(item.html))
    post = Post.objects.get(public_id=public_id)
    # The visit's own time places it among what is new; this is when its author wrote it.
    Post.objects.filter(pk=post.pk).update(created_at=min(item.created_at, now))
    return post


def _write(visit: Visit, item: ForeignItem, parent: Post | None, text: Text) -> str:
    """The public id of the new post. A reply to a comment stands beside it: there are two levels here."""
    key = item.origin
    if parent is None:
        title = shorten_title(item.title)
        made = discussion.create_thread(visit, client_key=key, kind=Kind.DISCUSSION, title=title, body=text)
        return made.opening.id
    if parent.depth == Depth.OPENING:
        thread = parent.thread.public_id
        return discussion.create_response(visit, client_key=key, thread=thread, body=text).post.id
    response = parent.parent if parent.depth == Depth.COMMENT and parent.parent else parent
    return discussion.create_comment(visit, client_key=key, response=response.public_id, body=text).post.id


def _space(connection: Connection, item: ForeignItem, parent: Post | None) -> Space:
    """Where it goes. Raises NotFound for a course of another connection, and for a space that is no more."""
    if parent is not None:
        space: Space | None = parent.thread.space
    else:
        spaces = Space.objects.select_related("context__connection")
        space = next(iter(spaces.filter(public_id=item.space, kind=SpaceKind.DISCUSSION.value)), None)
    is_ours = (
        space is not None
        and space.context.connection_id == connection.pk
        and space.context.key == item.context
        and space.archived_at is None
    )
    if space is None or not is_ours:
        raise NotFound(N_("There is no such discussion."), field="space")
    return space


def _visit(
    connection: Connection,
    space: Space,
    item: ForeignItem,
    parent: Post | None,
    *,
    now: datetime,
    rng: Random,
) -> Visit:
    """The author in the space: the person that the connection's identity names, where they may open it; else a guest.

    Raises Forbidden where those who read it there are others than those who would read it here.
    """
    group = Group(item.group, item.group_name) if item.group else None
    if parent is not None:
        thread = parent.thread
        if thread.group_id != item.group:
            raise Forbidden(N_("This thread is for other readers."), field="group")
        group = Group(thread.group_id, thread.group_name) if thread.group_id else None
    elif group is not None and not space.is_divided:
        raise Forbidden(N_("This thread is for other readers."), field="group")
    person = find_person(connection, space, item)
    if person is None:
        name = f"{item.author.name or '?'} (Moodle)"
        viewer = Viewer(0, name, Role.LEARNER, group, is_preview=False, language="en", origin=item.origin)
        return Visit(space, viewer, now, rng)
    visit = enter(person, space, now=now, rng=rng)
    viewer = replace(visit.viewer, origin=item.origin)
    if parent is None:
        if group is not None and viewer.group != group and not viewer.is_moderator:
            is_own = viewer.group is not None and viewer.group.id == group.id
            if not is_own:
                raise Forbidden(N_("This thread is for other readers."), field="group")
        viewer = replace(viewer, group=group)
    return replace(visit, viewer=viewer)


def _change(row: ForeignPost, post: Post, item: ForeignItem, *, now: datetime, rng: Random) -> None:
    """Take over what happened to the post where it was born. One that was removed here stays removed."""
    space = Space.objects.select_related("context__connection").get(threads__posts=post)
    if space.context.connection_id != row.connection_id or (post.deleted_at is not None and not row.is_gone):
        return
    visit = _owners_visit(space, post, item, now=now, rng=rng)
    if item.is_deleted:
        row.is_gone = True
        discussion.delete_post(visit, post=post.public_id)
        return
    _link(post, space, item, row.connection)
    if row.is_gone:
        row.is_gone = False
        discussion.restore_post(visit, post=post.public_id)
    title = shorten_title(item.title) if post.depth == Depth.OPENING else None
    text = check_html(item.html)
    discussion.edit_post(visit, post=post.public_id, revision=post.revision, body=text, title=title)
    _set_state(row, post, item, now=now, rng=rng)


def _owners_visit(space: Space, post: Post, item: ForeignItem, *, now: datetime, rng: Random) -> Visit:
    """For what the side did where the post was born: whether it may be done was asked there."""
    viewer = Viewer(
        post.author_id or 0, post.guest, Role.STAFF, None, is_preview=False, language="en", origin=item.origin
    )
    return Visit(space, viewer, now, rng)


def _set_state(row: ForeignPost, post: Post, item: ForeignItem, *, now: datetime, rng: Random) -> None:
    """Pin and close the thread as it was pinned and locked there since the last look; what is set here alone stays."""
    if post.depth != Depth.OPENING:
        return
    thread = post.thread.public_id
    visit = _owners_visit(post.thread.space, post, item, now=now, rng=rng)
    if item.is_pinned is not None and item.is_pinned != row.is_pinned:
        row.is_pinned = item.is_pinned
        discussion.pin_thread(visit, thread=thread, on=item.is_pinned)
    if item.is_locked is not None and item.is_locked != row.is_locked:
        row.is_locked = item.is_locked
        discussion.close_thread(visit, thread=thread, on=item.is_locked)


def _link(post: Post, space: Space, item: ForeignItem, connection: Connection) -> None:
    """A guest whom the connection knows by now becomes the person."""
    if post.author_id is None and post.guest and (person := find_person(connection, space, item)):
        post.author_id, post.guest = person.user_id, ""
        post.save(update_fields=["author", "guest"])
