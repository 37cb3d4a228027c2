"""Codes of languages, and what counts as speaking one."""

from __future__ import annotations

import pytest

from peer_xblock.domain.experts.languages import is_language, pack, speaks, unpack


@pytest.mark.parametrize(
    ("code", "is_one"),
    [
        ("fr", True),
        ("pt-BR", True),
        ("zh-Hans-CN", True),
        ("", False),
        ("f", False),
        ("fr ", False),
        ("français", False),
    ],
)
def test_a_code_has_its_form(code: str, is_one: bool) -> None:
    assert is_language(code) is is_one


def test_languages_are_kept_in_order_and_once() -> None:
    assert unpack(pack(["fr", "en", "fr"])) == ("fr", "en")
    assert pack([]) == ""


@pytest.mark.parametrize(
    ("code", "found"), [("fr", True), ("FR", True), ("en", False), ("f", False), ("fr-CA", True)]
)
def test_a_variety_is_the_language(code: str, found: bool) -> None:
    assert speaks(pack(["fr-CA", "ja"]), code) is found
