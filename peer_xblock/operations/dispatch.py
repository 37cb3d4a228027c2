"""From a request to the JSON of an answer, or to a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext

from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import CAPS
from peer_xblock.domain.errors import (
    N_,
    Invalid,
    InvalidFields,
    NotFound,
    NotReady,
    PeerError,
    TooLarge,
    WrongMethod,
)
from peer_xblock.domain.files import Download
from peer_xblock.domain.ids import is_id

from .fields import Bytes, Field, Id

Answer = tuple[int, dict[str, Any] | Download]


@dataclass(frozen=True, slots=True)
class Call:
    """A request as a handler or a view got it.

    length: of the body in bytes, as announced. read: the body; it is not called when the length is over the cap.
    """

    length: int
    read: Callable[[], bytes]
    method: str = "POST"
    query: Mapping[str, str] = field(default_factory=dict)


def ids_in(answer: Mapping[str, Any]) -> dict[str, str]:
    """What a tracking event tells of an answer: the ids in it, never a text."""
    named = {name: value.get("id") if isinstance(value, dict) else value for name, value in answer.items()}
    return {name: value for name, value in named.items() if isinstance(value, str) and is_id(value)}


def never(_answer: Mapping[str, Any]) -> bool:
    """Nothing that this operation does completes the block."""
    return False


def always(_answer: Mapping[str, Any]) -> bool:
    """Doing it completes the block."""
    return True


@dataclass(frozen=True, slots=True)
class Operation:
    """An api function, called `name` by clients, and the fields of its request.

    method: GET for a file that a link opens; its fields come from the query. With a Bytes field the body is a file
    and all other fields come from the query; else the body is a JSON object. cap: of the body, in bytes.
    tracks: `object.verb` of its tracking event, "" for none. tells: the ids in an answer that the event has.
    completes: whether an answer completes the block.
    glances: asked so often that who somebody is may be a minute old.
    """

    name: str
    run: Callable[..., Any]
    fields: Mapping[str, Field[Any]]
    method: str = "POST"
    cap: int = CAPS.request
    tracks: str = ""
    completes: Callable[[Mapping[str, Any]], bool] = never
    glances: bool = False
    tells: Callable[[Mapping[str, Any]], Mapping[str, str]] = ids_in

    def read_values(self, call: Call) -> Mapping[str, Any]:
        """The request's fields as they came. Raises Invalid or TooLarge."""
        if call.method != self.method:
            raise WrongMethod(N_("“%(name)s” is called by %(method)s."), name=self.name, method=self.method)
        if self.method == "GET":
            return call.query
        if call.length > self.cap:
            raise _too_large(call.length, self.cap)
        raw = call.read()
        uploads = [name for name, spec in self.fields.items() if isinstance(spec, Bytes)]
        if uploads:
            if len(raw) > self.cap:
                raise _too_large(len(raw), self.cap)
            return {**call.query, uploads[0]: raw}
        return read_body(raw, cap=self.cap)


Registry = Mapping[str, Operation]


def dispatch(registry: Registry, name: str, call: Call, *, enter: Callable[[], Visit]) -> Answer:
    """Run an operation: (HTTP status, JSON-ready answer or file).

    enter: makes the visit, so that its refusals are answered like all others.
    """
    try:
        operation = registry.get(name)
        if operation is None:
            raise NotFound(N_("There is no operation “%(name)s”."), name=name)
        values = operation.read_values(call)
        arguments = {field: spec.parse(field, values) for field, spec in operation.fields.items()}
        given = {field: value for field, value in arguments.items() if value is not None}
        answer = operation.run(enter(), **given)
        return 200, answer if isinstance(answer, Download) else to_json(answer)
    except PeerError as error:
        return error.status, {"error": refusal(error)}


def read_body(raw: bytes, *, cap: int = CAPS.request) -> dict[str, Any]:
    """A JSON object in UTF-8, up to the cap. Raises Invalid or TooLarge."""
    if len(raw) > cap:
        raise _too_large(len(raw), cap)
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
    details = to_json(error.details)
    if isinstance(error, InvalidFields | NotReady):
        details["errors"] = [{"field": one.field, "message": _words(one)} for one in error.errors]
    return {"code": error.code, "field": error.field, "message": _words(error), "details": details}


def ids_told(operation: Operation, call: Call, answer: Mapping[str, Any]) -> dict[str, str]:
    """What a tracking event tells: the ids that were asked for, and those in the answer; never a text or a name."""
    values = operation.read_values(call)
    asked = {
        name: values[name]
        for name, spec in operation.fields.items()
        if isinstance(spec, Id) and name in values
    }
    return {**operation.tells(answer), **{name: value for name, value in asked.items() if value}}


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


def _words(error: PeerError) -> str:
    translated = gettext(error.message)
    return translated % error.params if error.params else translated


def _too_large(length: int, cap: int) -> TooLarge:
    return TooLarge(
        N_("The request has %(length)d bytes; %(cap)d fit."), field="body", length=length, cap=cap
    )
