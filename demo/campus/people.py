"""What peer_xblock asks of its platform (settings.PEER_HOST), answered from the campus's own tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from urllib.parse import quote

from django.conf import settings
from opaque_keys.edx.keys import UsageKey

from demo.campus.models import Block, Profile
from peer_xblock.domain.people import Group, Role
from peer_xblock.platform import Subject

ISSUER = "https://login.campus.test"


def role_of(user_id: int, context_key: str) -> Role:
    """The person's role; the campus has one course, so the key does not matter."""
    del context_key
    role = Profile.objects.filter(user_id=user_id).values_list("role", flat=True).first()
    return Role(role or "learner")


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


def subject_of(user_id: int, *, provider: str, claim: str) -> Subject | None:
    """What the campus' one identity provider recorded of the person, by the one claim that it sends."""
    del provider, claim
    value = Profile.objects.filter(user_id=user_id).values_list("subject", flat=True).first()
    return Subject(ISSUER, settings.CAMPUS_SUBJECT_PREFIX + value) if value else None


def post_url(post_id: str) -> str:
    """The post's permanent address."""
    return f"{settings.CAMPUS_URL}/peer/p/{post_id}"


def unit_url(usage_key: str, post_id: str) -> str:
    """The unit's page in the course, opened at the post."""
    unit = Block.objects.select_related("parent").get(usage_key=usage_key).parent
    course = UsageKey.from_string(usage_key).context_key
    key = unit.usage_key if unit else usage_key
    return f"{settings.CAMPUS_URL}/learn/{quote(str(course))}/{quote(key)}?peer_post={post_id}"
