"""Out of the directory: by leaving the course, or by retiring from the platform."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

from peer_xblock.api.transactions import in_transaction
from peer_xblock.models import ExpertProfile, ExpertRequest, ProfileSkill
from peer_xblock.models.spaces import hash_key

from . import listing


def leave_course(user_id: int, context_key: str, *, now: datetime | None = None) -> None:
    """Take a person out of a course's directory. What they wrote in their profile waits for their return."""
    rows = ExpertProfile.objects.filter(user=user_id, context__key_hash=hash_key(context_key), is_listed=True)
    for pk in list(rows.values_list("pk", flat=True)):
        _unlist(pk, now=now or datetime.now(UTC), is_erased=False)


def retire_expert(user_id: int, *, limit: int, now: datetime, rng: Random) -> int:  # noqa: ARG001  nothing is drawn
    """Blank up to `limit` profiles, with their skills and requests. Returns how many rows changed.

    A blank row stays: it is what tells search that the person is gone.
    """
    requests = ExpertRequest.objects.filter(asker=user_id) | ExpertRequest.objects.filter(
        profile__user=user_id
    )
    gone = list(requests.values_list("pk", flat=True)[:limit])
    ExpertRequest.objects.filter(pk__in=gone).delete()
    profiles = ExpertProfile.objects.filter(user=user_id, revision__gt=0).order_by("pk")
    found = list(profiles.values_list("pk", flat=True)[: limit - len(gone)])
    for pk in found:
        _unlist(pk, now=now, is_erased=True)
    return len(gone) + len(found)


def _unlist(pk: int, *, now: datetime, is_erased: bool) -> None:
    in_transaction(lambda: _unlist_one(pk, now=now, is_erased=is_erased))


def _unlist_one(pk: int, *, now: datetime, is_erased: bool) -> None:
    profile = ExpertProfile.objects.select_for_update().get(pk=pk)
    skills = list(
        ProfileSkill.objects.filter(profile=profile).order_by("place").values_list("skill_id", flat=True)
    )
    if profile.is_listed:
        listing.count(profile.context_id, was=skills, now_is=None)
    profile.is_listed = False
    profile.revision += 1
    if is_erased:
        profile.about = profile.about_html = profile.languages = ""
        profile.weekly_limit = profile.away_until = None
        profile.revision = 0
    listing.place(profile, now=now)
    profile.save()
    listing.write_skills(profile, () if is_erased else skills)
