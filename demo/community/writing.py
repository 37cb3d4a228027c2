"""Writing through the public api of peer_xblock, as any person of the campus at any moment."""

from __future__ import annotations

from datetime import datetime
from random import Random

from django.contrib.auth.models import AnonymousUser
from opaque_keys.edx.keys import UsageKey

from demo.campus.models import Profile
from demo.campus.runtime import Mode, runtime_for
from peer_xblock.api.spaces import save_space
from peer_xblock.api.visits import Visit, enter
from peer_xblock.domain.people import Actor
from peer_xblock.models import Space


class Pens:
    """Visits by username; profiles are read once."""

    def __init__(self, rng: Random) -> None:
        rows = Profile.objects.select_related("user")
        self._profiles = {row.user.username: row for row in rows}
        self._rng = rng

    def visit(self, username: str, space: Space, now: datetime) -> Visit:
        """The person in the space at that moment. KeyError for a stranger."""
        profile = self._profiles[username]
        actor = Actor(user_id=profile.user_id, name=profile.name, is_course_staff=profile.role == "staff")
        return enter(actor, space, now=now, rng=self._rng)


def space_of(usage_key: str, *, now: datetime, rng: Random) -> Space:
    """The space of a block of the course, made when no page made it."""
    key = UsageKey.from_string(usage_key)
    block = runtime_for(AnonymousUser(), key, Mode.STUDIO).get_block(key)
    return save_space(block.space_settings(), now=now, rng=rng)
