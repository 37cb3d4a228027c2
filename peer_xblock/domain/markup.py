"""What people write (Markdown with code and formulas) becomes HTML that is safe to show.

Markdown is rendered with raw HTML off, and what comes out is cleaned by an allow-list all the same. Formulas keep
their TeX as text in `math inline` / `math display`; the browser typesets them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import lru_cache
from html import escape, unescape

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.dollarmath import dollarmath_plugin

from .experts.folding import fold
from .mentions import CALL, names_in

_TAGS = {
    "a", "blockquote", "br", "code", "del", "div", "em", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p",
    "pre", "s", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "loading", "referrerpolicy"},
    "ol": {"start"},
    "code": {"class"},
    "span": {"class"},
    "div": {"class"},
    "td": {"style"},
    "th": {"style"},
}
_VALUES = {
    ("code", "class"): re.compile(r"language-[\w+#.-]{1,40}"),
    ("span", "class"): re.compile(r"math inline"),
    ("div", "class"): re.compile(r"math display"),
    ("td", "style"): re.compile(r"text-align:(left|center|right)"),
    ("th", "style"): re.compile(r"text-align:(left|center|right)"),
    ("img", "src"): re.compile(r"(https:)?//.*|/(?!/).*", re.DOTALL),
}
# What a rendering is told and tells of whom the text calls.
_NAMES, _CALLED = "peer_names", "peer_called"
_SEEN_WITHOUT_TEXT = re.compile(r"<(img|hr)\b")
_OUR_NAMES = {"b": "strong", "i": "em", "strike": "s"}
_RENAMED = re.compile(r"<(/?)(b|i|strike)(?:\s[^<>]*)?>", re.IGNORECASE)
_DELIMITED = re.compile(r"\\\(([^<>]*?)\\\)|\\\[([^<>]*?)\\\]")
_UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Zs"}


def render_markdown(source: str) -> str:
    """Sanitised HTML of a Markdown text. Headings start at h3, since a post stands under headings of its own."""
    return clean_html(_markdown().render(source))


def render_calls(source: str, names: Collection[str]) -> tuple[str, set[str]]:
    """The same with @ and each of these names in bold, and the names that are called: in code, nobody is.

    names: folded.
    """
    called: set[str] = set()
    html = _markdown().render(source, {_NAMES: names, _CALLED: called})
    return clean_html(html), called


def clean_html(html: str) -> str:
    """Only what the allow-list names; scripts, handlers, styles and foreign classes go."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_keep_attribute,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow ugc noopener",
    )


def clean_foreign_html(html: str) -> str:
    """HTML of another editor as ours: bold and italics by our names, formulas marked up, the rest cleaned."""
    named = _RENAMED.sub(lambda match: f"<{match[1]}{_OUR_NAMES[match[2].lower()]}>", html)
    return clean_html(_DELIMITED.sub(_mark_math, clean_html(named)))


def _mark_math(match: re.Match[str]) -> str:
    if match[1] is not None:
        return f'<span class="math inline">{match[1].strip()}</span>'
    return f'<div class="math display">{match[2].strip()}</div>'


def is_blank(html: str) -> bool:
    """Whether nothing would be seen: no text but spaces and invisible characters, no picture, no rule."""
    if _SEEN_WITHOUT_TEXT.search(html):
        return False
    return all(unicodedata.category(character) in _UNSEEN for character in plain_text(html))


def plain_text(html: str) -> str:
    """The text alone, without any markup."""
    return unescape(nh3.clean(html, tags=set()))


def _keep_attribute(tag: str, attribute: str, value: str) -> str | None:
    allowed = _VALUES.get((tag, attribute))
    return value if allowed is None or allowed.fullmatch(value) else None


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": True})
    parser.enable(["table", "strikethrough", "linkify"])
    dollarmath_plugin(parser, allow_space=False, allow_digits=False, double_inline=False)
    parser.core.ruler.push("peer_headings", _lower_headings)
    parser.inline.ruler.push("peer_call", _call)
    parser.add_render_rule("math_inline", _math_inline)
    parser.add_render_rule("math_block", _math_display)
    parser.add_render_rule("math_block_label", _math_display)
    parser.add_render_rule("image", _image)
    return parser


def _call(state: StateInline, silent: bool) -> bool:
    """A person called by name. Only names that were looked up are; the longest that fits is meant."""
    names = state.env.get(_NAMES, ())
    match = CALL.match(state.src, state.pos) if names else None
    if match is None:
        return False
    name = next((name for name in names_in(match[1]) if fold(name) in names), None)
    if name is None:
        return False
    if not silent:
        state.env[_CALLED].add(fold(name))
        state.push("strong_open", "strong", 1)
        state.push("text", "", 0).content = f"@{name}"
        state.push("strong_close", "strong", -1)
    state.pos += len(name) + 1
    return True


def _lower_headings(state: object) -> None:
    for token in state.tokens:  # type: ignore[attr-defined]  # StateCore, typed loosely upstream
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"


def _math_inline(
    _self: RendererProtocol, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType
) -> str:
    return f'<span class="math inline">{escape(tokens[index].content, quote=False)}</span>'


def _math_display(
    _self: RendererProtocol, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType
) -> str:
    return f'<div class="math display">{escape(tokens[index].content.strip(), quote=False)}</div>\n'


def _image(
    _self: RendererProtocol, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType
) -> str:
    token = tokens[index]
    token.attrs |= {"alt": token.content, "loading": "lazy", "referrerpolicy": "no-referrer"}
    attributes = "".join(f' {name}="{escape(str(value))}"' for name, value in token.attrs.items())
    return f"<img{attributes}>"
