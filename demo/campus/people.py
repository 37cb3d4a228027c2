"""What peer_xblock asks of its platform (settings.PEER_HOST), answered from the campus's own tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from completion.models import BlockCompletion
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db.models import Q, QuerySet
from django.utils import timezone
from opaque_keys.edx.keys import UsageKey

from demo.campus.models import Block, Grade, Profile
from peer_xblock.domain.people import Group, Role
from peer_xblock.platform import Address, ClassSize, Place, Subject, Told

ISSUER = "https://login.campus.test"


def role_of(user_id: int, context_key: str) -> Role:
    """The person's role; the campus has one course, so the key does not matter."""
    del context_key
    role = Profile.objects.filter(user_id=user_id).values_list("role", flat=True).first()
    return Role(role or "learner")


def is_masquerade(user_id: int) -> bool:
    """The team of the campus views as a learner by being one."""
    del user_id
    return False


def group_of(user_id: int, context_key: str) -> Group | None:
    """The person's cohort."""
    del context_key
    row = Profile.objects.filter(user_id=user_id).values_list("cohort_id", "cohort").first()
    if row is None or not row[0]:
        return None
    return Group(id=f"cohort:{row[0]}", name=row[1])


def names_of(user_ids: Collection[int]) -> Mapping[int, str]:
    """Display names by account."""
    return dict(Profile.objects.filter(user_id__in=user_ids).values_list("user_id", "name"))


def addresses_of(user_ids: Collection[int]) -> Mapping[int, Address]:
    """The mail addresses of the accounts; people read the language that they last chose on the page."""
    rows = Profile.objects.filter(user__in=user_ids).exclude(user__email="")
    return {
        user_id: Address(email, language)
        for user_id, email, language in rows.values_list("user_id", "user__email", "language")
    }


def notify(user_ids: Sequence[int], context_key: str, told: Told) -> None:
    """The campus has no notification system of its own."""
    del user_ids, context_key, told


def subject_of(user_id: int, *, provider: str, claim: str) -> Subject | None:
    """What the campus' one identity provider recorded of the person, by the one claim that it sends."""
    del provider, claim
    value = Profile.objects.filter(user_id=user_id).values_list("subject", flat=True).first()
    return Subject(ISSUER, settings.CAMPUS_SUBJECT_PREFIX + value) if value else None


def find_person(value: str, *, provider: str, claim: str) -> int | None:
    """The other way round."""
    del provider, claim
    subject = value.removeprefix(settings.CAMPUS_SUBJECT_PREFIX)
    known = Profile.objects.exclude(subject="").filter(subject=subject)
    found = list(known.values_list("user_id", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def post_url(post_id: str) -> str:
    """The post's permanent address."""
    return f"{settings.CAMPUS_URL}/peer/p/{post_id}"


def stop_url(token: str) -> str:
    """Where a mail is unsubscribed from."""
    return f"{settings.CAMPUS_URL}/peer/stop/{token}"


def unit_url(usage_key: str, post_id: str = "") -> str:
    """The unit's page in the course, opened at the post."""
    unit = Block.objects.select_related("parent").get(usage_key=usage_key).parent
    course = UsageKey.from_string(usage_key).context_key
    key = unit.usage_key if unit else usage_key
    url = f"{settings.CAMPUS_URL}/learn/{quote(str(course))}/{quote(key)}"
    return f"{url}?peer_post={post_id}" if post_id else url


def is_enrolled(user_id: int, context_key: str) -> bool:
    """Everybody of the campus takes its one course."""
    del context_key
    return Profile.objects.filter(user_id=user_id).exists()


def team_of(context_key: str) -> Collection[int]:
    """Facilitators and staff of the campus."""
    del context_key
    team = Profile.objects.exclude(role=Role.LEARNER.value)
    return list(team.values_list("user_id", flat=True))


def people_of(context_key: str, *, after: int, limit: int) -> Sequence[int]:
    """Everybody of the campus."""
    del context_key
    people = Profile.objects.filter(user_id__gt=after).order_by("user_id")
    return list(people.values_list("user_id", flat=True)[:limit])


def class_size(context_key: str, *, now: datetime) -> ClassSize | None:
    """All learners of the campus, whose door stays open."""
    del context_key, now
    return ClassSize(Profile.objects.filter(role=Role.LEARNER.value).count(), is_final=False)


def publish_grade(user_id: int, usage_key: str, *, earned: float, weight: float) -> None:
    """Into the campus's gradebook, in points."""
    Grade.objects.update_or_create(
        user_id=user_id,
        usage_key=usage_key,
        defaults={"earned": earned * weight, "possible": weight},
    )


def track(event: str, data: Mapping[str, str], *, user_id: int) -> None:
    """The campus keeps no tracking log."""
    del event, data, user_id


def complete(user_id: int, usage_key: str) -> None:
    """As the runtime does when a block publishes it."""
    user = User.objects.get(pk=user_id)
    BlockCompletion.objects.submit_completion(user, UsageKey.from_string(usage_key), 1.0)


def published_blocks(context_key: str, block_types: Collection[str]) -> Sequence[Any]:
    """What the outline holds, as a worker reads it: the campus publishes with every save."""
    from demo.campus.runtime import Mode, runtime_for

    rows = Block.objects.filter(course_key=context_key, block_type__in=block_types)
    keys = [UsageKey.from_string(key) for key in rows.values_list("usage_key", flat=True)]
    return [runtime_for(AnonymousUser(), key, Mode.STORE).get_block(key) for key in keys]


def visible_places(user_id: int, context_key: str, usage_keys: Collection[str]) -> Sequence[Place]:
    """The blocks of the units that this person may open, as the outline has them."""
    units = units_for(user_id)
    rows = Block.objects.filter(course_key=context_key, usage_key__in=usage_keys, parent__in=units)
    ordered = rows.order_by("parent__parent__position", "parent__position", "position")
    return [Place(*row) for row in ordered.values_list("usage_key", "parent__parent__title", "parent__title")]


def visible_spaces(user_id: int, context_key: str, usage_keys: Collection[str]) -> Collection[str]:
    """The usage keys of `visible_places`."""
    return [place.usage_key for place in visible_places(user_id, context_key, usage_keys)]


def units_for(user_id: int | None) -> QuerySet[Block]:
    """The units that are released, not hidden, and not another cohort's; course staff see all."""
    units = Block.objects.filter(block_type="vertical")
    profile = Profile.objects.filter(user_id=user_id or 0).first()
    if profile is not None and profile.role == Role.STAFF:
        return units
    mine = Q(cohort_id=0) | Q(cohort_id=profile.cohort_id if profile else 0)
    return units.filter(mine, Q(start=None) | Q(start__lte=timezone.now()), is_hidden=False)


def course_url(context_key: str) -> str:
    """The course's page: the campus has one."""
    del context_key
    return f"{settings.CAMPUS_URL}/"


def course_title(context_key: str) -> str:
    """The course's title."""
    titles = Block.objects.filter(course_key=context_key, block_type="course").values_list("title", flat=True)
    return titles.first() or ""


def resource_url(block_type: str, name: str) -> str:
    """Hashed, as the campus's runtime gives it to the blocks."""
    del block_type
    return str(staticfiles_storage.url(f"xblock/resources/peer_xblock/public/{name}"))
