"""A visit: one person in one space at one moment. Every api function of a block begins from one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from random import Random, SystemRandom

from peer_xblock.domain.errors import N_, LoginRequired, PreviewOnly
from peer_xblock.domain.people import Actor, Role, Viewer
from peer_xblock.models import Space
from peer_xblock.platform import host

# Periodic work goes about without a person.
PLATFORM = Viewer(user_id=0, name="", role=Role.STAFF, group=None, is_preview=False, language="en")


@dataclass(frozen=True, slots=True)
class Visit:
    """Space and viewer, with the time and the randomness of this call."""

    space: Space
    viewer: Viewer
    now: datetime
    rng: Random = field(default_factory=SystemRandom)

    def require_write(self) -> None:
        """Refuse a write from Studio's preview: it runs under the real usage key and would leave real rows.

        So would one of the course team who views the course as some learner: in that learner's name.
        """
        if self.viewer.is_preview:
            raise PreviewOnly(N_("You see this as a learner sees it. Nothing is posted from here."))


def enter(actor: Actor, space: Space, *, now: datetime, rng: Random | None = None) -> Visit:
    """Look up role and group (one statement each; the group only where the space is or was divided).

    Whoever looks through another person's eyes reads what that one reads, and writes nothing.
    Raises LoginRequired when nobody is signed in.
    """
    if actor.user_id is None and not actor.is_preview:
        raise LoginRequired(N_("Sign in to read and write here."))
    user_id = actor.user_id or 0
    context_key = space.context.key
    role = Role.STAFF if actor.is_course_staff else host().role_of(user_id, context_key)
    group = host().group_of(user_id, context_key) if space.was_divided else None
    is_preview = actor.is_preview or host().is_masquerade(user_id)
    viewer = Viewer(user_id, actor.name, role, group, is_preview, actor.language)
    return Visit(space, viewer, now, rng or SystemRandom())
