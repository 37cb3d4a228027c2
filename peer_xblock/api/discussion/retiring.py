"""A retired person's posts stand, and nothing says any more who wrote them."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from random import Random

from peer_xblock.api.transactions import in_transaction
from peer_xblock.api.visits import PLATFORM, Visit
from peer_xblock.models import Bookmark, Flag, Post, PostVersion, Pseudonym, ReadState, Space

from .changes import pseudonym_of, save_thread, tell
from .present import is_private
from .rows import lock_post


def retire_author(user_id: int, *, limit: int, now: datetime, rng: Random) -> int:
    """Unlink up to `limit` posts, each with its event, so that the copy in Moodle follows.

    Returns how many: fewer than the limit when none is left. With the last go the traces of what the person edited,
    judged, read and said in reports. Pseudonyms stay as they are; votes, reactions and reports keep their count, and
    go with the account.
    """
    posts = Post.objects.filter(author_id=user_id).order_by("pk")
    found = list(posts.values_list("public_id", "thread__space_id")[:limit])
    for public_id, space_id in found:
        space = Space.objects.select_related("context__connection").get(pk=space_id)
        in_transaction(partial(_unlink, Visit(space, PLATFORM, now, rng), public_id))
    if len(found) < limit:
        in_transaction(partial(_forget_traces, user_id))
    return len(found)


def _unlink(visit: Visit, public_id: str) -> None:
    post = lock_post(visit, public_id)
    post.author_id = post.client_key = None
    post.save(update_fields=["author", "client_key"])
    save_thread(visit, post.thread, {}, is_seen=not is_private(post))
    parent_id = post.parent.public_id if post.parent else None
    tell(visit, post.thread, post, parent_id=parent_id, pseudonym=pseudonym_of(post))


def _forget_traces(user_id: int) -> None:
    Pseudonym.objects.filter(author_id=user_id).update(author=None)
    PostVersion.objects.filter(editor_id=user_id).update(editor=None)
    for name in ("editor", "endorsed_by", "accepted_by", "private_to"):
        Post.objects.filter(**{name: user_id}).update(**{name: None})
    ReadState.objects.filter(user_id=user_id).delete()
    Bookmark.objects.filter(user_id=user_id).delete()
    Flag.objects.filter(user_id=user_id).update(words="")
