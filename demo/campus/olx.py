"""The course from and to OLX."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.dateparse import parse_datetime
from lxml import etree
from opaque_keys.edx.keys import CourseKey, UsageKey
from xblock.fields import ScopeIds

from demo.campus.models import Block
from demo.campus.runtime import CampusRuntime, Mode, block_class

CONTAINERS = ("course", "chapter", "sequential", "vertical")
_NEVER = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)


def import_course(xml: bytes) -> CourseKey:
    """Store the course of an OLX document. Known usage keys are brought in line with it."""
    root = etree.fromstring(xml, _NEVER)
    key = CourseKey.from_string(f"course-v1:{root.get('org')}+{root.get('course')}+{root.get('url_name')}")
    runtime = CampusRuntime(AnonymousUser(), key, Mode.STUDIO)
    _import_node(root, None, 0, key, runtime)
    return key


def _import_node(node: Any, parent: Block | None, position: int, key: CourseKey, runtime: Any) -> None:
    block_type = str(node.tag)
    name = "course" if block_type == "course" else node.get("url_name")
    usage_key = key.make_usage_key(block_type, name)
    row, _ = Block.objects.update_or_create(
        usage_key=str(usage_key),
        defaults={
            "course_key": str(key),
            "block_type": block_type,
            "parent": parent,
            "position": position,
            "title": node.get("display_name", ""),
            "language": node.get("language", parent.language if parent else "en"),
            "start": parse_datetime(node.get("start", "")) if block_type == "vertical" else None,
            "is_hidden": node.get("visible_to_staff_only") == "true",
            "cohort_id": int(node.get("cohort", "0")),
        },
    )
    if block_type in CONTAINERS:
        for index, child in enumerate(node):
            _import_node(child, row, index, key, runtime)
        return
    import_block(node, usage_key, runtime)


def import_block(node: Any, usage_key: UsageKey, runtime: Any) -> Any:
    """One block's fields from its element."""
    copy = etree.fromstring(etree.tostring(node), _NEVER)
    for name in ("url_name", "xblock-family"):
        copy.attrib.pop(name, None)
    scope_ids = ScopeIds(0, usage_key.block_type, usage_key, usage_key)
    block = block_class(usage_key.block_type).parse_xml(copy, runtime, scope_ids)  # type: ignore[attr-defined]  # XBlock ships no types
    block.save()
    return block


def export_block(usage_key: UsageKey, runtime: Any) -> str:
    """A block as OLX, as Studio would write it."""
    node = etree.Element("unknown")
    runtime.get_block(usage_key).add_xml_to_node(node)
    node.set("url_name", usage_key.block_id)
    return str(etree.tostring(node, pretty_print=True, encoding="unicode"))


def export_unit(unit: Block, runtime: Any) -> str:
    """A unit with its blocks as OLX."""
    node = etree.Element("vertical", url_name=UsageKey.from_string(unit.usage_key).block_id)
    node.set("display_name", unit.title)
    node.set("language", unit.language)
    for child in unit.children.all():
        node.append(etree.fromstring(export_block(UsageKey.from_string(child.usage_key), runtime), _NEVER))
    etree.indent(node)
    return str(etree.tostring(node, pretty_print=True, encoding="unicode"))
