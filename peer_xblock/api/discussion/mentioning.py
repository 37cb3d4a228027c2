"""Mentions: whom a text calls by name, of those who wrote in the space under their own name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db.models import QuerySet

from peer_xblock.api.visits import Visit
from peer_xblock.domain.experts.folding import fold
from peer_xblock.domain.keys import name_key
from peer_xblock.domain.mentions import names_called
from peer_xblock.domain.notices import Namesake, Namesakes
from peer_xblock.domain.people import hue_of
from peer_xblock.models import Mention, Post, SpaceMember
from peer_xblock.platform import host

SUGGESTED = 8


def people_called(visit: Visit, text: str) -> Mapping[str, Collection[int]]:
    """The accounts that each folded name of a text may mean: all who share it. One statement where there is an @."""
    if "@" not in text:
        return {}
    keys = {name_key(visit.space.pk or 0, name): name for name in names_called(text)}
    found: dict[str, list[int]] = defaultdict(list)
    for key, user_id in _known(visit).filter(name_key__in=keys).values_list("name_key", "user_id"):
        found[keys[key or ""]].append(user_id)
    return found


def suggest_people(visit: Visit, *, text: str) -> Namesakes:
    """People whose names begin with what was typed after an @: at most 8. One statement, and the names'.

    Only who wrote here under their own name, where this viewer could read it: an anonymous author is none of them.
    """
    start = name_key(visit.space.pk or 0, fold(text))
    others = _known(visit).filter(name_key__gte=start, name_key__lt=start + "g")
    ids = list(
        others.exclude(user_id=visit.viewer.user_id)
        .order_by("name_key")
        .values_list("user_id", flat=True)[:SUGGESTED]
    )
    names = host().names_of(ids) if ids else {}
    return Namesakes(tuple(Namesake(names[one], hue_of(names[one])) for one in ids if one in names))


def store_mentions(post: Post, people: Collection[int]) -> None:
    """With a new post. Nothing is written where nobody is called."""
    if people:
        Mention.objects.bulk_create(
            [Mention(post=post, user_id=user_id) for user_id in people if user_id != post.author_id],
            ignore_conflicts=True,
        )


def replace_mentions(post: Post, people: Collection[int]) -> None:
    """After an edit: who is called no more is no longer mentioned."""
    Mention.objects.filter(post=post).exclude(user_id__in=people).delete()
    store_mentions(post, people)


def _known(visit: Visit) -> QuerySet[SpaceMember]:
    """Those whose names the viewer has met here; in a divided space that is their own group, and the team."""
    members = SpaceMember.objects.filter(space_id=visit.space.pk)
    if visit.viewer.is_moderator or not visit.space.was_divided:
        return members
    own = visit.viewer.group.id if visit.viewer.group else ""
    return members.filter(group_id__in=["", own])
