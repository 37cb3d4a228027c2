import pytest

from demo.check.visible import visible


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one</p><p>two</p>", "one two"),
        ("a<strong>b</strong>c", "abc"),
        ("<pre><code>x  =\n 1</code></pre>", "x = 1"),
        ("a &lt; b &amp; c", "a < b & c"),
        ("one<br>two", "one two"),
        ('<img src="x" alt="a plot">', "a plot"),
        ("", ""),
    ],
)
def test_shows_words_with_one_space_between(html: str, text: str) -> None:
    assert visible(html) == text


def test_formula_is_the_same_with_and_without_delimiters() -> None:
    ours = '<p>so <span class="math inline">x^2</span>.</p><div class="math display">y</div>'
    theirs = '<p>so <span class="math inline">\\(x^2\\)</span>.</p><div class="math display">\\[y\\]</div>'
    assert visible(ours) == visible(theirs) == "so \\(x^2\\). \\[y\\]"
