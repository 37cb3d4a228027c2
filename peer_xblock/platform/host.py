"""What this app asks of the platform that it runs in.

`settings.PEER_HOST` names a module with these functions: peer_xblock.platform.openedx in the LMS and Studio; the
campus and the tests have their own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any, Protocol, cast

from django.conf import settings

from peer_xblock.domain.notices import Reason
from peer_xblock.domain.people import Group, Role


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a person is to the company's identity provider."""

    issuer: str
    value: str


@dataclass(frozen=True, slots=True)
class ClassSize:
    """How many take a course, its team among them. is_final: nobody can enrol by themselves any more."""

    learners: int
    is_final: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands in its course: the titles of its section and unit, "" where there are none.

    due: what the block inherits for this person, extensions included.
    """

    usage_key: str
    section: str
    unit: str
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person gets mail, and the language that they read; "" where they never chose one."""

    email: str
    language: str


@dataclass(frozen=True, slots=True)
class Told:
    """A post that people are told of, in the platform's own way. author: the name that all of them may see."""

    reason: Reason
    author: str
    title: str
    url: str


class Host(Protocol):
    """Each costs at most one statement of ours; absent data is None or left out, never an error."""

    def role_of(self, user_id: int, context_key: str) -> Role:
        """A facilitator or a plain learner; course staff are told by the runtime or found here."""

    def is_masquerade(self, user_id: int) -> bool:
        """Whether this person is only looked through: one of the course team views the course as them."""

    def group_of(self, user_id: int, context_key: str) -> Group | None:
        """The person's cohort, without assigning one."""

    def names_of(self, user_ids: Collection[int]) -> Mapping[int, str]:
        """Display names, never an e-mail address or a username. A retired person is left out."""

    def addresses_of(self, user_ids: Collection[int]) -> Mapping[int, Address]:
        """Where these people get mail. Who has retired, was closed out or has no address is left out."""

    def notify(self, user_ids: Sequence[int], context_key: str, told: Told) -> None:
        """Tell them in the platform's own notification system; nothing where there is none."""

    def team_of(self, context_key: str) -> Collection[int]:
        """Who facilitates or staffs the course, by their roles in it: those whom its learners may turn to."""

    def people_of(self, context_key: str, *, after: int, limit: int) -> Sequence[int]:
        """Those who take the course, and its team, by rising id: the next ones after an id, at most `limit`.

        Nobody where nobody takes it by itself: in a library.
        """

    def subject_of(self, user_id: int, *, provider: str, claim: str) -> Subject | None:
        """The identity that single sign-on recorded.

        provider: whose record, "" for the newest of any. claim: "uid", or a name in what the provider sent.
        """

    def find_person(self, value: str, *, provider: str, claim: str) -> int | None:
        """The one active person whose record of single sign-on says this, byte for byte; None for none or several."""

    def class_size(self, context_key: str, *, now: datetime) -> ClassSize | None:
        """Who takes the course, None where nobody takes it by itself: a library."""

    def publish_grade(self, user_id: int, usage_key: str, *, earned: float, weight: float) -> None:
        """Bring a grade to the gradebook. earned: 0..1 of the block's weight; a later one replaces it.

        May raise whatever the platform raises: the caller tries again later.
        """

    def is_enrolled(self, user_id: int, context_key: str) -> bool:
        """Whether the person takes the course."""

    def track(self, event: str, data: Mapping[str, str], *, user_id: int) -> None:
        """A tracking event, as the block's runtime would emit it. data: ids, with the block's `usage_key`."""

    def complete(self, user_id: int, usage_key: str) -> None:
        """The person has done what the block asks for; nothing where completion is not kept."""

    def visible_places(self, user_id: int, context_key: str, usage_keys: Collection[str]) -> Sequence[Place]:
        """Those of these blocks that the person may open now, in the course's order.

        Not released, hidden, for another group, or behind a prerequisite: not among them. Course staff see all.
        """

    def visible_spaces(self, user_id: int, context_key: str, usage_keys: Collection[str]) -> Collection[str]:
        """The usage keys of `visible_places`."""

    def published_blocks(self, context_key: str, block_types: Collection[str]) -> Sequence[Any]:
        """The blocks of these types that learners have in this course now, with their fields."""

    def post_url(self, post_id: str) -> str:
        """The absolute address of /peer/p/<id>."""

    def stop_url(self, token: str) -> str:
        """The absolute address of /peer/stop/<token>, where mails are unsubscribed from."""

    def unit_url(self, usage_key: str, post_id: str = "") -> str:
        """The page of the lesson that shows the block, opened at the post."""

    def course_url(self, context_key: str) -> str:
        """The course's own first page."""

    def course_title(self, context_key: str) -> str:
        """The course's name as learners read it."""

    def resource_url(self, block_type: str, name: str) -> str:
        """The address of a public file of a block of ours, hashed where files are collected."""


def host() -> Host:
    """The host that the settings name."""
    return cast("Host", import_module(settings.PEER_HOST))
