"""The settings form of a block in Studio, from its fields' own names, help and values.

The form itself is an element in a shadow root of its own (static/src/studio), so that Studio's styles do not reach it:
here is what it is told.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language
from xblock.fields import Boolean, DateTime, Field, Float, Integer, List

_SHEETS = ("peer.css", "peer-settings.css")
#: As that of the dialog's title in Studio; one below that of a page.
_LEVEL = 2

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Section:
    """Settings that belong together. title and help are marked for translation; fields are names."""

    title: str
    help: str
    fields: tuple[str, ...]


def render_form(block: Any, names: Sequence[str]) -> str:
    """The form's HTML: one control a field, filled with what the block has now.

    A block may group its fields by `studio_sections`; what no section has comes first, under no title.
    """
    settings = {**_addresses(block), **block.form_facts(), "sections": _sections(block, names)}
    text = json.dumps(settings, ensure_ascii=False, default=str)
    return render_to_string("peer_xblock/studio.html", {"settings": text})


def _addresses(block: Any) -> dict[str, Any]:
    def public(name: str) -> str:
        return str(block.runtime.local_resource_url(block, f"public/{name}"))

    language = "fr" if (get_language() or "en").startswith("fr") else "en"
    return {
        "css_urls": [public(sheet) for sheet in _SHEETS],
        "catalogue_url": "" if language == "en" else public(f"peer-{language}.json"),
        "katex_url": public("peer-katex.js"),
        "scripts": {},
        "language": language,
        "heading_level": _LEVEL,
    }


def _sections(block: Any, names: Sequence[str]) -> list[dict[str, Any]]:
    translate: Translate = block.runtime.service(block, "i18n").ugettext
    sections: tuple[Section, ...] = getattr(block, "studio_sections", ())
    grouped = {name for section in sections for name in section.fields}
    rest = Section("", "", tuple(name for name in names if name not in grouped))
    return [
        {
            "title": translate(section.title) if section.title else "",
            "help": translate(section.help) if section.help else "",
            "fields": [_control(block, name, translate) for name in section.fields if name in names],
        }
        for section in (rest, *sections)
        if section.fields
    ]


def _control(block: Any, name: str, translate: Translate) -> dict[str, Any]:
    field: Field = block.fields[name]
    value = getattr(block, name)
    kind = _kind(field, name)
    control: dict[str, Any] = {
        "name": name,
        "kind": kind,
        "label": translate(field.display_name),
        "help": translate(field.help) if field.help else "",
        "value": value.isoformat() if isinstance(value, datetime) else value,
    }
    if kind in ("choice", "several"):
        control["choices"] = [_choice(choice, translate) for choice in field.values]
    if kind == "number":
        control["is_whole"] = isinstance(field, Integer)
    if kind in ("text", "markdown") and value is None:
        control["value"] = ""
    return control


def _kind(field: Field, name: str) -> str:
    """Which control: by the field's type, and by what it says of itself. A list without values has its own editor."""
    if isinstance(field, Boolean):
        return "flag"
    if isinstance(field, DateTime):
        return "moment"
    if isinstance(field, Integer | Float):
        return "number"
    if isinstance(field, List):
        return "several" if field.values else str(field.runtime_options.get("editor", name))
    if isinstance(field.values, list):
        return "choice"
    return "markdown" if field.runtime_options.get("multiline_editor") else "text"


def _choice(choice: Any, translate: Translate) -> dict[str, str]:
    """help is the field's own key beside XBlock's value and display_name."""
    note = choice.get("help", "")
    return {
        "value": choice["value"],
        "label": translate(choice["display_name"]),
        "help": translate(note) if note else "",
    }
