"""Parameters on the wire: PHP's bracketed form fields, and Moodle's strict check of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from demo.standin.errors import InvalidParameter

MAX_INPUT_VARS = 5000
_KEY = re.compile(r"^([^\[\]]+)((?:\[[^\[\]]*\])*)$")
_MISSING = object()


def parse_form(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Nest `a[0][b]=x` as PHP does. Past `MAX_INPUT_VARS` fields the rest is dropped, silently."""
    tree: dict[str, Any] = {}
    for count, (key, value) in enumerate(pairs):
        if count >= MAX_INPUT_VARS:
            break
        match = _KEY.match(key)
        if match is None:
            continue
        path = [match[1], *re.findall(r"\[([^\[\]]*)\]", match[2])]
        _place(tree, path, value)
    return tree


def _place(tree: dict[str, Any], path: list[str], value: str) -> None:
    node = tree
    for part in path[:-1]:
        step = part if part != "" else str(len(node))
        below = node.setdefault(step, {})
        if not isinstance(below, dict):
            below = node[step] = {}
        node = below
    node[path[-1] if path[-1] != "" else str(len(node))] = value


def strip_tags(text: str) -> str:
    """PHP's strip_tags: `<` opens a tag unless white space follows it; an open tag eats the rest."""
    return re.sub(r"<(?!\s)[^>]*(>|$)", "", text)


AUTH_PLUGINS = frozenset({"manual", "nologin", "email", "oauth2", "db", "ldap", "lti", "none"})
_CLEAN: dict[str, Callable[[str], str]] = {
    "raw": lambda text: text,
    "rawtrimmed": lambda text: text.strip(),
    "text": strip_tags,
    "notags": strip_tags,
    "alpha": lambda text: re.sub(r"[^a-zA-Z]", "", text),
    "alphanum": lambda text: re.sub(r"[^a-zA-Z0-9]", "", text),
    "alphanumext": lambda text: re.sub(r"[^a-zA-Z0-9_-]", "", text),
    "username": lambda text: re.sub(r"[^-.@_a-z0-9]", "", text.strip().lower()),
    "auth": lambda text: text if text in AUTH_PLUGINS else "",
    "email": lambda text: text if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text) else "",
    "int": lambda text: str(_php_int(text)),
    "bool": lambda text: "1" if text == "1" else "0",
}


def _php_int(text: str) -> int:
    match = re.match(r"\s*[+-]?\d+", text)
    return int(match[0]) if match else 0


@dataclass(frozen=True, slots=True)
class Value:
    """One scalar. `default` makes it fill in, `optional` lets it be absent."""

    kind: str
    default: Any = _MISSING
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Many:
    """A list of one thing."""

    of: Value | Struct
    default: Any = _MISSING
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Struct:
    """Named parts."""

    keys: Mapping[str, Value | Many]
    default: Any = _MISSING
    optional: bool = False


def check(spec: Value | Many | Struct, value: Any, where: str = "") -> Any:
    """`value` with its types, as the function receives it, or `InvalidParameter`."""
    if isinstance(spec, Struct):
        return _check_struct(spec, value)
    if isinstance(spec, Many):
        if not isinstance(value, dict):
            raise InvalidParameter(f"Only arrays accepted. The bad value is: '{value}'")
        return [check(spec.of, item, f"{where}[{key}]") for key, item in value.items()]
    return check_scalar(spec.kind, value, where)


def _check_struct(spec: Struct, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InvalidParameter(f"Only arrays accepted. The bad value is: '{value}'")
    result: dict[str, Any] = {}
    for key, part in spec.keys.items():
        if key in value:
            result[key] = check(part, value[key], key)
        elif part.default is not _MISSING:
            result[key] = part.default
        elif not part.optional:
            raise InvalidParameter(f"Missing required key in single structure: {key}")
    unknown = [key for key in value if key not in spec.keys]
    if unknown:
        raise InvalidParameter(f"Unexpected keys ({', '.join(unknown)}) detected in parameter array.")
    return result


def check_scalar(kind: str, value: Any, where: str) -> Any:
    """A scalar that cleaning leaves as it is; ints and booleans come back as such."""
    if not isinstance(value, str):
        raise InvalidParameter(f"Scalar type expected, array or object received. ({where})")
    if _CLEAN[kind](value) != value:
        raise InvalidParameter(
            f'Invalid external api parameter: the value is "{value}", the type is "{kind}"'
        )
    if kind == "int":
        return int(value)
    return value == "1" if kind == "bool" else value
