"""The folder of a course's index: where it is, who may write in it, how far it has come.

Thrown away as a whole, or damaged, it begins anew.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connection

from peer_xblock.models import LearningContext

from .engine import Engine
from .schema import SCHEMA_VERSION

_LOCK_POLL_S = 0.02
_STATE = "state.json"
_ENGINES_KEPT = 64

# Open indexes by process and folder: an index that was opened before a fork is not used after it.
_engines: dict[tuple[int, Path], Engine] = {}


@dataclass(slots=True)
class State:
    """How far an index has come.

    positions: while it is built, the key of the listing down to which each source was read; without an entry a
    source is read to its end. settled_ms: all that changed before has been applied. marks: what was applied of what
    changed since, by document. has_garbage: files may still hold words of what is gone. made_ms: when all was read.
    """

    positions: dict[str, str] = field(default_factory=dict)
    settled_ms: int = 0
    marks: dict[str, str] = field(default_factory=dict)
    has_garbage: bool = False
    made_ms: int = 0

    @property
    def is_built(self) -> bool:
        """Whether every source was read to its end."""
        return not self.positions


class Folder:
    """One course's index on this host."""

    def __init__(self, context: LearningContext) -> None:
        self.path = _root() / _name(context)

    @property
    def engine(self) -> Engine:
        """The index, opened once a process. Raises ValueError or OSError."""
        key = (os.getpid(), self.path)
        if key not in _engines:
            while len(_engines) >= _ENGINES_KEPT:
                _engines.pop(next(iter(_engines)))
            _engines[key] = Engine(self.path)
        return _engines[key]

    def exists(self) -> bool:
        """Whether this host has an index of the course."""
        return (self.path / _STATE).exists()

    def read_state(self) -> State | None:
        """How far it has come; None where there is nothing usable."""
        try:
            return State(**json.loads((self.path / _STATE).read_text()))
        except (OSError, ValueError, TypeError):
            return None

    def write_state(self, state: State) -> None:
        """After the commit that it speaks of: what is lost in between is applied once more."""
        temporary = self.path / f"{_STATE}.{os.getpid()}"
        temporary.write_text(json.dumps(asdict(state)))
        temporary.replace(self.path / _STATE)

    def begin_anew(self) -> None:
        """Throw away what is there. Only with the lock."""
        self.discard()
        self.path.mkdir(mode=0o700, parents=True)

    def discard(self) -> None:
        """Remove the folder."""
        self.forget()
        shutil.rmtree(self.path, ignore_errors=True)

    def forget(self) -> None:
        """Close the index: the next reader opens what is there then."""
        _engines.pop((os.getpid(), self.path), None)

    @contextmanager
    def locked(self, *, wait_s: float) -> Iterator[bool]:
        """Be the one writer on this host, or yield False when another still writes after `wait_s`."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        deadline = time.monotonic() + wait_s
        with self.path.with_suffix(".lock").open("w") as handle:
            while not _take(handle.fileno()):
                if time.monotonic() >= deadline:
                    yield False
                    return
                time.sleep(_LOCK_POLL_S)
            yield True


def _take(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _root() -> Path:
    """PEER_INDEX_DIR, else a private folder among the temporary ones.

    Never below MEDIA_ROOT: a web server hands that out, and an index holds what only some may read.
    """
    configured = getattr(settings, "PEER_INDEX_DIR", None)
    base = Path(configured) if configured else Path(tempfile.gettempdir()) / f"peer-index-{os.getuid()}"
    return base / f"v{SCHEMA_VERSION}"


def discard_former() -> None:
    """Remove what indexes of former schemas left: nobody cleans them of what is gone."""
    for path in _root().parent.glob("v*"):
        if path.name[1:].isdecimal() and int(path.name[1:]) < SCHEMA_VERSION:
            shutil.rmtree(path, ignore_errors=True)


def _name(context: LearningContext) -> str:
    """Another course, or another database in which it has the same key, has another folder."""
    database = connection.settings_dict
    where = f"{database['ENGINE']}|{database['HOST']}|{database['PORT']}|{database['NAME']}"
    return sha256(
        f"{where}|{context.pk}|{context.key}|{context.created_at.isoformat()}".encode()
    ).hexdigest()[:32]
