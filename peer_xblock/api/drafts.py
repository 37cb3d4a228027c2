"""Drafts on the server: one row a person, space and place, which only that person ever gets.

Whoever saves says which revision they go on from. The newest one wins where only one side changed; where both did,
nothing is overwritten: the device gets the other text and its person chooses.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from peer_xblock.api.pictures import delete_pictures, retire_pictures
from peer_xblock.api.transactions import in_transaction
from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import CAPS
from peer_xblock.domain.drafts import KIND_CAP, TAGS_CAP, DraftText, DraftView, StaleDraft
from peer_xblock.domain.errors import N_, Invalid, TooLarge
from peer_xblock.models import Draft, Picture, Space
from peer_xblock.models.spaces import hash_key

PLACES_MAX = 100
KEEP = timedelta(days=90)
_BATCH = 500


def get_draft(visit: Visit, *, place: str) -> DraftView:
    """The viewer's own; nothing for whoever looks through somebody else's eyes. One statement."""
    if visit.viewer.is_preview:
        return _nothing(place)
    return _show(place, next(iter(_mine(visit).filter(place=place)), None))


def save_draft(
    visit: Visit,
    *,
    place: str,
    base: int,
    body: str,
    title: str = "",
    kind: str = "",
    anonymous: bool = False,
    revision: int | None = None,
    tags: str = "",
) -> DraftView:
    """Keep a text that goes on from revision `base`. Repeating it changes nothing.

    Raises StaleDraft when another device has saved since, TooLarge over the caps, Invalid for nothing.
    """
    visit.require_write()
    text = DraftText(title, body, kind, anonymous, revision, tags)
    _check(text)
    return in_transaction(lambda: _save(visit, place, base, text))


def forget_draft(visit: Visit, *, place: str, base: int) -> DraftView:
    """Sent or given up: the text goes, and the row says so to other devices.

    What another device has saved since `base` stays. Repeating it changes nothing.
    """
    visit.require_write()
    gone: dict[str, Any] = {"title": "", "body": "", "kind": "", "anonymous": False, "edited_revision": None}
    gone["tags"] = ""
    known = _mine(visit).filter(place=place, revision=base, is_gone=False)
    known.update(revision=F("revision") + 1, is_gone=True, saved_at=visit.now, **gone)
    return get_draft(visit, place=place)


def purge_drafts(*, now: datetime) -> int:
    """Delete what nobody has touched for 90 days. Returns how many."""
    old = Draft.objects.filter(saved_at__lt=now - KEEP)
    return sum(iter(lambda: _delete(list(old.values_list("pk", flat=True)[:_BATCH])), 0))


def retire_drafts(user_id: int, *, limit: int, now: datetime, rng: object) -> int:  # noqa: ARG001  as all do
    """Delete up to `limit` drafts of a retired person, and the pictures that they never posted. Returns how many."""
    retire_pictures(user_id)
    return _delete(list(Draft.objects.filter(user_id=user_id).values_list("pk", flat=True)[:limit]))


def leave_drafts(user_id: int, context_key: str) -> None:
    """Whoever leaves a course leaves nothing unsent in it."""
    here = Space.objects.filter(context__key_hash=hash_key(context_key))
    Draft.objects.filter(space__in=here, user_id=user_id).delete()
    delete_pictures(Picture.objects.filter(space__in=here, owner_id=user_id, draft_since__isnull=False))


def _save(visit: Visit, place: str, base: int, text: DraftText) -> DraftView:
    columns = _columns(visit, text)
    changed = _mine(visit).filter(place=place, revision=base).update(revision=base + 1, **columns)
    if changed:
        return DraftView(place, base + 1, visit.now, text)
    current = _show(place, next(iter(_mine(visit).filter(place=place)), None))
    if current.draft == text:
        return current
    if current.revision == 0 and _insert(visit, place, base + 1, columns):
        return DraftView(place, base + 1, visit.now, text)
    raise StaleDraft(
        N_("This text was changed on another device. Nothing is lost: choose which one to go on with."),
        current=get_draft(visit, place=place),
    )


def _insert(visit: Visit, place: str, revision: int, columns: dict[str, Any]) -> bool:
    """False when another device was first. The oldest places beyond the cap go."""
    try:
        with transaction.atomic():
            Draft.objects.create(
                user_id=visit.viewer.user_id, space=visit.space, place=place, revision=revision, **columns
            )
    except IntegrityError:
        return False
    _delete(list(_mine(visit).order_by("-saved_at", "-pk").values_list("pk", flat=True)[PLACES_MAX:]))
    return True


def _delete(keys: list[int]) -> int:
    return Draft.objects.filter(pk__in=keys).delete()[0] if keys else 0


def _mine(visit: Visit) -> Any:
    return Draft.objects.filter(user_id=visit.viewer.user_id, space_id=visit.space.pk)


def _columns(visit: Visit, text: DraftText) -> dict[str, Any]:
    return {
        "is_gone": False,
        "title": text.title,
        "body": text.body,
        "kind": text.kind,
        "anonymous": text.anonymous,
        "edited_revision": text.revision,
        "tags": text.tags,
        "saved_at": visit.now,
    }


def _show(place: str, row: Draft | None) -> DraftView:
    if row is None:
        return _nothing(place)
    text = DraftText(row.title, row.body, row.kind, row.anonymous, row.edited_revision, row.tags)
    return DraftView(place, row.revision, row.saved_at, None if row.is_gone else text)


def _nothing(place: str) -> DraftView:
    return DraftView(place, 0, None, None)


def _check(text: DraftText) -> None:
    if text.is_blank:
        raise Invalid(N_("There is nothing to keep in this text yet."), field="body")
    for field, cap in (("title", CAPS.title), ("body", CAPS.body), ("kind", KIND_CAP), ("tags", TAGS_CAP)):
        length = len(getattr(text, field))
        if length > cap:
            raise TooLarge(
                N_("“%(name)s” has %(length)d characters; %(cap)d fit."),
                field=field,
                name=field,
                length=length,
                cap=cap,
            )
