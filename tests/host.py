"""The host of the tests: roles and groups from Django's groups, names from the users, subjects from the usernames.

Group names: "facilitator|<context key>", "staff|<context key>", "cohort:<id>|<context key>|<name>"; who is in
"outside|<context key>" does not take the course, who is in "locked|<usage key>" may not open that block.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group as DjangoGroup
from django.contrib.auth.models import User

from peer_xblock.domain.people import Group, Role
from peer_xblock.platform import Address, ClassSize, Place, Subject, Told

# What a test says that learners have.
PUBLISHED: list[Any] = []
# When what a person inherits is due, by person and block.
DUES: dict[tuple[int, str], datetime] = {}
CLASSES: dict[str, ClassSize] = {}
# The gradebook: by person and block, the fraction and what it counts for.
GRADES: dict[tuple[int, str], tuple[float, float]] = {}
# What the platform was told: event, user, data.
TOLD: list[tuple[str, int, dict[str, str]]] = []
LOOKED_THROUGH: set[int] = set()
# What the platform's own notification system was given: people, course, what.
NOTIFIED: list[tuple[list[int], str, Told]] = []
# Languages that people chose; nobody else has chosen one.
LANGUAGES: dict[int, str] = {}
ISSUER = "https://idp.example.test"


def role_of(user_id: int, context_key: str) -> Role:
    names = set(DjangoGroup.objects.filter(user=user_id).values_list("name", flat=True))
    for role in (Role.STAFF, Role.FACILITATOR):
        if f"{role.value}|{context_key}" in names:
            return role
    return Role.LEARNER


def is_masquerade(user_id: int) -> bool:
    return user_id in LOOKED_THROUGH


def group_of(user_id: int, context_key: str) -> Group | None:
    names = DjangoGroup.objects.filter(user=user_id, name__startswith="cohort:").values_list(
        "name", flat=True
    )
    for parts in (name.split("|") for name in names):
        if parts[1] == context_key:
            return Group(id=parts[0], name=parts[2])
    return None


def names_of(user_ids: Collection[int]) -> Mapping[int, str]:
    people = User.objects.filter(id__in=user_ids).exclude(username__startswith="retired__")
    return {user.pk: user.first_name for user in people}


def addresses_of(user_ids: Collection[int]) -> Mapping[int, Address]:
    people = User.objects.filter(id__in=user_ids, is_active=True).exclude(username__startswith="retired__")
    return {user.pk: Address(f"{user.username}@example.test", LANGUAGES.get(user.pk, "")) for user in people}


def notify(user_ids: Sequence[int], context_key: str, told: Told) -> None:
    NOTIFIED.append((list(user_ids), context_key, told))


def subject_of(user_id: int, *, provider: str, claim: str) -> Subject | None:
    username = User.objects.values_list("username", flat=True).get(pk=user_id)
    return None if username.startswith("local-") else Subject(ISSUER, f"sub-{username}")


def find_person(value: str, *, provider: str, claim: str) -> int | None:
    username = value.removeprefix("sub-")
    return User.objects.filter(username=username, is_active=True).values_list("pk", flat=True).first()


def post_url(post_id: str) -> str:
    return f"http://lms.example.test/peer/p/{post_id}"


def stop_url(token: str) -> str:
    return f"http://lms.example.test/peer/stop/{token}"


def unit_url(usage_key: str, post_id: str = "") -> str:
    return f"http://lms.example.test/unit/{usage_key}?peer_post={post_id}"


def is_enrolled(user_id: int, context_key: str) -> bool:
    return not DjangoGroup.objects.filter(user=user_id, name=f"outside|{context_key}").exists()


def team_of(context_key: str) -> Collection[int]:
    roles = [f"{role.value}|{context_key}" for role in (Role.STAFF, Role.FACILITATOR)]
    return set(User.objects.filter(groups__name__in=roles).values_list("pk", flat=True))


def people_of(context_key: str, *, after: int, limit: int) -> Sequence[int]:
    people = User.objects.filter(pk__gt=after).exclude(groups__name=f"outside|{context_key}")
    return list(people.order_by("pk").values_list("pk", flat=True)[:limit])


def class_size(context_key: str, *, now: datetime) -> ClassSize | None:
    return CLASSES.get(context_key)


def publish_grade(user_id: int, usage_key: str, *, earned: float, weight: float) -> None:
    GRADES[user_id, usage_key] = (earned, weight)


def track(event: str, data: Mapping[str, str], *, user_id: int) -> None:
    TOLD.append((event, user_id, dict(data)))


def complete(user_id: int, usage_key: str) -> None:
    TOLD.append(("completion", user_id, {"usage_key": usage_key}))


def published_blocks(context_key: str, block_types: Collection[str]) -> Sequence[Any]:
    return [block for block in PUBLISHED if str(block.scope_ids.usage_id.context_key) == context_key]


def visible_places(user_id: int, context_key: str, usage_keys: Collection[str]) -> Sequence[Place]:
    locks = DjangoGroup.objects.filter(user=user_id, name__in=[f"locked|{key}" for key in usage_keys])
    locked = {name.split("|")[1] for name in locks.values_list("name", flat=True)}
    open_keys = [key for key in sorted(usage_keys) if key not in locked]
    return [Place(key, "Week 3", f"Unit of {key[-2:]}", DUES.get((user_id, key))) for key in open_keys]


def visible_spaces(user_id: int, context_key: str, usage_keys: Collection[str]) -> Collection[str]:
    return [place.usage_key for place in visible_places(user_id, context_key, usage_keys)]


def course_url(context_key: str) -> str:
    return f"http://lms.example.test/course/{context_key}"


def course_title(context_key: str) -> str:
    return "Data literacy"


def resource_url(block_type: str, name: str) -> str:
    return f"/static/xblock/{name}"
