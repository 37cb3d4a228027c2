"""Skills are found in English and in French, unfinished and with typos."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblock.domain.experts.builtin import BUILTIN_SKILLS
from peer_xblock.domain.experts.folding import fold
from peer_xblock.domain.experts.vocabulary import Spelling, Term, Vocabulary, trigrams


def builtin() -> Vocabulary:
    terms = [
        Term(pk, f"{pk:032x}", None, {"en": skill.en[0], "fr": skill.fr[0]})
        for pk, skill in enumerate(BUILTIN_SKILLS)
    ]
    labels = ((pk, label) for pk, skill in enumerate(BUILTIN_SKILLS) for label in (*skill.en, *skill.fr))
    return Vocabulary(terms, (Spelling(pk, fold(label)) for pk, label in labels))


SKILLS = builtin()


def with_typo(text: str, rng: Random) -> str:
    """A letter lost, doubled, replaced, or two swapped."""
    place, letter = rng.randrange(len(text) - 1), rng.choice("abcdefghijklmnopqrstuvwxyz")
    before, here, after = text[:place], text[place], text[place + 1 :]
    return rng.choice(
        [
            before + after,
            before + letter + here + after,
            before + letter + after,
            before + after[0] + here + after[1:],
        ]
    )


@pytest.mark.parametrize(("language", "typos"), [("en", 1), ("fr", 1), ("en", 2), ("fr", 2)])
def test_planted_typos_are_forgiven(language: str, typos: int) -> None:
    """Recall among the first five, for labels of five letters or more."""
    rng, tried, found = Random(5), 0, 0
    for term in SKILLS.terms.values():
        label = term.labels[language]
        if len(label) < 5 * typos:
            continue
        for _ in range(5):
            typed = label
            for _ in range(typos):
                typed = with_typo(typed, rng)
            tried += 1
            found += term in SKILLS.suggest(typed, limit=5)
    assert found / tried >= (0.998 if typos == 1 else 0.995)


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("stat", "Statistics"),
        ("pyton", "Python"),
        ("statisitcal infrence", "Statistical inference"),
        ("apprentisage automatique", "Machine learning"),
        ("excel", "Spreadsheets"),
        ("plan d experience", "Design of experiments"),
        ("r", "R language"),
    ],
)
def test_what_is_meant_comes_first(typed: str, label: str) -> None:
    assert SKILLS.suggest(typed)[0].label("en") == label


def test_french_and_english_find_the_same_skill() -> None:
    assert SKILLS.suggest("gestion de projet")[0] == SKILLS.suggest("project management")[0]


@pytest.mark.parametrize("typed", ["", " ", "…", "\u200b"])
def test_nothing_finds_nothing(typed: str) -> None:
    assert SKILLS.suggest(typed) == []
    assert SKILLS.understand(typed) == []


def test_a_question_is_understood_by_the_skills_that_it_names() -> None:
    named = SKILLS.understand("Which sample size for a regression in Python?")
    assert [term.label("en") for term in named] == ["Sampling", "Regression", "Python"]


def test_a_longer_label_hides_the_shorter_ones_in_it() -> None:
    assert [term.label("en") for term in SKILLS.understand("statistical inference")] == [
        "Statistical inference"
    ]


def test_a_question_that_names_no_skill_is_not_forced_into_one() -> None:
    assert SKILLS.understand("when does the second module open") == []


def test_a_skill_is_shown_in_the_readers_language_or_else_in_english() -> None:
    term = Term(1, "a", None, {"en": "Law", "fr": "Droit"})
    assert [term.label(language) for language in ("fr", "en", "de")] == ["Droit", "Law", "Law"]


@given(st.text(max_size=200))
def test_whatever_is_typed_is_answered_without_doubles(text: str) -> None:
    found = SKILLS.suggest(text)
    assert len(found) == len(set(map(id, found))) <= 8


def test_trigrams_know_where_a_word_begins_and_ends() -> None:
    assert trigrams("ab c") == {"  a", " ab", "ab ", "  c", " c "}
