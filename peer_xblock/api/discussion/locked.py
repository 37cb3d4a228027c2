"""What every change of a post that is there already begins and ends with."""

from __future__ import annotations

from typing import Any

from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import ChangedPost
from peer_xblock.domain.errors import N_, Forbidden
from peer_xblock.domain.permissions import rights
from peer_xblock.models import Post, Thread

from .present import Presenter, post_facts
from .rows import get_post_row, get_thread_row

_REFUSALS = {
    "edit": N_("Only its author, a facilitator or the course team can edit this post."),
    "delete": N_("Only its author, a facilitator or the course team can remove this post."),
    "restore": N_("Only who removed this post, a facilitator or the course team can restore it."),
    "accept": N_("Only who asked, a facilitator or the course team can accept an answer."),
    "endorse": N_("Only facilitators and the course team endorse responses."),
}


def require(visit: Visit, post: Post, right: str, *, owner_id: int | None) -> None:
    """Refuse what the rules do not give. Raises Forbidden."""
    facts = post_facts(post, post.thread, owner_id=owner_id, viewer_id=visit.viewer.user_id)
    if not getattr(rights(visit.viewer, facts), right):
        raise Forbidden(_REFUSALS[right], field="post")


def opening_author(thread: Thread) -> int | None:
    """Who started the thread, by the id that opening and thread share.

    Not by thread and number: PostgreSQL, which guesses at how many posts are number 0, walks the table for it.
    """
    return Post.objects.values_list("author_id", flat=True).get(public_id=thread.public_id)


def present_changed(visit: Visit, post: Post) -> ChangedPost:
    """The post and its thread, read again as they are after the change."""
    return show_changed(
        visit, get_post_row(visit, post.public_id), get_thread_row(visit, post.thread.public_id)
    )


def show_changed(visit: Visit, post: Any, thread: Any) -> ChangedPost:
    """Rows that are at hand, presented."""
    presenter = Presenter(visit)
    presenter.expect_thread(thread)
    presenter.expect_posts([post])
    return ChangedPost(presenter.thread(thread), presenter.post(post, thread, owner_id=thread.o_author))
