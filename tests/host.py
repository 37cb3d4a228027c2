"""The host of the tests: roles and groups from Django's groups, names from the users, subjects from the usernames.

Group names: "facilitator|<context key>", "staff|<context key>", "cohort:<id>|<context key>|<name>".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.contrib.auth.models import Group as DjangoGroup
from django.contrib.auth.models import User

from peer_xblock.domain.people import Group, Role
from peer_xblock.platform import Subject

ISSUER = "https://idp.example.test"


def role_of(user_id: int, context_key: str) -> Role:
    names = set(DjangoGroup.objects.filter(user=user_id).values_list("name", flat=True))
    for role in (Role.STAFF, Role.FACILITATOR):
        if f"{role.value}|{context_key}" in names:
            return role
    return Role.LEARNER


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


def subject_of(user_id: int, *, provider: str, claim: str) -> Subject | None:
    username = User.objects.values_list("username", flat=True).get(pk=user_id)
    return None if username.startswith("local-") else Subject(ISSUER, f"sub-{username}")


def post_url(post_id: str) -> str:
    return f"http://lms.example.test/peer/p/{post_id}"


def unit_url(usage_key: str, post_id: str) -> str:
    return f"http://lms.example.test/unit/{usage_key}?peer_post={post_id}"
