"""French, and right-to-left pages."""

import pytest
from playwright.sync_api import expect

from tests.browser.static.conftest import Visit
from tests.browser.static.mock_server import Mock

pytestmark = pytest.mark.browser


def test_french_elides_and_spaces(visit: Visit) -> None:
    page = visit(lang="fr")
    row = page.locator(".row", has_text="0.94")
    expect(row).to_contain_text("Question d’Amina, il y a 3\u00a0h", use_inner_text=False)
    expect(page.locator(".row", has_text="Peut-on")).to_contain_text("Question de Léa, il y a 20\u00a0min")
    expect(page.get_by_role("heading", name="La discussion de cette unité")).to_be_visible()


def test_french_counts_zero_as_singular(visit: Visit) -> None:
    expect(visit(lang="fr").locator(".row", has_text="Peut-on").locator(".stat").first).to_contain_text(
        "0 vote"
    )


def test_first_paint_is_already_french(visit: Visit) -> None:
    page = visit(lang="fr", at_once=True)
    page.locator(".peer").wait_for()
    assert "Loading" not in page.locator(".peer").inner_text()


def test_missing_catalogue_leaves_english(visit: Visit, mock: Mock) -> None:
    mock.missing.add("peer-fr.json")
    expect(visit(lang="fr").get_by_role("heading", name="Discussion of this unit")).to_be_visible()


def test_arrows_turn_in_right_to_left_pages(open_thread: Visit) -> None:
    page = open_thread("Peut-on", dir="rtl", page_lang="ar")
    arrow = page.locator("nav svg.flip")
    assert arrow.evaluate("(svg) => getComputedStyle(svg).transform") == "matrix(-1, 0, 0, 1, 0, 0)"


def test_words_keep_their_own_direction(open_thread: Visit) -> None:
    page = open_thread("Peut-on", dir="rtl", page_lang="ar")
    assert page.locator(".opening .prose").evaluate("(text) => text.matches(':dir(ltr)')")
