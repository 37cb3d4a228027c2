"""A host without edx-platform: xblock-sdk's workbench, a trial. It knows Django's users and nothing else.

No cohorts, no single sign-on, no forum roles, no pages of units: what asks for them gets what an LMS without them
would answer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.storage import staticfiles_storage

from peer_xblock.domain.people import Group, Role

from .host import Address, ClassSize, Place, Subject, Told


def role_of(user_id: int, context_key: str) -> Role:
    """Staff of the site are staff of every course; nobody is a facilitator."""
    is_staff = get_user_model().objects.filter(pk=user_id, is_staff=True).exists()
    return Role.STAFF if is_staff else Role.LEARNER


def is_masquerade(user_id: int) -> bool:
    return False


def group_of(user_id: int, context_key: str) -> Group | None:
    return None


def names_of(user_ids: Collection[int]) -> Mapping[int, str]:
    """First and last name; a person without one is shown by a number."""
    users = get_user_model().objects.filter(pk__in=user_ids, is_active=True)
    return {user.pk: user.get_full_name() or f"#{user.pk}" for user in users}


def addresses_of(user_ids: Collection[int]) -> Mapping[int, Address]:
    """As Django has them; nobody has chosen a language."""
    users = get_user_model().objects.filter(pk__in=user_ids, is_active=True).exclude(email="")
    return {user.pk: Address(user.email, "") for user in users}


def team_of(context_key: str) -> Collection[int]:
    """Staff of the site."""
    return set(get_user_model().objects.filter(is_staff=True, is_active=True).values_list("pk", flat=True))


def people_of(context_key: str, *, after: int, limit: int) -> Sequence[int]:
    """Everybody."""
    people = get_user_model().objects.filter(pk__gt=after, is_active=True).order_by("pk")
    return list(people.values_list("pk", flat=True)[:limit])


def notify(user_ids: Sequence[int], context_key: str, told: Told) -> None:
    """There is no notification system but ours."""


def subject_of(user_id: int, *, provider: str, claim: str) -> Subject | None:
    return None


def find_person(value: str, *, provider: str, claim: str) -> int | None:
    return None


def post_url(post_id: str) -> str:
    return f"{_root()}/peer/p/{post_id}"


def stop_url(token: str) -> str:
    return f"{_root()}/peer/stop/{token}"


def unit_url(usage_key: str, post_id: str = "") -> str:
    """The front page: there is no page of a unit whose address could be known."""
    return f"{_root()}/"


def class_size(context_key: str, *, now: datetime) -> ClassSize | None:
    """Nobody knows who takes part."""
    return None


def publish_grade(user_id: int, usage_key: str, *, earned: float, weight: float) -> None:
    """There is no gradebook: the grade is shown in the block alone."""


def is_enrolled(user_id: int, context_key: str) -> bool:
    """Everybody takes part."""
    return True


def track(event: str, data: Mapping[str, str], *, user_id: int) -> None:
    """Nobody listens."""


def complete(user_id: int, usage_key: str) -> None:
    """Nobody counts."""


def published_blocks(context_key: str, block_types: Collection[str]) -> Sequence[Any]:
    """Nothing is ever published here, so that nobody asks."""
    return []


def visible_places(user_id: int, context_key: str, usage_keys: Collection[str]) -> Sequence[Place]:
    """All of them: nothing is released, hidden, or for one group."""
    return [Place(key, "", "") for key in usage_keys]


def visible_spaces(user_id: int, context_key: str, usage_keys: Collection[str]) -> Collection[str]:
    return usage_keys


def course_url(context_key: str) -> str:
    return f"{_root()}/"


def course_title(context_key: str) -> str:
    return context_key


def resource_url(block_type: str, name: str) -> str:
    """Where collected files lie in the LMS too."""
    return str(staticfiles_storage.url(f"xblock/resources/peer_xblock/public/{name}"))


def _root() -> str:
    return str(getattr(settings, "LMS_ROOT_URL", ""))
