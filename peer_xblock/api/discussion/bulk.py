"""The same done to several threads at once, and taken back by one more call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from peer_xblock.api.visits import Visit
from peer_xblock.domain.errors import N_, Invalid, PeerError
from peer_xblock.domain.organising import Action, Moderated
from peer_xblock.domain.tags import read_tag, tags_in
from peer_xblock.models import Post, Thread

from .converting import require_organiser, retag_thread
from .editing import delete_post, restore_post
from .moderating import close_thread, pin_thread
from .moving import move_thread
from .rows import get_thread_row

# Does it to one thread; False where it was so already.
_Act = Callable[[Visit, str], bool]


def moderate_threads(
    visit: Visit,
    *,
    threads: Sequence[str],
    action: Action,
    on: bool = True,
    tag: str | None = None,
    to: str | None = None,
) -> Moderated:
    """Pin, close, remove, tag or move threads, each for itself; `on` False takes it back.

    tag: the one that is added or taken off. to: the discussion that they are moved to. Those that changed are told, so
    that an undo leaves alone what was so before. Raises Forbidden, Invalid; where none could be changed, why the
    first could not.
    """
    visit.require_write()
    require_organiser(visit)
    act = _acts(action, on=on, tag=_tag_for(action, tag), to=_place_for(action, to))
    changed: list[str] = []
    refused: list[PeerError] = []
    for thread in threads:
        try:
            if act(visit, thread):
                changed.append(thread)
        except PeerError as error:
            refused.append(error)
    if refused and len(refused) == len(threads):
        first = refused[0]
        first.field = {"thread": "threads"}.get(first.field, first.field)
        raise first
    return Moderated(tuple(changed), len(refused))


def _tag_for(action: Action, tag: str | None) -> str:
    if action is not Action.TAG:
        return ""
    word = read_tag(tag or "")
    if not word:
        raise Invalid(N_("Say which tag."), field="tag")
    return word


def _place_for(action: Action, to: str | None) -> str:
    if action is Action.MOVE and to is None:
        raise Invalid(N_("Say to which discussion."), field="to")
    return to or ""


def _acts(action: Action, *, on: bool, tag: str, to: str) -> _Act:
    acts: Mapping[Action, _Act] = {
        Action.PIN: partial(_pin, on=on),
        Action.CLOSE: partial(_close, on=on),
        Action.REMOVE: partial(_remove, on=on),
        Action.TAG: partial(_tag, on=on, tag=tag),
        Action.MOVE: partial(_move, to=to),
    }
    return acts[action]


def _pin(visit: Visit, thread: str, *, on: bool) -> bool:
    was = get_thread_row(visit, thread).is_pinned
    pin_thread(visit, thread=thread, on=on)
    return was != on


def _close(visit: Visit, thread: str, *, on: bool) -> bool:
    was = get_thread_row(visit, thread).is_closed
    close_thread(visit, thread=thread, on=on)
    return was != on


def _remove(visit: Visit, thread: str, *, on: bool) -> bool:
    get_thread_row(visit, thread)
    was = Post.objects.filter(public_id=thread, deleted_at__isnull=False).exists()
    (delete_post if on else restore_post)(visit, post=thread)
    return was != on


def _tag(visit: Visit, thread: str, *, on: bool, tag: str) -> bool:
    tags = tags_in(get_thread_row(visit, thread).tags)
    if (tag in tags) == on:
        return False
    retag_thread(visit, thread=thread, tags=[*tags, tag] if on else [one for one in tags if one != tag])
    return True


def _move(visit: Visit, thread: str, *, to: str) -> bool:
    was_there = Thread.objects.filter(public_id=thread, space__public_id=to).exists()
    move_thread(visit, thread=thread, to=to)
    return not was_there
