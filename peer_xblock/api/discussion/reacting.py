"""Reactions: one row a person, post and reaction; the numbers stand in the post's own row."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Count

from peer_xblock.api.transactions import in_transaction
from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import Reacted
from peer_xblock.domain.errors import N_, Forbidden, Invalid
from peer_xblock.domain.permissions import rights
from peer_xblock.domain.reacting import CODES, Reaction, offered
from peer_xblock.domain.reacting import moved as counted
from peer_xblock.models import Post, PostReaction, Space, Thread

from .present import post_facts
from .rows import lock_post


def reactions_of(space: Space) -> tuple[Reaction, ...]:
    """What a space offers."""
    return offered(space.options.get("reactions"))


def react(visit: Visit, *, post: str, reaction: str, on: bool) -> Reacted:
    """Give one of the space's reactions to a post of somebody else's, or take it back. Repeating it changes nothing.

    Raises Invalid for one that the space does not offer, Forbidden, NotFound.
    """
    visit.require_write()
    given = CODES.get(reaction)
    if given is None or given not in reactions_of(visit.space):
        raise Invalid(N_("This reaction is not offered here."), field="reaction")
    return in_transaction(lambda: _react(visit, post, given, on=on))


def _react(visit: Visit, post_id: str, given: Reaction, *, on: bool) -> Reacted:
    post = lock_post(visit, post_id)
    facts = post_facts(post, post.thread, owner_id=None, viewer_id=visit.viewer.user_id)
    if not rights(visit.viewer, facts).react:
        raise Forbidden(N_("Nobody reacts to their own post, or to one that is gone."), field="post")
    step = _give(visit, post, given) if on else _take_back(visit, post, given)
    if step:
        post.reactions = counted(post.reactions, given.code, step)
        Post.objects.filter(pk=post.pk).update(reactions=post.reactions)
    return Reacted(post.public_id, given.code, post.reactions.get(given.code, 0), is_mine=on)


def _give(visit: Visit, post: Post, given: Reaction) -> int:
    try:
        with transaction.atomic():
            PostReaction.objects.create(
                user_id=visit.viewer.user_id, post=post, mark=given.value, created_at=visit.now
            )
    except IntegrityError:
        return 0
    return 1


def _take_back(visit: Visit, post: Post, given: Reaction) -> int:
    mine = PostReaction.objects.filter(user_id=visit.viewer.user_id, post=post, mark=given.value)
    return -mine.delete()[0]


def count_reactions(thread: Thread) -> dict[int, dict[str, int]]:
    """What there is, by post; one statement, for the repair."""
    rows = PostReaction.objects.filter(post__thread=thread).values_list("post", "mark")
    found: dict[int, dict[str, int]] = {}
    for post, mark, number in rows.annotate(number=Count("pk")):
        found.setdefault(post, {})[Reaction(mark).code] = number
    return found
