"""Who can be mentioned in a space: those who wrote there under their own name, by that name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from peer_xblock.domain.experts.folding import fold
from peer_xblock.domain.keys import name_key
from peer_xblock.domain.people import Anonymity, Role
from peer_xblock.models import Post, SpaceMember
from peer_xblock.platform import host


def note_names(posts: Sequence[Post]) -> None:
    """After new posts: their named authors can be mentioned by all who may read them. A few statements a space.

    An anonymous post makes nobody known; nor does one for staff alone.
    """
    named = [post for post in posts if post.anonymity == Anonymity.NAMED.value and post.audience != "staff"]
    names = host().names_of({post.author_id for post in named if post.author_id}) if named else {}
    groups: dict[int, dict[int, str]] = defaultdict(dict)
    for post in named:
        if post.author_id is not None and post.author_id in names:
            space = groups[post.thread.space_id]
            space[post.author_id] = _wider(space.get(post.author_id), _group_of(post))
    for space_id, found in groups.items():
        _note(space_id, found, {user_id: names[user_id] for user_id in found})


def _note(space_id: int, groups: dict[int, str], names: dict[int, str]) -> None:
    members = {row.user_id: row for row in SpaceMember.objects.filter(space_id=space_id, user_id__in=groups)}
    fresh = []
    for user_id, group_id in groups.items():
        key = name_key(space_id, fold(names[user_id])) if fold(names[user_id]) else None
        member = members.get(user_id)
        if member is None:
            fresh.append(SpaceMember(space_id=space_id, user_id=user_id, name_key=key, group_id=group_id))
            continue
        known = member.group_id if member.name_key else None
        wider = _wider(known, group_id)
        if (member.name_key, member.group_id) != (key, wider):
            SpaceMember.objects.filter(pk=member.pk).update(name_key=key, group_id=wider)
    SpaceMember.objects.bulk_create(fresh, ignore_conflicts=True)


def _group_of(post: Post) -> str:
    """The team is known to everybody; of all others their readers know."""
    return post.thread.group_id if post.author_role == Role.LEARNER.value else ""


def _wider(known: str | None, group_id: str) -> str:
    """Once known to everybody, always so; else the newest group."""
    return "" if known == "" else group_id
