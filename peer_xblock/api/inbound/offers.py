"""What somebody did elsewhere to the copy of a post of ours: taken over under their rights here, or our own stands.

A post belongs to the side where it was born. Where somebody changed it here meanwhile, what they wrote elsewhere
becomes a version that can be brought back. Whenever ours stands it is told to the bridge anew, so that it is written
over the copy.
"""

from __future__ import annotations

from datetime import datetime
from random import Random

from peer_xblock.api import discussion
from peer_xblock.api.discussion.changes import pseudonym_of, save_thread, tell
from peer_xblock.api.discussion.locked import require
from peer_xblock.api.discussion.rows import lock_post
from peer_xblock.api.discussion.text import Text, check_html, shorten_title
from peer_xblock.api.transactions import in_transaction
from peer_xblock.api.visits import PLATFORM, Visit, enter
from peer_xblock.domain.discussion import Depth
from peer_xblock.domain.errors import N_, Forbidden, NotFound, PeerError
from peer_xblock.domain.inbound import ForeignItem
from peer_xblock.models import Connection, ForeignPost, Post, PostVersion, Space

from .claiming import Applied, claim
from .people import find_person


def apply_offer(connection: Connection, item: ForeignItem, *, now: datetime, rng: Random) -> Applied:
    """Take the change over, or let ours stand (`stands`, with why). Raises NotFound where the post is not theirs."""
    post = Post.objects.select_related("thread").filter(public_id=item.ours, origin="").first()
    space = _space_of(connection, item, post)
    if post is None or space is None:
        raise NotFound(N_("There is no such post."), field="post")
    try:
        return in_transaction(lambda: _offer(connection, space, item, now=now, rng=rng))
    except PeerError as refused:
        in_transaction(lambda: _tell_ours(Visit(space, PLATFORM, now, rng), item.ours))
        return Applied("stands", code=refused.code, post=item.ours)


def tell_again(connection: Connection, public_id: str, *, now: datetime, rng: Random) -> bool:
    """Tell the bridge a post of ours anew, as it stands; False where it is not the connection's."""
    spaces = Space.objects.select_related("context__connection").filter(context__connection=connection)
    space = spaces.filter(threads__posts__public_id=public_id, threads__posts__origin="").first()
    if space is None:
        return False
    in_transaction(lambda: _tell_ours(Visit(space, PLATFORM, now, rng), public_id))
    return True


def _space_of(connection: Connection, item: ForeignItem, post: Post | None) -> Space | None:
    """The post's space, where it is the connection's and in the course that the item names."""
    if post is None:
        return None
    spaces = Space.objects.select_related("context__connection")
    return spaces.filter(
        pk=post.thread.space_id, context__connection=connection, context__key=item.context
    ).first()


def _offer(connection: Connection, space: Space, item: ForeignItem, *, now: datetime, rng: Random) -> Applied:
    row = claim(connection, item)
    if row.revision >= item.revision:
        return Applied("known", post=item.ours)
    person = find_person(connection, space, item)
    if person is None:
        raise Forbidden(N_("Only people who take part here can change this."), field="author")
    visit = enter(person, space, now=now, rng=rng)
    is_taken = _take(visit, item, row)
    row.post, row.public_id, row.revision = row.post or lock_post(visit, item.ours), item.ours, item.revision
    row.save(update_fields=["post", "public_id", "revision", "edit"])
    return Applied("applied" if is_taken else "stands", code="" if is_taken else "changed", post=item.ours)


def _take(visit: Visit, item: ForeignItem, row: ForeignPost) -> bool:
    """Whether all of it was taken over; a text that is older than ours is kept as a version. Raises Forbidden."""
    post = lock_post(visit, item.ours)
    if item.is_pinned is not None:
        discussion.pin_thread(visit, thread=post.thread.public_id, on=item.is_pinned)
    if item.is_locked is not None:
        discussion.close_thread(visit, thread=post.thread.public_id, on=item.is_locked)
    if item.is_deleted:
        discussion.delete_post(visit, post=item.ours)
        return True
    if not item.is_edited:
        return True
    text = check_html(item.html)
    title = _new_title(post, item)
    if title is None and text.html.strip() == check_html(post.html).html.strip():
        return True
    if _is_outdated(post, item, row):
        _keep(visit, post, text, title)
        return False
    discussion.edit_post(visit, post=item.ours, revision=post.revision, body=text, title=title)
    row.edit = post.revision + 1
    return True


def _is_outdated(post: Post, item: ForeignItem, row: ForeignPost) -> bool:
    """Whether somebody changed it here after the version that was changed there. What came from there is no such."""
    return item.base not in (0, post.revision) and row.edit != post.revision


def _new_title(post: Post, item: ForeignItem) -> str | None:
    """The title that was written there; None for a reply, and where it is ours, on one line or cut."""
    ours = " ".join(post.thread.title.split())
    theirs = " ".join(item.title.split())
    is_ours = theirs == ours or (theirs.endswith("…") and ours.startswith(theirs[:-1].rstrip()))
    return None if post.depth != Depth.OPENING or not theirs or is_ours else shorten_title(theirs)


def _keep(visit: Visit, post: Post, text: Text, title: str | None) -> None:
    """Theirs as a version between ours and ours. Raises Forbidden for who may not edit the post here."""
    require(visit, post, "edit", owner_id=None)
    PostVersion.objects.create(
        post=post,
        revision=post.revision + 1,
        title=(title or post.thread.title) if post.depth == Depth.OPENING else None,
        source=text.source,
        format=text.format,
        editor_id=visit.viewer.user_id,
        written_at=visit.now,
    )
    post.revision += 2
    post.save(update_fields=["revision"])
    _tell(visit, post)


def _tell_ours(visit: Visit, public_id: str) -> None:
    """An event of the post as it stands here, so that the bridge writes it over the copy."""
    _tell(visit, Post.objects.select_for_update().select_related("thread").get(public_id=public_id))


def _tell(visit: Visit, post: Post) -> None:
    save_thread(visit, post.thread, {})
    parent = post.parent.public_id if post.parent else None
    tell(visit, post.thread, post, parent_id=parent, pseudonym=pseudonym_of(post))
