"""A host without edx-platform answers for people from Django's users alone."""

import pytest
from django.contrib.auth.models import User

from peer_xblock.domain.people import Role
from peer_xblock.platform import Host, plain

pytestmark = pytest.mark.django_db
COURSE = "course-v1:Peer+DL101+2026"


def test_every_question_has_an_answer() -> None:
    """mypy holds the module against the protocol; at run time nothing of it may be missing."""
    answers: Host = plain
    asked = [name for name in vars(Host) if not name.startswith("_")]
    assert [name for name in asked if not callable(getattr(answers, name, None))] == []


def test_people_are_shown_by_name_never_by_username() -> None:
    named = User.objects.create(username="ines.h", first_name="Inès", last_name="Haddad")
    nameless = User.objects.create(username="secret", email="secret@example.org")
    assert plain.names_of([named.pk, nameless.pk]) == {
        named.pk: "Inès Haddad",
        nameless.pk: f"#{nameless.pk}",
    }


def test_who_left_is_left_out() -> None:
    gone = User.objects.create(username="gone", first_name="Gone", is_active=False)
    assert plain.names_of([gone.pk]) == {}


@pytest.mark.parametrize(("is_staff", "role"), [(True, Role.STAFF), (False, Role.LEARNER)])
def test_staff_of_the_site_are_course_staff(is_staff: bool, role: Role) -> None:
    user = User.objects.create(username="someone", is_staff=is_staff)
    assert plain.role_of(user.pk, COURSE) == role
