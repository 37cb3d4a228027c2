"""What counts as the same text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblock.domain.experts.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Plans d’expérience", "plans d experience"),
        ("ÉCRITURE — académique", "ecriture academique"),
        ("cœur", "coeur"),
        ("C++ et C#", "c++ et c#"),
        ("日本語 の", "日本語 の"),
        ("…", ""),
    ],
)
def test_case_accents_and_punctuation_do_not_count(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
