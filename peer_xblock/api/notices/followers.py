"""Whom a post concerns, before it is asked who may read it."""

from __future__ import annotations

from peer_xblock.api.discussion.present import is_private
from peer_xblock.domain.discussion import Depth
from peer_xblock.domain.notices import Reason
from peer_xblock.models import Post, ReadState, SpaceMember
from peer_xblock.platform import host


def reasons_for(post: Post) -> dict[int, Reason]:
    """Who is told of a post, and why; never its author. At most three statements.

    A new thread concerns those who follow the space; what is written in one those who follow it or, having chosen
    nothing, have written there. Who stopped following a thread is not told of answers to their own posts either.
    What is private concerns the team, and whoever talks with it.
    """
    concerned = {Depth.OPENING: _of_space}.get(post.depth, _of_thread)
    told = _of_talk(post) if is_private(post) else concerned(post)
    told.pop(post.author_id, None)
    return {user_id: reason for user_id, reason in told.items() if user_id is not None}


def _of_talk(post: Post) -> dict[int | None, Reason]:
    team: dict[int | None, Reason] = dict.fromkeys(
        host().team_of(post.thread.space.context.key), Reason.PRIVATE
    )
    return {**team, post.private_to_id: Reason.ANSWER}


def _of_space(post: Post) -> dict[int | None, Reason]:
    rows = SpaceMember.objects.filter(space_id=post.thread.space_id, follows=True)
    return dict.fromkeys(rows.values_list("user_id", flat=True), Reason.SPACE)


def _of_thread(post: Post) -> dict[int | None, Reason]:
    chosen = dict(
        ReadState.objects.filter(thread=post.thread_id, follows__isnull=False).values_list(
            "user_id", "follows"
        )
    )
    posts = Post.objects.filter(thread=post.thread_id, number__lt=post.number, author__isnull=False)
    writers = posts.order_by().values_list("author_id", flat=True).distinct()
    told: dict[int | None, Reason] = dict.fromkeys(writers, Reason.THREAD)
    answered = _answered_author(post)
    if answered is not None:
        told[answered] = Reason.ANSWER
    for user_id, follows in chosen.items():
        if follows:
            told.setdefault(user_id, Reason.THREAD)
        else:
            told.pop(user_id, None)
    return told


def _answered_author(post: Post) -> int | None:
    """Who wrote what the post answers: the opening, or the response that it comments on."""
    if post.parent is not None:
        return post.parent.author_id
    opening = Post.objects.filter(thread=post.thread_id, number=0)
    return opening.values_list("author_id", flat=True).first()
