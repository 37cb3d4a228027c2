import pytest

from demo.standin.errors import CodingError
from demo.standin.textformat import clean, format_text, format_title


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ('<p onclick="x()">t<script>alert(1)</script></p>', "<p>t</p>"),
        ('<a href="javascript:1">j</a>', "<a>j</a>"),
        ('<iframe src="https://e.test"></iframe>x', "x"),
        ("<math><mi>x</mi></math>", "x"),
        ('<img src="https://i.test/a.png" onerror="1">', '<img src="https://i.test/a.png" alt="a.png" />'),
        ("<p>a<pre>z</pre></p>", "<p>a</p><pre>z</pre>"),
        ('<pre data-x="1">z</pre>', "<pre>z</pre>"),
        ('<span class="math inline" id="f">x</span>', '<span class="math inline" id="f">x</span>'),
    ],
)
def test_default_read_is_cleaned(stored: str, shown: str) -> None:
    assert clean(stored) == shown


def test_format_decides() -> None:
    text = "a < b & c\n**bold**"
    assert format_text(text, 2) == "a &lt; b &amp; c<br />\n**bold**"
    assert format_text(text, 4) == "<p>a &lt; b &amp; c\n<strong>bold</strong></p>\n"
    with pytest.raises(CodingError, match="Unknown format passed to format_text: 99"):
        format_text(text, 99)


def test_title_is_escaped_once() -> None:
    assert format_title("a < b & c") == "a &lt; b &amp; c"
    assert format_title("a &lt; b") == "a &lt; b"
