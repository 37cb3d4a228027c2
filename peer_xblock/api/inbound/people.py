"""Who somebody from elsewhere is here."""

from __future__ import annotations

from peer_xblock.domain.inbound import ForeignItem
from peer_xblock.domain.people import Actor
from peer_xblock.models import Connection, Space
from peer_xblock.platform import host


def find_person(connection: Connection, space: Space, item: ForeignItem) -> Actor | None:
    """The account here, None for a guest: nobody, not in the course, or the space is not open to them."""
    if not item.author.subject:
        return None
    user_id = host().find_person(
        item.author.subject, provider=connection.identity_provider, claim=connection.identity_claim
    )
    context_key = space.context.key
    if user_id is None or not host().is_enrolled(user_id, context_key):
        return None
    name = host().names_of([user_id]).get(user_id)
    if name is None or space.usage_key not in host().visible_spaces(user_id, context_key, [space.usage_key]):
        return None
    return Actor(user_id=user_id, name=name)
