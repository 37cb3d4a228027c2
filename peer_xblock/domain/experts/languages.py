"""Languages that people write in, by their BCP 47 codes."""

from __future__ import annotations

import re

LANGUAGES_KEPT = 10
_CODE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


def is_language(code: str) -> bool:
    """Whether the text has the form of a code, as `fr` or `pt-BR`."""
    return _CODE.fullmatch(code) is not None


def pack(codes: list[str]) -> str:
    """One text, a space around each code, so that a code is found whole."""
    return "".join(f" {code}" for code in dict.fromkeys(codes)) + " " if codes else ""


def unpack(packed: str) -> tuple[str, ...]:
    """The codes, in the order in which they were given."""
    return tuple(packed.split())


def speaks(packed: str, code: str) -> bool:
    """Whether one of the languages is this one or a variety of it: `fr-CA` is French."""
    wanted = code.lower()
    return any(one.lower() == wanted or one.lower().startswith(f"{wanted}-") for one in unpack(packed))
