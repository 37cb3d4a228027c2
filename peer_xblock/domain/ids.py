"""Public ids: 32 lower-case hexadecimal characters, sortable by time, unguessable at the end."""

from __future__ import annotations

import re
from datetime import datetime
from random import Random

ID_LENGTH = 32
_PATTERN = re.compile(r"[0-9a-f]{32}")


def new_id(now: datetime, rng: Random) -> str:
    """Milliseconds since 1970 in 12 digits, then 80 random bits. Fixed-length text: every collation sorts it alike."""
    return f"{int(now.timestamp() * 1000):012x}{rng.getrandbits(80):020x}"


def is_id(text: str) -> bool:
    """Whether the text has the form of a public id."""
    return _PATTERN.fullmatch(text) is not None
