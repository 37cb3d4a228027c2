"""Votes, accepted answers, endorsements."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from peer_xblock.api.transactions import in_transaction
from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import ChangedPost, Depth, VoteResult
from peer_xblock.domain.errors import N_, Forbidden
from peer_xblock.domain.permissions import rights
from peer_xblock.models import Post, Thread, Vote

from .changes import best_key, feed_key, listing_keys, pseudonym_of, save_thread, tell
from .locked import opening_author, present_changed, require
from .present import post_facts
from .rows import lock_post, only


def vote(visit: Visit, *, post: str, on: bool) -> VoteResult:
    """Give or take back one vote; nobody votes for oneself. Repeating it changes nothing."""
    visit.require_write()
    return in_transaction(lambda: _vote(visit, post, on=on))


def _vote(visit: Visit, post_id: str, *, on: bool) -> VoteResult:
    post = lock_post(visit, post_id)
    facts = post_facts(post, post.thread, owner_id=None, viewer_id=visit.viewer.user_id)
    if facts.is_own:
        raise Forbidden(N_("Nobody votes for their own post."), field="post")
    if not rights(visit.viewer, facts).vote:
        raise Forbidden(N_("This post takes no votes."), field="post")
    change = _cast(visit, post) if on else _withdraw(visit, post)
    counted = post.thread if post.depth == Depth.OPENING else post
    counted.vote_count += change
    if change:
        _store_votes(visit, post)
    return VoteResult(post.public_id, counted.vote_count, has_voted=on)


def _cast(visit: Visit, post: Post) -> int:
    try:
        with transaction.atomic():
            Vote.objects.create(user_id=visit.viewer.user_id, post=post, created_at=visit.now)
    except IntegrityError:
        return 0
    return 1


def _withdraw(visit: Visit, post: Post) -> int:
    return -Vote.objects.filter(user_id=visit.viewer.user_id, post=post).delete()[0]


def _store_votes(visit: Visit, post: Post) -> None:
    """One UPDATE: count and key move together, under the row's lock."""
    if post.depth != Depth.OPENING:
        Post.objects.filter(pk=post.pk).update(
            vote_count=post.vote_count, key_best=best_key(post.thread, post)
        )
        return
    thread = post.thread
    is_listed = thread.key_space_votes is not None
    keys = listing_keys(visit.space, thread, is_listed=is_listed, is_answered=thread.key_unanswered is None)
    keys |= feed_key(visit, thread)
    Thread.objects.filter(pk=thread.pk).update(vote_count=thread.vote_count, **keys)


def accept_answer(visit: Visit, *, post: str, on: bool) -> ChangedPost:
    """Mark a response as the answer (the asker, facilitators, staff), or take the mark away. One answer a question."""
    visit.require_write()
    return in_transaction(lambda: _accept(visit, post, on=on))


def _accept(visit: Visit, post_id: str, *, on: bool) -> ChangedPost:
    post = lock_post(visit, post_id)
    thread = post.thread
    owner_id = opening_author(thread)
    require(visit, post, "accept", owner_id=owner_id)
    if on != (post.accepted_of_id is not None):
        former = only(Post.objects.filter(accepted_of=thread)) if on else None
        if former is not None:
            mark_accepted(visit, thread, former, on=False)
        mark_accepted(visit, thread, post, on=on)
    return present_changed(visit, post)


def mark_accepted(visit: Visit, thread: Thread, post: Post, *, on: bool) -> None:
    """Mark a response as the answer of its locked thread, or take the mark away, and tell of it."""
    post.accepted_of = thread if on else None
    post.accepted_by_id = visit.viewer.user_id if on else None
    post.accepted_role = visit.viewer.role.value if on else ""
    post.key_best = best_key(thread, post)
    post.save(update_fields=["accepted_of", "accepted_by", "accepted_role", "key_best"])
    is_listed = thread.key_space_activity is not None
    keys = listing_keys(visit.space, thread, is_listed=is_listed, is_answered=on)
    save_thread(visit, thread, keys)
    tell(visit, thread, post, parent_id=None, pseudonym=pseudonym_of(post))


def endorse(visit: Visit, *, post: str, on: bool) -> ChangedPost:
    """A facilitator or course staff vouches for a response, or takes that back."""
    visit.require_write()
    return in_transaction(lambda: _endorse(visit, post, on=on))


def _endorse(visit: Visit, post_id: str, *, on: bool) -> ChangedPost:
    post = lock_post(visit, post_id)
    require(visit, post, "endorse", owner_id=None)
    if on != (post.endorsed_at is not None):
        post.endorsed_at = visit.now if on else None
        post.endorsed_by_id = visit.viewer.user_id if on else None
        post.endorsed_role = visit.viewer.role.value if on else ""
        post.key_best = best_key(post.thread, post)
        post.save(update_fields=["endorsed_at", "endorsed_by", "endorsed_role", "key_best"])
        save_thread(visit, post.thread, {})
        tell(visit, post.thread, post, parent_id=None, pseudonym=pseudonym_of(post))
    return present_changed(visit, post)
