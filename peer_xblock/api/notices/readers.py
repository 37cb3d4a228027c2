"""Who may read what: asked for each person as if they came by themselves, so that one set of rules decides."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from random import Random

from django.db.models import QuerySet

from peer_xblock.api.community import enter_space
from peer_xblock.api.discussion.rows import readable_posts, readable_threads
from peer_xblock.api.visits import Visit
from peer_xblock.domain.errors import PeerError
from peer_xblock.domain.people import Actor
from peer_xblock.models import Post, Space


def visit_as(
    user_id: int, space: Space, *, now: datetime, rng: Random, name: str = "", language: str = "en"
) -> Visit | None:
    """A visit of this person to a space; None where they do not take the course or may not open the block now."""
    try:
        return enter_space(Actor(user_id, name, language=language), space, now=now, rng=rng)
    except PeerError:
        return None


def readable(visit: Visit, posts: QuerySet[Post]) -> QuerySet[Post]:
    """Those of these posts of the visit's space that are there and that the visitor may read."""
    threads = readable_threads(visit)
    return posts.filter(pk__in=readable_posts(visit).values("pk"), thread__in=threads, deleted_at=None)


def readable_ids(visit: Visit, posts: Collection[int]) -> set[int]:
    """The same by their ids, in one statement."""
    rows = readable_posts(visit).filter(pk__in=posts, thread__in=readable_threads(visit), deleted_at=None)
    return set(rows.values_list("pk", flat=True))
