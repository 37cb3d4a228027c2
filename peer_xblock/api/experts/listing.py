"""Who is listed, and the counts that follow: always changed together, in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Count, F

from peer_xblock.domain.keys import change_key, listing_key, seconds, skill_key
from peer_xblock.models import Directory, ExpertProfile, LearningContext, ProfileSkill, SkillTally


def write_skills(profile: ExpertProfile, skills: Sequence[int]) -> None:
    """The declared skills in their order, found by others while the person is listed."""
    ProfileSkill.objects.filter(profile=profile).delete()
    rows = [
        ProfileSkill(profile=profile, skill_id=skill, place=place, key=_skill_key(profile, skill))
        for place, skill in enumerate(skills)
    ]
    ProfileSkill.objects.bulk_create(rows)


def place(profile: ExpertProfile, *, now: datetime) -> None:
    """The profile's keys in the listing and in the feed of changes, on the object."""
    context, ident = profile.context_id, profile.public_id
    profile.changed_at = now
    profile.key_recent = (
        listing_key(context, pinned=False, value=seconds(now), public_id=ident) if profile.is_listed else None
    )
    profile.key_course_changed = change_key(context, now, ident)


def count(context: int, *, was: Collection[int] | None, now_is: Collection[int] | None) -> None:
    """Move the counts of a course. was, now_is: the skills that one person shows; None when not listed."""
    before, after = set(was or ()), set(now_is or ())
    _add_to_tallies(context, after - before, 1)
    _add_to_tallies(context, before - after, -1)
    step = int(now_is is not None) - int(was is not None)
    if step:
        Directory.objects.bulk_create([Directory(context_id=context)], ignore_conflicts=True)
        Directory.objects.filter(context=context).update(people_count=F("people_count") + step)


def _add_to_tallies(context: int, skills: Collection[int], step: int) -> None:
    if not skills:
        return
    if step > 0:
        rows = [SkillTally(context_id=context, skill_id=skill) for skill in sorted(skills)]
        SkillTally.objects.bulk_create(rows, ignore_conflicts=True)
    tallies = SkillTally.objects.filter(context=context, skill__in=sorted(skills))
    tallies.update(people_count=F("people_count") + step)


def _skill_key(profile: ExpertProfile, skill: int) -> str | None:
    if not profile.is_listed:
        return None
    return skill_key(profile.context_id, skill, profile.changed_at, profile.public_id)


def repair_directories() -> Iterator[str]:
    """Count every course's listed people and skills anew; yields the key of each course that was wrong."""
    for context in LearningContext.objects.order_by("pk").iterator():
        with transaction.atomic():
            was_wrong = _repair(context)
        if was_wrong:
            yield context.key


def _repair(context: LearningContext) -> bool:
    """The counts are locked, in the order of `count`, before the people are read: whoever saves a profile waits."""
    tallies = SkillTally.objects.select_for_update().filter(context=context).order_by("pk")
    there = dict(tallies.values_list("skill_id", "people_count"))
    directory = Directory.objects.select_for_update().filter(context=context)
    counted = next(iter(directory.values_list("people_count", flat=True)), 0)
    listed = ExpertProfile.objects.filter(context=context, is_listed=True)
    people = listed.count()
    is_wrong = people != counted
    if is_wrong:
        Directory.objects.update_or_create(context=context, defaults={"people_count": people})
    declared = ProfileSkill.objects.filter(profile__in=listed).order_by().values("skill_id")
    right = dict(declared.annotate(people=Count("pk")).values_list("skill_id", "people"))
    for skill in right.keys() | there.keys():
        if right.get(skill, 0) != there.get(skill, 0):
            is_wrong = True
            defaults = {"people_count": right.get(skill, 0)}
            SkillTally.objects.update_or_create(context=context, skill_id=skill, defaults=defaults)
    return is_wrong
