"""Markdown to safe HTML."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblock.domain.markup import clean_html, is_blank, render_markdown


class Elements(HTMLParser):
    """What a browser would build: tags with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def assert_harmless(html: str) -> None:
    """No element that runs, no handler, no address but of the web, mail or this site."""
    for tag, attributes in Elements(html).found:
        assert tag not in {"script", "iframe", "style", "svg", "object", "form", "input", "base", "meta"}
        assert not [name for name in attributes if name.startswith("on")]
        for name in ("href", "src"):
            address = (attributes.get(name) or "").strip().lower()
            assert ":" not in address or address.startswith(("http:", "https:", "mailto:"))


ATTACKS = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    '<a href="javascript:alert(1)">x</a>',
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:x)",
    "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
    '![x" onerror="alert(1)](https://e.example/x.png)',
    '![x](https://e.example/x.png "t\\" onerror=\\"alert(1)")',
    "<svg/onload=alert(1)>",
    "<style>*{display:none}</style>",
    "<iframe src=//e.example></iframe>",
    '```x" onclick="alert(1)\ncode\n```',
    "$\\href{javascript:alert(1)}{x}$ $<img src=x onerror=alert(1)>$",
    "$$<script>alert(1)</script>$$",
    "<div><p>never closed",
    "<<script>script>alert(1)<</script>/script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]


@pytest.mark.parametrize("source", ATTACKS)
def test_nothing_that_runs_comes_through(source: str) -> None:
    assert_harmless(render_markdown(source))


@given(st.text(alphabet=st.sampled_from(list("<>\"'=/&;:$`*_[]()!#|-\\ \nabjsonclick")), max_size=120))
def test_any_text_renders_to_html_that_cleaning_leaves_alone(source: str) -> None:
    html = render_markdown(source)
    assert clean_html(html) == html
    assert_harmless(html)


@given(st.lists(st.sampled_from(ATTACKS), max_size=6))
def test_attacks_in_any_company_stay_harmless(sources: list[str]) -> None:
    assert_harmless(render_markdown("\n\n".join(sources)))


@pytest.mark.parametrize("attack", [a for a in ATTACKS if a.startswith("<")])
def test_foreign_html_is_cleaned_too(attack: str) -> None:
    html = clean_html(f"<p>before {attack}</p>")
    assert_harmless(html)
    assert "before" in html


def test_code_keeps_its_language_and_its_text() -> None:
    html = render_markdown("```python\nif a < b: print('<b>')\n```")
    assert '<pre><code class="language-python">' in html
    assert "a &lt; b: print('&lt;b&gt;')" in html


def test_a_strange_language_is_dropped_but_the_code_stays() -> None:
    html = render_markdown("```<evil>\nx\n```")
    assert "evil" not in html
    assert "<code>x" in html


def test_formulas_keep_their_tex_as_text() -> None:
    html = render_markdown("Since $a<b$ and $x_1*y*z$:\n\n$$\n\\frac{a}{b} < c & d\n$$")
    assert '<span class="math inline">a&lt;b</span>' in html
    assert '<span class="math inline">x_1*y*z</span>' in html
    assert '<div class="math display">\\frac{a}{b} &lt; c &amp; d</div>' in html


def test_prices_are_no_formulas() -> None:
    html = render_markdown("It costs $5 or $10, and \\$x\\$ is no formula.")
    assert "math" not in html


def test_headings_start_at_h3() -> None:
    html = render_markdown("# One\n\n## Two\n\n##### Five")
    assert "<h3>One</h3>" in html
    assert "<h4>Two</h4>" in html
    assert "<h6>Five</h6>" in html


@pytest.mark.parametrize("address", ["https://e.example/x.png", "/asset/x.png", "//e.example/x.png"])
def test_pictures_come_over_https_or_from_here(address: str) -> None:
    html = render_markdown(f"![A graph]({address})")
    assert f'src="{address}"' in html
    assert 'alt="A graph"' in html
    assert 'loading="lazy"' in html
    assert 'referrerpolicy="no-referrer"' in html


@pytest.mark.parametrize("address", ["http://e.example/x.png", "mailto:a@e.example", "x.png"])
def test_other_pictures_have_no_address(address: str) -> None:
    html = render_markdown(f"![A graph]({address})")
    assert "src=" not in html
    assert 'alt="A graph"' in html


def test_links_give_nothing_away() -> None:
    html = render_markdown("[here](https://e.example) and https://f.example/x")
    assert html.count('rel="nofollow ugc noopener"') == 2
    assert 'href="https://f.example/x"' in html


def test_tables_keep_their_alignment_and_no_other_style() -> None:
    html = render_markdown("| a | b |\n|:-:|--:|\n| 1 | 2 |")
    assert '<th style="text-align:center">a</th>' in html
    assert '<td style="text-align:right">2</td>' in html
    assert "style" not in clean_html('<table><tr><td style="position:fixed">x</td></tr></table>')


def test_raw_html_is_shown_as_text() -> None:
    assert "&lt;b&gt;" in render_markdown("<b>bold</b>")


@pytest.mark.parametrize(
    "source", ["", "   ", "\n\n", "&nbsp;", "[](https://e.example)", "> ", "\u00a0", "\u200b", "&#8203;"]
)
def test_what_nobody_would_see_is_blank(source: str) -> None:
    assert is_blank(render_markdown(source))


@pytest.mark.parametrize("source", ["x", "![a](https://e.example/x.png)", "---", "$x$", "`c`", "&lt;"])
def test_what_somebody_would_see_is_not_blank(source: str) -> None:
    assert not is_blank(render_markdown(source))


def test_deep_nesting_ends() -> None:
    for source in ("> " * 3000 + "x", "- " * 3000 + "x", "*" * 20_000, "[" * 20_000, "$" * 20_000):
        assert len(render_markdown(source)) < 20 * len(source)
