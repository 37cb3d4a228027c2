"""The fields of a request: each knows its type and refuses, by name, what is not of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from peer_xblock.domain.drafts import is_place
from peer_xblock.domain.errors import N_, Invalid
from peer_xblock.domain.ids import is_id

T = TypeVar("T")

_CLIENT_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MAX_INTEGER = 2**31 - 1
_MOST = 100


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """A field of a request. required: whether it must be there and not null."""

    required: bool = True

    def parse(self, name: str, values: Mapping[str, Any]) -> T | None:
        """The value, None when it is absent. Raises Invalid."""
        value = values.get(name)
        if value is None:
            if self.required:
                raise _wrong_type(name, N_("“%(name)s” is missing."))
            return None
        return self.read(name, value)

    def read(self, name: str, value: Any) -> T:
        """The value of the right type. Raises Invalid."""
        raise NotImplementedError


class Text(Field[str]):
    """Text that every database can hold: no NUL, no half of a surrogate pair."""

    def read(self, name: str, value: Any) -> str:
        if not isinstance(value, str):
            raise _wrong_type(name, N_("“%(name)s” must be text."))
        if "\0" in value or any("\ud800" <= character <= "\udfff" for character in value):
            raise _wrong_type(name, N_("“%(name)s” holds characters that cannot be stored."))
        return value


class Flag(Field[bool]):
    """True or false, as JSON has them."""

    def read(self, name: str, value: Any) -> bool:
        if not isinstance(value, bool):
            raise _wrong_type(name, N_("“%(name)s” must be true or false."))
        return value


@dataclass(frozen=True, slots=True)
class Integer(Field[int]):
    """A whole number from `low` to `high`."""

    low: int = 0
    high: int = _MAX_INTEGER

    def read(self, name: str, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not self.low <= value <= self.high:
            raise Invalid(
                N_("“%(name)s” must be a whole number from %(low)d to %(high)d."),
                field=name,
                name=name,
                low=self.low,
                high=self.high,
            )
        return value


class Bytes(Field[bytes]):
    """The body of an upload, as it came."""

    def read(self, name: str, value: Any) -> bytes:
        if not isinstance(value, bytes) or not value:
            raise _wrong_type(name, N_("“%(name)s” is empty."))
        return value


class Mapped(Field[dict[str, str]]):
    """An object of texts by id: at most 100 of them."""

    def read(self, name: str, value: Any) -> dict[str, str]:
        if not isinstance(value, dict) or len(value) > _MOST:
            raise _wrong_type(name, N_("“%(name)s” must be an object of texts."))
        text = Text()
        return {text.read(name, key): text.read(f"{name}.{key}", item) for key, item in value.items()}


class Texts(Field[list[str]]):
    """A list of texts: at most 100."""

    def read(self, name: str, value: Any) -> list[str]:
        if not isinstance(value, list) or len(value) > _MOST:
            raise _wrong_type(name, N_("“%(name)s” must be a list of texts."))
        one = Text()
        return [one.read(name, item) for item in value]


class Ids(Field[list[str]]):
    """A list of public ids: at most 100, none twice."""

    def read(self, name: str, value: Any) -> list[str]:
        if not isinstance(value, list) or len(value) > _MOST:
            raise _wrong_type(name, N_("“%(name)s” must be a list of ids."))
        one = Id()
        return list(dict.fromkeys(one.read(name, item) for item in value))


class Id(Text):
    """A public id."""

    def read(self, name: str, value: Any) -> str:
        text = super().read(name, value)
        if not is_id(text):
            raise _wrong_type(name, N_("“%(name)s” is not the id of anything here."))
        return text


class Place(Text):
    """Where in a space a text is written, as the page names it."""

    def read(self, name: str, value: Any) -> str:
        text = super().read(name, value)
        if not is_place(text):
            raise _wrong_type(name, N_("“%(name)s” must be 1 to 80 letters, digits or -."))
        return text


class ClientKey(Text):
    """The key that the client made for one create."""

    def read(self, name: str, value: Any) -> str:
        text = super().read(name, value)
        if not _CLIENT_KEY.fullmatch(text):
            raise _wrong_type(name, N_("“%(name)s” must be 1 to 64 letters, digits, - or _."))
        return text


@dataclass(frozen=True, slots=True)
class Choice(Field[StrEnum]):
    """One of an enumeration's values."""

    of: type[StrEnum] = StrEnum

    def read(self, name: str, value: Any) -> StrEnum:
        try:
            return self.of(value)
        except ValueError:
            allowed = ", ".join(self.of)
            raise Invalid(
                N_("“%(name)s” must be one of: %(allowed)s."), field=name, name=name, allowed=allowed
            ) from None


def _wrong_type(name: str, message: str) -> Invalid:
    return Invalid(message, field=name, name=name)
