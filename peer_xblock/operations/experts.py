"""The operations of an expert directory: declared once, for the block's handler and the views alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from peer_xblock.api import experts as api
from peer_xblock.api.experts.profiles import WEEKLY_MAX
from peer_xblock.domain.errors import N_, Invalid
from peer_xblock.domain.experts.views import PEOPLE_MAX

from .dispatch import Operation, Registry
from .fields import ClientKey, Field, Flag, Id, Ids, Integer, Text

_CODES_MOST = 100


class Day(Text):
    """A day, as 2026-11-30."""

    def read(self, name: str, value: Any) -> date:  # type: ignore[override]  # a text that is read as a day
        text = super().read(name, value)
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            message = N_("“%(name)s” must be a day, as 2026-11-30.")
            raise Invalid(message, field=name, name=name) from error


class Codes(Field[list[str]]):
    """A list of short texts: at most 100, in their order."""

    def read(self, name: str, value: Any) -> list[str]:
        if not isinstance(value, list) or len(value) > _CODES_MOST:
            raise Invalid(N_("“%(name)s” must be a list of texts."), field=name, name=name)
        text = Text()
        return [text.read(name, item) for item in value]


_FILTERS: Mapping[str, Field[Any]] = {
    "query": Text(required=False),
    "skill": Id(required=False),
    "language": Text(required=False),
    "available": Flag(required=False),
    "cursor": Text(required=False),
    "limit": Integer(required=False, low=1, high=PEOPLE_MAX),
}
_PROFILE: Mapping[str, Field[Any]] = {
    "is_listed": Flag(),
    "about": Text(),
    "languages": Codes(),
    "weekly_limit": Integer(required=False, low=1, high=WEEKLY_MAX),
    "away_until": Day(required=False),
    "skills": Ids(),
    "revision": Integer(),
}
_QUESTION: Mapping[str, Field[Any]] = {
    "client_key": ClientKey(),
    "person": Id(),
    "space": Id(required=False),
    "title": Text(),
    "body": Text(),
}

OPERATIONS: Registry = {
    operation.name: operation
    for operation in (
        Operation("open_directory", api.open_directory, {}),
        Operation("find_people", api.find_people, _FILTERS),
        Operation("suggest_skills", api.suggest_skills, {"text": Text()}),
        Operation("save_profile", api.save_profile, _PROFILE, tracks="profile.saved"),
        Operation("ask", api.ask, _QUESTION, tracks="request.created"),
        Operation(
            "answer_request",
            api.answer_request,
            {"request": Id(), "accept": Flag()},
            tracks="request.decided",
        ),
        Operation("preview", api.preview, {"body": Text()}),
    )
}
