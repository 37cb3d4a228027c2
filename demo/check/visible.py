"""What a reader sees of HTML: its words, one space between them, formulas in Moodle's delimiters."""

from __future__ import annotations

from html.parser import HTMLParser

_DELIMITERS = {"math inline": ("\\(", "\\)"), "math display": ("\\[", "\\]")}
_VOID = frozenset({"br", "hr", "img", "input", "wbr", "col"})


def visible(html: str) -> str:
    """The text; `alt` stands for an image."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.parts).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "img":
            self.parts.append(f" {values.get('alt') or ''} ")
        if tag in _VOID:
            self.parts.append(" ")
            return
        self.parts.append(
            " " if tag not in ("span", "a", "em", "strong", "code", "b", "i", "s", "sub") else ""
        )
        self._open.append((tag, values.get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            opened, _ = self._open.pop()
            if opened == tag:
                break
        self.parts.append(" " if tag in ("p", "li", "pre", "div", "td", "th", "blockquote") else "")

    def handle_data(self, data: str) -> None:
        kind = self._open[-1][1] if self._open else ""
        before, after = _DELIMITERS.get(kind, ("", ""))
        # Moodle's copy has the delimiters in its text already.
        is_bare = before != "" and not data.startswith(before)
        self.parts.append(f"{before}{data}{after}" if is_bare else data)
