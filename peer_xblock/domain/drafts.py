"""Unsent texts: what the api takes and hands out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from .errors import Conflict

KIND_CAP = 64
TAGS_CAP = 200
_PLACE = re.compile(r"[A-Za-z0-9-]{1,80}")


@dataclass(frozen=True, slots=True)
class DraftText:
    """A text as it stands in a composer. kind: what it would become. revision: of an edit, the one it starts from.

    tags: of a thread, as they are typed.
    """

    title: str
    body: str
    kind: str
    anonymous: bool
    revision: int | None
    tags: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written in it."""
        return not (self.title.strip() or self.body.strip() or self.tags.strip())


@dataclass(frozen=True, slots=True)
class DraftView:
    """What is kept for a place. draft: None when it was sent or given up, or nothing was ever kept (revision 0)."""

    place: str
    revision: int
    saved_at: datetime | None
    draft: DraftText | None


class StaleDraft(Conflict):
    """Another device has saved since. current: what it saved, as a DraftView."""

    code = "stale_draft"

    def __init__(self, message: str, /, *, current: DraftView) -> None:
        super().__init__(message, field="base")
        self.details = {"current": current}


def is_place(text: str) -> bool:
    """Whether the text has the form of a composer's place."""
    return _PLACE.fullmatch(text) is not None
