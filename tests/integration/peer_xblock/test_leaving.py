"""Who leaves the course: nobody waits for them, and what they wrote stays."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from opaque_keys.edx.keys import CourseKey
from openedx_events.learning.data import CourseData, CourseEnrollmentData, UserData, UserPersonalData
from openedx_events.learning.signals import COURSE_UNENROLLMENT_COMPLETED

from peer_xblock.models import ExpertProfile, Pair

from .town import Town
from .workshop import Workshop
from .world import COURSE

pytestmark = pytest.mark.django_db


def unenrol(user: User, course: str = COURSE) -> None:
    COURSE_UNENROLLMENT_COMPLETED.send_event(
        enrollment=CourseEnrollmentData(
            user=UserData(
                pii=UserPersonalData(username=user.username, email="", name=user.first_name),
                id=user.pk,
                is_active=True,
            ),
            course=CourseData(course_key=CourseKey.from_string(course), display_name="Course"),
            mode="audit",
            is_active=False,
            creation_date=user.date_joined,
        )
    )


def test_the_work_that_they_had_goes_to_the_next_reviewer() -> None:
    workshop = Workshop(wanted=1, to_give=1)
    amina, noah, lea = workshop.people(3)
    workshop.submit_all([amina])
    workshop.submit_all([noah])
    assert workshop.take(noah).review is not None
    unenrol(noah)
    assert Pair.objects.get(reviewer=noah).state == Pair.LAPSED
    workshop.submit(lea)
    assert workshop.take(lea).review is not None


def test_leases_of_others_that_ran_out_are_not_theirs_to_give_back() -> None:
    """That is the clock's work: who leaves does not wait for it."""
    workshop = Workshop(wanted=1, to_give=1)
    amina, noah = workshop.people(2)
    workshop.submit_all([amina, noah])
    workshop.take(amina)
    workshop.take(noah)
    Pair.objects.filter(reviewer=amina).update(expires_at=workshop.at)
    unenrol(noah)
    assert Pair.objects.get(reviewer=amina).state == Pair.LIVE


def test_their_own_work_is_still_reviewed() -> None:
    workshop = Workshop(wanted=1, to_give=1)
    amina, noah = workshop.people(2)
    workshop.submit_all([amina, noah])
    unenrol(noah)
    workshop.give(amina)
    assert workshop.slot(noah).done == 1


def test_they_are_no_longer_found_and_can_come_back() -> None:
    town = Town()
    tomas, noah = town.person("Tomás"), town.person("Noah")
    town.join(tomas, "Sampling", about="Fish.")
    unenrol(tomas)
    assert town.names(noah) == []
    assert ExpertProfile.objects.get(user=tomas).about == "Fish."


def test_another_course_changes_nothing_here() -> None:
    town = Town()
    tomas = town.person("Tomás")
    town.join(tomas, "Sampling")
    unenrol(tomas, "course-v1:Peer+Other+2026")
    assert town.names(town.person("Noah")) == ["Tomás"]
