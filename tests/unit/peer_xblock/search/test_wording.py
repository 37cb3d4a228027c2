"""Words by their stems, and the places where they stand in a text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from peer_xblock.domain.searching import Part
from peer_xblock.search.wording import Text, is_near, words_of


def shown(text: str, asked: str, *, slips: bool = False, around: int | None = None) -> str:
    """The text with each match in brackets."""
    words = [replace(word, is_known=not slips) for word in words_of(asked, at_most=9)]
    one = Text(text)
    matched = set().union(*one.matches(words).values())
    return "".join(f"[{p.text}]" if p.is_match else p.text for p in one.parts(matched, around=around))


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("Why do medians differ?", "a MEDIAN", "Why do [medians] differ?"),
        ("Des réponses biaisées", "réponse biaisée", "Des [réponses] [biaisées]"),
        ("Les échantillons d’abord", "echantillon", "Les [échantillons] d’abord"),
        ("Nothing of the kind", "the of", "Nothing of the kind"),
        ("𝒳 and médianes 🙂", "mediane", "𝒳 and [médianes] 🙂"),
    ],
)
def test_a_word_is_marked_in_whatever_form(text: str, asked: str, expected: str) -> None:
    assert shown(text, asked) == expected


def test_a_slip_is_forgiven_where_the_word_is_not_known() -> None:
    assert shown("The median", "mediam", slips=True) == "The [median]"
    assert shown("The median", "mediam", slips=False) == "The median"


def test_what_is_there_as_it_was_written_is_taken_before_what_is_near() -> None:
    assert shown("mean, or lean", "mean", slips=True) == "[mean], or lean"


def test_a_word_that_is_being_typed_stands_for_all_that_it_begins() -> None:
    words = words_of("confi", at_most=9, is_typing=True)
    assert Text("Confidence").matches(words)[words[0]]
    assert not Text("Confidence").matches(words_of("confi ", at_most=9, is_typing=True))[
        words_of("confi", at_most=9)[0]
    ]


@pytest.mark.parametrize(
    ("one", "other", "slips", "expected"),
    [
        ("median", "median", 0, True),
        ("median", "mediam", 1, True),
        ("median", "meidan", 1, True),
        ("median", "medin", 1, True),
        ("median", "mdin", 1, False),
        ("correlation", "corelatoin", 2, True),
        ("abc", "cab", 1, False),
    ],
)
def test_a_slip_is_a_letter_lost_added_replaced_or_swapped(
    one: str, other: str, slips: int, expected: bool
) -> None:
    assert is_near(one, other, slips) is expected


def test_an_excerpt_is_cut_at_words_about_the_matches() -> None:
    text = "lorem " * 40 + "the median of it " + "ipsum " * 40
    cut = shown(text, "median", around=60)
    assert cut.startswith("… lorem")
    assert cut.endswith("ipsum …")
    assert "the [median] of it" in cut
    assert len(cut) < 80


def test_a_short_text_is_shown_whole() -> None:
    assert Text("So.").parts(set(), around=50) == (Part("So."),)
