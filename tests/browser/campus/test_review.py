"""An assignment of six learners, one of whom leaves: from the first work to the gradebook."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, Frame, Page, expect

from tests.browser.campus.conftest import COURSE, Campus, SignIn, block
from tests.browser.static.axe import violations

pytestmark = pytest.mark.browser
UNIT = "block-v1:Peer+DL101+2026+type@vertical+block@unit44"
#: who stays; Omar hands in and leaves
STAYING = ("Amina", "Tomás", "Léa", "Yuki", "Noah")
CRITERIA = ("L’affirmation", "L’autre lecture")


def open_assignment(page: Page, campus: Campus) -> Frame:
    page.goto(campus.unit(UNIT))
    frame = block(page, "peer-review")
    frame.locator(".stepper").wait_for()
    return frame


def hand_in(page: Page, campus: Campus, text: str) -> None:
    frame = open_assignment(page, campus)
    frame.get_by_label("The text of your work").fill(text)
    frame.get_by_role("checkbox", name="I will review the work of 2 others").check()
    frame.get_by_role("button", name="Hand in your work").click()
    expect(frame.get_by_text("Your work is in.")).to_be_visible()


def review_one(frame: Frame) -> None:
    """The work that comes, its best option everywhere; by keyboard from the first criterion on."""
    frame.get_by_role("button", name="Get a work to review").click()
    frame.get_by_role("group", name=CRITERIA[0]).get_by_role("radio").first.focus()
    press, type_text = frame.page.keyboard.press, frame.page.keyboard.type
    for _criterion in CRITERIA:
        press("2")
        press("Tab")
        type_text("Clear. Next: say from where the points come.")
        press("Tab")
    press("Control+Enter")
    expect(frame.get_by_text("Your review is sent.")).to_be_visible()


def test_six_learners_review_each_other_and_the_grades_reach_the_gradebook(
    campus: Campus, sign_in: SignIn
) -> None:
    pages = {name: sign_in(name) for name in (*STAYING, "Omar")}
    for name, page in pages.items():
        hand_in(
            page, campus, f"**Graphique** de {name}\u00a0: huit points, une source, et une autre lecture."
        )
    for _round in range(2):
        for name in STAYING:
            review_one(open_assignment(pages[name], campus))
    readers = [name for name in STAYING if has_grade(pages[name], campus)]
    assert len(readers) >= 4, readers
    see_gradebook(sign_in("Marta"), campus, readers)
    omar = open_assignment(pages["Omar"], campus)
    expect(omar.get_by_role("button", name="Read your feedback")).to_have_count(0)


def has_grade(page: Page, campus: Campus) -> bool:
    """Whether the work is settled; then its result is looked at."""
    frame = open_assignment(page, campus)
    if not frame.get_by_text("Your grade is settled.").is_visible():
        return False
    frame.get_by_role("button", name="Read your feedback").click()
    expect(frame.get_by_role("img", name="Grade 100 of 100.")).to_be_visible()
    expect(frame.locator(".post.comment", has_text="Clear. Next")).to_have_count(4)
    return True


def see_gradebook(page: Page, campus: Campus, readers: list[str]) -> None:
    page.goto(f"{campus.url}/progress/{COURSE}")
    titles = page.locator("thead th").all_inner_texts()
    at = next(index for index, title in enumerate(titles) if "Démonter" in title)
    for name in readers:
        row = page.locator("tbody tr", has=page.get_by_role("rowheader", name=name))
        expect(row.locator("th, td").nth(at)).to_contain_text("100 %")
    omar = page.locator("tbody tr", has=page.get_by_role("rowheader", name="Omar"))
    expect(omar.locator("th, td").nth(at)).not_to_contain_text("%")


def test_a_file_with_a_false_ending_is_refused_and_a_true_one_comes_back(
    campus: Campus, sign_in: SignIn
) -> None:
    page = sign_in("Jo")
    page.goto(campus.unit(UNIT.replace("unit44", "unit43")))
    frame = block(page, "peer-review")
    frame.locator(".dropzone").wait_for()
    false_ending: FilePayload = {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": b"no pdf"}
    table: FilePayload = {"name": "table.csv", "mimeType": "text/csv", "buffer": b"year,share\n2020,3\n"}
    frame.set_input_files("input[type=file]", [false_ending, table])
    expect(frame.locator(".refused")).to_contain_text("scan.pdf")
    link = frame.get_by_role("link", name="table.csv")
    answer = page.request.get(campus.url + str(link.get_attribute("href")))
    assert answer.body() == b"year,share\n2020,3\n"
    assert "attachment" in answer.headers["content-disposition"]
    assert violations(page) == []
