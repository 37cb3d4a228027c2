"""A review assignment in OLX: prompt and rubric as elements that people can read and write by hand.

    <peer_review display_name="…" wanted="3" …>
      <prompt>Markdown</prompt>
      <rubric>
        <criterion id="protocol" name="Protocol" weight="30">
          <prompt>What to look at</prompt>
          <option id="no" name="Incomplete" points="0">It cannot be repeated.</option>

What stands there is kept as it is, right or wrong: the block still opens, and its settings say what is the matter.
"""

from __future__ import annotations

import json
import logging
from typing import Any

from xblock.fields import DateTime, Field, Float, Integer, List

_log = logging.getLogger(__name__)


class _Tolerant(Field):
    """A field that hands out what it cannot read, instead of breaking the import of a whole course."""

    def from_string(self, serialized: Any) -> Any:
        try:
            return super().from_string(serialized)
        except Exception:  # noqa: BLE001  XBlock reads it as YAML, whose errors are of a tree of their own
            return serialized

    def from_json(self, value: Any) -> Any:
        try:
            return super().from_json(value)
        except (TypeError, ValueError):
            return value

    def enforce_type(self, value: Any) -> Any:
        return self.from_json(value)

    def to_json(self, value: Any) -> Any:
        try:
            return super().to_json(value)
        except (TypeError, ValueError):
            return value

    def to_string(self, value: Any) -> Any:
        try:
            text = super().to_string(value)
        except (TypeError, ValueError):
            text = value
        return text if text is None or isinstance(text, str) else json.dumps(text, default=str)


class TolerantInteger(_Tolerant, Integer):
    """A whole number, or what stands in its place."""


class TolerantFloat(_Tolerant, Float):
    """A number, or what stands in its place."""


class TolerantDateTime(_Tolerant, DateTime):
    """A date and a time, or what stands in their place."""


class TolerantList(_Tolerant, List):
    """A list, or what stands in its place."""


def write_review(node: Any, prompt: str, rubric: Any) -> None:
    """Replace the attributes of both by elements; a rubric that is no list of criteria stays as it is."""
    if node.attrib.pop("prompt", None):
        _add(node, "prompt").text = prompt
    is_rubric = isinstance(rubric, list) and all(isinstance(criterion, dict) for criterion in rubric)
    if is_rubric and node.attrib.pop("rubric", None) is not None:
        _write_rubric(_add(node, "rubric"), rubric)


def read_review(node: Any) -> dict[str, Any]:
    """Take `prompt` and `rubric` out of the element, as values of the block's fields; other elements are reported.

    Whatever is in an element of the runtime's own namespace stays.
    """
    values: dict[str, Any] = {}
    for child in list(node):
        if not isinstance(child.tag, str) or child.tag.startswith("{"):
            continue
        if child.tag == "prompt":
            values["prompt"] = (child.text or "").strip()
        elif child.tag == "rubric":
            values["rubric"] = [_read_criterion(one) for one in _named(child, "criterion")]
        else:
            _log.warning("peer_review has no element %s: left out", child.tag)
        node.remove(child)
    return values


def _write_rubric(node: Any, rubric: list[dict[str, Any]]) -> None:
    for criterion in rubric:
        one = _add(node, "criterion", **_texts(criterion, "id", "name", "weight"))
        if criterion.get("prompt"):
            _add(one, "prompt").text = str(criterion["prompt"])
        options = criterion.get("options")
        for option in options if isinstance(options, list) else []:
            if isinstance(option, dict):
                element = _add(one, "option", **_texts(option, "id", "name", "points"))
                element.text = str(option.get("explanation") or "") or None


def _add(node: Any, tag: str, **attributes: str) -> Any:
    """A new element at the end of another, of the library that this one is of."""
    child = node.makeelement(tag, attributes)
    node.append(child)
    return child


def _read_criterion(node: Any) -> dict[str, Any]:
    read: dict[str, Any] = {name: node.get(name) for name in ("id", "name") if name in node.attrib}
    read["prompt"] = (node.findtext("prompt") or "").strip()
    read["weight"] = _number(node.get("weight"))
    read["options"] = [
        {
            **{name: option.get(name) for name in ("id", "name") if name in option.attrib},
            "explanation": (option.text or "").strip(),
            "points": _number(option.get("points")),
        }
        for option in _named(node, "option")
    ]
    return read


def _named(node: Any, tag: str) -> list[Any]:
    for child in node:
        if isinstance(child.tag, str) and child.tag not in (tag, "prompt"):
            _log.warning("the rubric has no element %s: left out", child.tag)
    return [child for child in node if child.tag == tag]


def _texts(row: dict[str, Any], *names: str) -> dict[str, str]:
    return {
        name: f"{row[name]:g}" if _is_number(row[name]) else str(row[name]) for name in names if name in row
    }


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(text: str | None) -> Any:
    """A number where it is one: whole without a fraction. What is none is kept, to be refused by name."""
    try:
        number = float(text or "")
    except ValueError:
        return text
    return int(number) if number.is_integer() else number
