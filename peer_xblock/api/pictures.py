"""Pictures: kept while a text is written, part of the first post or work that shows them, gone with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from peer_xblock.api.files import forget_bytes, keep_bytes
from peer_xblock.api.visits import Visit
from peer_xblock.domain.errors import N_, Conflict
from peer_xblock.domain.ids import new_id
from peer_xblock.domain.pictures import ADDRESS, PictureView, encode_anew, pictures_in
from peer_xblock.models import Picture, Post, Slot

DRAFTS_MAX = 50
KEEP_DRAFTS = timedelta(days=90)
_BATCH = 200


def upload_picture(visit: Visit, *, content: bytes) -> PictureView:
    """Keep a picture for a text that is being written: its owner's alone. Raises Invalid, TooLarge, Conflict."""
    visit.require_write()
    mine = Picture.objects.filter(owner_id=visit.viewer.user_id, draft_since__isnull=False)
    if mine.count() >= DRAFTS_MAX:
        raise Conflict(
            N_("You have %(count)d pictures in texts that are not posted. Post some of them first."),
            field="content",
            count=DRAFTS_MAX,
        )
    encoded = encode_anew(content)
    path = keep_bytes(encoded.content, visit.rng)
    try:
        row = Picture.objects.create(
            space_id=visit.space.pk,
            owner_id=visit.viewer.user_id,
            public_id=new_id(visit.now, visit.rng),
            content_type=encoded.content_type,
            size=len(encoded.content),
            width=encoded.width,
            height=encoded.height,
            path=path,
            created_at=visit.now,
            draft_since=visit.now,
        )
    except BaseException:
        forget_bytes([path])
        raise
    return PictureView(row.public_id, f"{ADDRESS}{row.public_id}", row.width, row.height)


def attach_pictures(visit: Visit, html: str, *, post: Post | None = None, slot: Slot | None = None) -> None:
    """The viewer's own pictures in a text become part of what is written. One statement, none without pictures."""
    ids = pictures_in(html)
    if ids:
        mine = Picture.objects.filter(owner_id=visit.viewer.user_id, draft_since__isnull=False)
        mine.filter(public_id__in=ids).update(post=post, slot=slot, draft_since=None)


def delete_pictures(pictures: QuerySet[Picture]) -> int:
    """Delete rows, and their bytes after the commit. Returns how many.

    They are found under their lock: one that has just become part of a post is no draft any more, and stays.
    """
    with transaction.atomic():
        found = list(pictures.select_for_update().values_list("pk", "path"))
        Picture.objects.filter(pk__in=[pk for pk, _ in found]).delete()
        transaction.on_commit(partial(forget_bytes, [path for _, path in found]))
    return len(found)


def delete_pictures_of(posts: Iterable[int]) -> int:
    """Those of removed posts, by key. Returns how many."""
    return delete_pictures(Picture.objects.filter(post__in=list(posts)))


def remove_unused_pictures(*, now: datetime) -> int:
    """Delete what was uploaded 90 days ago and never posted: as long as a draft that shows it. Returns how many."""
    unused = Picture.objects.filter(draft_since__lt=now - KEEP_DRAFTS).order_by("draft_since")
    return sum(iter(lambda: delete_pictures(unused[:_BATCH]), 0))


def retire_pictures(user_id: int) -> None:
    """What a retired person never posted goes; what they posted stands with its post, and says no more whose it is."""
    delete_pictures(Picture.objects.filter(owner_id=user_id, draft_since__isnull=False))
    Picture.objects.filter(owner_id=user_id).update(owner=None)
