"""From the bytes of a request to the JSON of an answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext

from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import CAPS
from peer_xblock.domain.errors import N_, Invalid, NotFound, PeerError, TooLarge

from .fields import Field

Answer = tuple[int, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Operation:
    """An api function, called `name` by clients, and the fields of its request."""

    name: str
    run: Callable[..., Any]
    fields: Mapping[str, Field[Any]]


Registry = Mapping[str, Operation]


def dispatch(registry: Registry, name: str, raw: bytes, *, enter: Callable[[], Visit]) -> Answer:
    """Run an operation: (HTTP status, JSON-ready answer).

    raw: the request's body. enter: makes the visit, so that its refusals are answered like all others.
    """
    try:
        operation = registry.get(name)
        if operation is None:
            raise NotFound(N_("There is no operation “%(name)s”."), name=name)
        values = read_body(raw)
        arguments = {field: spec.parse(field, values) for field, spec in operation.fields.items()}
        given = {field: value for field, value in arguments.items() if value is not None}
        return 200, to_json(operation.run(enter(), **given))
    except PeerError as error:
        return error.status, {"error": refusal(error)}


def read_body(raw: bytes) -> dict[str, Any]:
    """A JSON object in UTF-8, up to the cap. Raises Invalid or TooLarge."""
    if len(raw) > CAPS.request:
        raise TooLarge(
            N_("The request has %(length)d bytes; %(cap)d fit."),
            field="body",
            length=len(raw),
            cap=CAPS.request,
        )
    try:
        values = json.loads(raw.decode("utf-8") or "{}")
    except UnicodeDecodeError as error:
        raise Invalid(N_("The request is not UTF-8 text.")) from error
    except (ValueError, RecursionError) as error:  # A number of thousands of digits is a bare ValueError.
        raise Invalid(N_("The request is not JSON.")) from error
    if not isinstance(values, dict):
        raise Invalid(N_("The request is not a JSON object."))
    return values


def refusal(error: PeerError) -> dict[str, Any]:
    """A refusal in the reader's language."""
    translated = gettext(error.message)
    message = translated % error.params if error.params else translated
    return {"code": error.code, "field": error.field, "message": message, "details": to_json(error.details)}


def to_json(value: Any) -> Any:
    """Frozen values to JSON: objects by field, times as ISO 8601 in UTC."""
    if is_dataclass(value):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items()}
    return value
