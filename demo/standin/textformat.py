"""Text as Moodle gives it out: cleaned HTML, titles with entities."""

from __future__ import annotations

import html
import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt

from demo.standin.errors import CodingError

MOODLE, HTML, PLAIN, MARKDOWN = 0, 1, 2, 4
FORMATS = (MOODLE, HTML, PLAIN, MARKDOWN)
# HTML Purifier's defaults as Moodle sets them, near enough: no scripts, frames, forms or MathML.
_TAGS = set(nh3.ALLOWED_TAGS) | {"font", "center", "tt", "big"}
_COMMON = {"class", "id", "title", "style", "dir", "lang"}
_ATTRIBUTES = {tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()}
_ATTRIBUTES["*"] = _ATTRIBUTES.get("*", set()) | _COMMON
_ATTRIBUTES["a"] = {"href", "hreflang", "target", "name"}
_ATTRIBUTES["img"] = {"src", "alt", "width", "height"}
_VOID = re.compile(r"<(br|hr|img|col|wbr)((?:\s[^>]*)?)>")
_MATHML = re.compile(r"</?m(?:ath|i|n|o|row|sup|sub|frac|text|sqrt|space|table|tr|td)\b[^>]*>")
_IMG = re.compile(r"<img\b([^>]*)>")
_BLANK_TARGET = re.compile(r'(<a\b[^>]*target="_blank"[^>]*)>')
# A block closes the paragraph that it stood in; the parser then opens an empty one at the old end tag.
_ORPHAN_P = re.compile(r"(</(?:pre|ul|ol|blockquote|div|table)>)<p></p>")


def format_text(text: str, text_format: int) -> str:
    """The HTML that a reader gets for a stored message, by its format."""
    if text_format not in FORMATS:
        raise CodingError(f"Unknown format passed to format_text: {text_format}")
    if text_format == PLAIN:
        return _line_breaks(html.escape(text, quote=False))
    if text_format == MOODLE:
        return clean(_line_breaks(_escape_lone(text)))
    if text_format == MARKDOWN:
        rendered = MarkdownIt("commonmark", {"html": True}).render(text).replace("</p>\n<p>", "</p>\n\n<p>")
        return clean(rendered)
    return clean(text)


def _line_breaks(text: str) -> str:
    return text.replace("\n", "<br />\n")


def _escape_lone(text: str) -> str:
    """`<` before white space and a bare `&` are text, as a browser reads them."""
    text = re.sub(r"&(?!#?\w+;)", "&amp;", text)
    return re.sub(r"<(?=\s)", "&lt;", text)


def clean(text: str) -> str:
    """Sanitised HTML: what a default read returns of a message."""
    if "<" not in text and "&" not in text:
        return text.replace(">", "&gt;")
    text = _MATHML.sub("", text)  # Moodle keeps the letters; a parser would drop them with the element
    cleaned = nh3.clean(text, tags=_TAGS, attributes=_ATTRIBUTES, link_rel=None, strip_comments=True)
    cleaned = _ORPHAN_P.sub(r"\1", cleaned)
    cleaned = _BLANK_TARGET.sub(r'\1 rel="noreferrer noopener">', cleaned)
    cleaned = _IMG.sub(_with_alt, cleaned)
    return _VOID.sub(r"<\1\2 />", cleaned).replace("&nbsp;", "\xa0")


def _with_alt(match: re.Match[str]) -> str:
    attributes = match[1]
    if "alt=" in attributes:
        return match[0]
    source = re.search(r'src="([^"]*)"', attributes)
    name = PurePosixPath(urlsplit(source[1]).path).name if source else ""
    return f'<img{attributes} alt="{name}">'


def format_title(text: str) -> str:
    """A subject or a name in HTML: entities that are there stay, the rest is escaped."""
    text = re.sub(r"&(?!#?\w+;)", "&amp;", text)
    return text.replace("<", "&lt;").replace(">", "&gt;")
