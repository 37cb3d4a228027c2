"""A tree of parameters as the form fields with bracketed names that Moodle's REST server reads."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

Scalar: TypeAlias = str | int | float | bool | None
Tree: TypeAlias = "Scalar | Sequence[Tree] | Mapping[str, Tree]"


def form_fields(params: Mapping[str, Tree]) -> list[tuple[str, str]]:
    """Pairs such as ("options[0][name]", "limitnumber"), in the order of the tree.

    True and False become 1 and 0; None is left out, since PHP has no null in a form.
    """
    return [pair for name, value in params.items() for pair in _flatten(name, value)]


def _flatten(name: str, value: Tree) -> Iterator[tuple[str, str]]:
    if value is None:
        return
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flatten(f"{name}[{key}]", inner)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for index, inner in enumerate(value):
            yield from _flatten(f"{name}[{index}]", inner)
    elif isinstance(value, bool):
        yield name, "1" if value else "0"
    else:
        yield name, str(value)
