"""What this app asks of the platform that it runs in.

`settings.PEER_HOST` names a module with these functions: peer_xblock.platform.openedx in the LMS and Studio; the
campus and the tests have their own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from peer_xblock.domain.people import Group, Role


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a person is to the company's identity provider."""

    issuer: str
    value: str


class Host(Protocol):
    """Each costs at most one statement of ours; absent data is None or left out, never an error."""

    def role_of(self, user_id: int, context_key: str) -> Role:
        """A facilitator or a plain learner; course staff are told by the runtime or found here."""

    def group_of(self, user_id: int, context_key: str) -> Group | None:
        """The person's cohort, without assigning one."""

    def names_of(self, user_ids: Collection[int]) -> Mapping[int, str]:
        """Display names, never an e-mail address or a username. A retired person is left out."""

    def subject_of(self, user_id: int, *, provider: str, claim: str) -> Subject | None:
        """The identity that single sign-on recorded.

        provider: whose record, "" for the newest of any. claim: "uid", or a name in what the provider sent.
        """

    def post_url(self, post_id: str) -> str:
        """The absolute address of /peer/p/<id>."""

    def unit_url(self, usage_key: str, post_id: str) -> str:
        """The page that shows the block, opened at the post."""


def host() -> Host:
    """The host that the settings name."""
    return cast("Host", import_module(settings.PEER_HOST))
