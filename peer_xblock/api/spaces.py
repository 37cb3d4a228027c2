"""Spaces: made from a block's settings at first render, found by usage key at every call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from random import Random
from typing import Any

from django.db import IntegrityError, transaction

from peer_xblock.domain.errors import N_, NotFound
from peer_xblock.domain.ids import new_id
from peer_xblock.domain.people import Anonymity
from peer_xblock.domain.spaces import SpaceKind
from peer_xblock.models import LearningContext, Space
from peer_xblock.models.spaces import hash_key

from .connections import connection_for
from .discussion.answering import follow_setting, setting_of
from .review.closing import look_again
from .transactions import in_transaction


@dataclass(frozen=True, slots=True)
class SpaceSettings:
    """What the api needs of a block. context_key: the course's or library's. options: JSON, by the kind of space."""

    kind: SpaceKind
    usage_key: str
    context_key: str
    title: str
    anonymity: str = Anonymity.NAMED.value
    is_divided: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)

    def columns(self) -> dict[str, Any]:
        """What follows the block whenever it changes."""
        return {
            "title": self.title,
            "anonymity": self.anonymity,
            "is_divided": self.is_divided,
            "options": dict(self.options),
        }


def find_space(usage_key: str) -> Space | None:
    """The space of a block with its context and connection, in one statement."""
    spaces = Space.objects.select_related("context__connection")
    return spaces.filter(usage_hash=hash_key(usage_key)).first()


def get_space(public_id: str) -> Space:
    """The space of a public id. Raises NotFound."""
    space = Space.objects.select_related("context__connection").filter(public_id=public_id).first()
    if space is None:
        raise NotFound(N_("There is no such discussion."), field="space")
    return space


def save_space(settings: SpaceSettings, *, now: datetime, rng: Random) -> Space:
    """Make the space or bring it in line with the block; one statement when nothing changed."""
    space = find_space(settings.usage_key)
    if space is None:
        return _make_space(settings, now=now, rng=rng)
    _bring_in_line(space, settings)
    return space


def open_space(settings: SpaceSettings, *, is_preview: bool, now: datetime, rng: Random) -> Space:
    """The block's space for a call, in line with the block's settings of this moment: they may be newer than any page.

    For Studio's preview the settings are the draft's, and nothing is stored.
    """
    if not is_preview:
        return save_space(settings, now=now, rng=rng)
    space = find_space(settings.usage_key)
    if space is None:
        return Space(
            context=LearningContext(key=settings.context_key), kind=settings.kind.value, **settings.columns()
        )
    for name, value in settings.columns().items():
        setattr(space, name, value)
    return space


def sync_spaces(context_key: str, published: Sequence[SpaceSettings], *, now: datetime, rng: Random) -> None:
    """After a publish: a space for each block that learners now have; the others are archived, with all in them."""
    wanted = {hash_key(settings.usage_key): settings for settings in published}
    known = Space.objects.filter(usage_hash__in=wanted)
    for space in known:
        _bring_in_line(space, wanted.pop(space.usage_hash))
    for settings in wanted.values():
        _make_space(settings, now=now, rng=rng)
    kept = [hash_key(settings.usage_key) for settings in published]
    open_now = Space.objects.filter(context__key_hash=hash_key(context_key), archived_at=None)
    open_now.exclude(usage_hash__in=kept).update(archived_at=now)


def _bring_in_line(space: Space, settings: SpaceSettings) -> None:
    wanted = settings.columns()
    changed = [name for name, value in wanted.items() if getattr(space, name) != value]
    if changed or space.archived_at is not None:
        in_transaction(partial(_change, space, {name: wanted[name] for name in changed}))


def _change(space: Space, changes: Mapping[str, Any]) -> None:
    former = setting_of(space)
    for name, value in changes.items():
        setattr(space, name, value)
    space.was_divided |= space.is_divided
    space.archived_at = None
    space.save(update_fields=[*changes, "archived_at", "was_divided"])
    if "options" in changes:
        look_again(space.pk)
    if setting_of(space) is not former:
        follow_setting(space)


def _make_space(settings: SpaceSettings, *, now: datetime, rng: Random) -> Space:
    context = _context(settings.context_key, now=now)
    try:
        with transaction.atomic():
            return Space.objects.create(
                context=context,
                public_id=new_id(now, rng),
                usage_key=settings.usage_key,
                usage_hash=hash_key(settings.usage_key),
                kind=settings.kind.value,
                was_divided=settings.is_divided,
                created_at=now,
                **settings.columns(),
            )
    except IntegrityError:  # Two first renders at once: the other one made it.
        return Space.objects.select_related("context__connection").get(
            usage_hash=hash_key(settings.usage_key)
        )


def _context(key: str, *, now: datetime) -> LearningContext:
    contexts = LearningContext.objects.select_related("connection")
    defaults = {"key": key, "created_at": now, "connection_id": connection_for(key)}
    return contexts.get_or_create(key_hash=hash_key(key), defaults=defaults)[0]


def find_post_space(post_id: str) -> Space | None:
    """The space that a post lives in, None when there is no such post."""
    return Space.objects.select_related("context").filter(threads__posts__public_id=post_id).first()
