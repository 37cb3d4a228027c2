"""What an author sends from a settings form: read by the types of the block's own fields, all errors at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from xblock.core import XBlock
from xblock.fields import Boolean, DateTime, Field, Float, Integer, List, String

from .domain.discussion import CAPS
from .domain.errors import N_, Invalid, InvalidFields, TooLarge
from .operations.fields import Text

LINE_CAP = 255


def read_settings(block: XBlock, names: Sequence[str], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values to store, of those that were sent. Raises InvalidFields, naming each field that cannot be taken."""
    read: dict[str, Any] = {}
    errors: list[Invalid] = []
    for name in names:
        if name not in values:
            continue
        try:
            read[name] = _read(block.fields[name], name, values[name])
        except Invalid as error:
            errors.append(error)
    if errors:
        raise InvalidFields(errors)
    return read


def _read(field: Field, name: str, value: Any) -> Any:
    if isinstance(field, DateTime):
        return _read_moment(name, value)
    if isinstance(field, Integer | Float):
        return _read_number(field, name, value)
    if isinstance(field, String):
        value = _read_text(field, name, value)
    elif not isinstance(value, _types(field)):
        raise _wrong_type(name)
    if isinstance(field.values, list | tuple):
        allowed = [choice["value"] for choice in field.values]
        if any(one not in allowed for one in (value if isinstance(field, List) else [value])):
            raise Invalid(N_("Choose one of the values that are offered."), field=name)
    return value


def _types(field: Field) -> type:
    return bool if isinstance(field, Boolean) else list if isinstance(field, List) else dict


def _read_text(field: Field, name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong_type(name)
    text = Text().read(name, value)
    cap = CAPS.body if field.runtime_options.get("multiline_editor") else LINE_CAP
    if len(text) > cap:
        raise TooLarge(
            N_("The text has %(length)d characters; %(cap)d fit."), field=name, length=len(text), cap=cap
        )
    return text


def _read_number(field: Field, name: str, value: Any) -> float:
    """Within the field's `values` of min and max, where it has them."""
    if isinstance(value, bool) or not isinstance(value, int if isinstance(field, Integer) else int | float):
        raise Invalid(N_("Enter a number."), field=name)
    bounds = field.values if isinstance(field.values, Mapping) else {}
    low, high = bounds.get("min"), bounds.get("max")
    if (low is not None and value < low) or (high is not None and value > high):
        raise Invalid(N_("Enter a number from %(low)s to %(high)s."), field=name, low=low, high=high)
    return value


def _read_moment(name: str, value: Any) -> datetime | None:
    """ISO 8601, taken as UTC without an offset; nothing is no date."""
    if value is None or value == "":
        return None
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise Invalid(N_("Enter a date and a time."), field=name) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _wrong_type(name: str) -> Invalid:
    return Invalid(N_("This value is not of the right type."), field=name)
