"""Who gets a picture: whoever may read the post or work that it is part of; before that, who uploaded it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from random import Random

from django.core.files.storage import default_storage

from peer_xblock.api.community import enter_space
from peer_xblock.api.discussion.present import post_facts
from peer_xblock.api.discussion.rows import get_post_row, get_thread_row, only
from peer_xblock.api.review.files import holds_review
from peer_xblock.api.visits import Visit
from peer_xblock.domain.errors import N_, NotFound
from peer_xblock.domain.files import Download
from peer_xblock.domain.people import Actor
from peer_xblock.domain.permissions import may_read_history
from peer_xblock.models import Picture, Space


def get_picture(actor: Actor, picture: str, *, now: datetime, rng: Random) -> Download:
    """A picture for one person. Raises NotFound, LoginRequired."""
    rows = Picture.objects.select_related("post__thread", "slot")
    row = only(rows.filter(public_id=picture))
    if row is None or not _may_see(actor, row, now=now, rng=rng):
        raise NotFound(N_("This picture is not here, or not for you."), field="picture")
    return Download(
        row.public_id, row.content_type, partial(default_storage.open, row.path, "rb"), tag=row.public_id
    )


def _may_see(actor: Actor, row: Picture, *, now: datetime, rng: Random) -> bool:
    if row.draft_since is not None:
        return row.owner_id is not None and row.owner_id == actor.user_id
    if row.post is not None:
        visit = _enter(actor, row.post.thread.space_id, now=now, rng=rng)
        return _may_read_post(visit, row.post.public_id)
    if row.slot is not None:
        visit = _enter(actor, row.slot.activity_id, now=now, rng=rng)
        is_own = row.slot.author_id == visit.viewer.user_id
        return is_own or visit.viewer.is_moderator or holds_review(visit, row.slot.pk)
    return False


def _enter(actor: Actor, space_id: int, *, now: datetime, rng: Random) -> Visit:
    space = Space.objects.select_related("context__connection").get(pk=space_id)
    return enter_space(actor, space, now=now, rng=rng)


def _may_read_post(visit: Visit, post: str) -> bool:
    """As the text around it: a removed post's pictures are for those who may read its versions."""
    row = get_post_row(visit, post)
    if row.deleted_at is None:
        return True
    thread = get_thread_row(visit, row.thread_public_id)  # type: ignore[attr-defined]  # an annotation
    return may_read_history(
        visit.viewer, post_facts(row, thread, owner_id=None, viewer_id=visit.viewer.user_id)
    )
