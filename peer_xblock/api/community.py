"""A course's spaces on one page: which of them a person may open, and entering one without its block."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

from peer_xblock.domain.errors import N_, LoginRequired, NotFound
from peer_xblock.domain.people import Actor, Role
from peer_xblock.domain.spaces import SpaceKind
from peer_xblock.models import Space
from peer_xblock.models.spaces import hash_key
from peer_xblock.platform import host

from .visits import Visit, enter


@dataclass(frozen=True, slots=True)
class OpenSpace:
    """A space as the page lists it. section, unit: where its block stands, "" where that has no title."""

    id: str
    kind: SpaceKind
    title: str
    usage_key: str
    section: str
    unit: str


def has_spaces(context_key: str) -> bool:
    """Whether anything of ours is published in a course: one statement."""
    return Space.objects.filter(context__key_hash=hash_key(context_key), archived_at=None).exists()


def list_spaces(actor: Actor, context_key: str) -> list[OpenSpace]:
    """The spaces that this person may open now, in the course's order.

    Raises LoginRequired, and NotFound for whoever does not take the course.
    """
    user_id = _signed_in(actor)
    if not _takes_part(actor, context_key):
        raise NotFound(N_("There is no such course."))
    rows = Space.objects.filter(context__key_hash=hash_key(context_key), archived_at=None)
    spaces = {space.usage_key: space for space in rows}
    return [
        OpenSpace(
            space.public_id, SpaceKind(space.kind), space.title, place.usage_key, place.section, place.unit
        )
        for place in host().visible_places(user_id, context_key, list(spaces))
        if (space := spaces[place.usage_key])
    ]


def enter_space(actor: Actor, space: Space, *, now: datetime, rng: Random) -> Visit:
    """A visit to a space that was found by its id.

    The block has said nothing of this person: whether they take the course and may open the block is asked here, and
    the due date that ends their reviews where the assignment has none of its own.
    Raises LoginRequired and NotFound.
    """
    user_id, context_key = _signed_in(actor), space.context.key
    is_open = space.archived_at is None and _takes_part(actor, context_key)
    places = host().visible_places(user_id, context_key, [space.usage_key]) if is_open else ()
    if not places:
        raise NotFound(N_("There is no such discussion."), field="space")
    if space.kind == SpaceKind.REVIEW and places[0].due is not None:
        space.options = {**space.options, "due": places[0].due.isoformat()}
    return enter(actor, space, now=now, rng=rng)


def name_actor(actor: Actor) -> Actor:
    """The person with their display name: one statement."""
    if actor.user_id is None:
        return actor
    return replace(actor, name=host().names_of([actor.user_id]).get(actor.user_id, ""))


def _signed_in(actor: Actor) -> int:
    if actor.user_id is None:
        raise LoginRequired(N_("Sign in to read and write here."))
    return actor.user_id


def _takes_part(actor: Actor, context_key: str) -> bool:
    user_id = _signed_in(actor)
    if actor.is_course_staff or host().is_enrolled(user_id, context_key):
        return True
    return host().role_of(user_id, context_key) is Role.STAFF
