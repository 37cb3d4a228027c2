"""Bringing an index up to what the database says: a bounded step when it is read, all of it by `peer_tick`."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from peer_xblock.domain.keys import change_floor
from peer_xblock.models import LearningContext

from .documents import Document
from .feed import SOURCES, Change, Source, any_is_gone, top
from .folder import Folder, State, discard_former

# No transaction of ours lives longer: what changed earlier is visible by now, whatever order it was committed in.
OVERLAP = timedelta(seconds=60)
# Documents of one step: what a reader can wait for, and what the tick does at a time.
AT_READ, AT_TICK = 1_000, 10_000
# An index that is no larger is made anew at once when something was removed from it.
SMALL = 1_000
# How long names and late commits may go unnoticed.
MADE_ANEW = timedelta(hours=24)
_STEPS_OF_TICK = 100
_BATCH = 500
# Changes that are read again at each look, since they were applied when they were new; more of them are settled.
_READ_AGAIN = 100
_PAGE = 2_000
_WAIT_S = 0.5

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Pending:
    """Changes that the index has not applied yet. is_all: whether the feed was read to its end. read: rows of it."""

    fresh: dict[str, list[Change]] = field(default_factory=dict)
    is_all: bool = True
    read: int = 0

    def __bool__(self) -> bool:
        return any(self.fresh.values())


def catch_up(
    context: LearningContext, *, now: datetime, at_most: int = AT_READ, is_tick: bool = False
) -> bool:
    """One step, or none when nothing changed; True when the index then says what the database does.

    Two statements when there is nothing to do. A folder that cannot be read or written is thrown away; what was
    found in it then is nothing, until the next step.
    """
    folder = Folder(context)
    try:
        if _is_up_to_date(context, folder, now=now, is_tick=is_tick):
            return True
        with folder.locked(wait_s=_WAIT_S) as is_mine:
            return is_mine and _step(context, folder, now=now, at_most=at_most, is_tick=is_tick)
    except (OSError, ValueError) as error:
        _log.warning("search index of course %s thrown away: %s", context.pk, type(error).__name__)
        folder.discard()
        return False


def catch_up_all(*, now: datetime) -> int:
    """Every index that this host has, to the end. Returns how many there are."""
    discard_former()
    contexts = [context for context in LearningContext.objects.iterator() if Folder(context).exists()]
    for context in contexts:
        for _ in range(_STEPS_OF_TICK):
            if catch_up(context, now=now, at_most=AT_TICK, is_tick=True):
                break
    return len(contexts)


def _is_up_to_date(context: LearningContext, folder: Folder, *, now: datetime, is_tick: bool) -> bool:
    state = folder.read_state()
    if state is None or not state.is_built or _is_due(folder, state, now, is_tick=is_tick):
        return False
    pending = _pending(context, state, limit=1)
    could_settle = _settled(now) - state.settled_ms > _ms_of(OVERLAP)
    return not pending and not (pending.read > _READ_AGAIN and could_settle)


def _is_due(folder: Folder, state: State, now: datetime, *, is_tick: bool) -> bool:
    """Whether all of it is to be made anew, by this caller."""
    if is_tick:
        return state.has_garbage or _ms(now) - state.made_ms > _ms_of(MADE_ANEW)
    return state.has_garbage and folder.engine.count() <= SMALL


def _step(context: LearningContext, folder: Folder, *, now: datetime, at_most: int, is_tick: bool) -> bool:
    """Under the lock. The state is read again: another process may have done the work meanwhile."""
    state = folder.read_state()
    if state is None or not (folder.path / "meta.json").exists():
        folder.begin_anew()
        state = State(positions={source.name: top(context) for source in SOURCES}, settled_ms=_settled(now))
    if state.is_built and _is_due(folder, state, now, is_tick=is_tick):
        return _make_anew(context, folder, now=now)
    left = _build(context, folder, state, now=now, at_most=at_most)
    pending = _pending(context, state, limit=max(left, 1))
    _apply(folder, state, pending)
    if pending.is_all and state.is_built:
        _settle(context, state, now=now)
    folder.write_state(state)
    return pending.is_all and state.is_built


def _make_anew(context: LearningContext, folder: Folder, *, now: datetime) -> bool:
    """All documents in one commit, so that no file keeps a word of what is gone."""
    settled = _settled(now)
    folder.engine.replace(_all(context))
    folder.write_state(State(settled_ms=settled, made_ms=_ms(now)))
    return True


def _all(context: LearningContext) -> Iterator[Document]:
    for source in SOURCES:
        position = top(context)
        while rows := source.listed(context, below=position, limit=_BATCH):
            yield from source.load([pk for _, pk in rows])
            position = rows[-1][0]


def _build(context: LearningContext, folder: Folder, state: State, *, now: datetime, at_most: int) -> int:
    """Read on where the listing was left, newest first. Returns how much of `at_most` is left."""
    for source in SOURCES:
        while source.name in state.positions and at_most > 0:
            limit = min(_BATCH, at_most)
            rows = source.listed(context, below=state.positions[source.name], limit=limit)
            folder.engine.write(source.load([pk for _, pk in rows]))
            at_most -= len(rows)
            if len(rows) < limit:
                del state.positions[source.name]
            else:
                state.positions[source.name] = rows[-1][0]
    if state.is_built and not state.made_ms:
        state.made_ms = _ms(now)
    return at_most


def _pending(context: LearningContext, state: State, *, limit: int) -> _Pending:
    """What changed since all was settled, less what was applied; up to `limit` of it."""
    pending = _Pending()
    for source in SOURCES:
        fresh = pending.fresh[source.name] = []
        above = _floor(context, state.settled_ms)
        while rows := source.changed(context, above=above, limit=_PAGE):
            fresh += [change for change in rows if state.marks.get(change.id) != change.mark]
            above = rows[-1].key
            pending.read += len(rows)
            if len(rows) < _PAGE or len(fresh) > limit:
                break
        if len(fresh) > limit:
            pending.is_all = False
            del fresh[limit:]
    return pending


def _apply(folder: Folder, state: State, pending: _Pending) -> None:
    for source in SOURCES:
        changes = pending.fresh.get(source.name, [])
        for start in range(0, len(changes), _BATCH):
            _apply_some(folder, state, source, changes[start : start + _BATCH])


def _apply_some(folder: Folder, state: State, source: Source, changes: Sequence[Change]) -> None:
    documents = list(source.load([change.pk for change in changes]))
    there = {document.id for document in documents}
    gone = [change.id for change in changes if change.id not in there and folder.engine.holds(change.id)]
    indexed = folder.engine.posts_of([change.id for change in changes])
    folder.engine.write(documents, gone)
    state.has_garbage = state.has_garbage or bool(gone) or any_is_gone(indexed)
    state.marks.update((change.id, change.mark) for change in changes)


def _settle(context: LearningContext, state: State, *, now: datetime) -> None:
    state.settled_ms = max(state.settled_ms, _settled(now))
    floor = _floor(context, state.settled_ms)
    state.marks = {ident: mark for ident, mark in state.marks.items() if mark >= floor}


def _floor(context: LearningContext, settled_ms: int) -> str:
    return change_floor(context.pk, datetime.fromtimestamp(settled_ms / 1000, tz=UTC))


def _settled(now: datetime) -> int:
    return _ms(now - OVERLAP)


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _ms_of(span: timedelta) -> int:
    return int(span.total_seconds() * 1000)
