"""The discussion of a unit."""

from __future__ import annotations

from typing import Any

from xblock.fields import Boolean, List, Scope, String

from .block import PeerBlock
from .domain.answering import AnswerFirst
from .domain.errors import N_
from .domain.people import Anonymity
from .domain.reacting import OFFERED_AT_FIRST, Reaction, offered
from .domain.spaces import SpaceKind


class PeerDiscussionXBlock(PeerBlock):
    """Questions and discussions of a unit's learners."""

    kind = SpaceKind.DISCUSSION
    initialiser = "PeerDiscussion"
    studio_fields = ("display_name", "anonymity", "is_divided", "answer_first", "reactions")

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
    answer_first = String(
        display_name=N_("Answer first"),
        help=N_(
            "Learners then see what others answered once they have answered themselves. Who asked, facilitators and "
            "the course team see everything; closing a thread shows its answers to all."
        ),
        values=[
            {"value": AnswerFirst.OFF.value, "display_name": N_("Answers are shown at once")},
            {"value": AnswerFirst.TEAM.value, "display_name": N_("In threads that the team starts")},
            {"value": AnswerFirst.ALL.value, "display_name": N_("In every thread")},
        ],
        default=AnswerFirst.OFF.value,
        scope=Scope.settings,
    )
    reactions = List(
        display_name=N_("Reactions"),
        help=N_(
            "What learners may answer to a post without words. The numbers are shown, never who gave them."
        ),
        values=[
            {"value": Reaction.THANKS.code, "display_name": N_("Thank you")},
            {"value": Reaction.INSIGHT.code, "display_name": N_("I learned something")},
            {"value": Reaction.CELEBRATE.code, "display_name": N_("Well done")},
            {"value": Reaction.SAME.code, "display_name": N_("Same for me")},
            {"value": Reaction.LOST.code, "display_name": N_("I am lost")},
        ],
        default=list(OFFERED_AT_FIRST),
        scope=Scope.settings,
    )

    def space_options(self) -> dict[str, Any]:
        """OLX may hold anything: what is unknown is as if it were not there."""
        known = [choice["value"] for choice in self.fields["anonymity"].values]
        anonymity = self.anonymity if self.anonymity in known else Anonymity.NAMED.value
        options = {
            "answer_first": AnswerFirst.read(self.answer_first).value,
            "reactions": [reaction.code for reaction in offered(self.reactions)],
        }
        return {"anonymity": anonymity, "is_divided": self.is_divided, "options": options}
