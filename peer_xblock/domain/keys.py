"""Sort keys: one UNIQUE text column a listing, so that a page is `key >= lo AND key < k` at every depth.

Fixed-length lower-case hexadecimal: every collation sorts it as bytes. Listings read it downwards.
Source: the measurements of keyset pagination in docs/decisions (one folded key stayed flat on all engines).
"""

from __future__ import annotations

from datetime import datetime

_SCOPE = 8
# Of a `mine_key`: space and person.
MINE_SCOPE = 20
_TAIL = 16
_NAME_BYTES = 60
_ACCEPTED = 2
_MAX_32 = 0xFFFFFFFF


def listing_key(scope: int, *, pinned: bool, value: int, public_id: str) -> str:
    """33 characters: scope (8), pin (1), value (8), the id's random tail (16).

    scope: a space's or a learning context's id. value: seconds since 1970, or votes; over 2**32-1 it is capped.
    """
    return f"{scope:08x}{int(pinned)}{_capped(value):08x}{public_id[-_TAIL:]}"


def mine_key(space: int, user: int, moment: datetime, public_id: str) -> str:
    """44 characters: space (8), person (12), seconds since 1970 (8), the thread's random tail (16)."""
    return f"{mine_floor(space, user)}{_capped(seconds(moment)):08x}{public_id[-_TAIL:]}"


def mine_floor(space: int, user: int) -> str:
    """The lowest key of what is one person's in a space; `user + 1` gives what is above all of it."""
    return f"{space:08x}{user:012x}"


def listing_floor(scope: int) -> str:
    """The lowest key of a scope: `key >= listing_floor(s)` keeps a page inside it."""
    return f"{scope:08x}"


def listing_ceiling(scope: int) -> str:
    """Above every key of a scope."""
    return f"{scope + 1:08x}"


def change_key(scope: int, moment: datetime, public_id: str) -> str:
    """36 characters: scope (8), milliseconds since 1970 (12), the id's random tail (16). Changes are read upwards.

    scope: a learning context's id.
    """
    return f"{change_floor(scope, moment)}{public_id[-_TAIL:]}"


def change_floor(scope: int, moment: datetime) -> str:
    """The lowest key of what changed in a scope at this moment or later."""
    return f"{scope:08x}{max(int(moment.timestamp() * 1000), 0):012x}"


def change_ceiling(scope: int) -> str:
    """Above every change of a scope."""
    return listing_ceiling(scope)


def skill_key(context: int, skill: int, moment: datetime, public_id: str) -> str:
    """40 characters: context (8), skill (8), seconds since 1970 (8), the id's random tail (16)."""
    return f"{skill_floor(context, skill)}{_capped(seconds(moment)):08x}{public_id[-_TAIL:]}"


def skill_floor(context: int, skill: int) -> str:
    """The lowest key of those who declare a skill in a context; `skill + 1` gives what is above all of them."""
    return f"{context:08x}{skill:08x}"


def notice_key(space: int, user: int, post: int) -> str:
    """32 characters: space (8), person (12), post (12). Read downwards: a person's notices in a space, newest first."""
    return f"{notice_floor(space, user)}{post:012x}"


def notice_floor(space: int, user: int) -> str:
    """The lowest key of one person's notices in a space."""
    return f"{space:08x}{user:012x}"


def notice_ceiling(space: int, user: int) -> str:
    """Above every notice of one person in a space."""
    return notice_floor(space, user + 1)


def mail_key(thread: int, user: int) -> str:
    """24 characters: thread (12), person (12)."""
    return f"{thread:012x}{user:012x}"


def name_key(space: int, folded: str) -> str:
    """Space (8), then the name's bytes, so that names are in one order everywhere and begin as their letters do.

    folded: without case and accents. A name of over 60 bytes is cut.
    """
    return f"{space:08x}{folded.encode()[:_NAME_BYTES].hex()}"


def response_key(thread: int, *, accepted: bool, endorsed: bool, votes: int, number: int) -> str:
    """29 characters: thread (12), standing (1), votes (8), number (8, reversed so that the older comes first)."""
    standing = _ACCEPTED if accepted else int(endorsed)
    return f"{thread:012x}{standing}{_capped(votes):08x}{_MAX_32 - number:08x}"


def response_floor(thread: int) -> str:
    """The lowest key of a thread's responses."""
    return f"{thread:012x}"


def accepted_floor(thread: int) -> str:
    """Above every key of a thread's responses but the accepted one's."""
    return f"{thread:012x}{_ACCEPTED}"


def seconds(moment: datetime) -> int:
    """Whole seconds since 1970."""
    return int(moment.timestamp())


def _capped(value: int) -> int:
    return min(max(value, 0), _MAX_32)
