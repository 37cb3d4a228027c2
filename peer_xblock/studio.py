"""The settings form of a block in Studio, from its fields' own names, help and values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string


def render_form(block: Any, names: Sequence[str]) -> str:
    """The form's HTML: one control a field, filled with what the block has now."""
    return render_to_string("peer_xblock/studio.html", {"fields": [_control(block, name) for name in names]})


def _control(block: Any, name: str) -> dict[str, Any]:
    field = block.fields[name]
    value = getattr(block, name)
    is_flag = isinstance(value, bool)
    choices = field.values if isinstance(field.values, list) and not is_flag else ()
    translate = block.runtime.service(block, "i18n").ugettext
    return {
        "name": name,
        "label": translate(field.display_name),
        "help": translate(field.help) if field.help else "",
        "value": value,
        "kind": "flag" if is_flag else ("choice" if choices else "text"),
        "choices": [
            {"value": c["value"], "label": translate(c["display_name"]), "chosen": c["value"] == value}
            for c in choices
        ],
    }
