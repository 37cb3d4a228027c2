"""The web service functions that this Moodle has, each declared once beside its parameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from demo.standin.access import Caller
from demo.standin.params import Many, Struct, Value

Body = Callable[[Caller, dict[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Function:
    """A function, what it takes and whether the Moodle plugin brings it."""

    name: str
    params: Struct
    body: Body
    is_plugin: bool


FUNCTIONS: dict[str, Function] = {}


def function(name: str, **params: Value | Many) -> Callable[[Body], Body]:
    """Declare the decorated callable as the web service function `name`."""

    def declare(body: Body) -> Body:
        FUNCTIONS[name] = Function(name, Struct(params), body, name.startswith("local_"))
        return body

    return declare
