"""What the api hands out of a stored file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO


@dataclass(frozen=True, slots=True)
class Download:
    """A file for one person. name: as it was uploaded. open: a fresh binary stream; who takes it closes it."""

    name: str
    content_type: str
    open: Callable[[], IO[bytes]]
