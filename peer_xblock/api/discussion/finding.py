"""Where a post or thread went that a link looks for in vain: threads are moved, merged and split, ids stay."""

from __future__ import annotations

from typing import Any

from peer_xblock.api.around import look_around
from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import Location
from peer_xblock.domain.errors import N_, Elsewhere
from peer_xblock.models import Post
from peer_xblock.platform import host

from .rows import only, readable_rows


def find_moved(visit: Visit, *, thread: str, post: str | None) -> Location | None:
    """The thread of this space where it stands now, None where it is nowhere.

    thread, post: of a link that was not found. Raises Elsewhere where it is in another discussion of the course.
    """
    wanted = post or thread
    row: Any = only(readable_rows(visit).filter(public_id=wanted))
    if row is None:
        require_not_moved_away(visit, wanted, field="post" if post else "thread")
        return None
    place = Location(row.thread_public_id, row.public_id)
    return None if place == Location(thread, wanted) else place


def require_not_moved_away(visit: Visit, post: str, *, field: str = "post") -> None:
    """Raises Elsewhere where the post is in another discussion of the course that the viewer may read."""
    rows = Post.objects.select_related("thread").filter(
        public_id=post, thread__space__context=visit.space.context
    )
    found = only(rows.exclude(thread__space=visit.space.pk).exclude(audience="staff"))
    if found is None or not look_around(visit).reads(found.thread.space_id, found.thread.group_id):
        return
    message = N_("This is in another discussion of the course.")
    raise Elsewhere(message, field=field, url=host().post_url(post))
