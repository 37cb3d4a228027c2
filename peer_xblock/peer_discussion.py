"""The discussion of a unit."""

from __future__ import annotations

from typing import ClassVar

from xblock.fields import Boolean, Scope, String

from .api.spaces import SpaceSettings
from .block import SETTING_CAP, PeerBlock
from .domain.errors import N_
from .domain.people import Anonymity
from .operations import Registry
from .operations.discussion import CONTRIBUTIONS, OPERATIONS


class PeerDiscussionXBlock(PeerBlock):
    """Questions and discussions of a unit's learners."""

    element = "discussion"
    initialiser = "PeerDiscussion"
    operations: ClassVar[Registry] = OPERATIONS
    contributions = CONTRIBUTIONS
    studio_fields = ("display_name", "anonymity", "is_divided")

    display_name = String(
        display_name=N_("Title"),
        help=N_("Shown above the discussion, and where it is linked from elsewhere in the course."),
        default=N_("Discussion of this unit"),
        scope=Scope.settings,
    )
    anonymity = String(
        display_name=N_("Anonymous posts"),
        help=N_("Whether learners may post anonymously, and from whom their name is then hidden."),
        values=[
            {"value": Anonymity.NAMED.value, "display_name": N_("Everyone posts by name")},
            {
                "value": Anonymity.LEARNERS.value,
                "display_name": N_("Hidden from learners; facilitators see names"),
            },
            {"value": Anonymity.STAFF.value, "display_name": N_("Hidden from all but the course team")},
        ],
        default=Anonymity.NAMED.value,
        scope=Scope.settings,
    )
    is_divided = Boolean(
        display_name=N_("Divided by cohort"),
        help=N_(
            "Each cohort reads and writes its own threads; what was written for everyone stays visible to all."
        ),
        default=False,
        scope=Scope.settings,
    )

    def space_settings(self) -> SpaceSettings:
        """From the block's fields; OLX may hold anything, so that a title is cut and an unknown anonymity is none."""
        usage_key = self.scope_ids.usage_id
        known = [choice["value"] for choice in self.fields["anonymity"].values]
        return SpaceSettings(
            usage_key=str(usage_key),
            context_key=str(getattr(usage_key, "context_key", "sandbox")),
            title=(self.display_name or "")[:SETTING_CAP],
            anonymity=self.anonymity if self.anonymity in known else Anonymity.NAMED.value,
            is_divided=self.is_divided,
        )
