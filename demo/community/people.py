"""Accounts on the campus."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User

from demo.campus.models import Profile
from demo.community.cast import COHORTS, Member


def ensure_people(members: Iterable[Member], *, is_listed: bool) -> int:
    """Make those who are not there yet; four statements for any number. Returns how many were new."""
    wanted = {member.username: member for member in members}
    known = set(User.objects.filter(username__in=wanted).values_list("username", flat=True))
    fresh = [member for name, member in wanted.items() if name not in known]
    User.objects.bulk_create(_user(member) for member in fresh)
    users = User.objects.in_bulk([member.username for member in fresh], field_name="username")
    Profile.objects.bulk_create(
        Profile(
            user=users[member.username],
            name=member.name,
            role=member.role,
            cohort_id=member.cohort,
            cohort=COHORTS.get(member.cohort, ""),
            subject=member.subject,
            is_listed=is_listed,
        )
        for member in fresh
    )
    return len(fresh)


def _user(member: Member) -> User:
    is_staff = member.role == "staff"
    user = User(username=member.username, email=member.email, is_staff=is_staff, is_superuser=is_staff)
    user.set_unusable_password()
    return user
