"""The `html` block: lesson text, as plain as the LMS's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree
from web_fragments.fragment import Fragment
from xblock.core import XBlock
from xblock.fields import Scope, String


class LessonXBlock(XBlock):  # type: ignore[misc]  # XBlock ships no types
    """Text that the course team wrote; it is trusted as such."""

    display_name = String(default="", scope=Scope.settings)
    language = String(default="en", scope=Scope.settings)
    data = String(default="", scope=Scope.content)

    def student_view(self, _context: Mapping[str, Any] | None = None) -> Fragment:
        """The text."""
        return Fragment(f'<div class="lesson" lang="{self.language}">{self.data}</div>')

    author_view = student_view

    @classmethod
    def parse_xml(cls, node: Any, runtime: Any, keys: Any) -> Any:
        """The children of `<html>` are the text."""
        block = runtime.construct_xblock_from_class(cls, keys)
        block.display_name = node.get("display_name", "")
        block.language = node.get("language", "en")
        inner = "".join(etree.tostring(child, encoding="unicode") for child in node)
        block.data = (node.text or "") + inner
        return block

    def add_xml_to_node(self, node: Any) -> None:
        """The reverse of `parse_xml`."""
        node.tag = "html"
        node.set("display_name", self.display_name)
        node.set("language", self.language)
        for child in etree.fromstring(f"<d>{self.data}</d>"):
            node.append(child)
