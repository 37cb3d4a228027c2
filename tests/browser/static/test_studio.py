"""The settings form in Studio, on a page with the runtime's two calls and styles that must not reach it."""

import html
import json
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.pages import settle
from tests.browser.static.looks import PAGES, check
from tests.browser.static.mock_server import Mock
from tests.browser.static.seed_review import PROTOCOL, UNCERTAINTIES

pytestmark = pytest.mark.browser
PAGE = """<!doctype html><html lang="{lang}" dir="ltr" data-peer-theme="light"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Settings</title>
<link rel="stylesheet" href="/dist/peer-studio.css">
<style>html {{ font-size: 62.5%; background: Canvas; color: CanvasText }}
  [data-peer-theme=dark] {{ color-scheme: dark }}
  body {{ font-size: 16px }}
  input {{ width: 40px; border: 5px solid red }} button {{ display: none }}</style></head>
<body><main><h1>Settings</h1><div class="xblock"><div class="peer-studio" data-settings="{settings}"></div></div></main>
<script src="/dist/peer-studio.js"></script>
<script>
  window.notices = [];
  PeerStudio({{
      handlerUrl: (_element, name) => "/handler/review/" + name,
      notify: (name, data) => notices.push([name, data]) }},
    [document.querySelector(".xblock")]);
</script></body></html>"""


def field(name: str, kind: str, label: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"name": name, "kind": kind, "label": label, "help": f"About {name}.", "value": value, **more}


def choices(*labels: str) -> list[dict[str, str]]:
    return [{"value": label.lower(), "label": label, "help": ""} for label in labels]


TALK = [
    {
        "title": "",
        "help": "",
        "fields": [
            field("display_name", "text", "Title", "Talk"),
            field("anonymity", "choice", "Anonymity", "staff", choices=choices("Named", "Staff")),
            field("is_divided", "flag", "Divided", True),
        ],
    }
]
REVIEW = [
    {
        "title": "What learners do",
        "help": "At the top.",
        "fields": [
            field("display_name", "text", "Title", "Pendulum"),
            field("prompt", "markdown", "The task", "Measure **g**."),
            field("hand_in", "several", "What is handed in", ["text"], choices=choices("Text", "Files")),
        ],
    },
    {
        "title": "Who reviews whom",
        "help": "",
        "fields": [
            field("to_give", "number", "Reviews to give", 3, is_whole=True),
            field("wanted", "number", "Reviews wanted", 3, is_whole=True),
        ],
    },
    {
        "title": "Dates",
        "help": "",
        "fields": [
            field("reviews_open", "moment", "Reviews open", "2026-11-20T08:00:00+00:00"),
            field("reviews_due", "moment", "Reviews close", None),
        ],
    },
    {
        "title": "Rubric",
        "help": "",
        "fields": [field("rubric", "rubric", "Rubric", [PROTOCOL, UNCERTAINTIES])],
    },
]
TAKEN = {"result": "success"}


def open_form(
    page: Page, mock: Mock, sections: object, answers: list[tuple[int, Any]], lang: str = "en"
) -> list[dict[str, Any]]:
    """The form, and what it sends; the handler answers as told, the last answer again and again."""
    sent: list[dict[str, Any]] = []
    settings = {
        "sections": sections,
        "css_urls": ["/dist/peer.css", "/dist/peer-settings.css"],
        "catalogue_url": "/dist/peer-fr.json" if lang == "fr" else "",
        "katex_url": "/dist/peer-katex.js",
        "scripts": {},
        "language": lang,
        "heading_level": 2,
    }
    body = PAGE.format(settings=html.escape(json.dumps(settings)), lang=lang)

    def handle(route: Route) -> None:
        sent.append(json.loads(route.request.post_data or "null"))
        status, answer = answers.pop(0) if len(answers) > 1 else answers[0]
        route.fulfill(status=status, json=answer)

    page.route("**/studio", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.route("**/save_settings", handle)
    page.goto(f"{mock.url}/studio")
    page.locator(".settings").wait_for()
    settle(page)
    return sent


def refusal(**messages: str) -> tuple[int, Any]:
    errors = [{"field": name.replace("__", "."), "message": message} for name, message in messages.items()]
    return 400, {"error": {"code": "invalid", **errors[0], "details": {"errors": errors}}}


def save(page: Page) -> None:
    page.get_by_role("button", name="Save settings").click()


def test_settings_are_sent_with_their_types(page: Page, mock: Mock) -> None:
    sent = open_form(page, mock, TALK, [(200, TAKEN)])
    page.get_by_label("Title").fill("Our talk")
    expect(page.locator(".savebar")).to_contain_text("Not saved, 1 change")
    page.get_by_role("radio", name="Named").check()
    save(page)
    page.wait_for_function("notices.length === 2")
    assert sent == [{"display_name": "Our talk", "anonymity": "named", "is_divided": True}]
    assert [name for name, _data in page.evaluate("notices")] == ["save", "save"]
    expect(page.locator(".savebar")).to_contain_text("Nothing changed")


def test_numbers_dates_lists_and_the_rubric_are_sent_as_they_are_stored(page: Page, mock: Mock) -> None:
    sent = open_form(page, mock, REVIEW, [(200, TAKEN)])
    page.get_by_label("Reviews to give").fill("5")
    expect(page.get_by_text("even if 40 % of the learners give none")).to_be_visible()
    page.get_by_label("Files").check()
    page.get_by_label("Reviews close").fill("2026-11-30T23:59")
    save(page)
    page.wait_for_function("notices.length === 2")
    (values,) = sent
    assert (values["to_give"], values["wanted"], values["hand_in"]) == (5, 3, ["text", "files"])
    assert (values["reviews_open"], values["reviews_due"]) == (
        "2026-11-20T08:00:00+00:00",
        "2026-11-30T23:59:00.000Z",
    )
    assert [row["weight"] for row in values["rubric"]] == [30, 50]
    assert values["rubric"][0]["options"][2] == {
        "id": "o3",
        "name": "Repeatable and thought through",
        "explanation": "The choices that reduce the error are explained.",
        "points": 3,
    }


def test_all_errors_at_once_each_linked_and_beside_its_field(page: Page, mock: Mock) -> None:
    answer = refusal(
        reviews_due="Reviews close before they open.",
        rubric__1__options="“Uncertainties” has no points.",
        display_name="Write a title.",
    )
    open_form(page, mock, REVIEW, [answer])
    save(page)
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    expect(alert).to_contain_text("3 settings need a change before this can be saved.")
    expect(page.get_by_role("link", name="Dates 1 problem")).to_be_visible()
    alert.get_by_role("link", name="Write a title.").click()
    title = page.get_by_label("Title")
    expect(title).to_be_focused()
    expect(title).to_have_attribute("aria-invalid", "true")
    expect(title).to_have_accessible_description("Write a title. About display_name.")
    alert.get_by_role("link", name="“Uncertainties” has no points.").click()
    expect(page.locator("[data-criterion=c2] [data-option=o1] input").first).to_be_focused()
    assert page.evaluate("notices.at(-1)[0]") == "error"


def test_a_field_that_is_mended_is_no_longer_wrong(page: Page, mock: Mock) -> None:
    open_form(page, mock, TALK, [refusal(display_name="Write a title."), (200, TAKEN)])
    save(page)
    page.get_by_label("Title").fill("Ours")
    expect(page.locator(".errors")).to_be_hidden()
    save(page)
    page.wait_for_function("notices.at(-1)[1].state === 'end'")


def test_a_page_instead_of_an_answer_keeps_everything(page: Page, mock: Mock) -> None:
    open_form(page, mock, TALK, [(200, TAKEN)])
    page.route("**/save_settings", lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"))
    page.get_by_label("Title").fill("Ours")
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("did not reach the server")
    expect(page.get_by_label("Title")).to_have_value("Ours")


def test_cancel_tells_studio(page: Page, mock: Mock) -> None:
    open_form(page, mock, TALK, [(200, {})])
    page.get_by_role("button", name="Cancel").click()
    assert page.evaluate("notices") == [["cancel", {}]]


def test_studios_styles_and_its_small_root_do_not_reach_the_form(page: Page, mock: Mock) -> None:
    open_form(page, mock, TALK, [(200, {})])
    style = page.get_by_label("Title").evaluate(
        "(i) => [getComputedStyle(i).fontSize, i.getBoundingClientRect().width > 300]"
    )
    assert style == ["14px", True]


def test_a_task_is_previewed_as_learners_see_it(page: Page, mock: Mock) -> None:
    open_form(page, mock, REVIEW, [(200, {})])
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("region", name="Preview").locator("strong")).to_have_text("g")
    page.get_by_role("button", name="Preview").click()
    page.get_by_label("The task").select_text()
    page.get_by_role("button", name="Bold").click()
    expect(page.get_by_label("The task")).to_have_value("**Measure **g**.**")


def test_criteria_move_by_buttons_and_by_alt_with_arrows(page: Page, mock: Mock) -> None:
    sent = open_form(page, mock, REVIEW, [(200, TAKEN)])
    down = page.get_by_role("button", name="Move Protocol down")
    down.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-criterion] .row-title")).to_have_text(["Uncertainties", "Protocol"])
    expect(page.get_by_role("button", name="Move Protocol down")).to_be_focused()
    expect(page.locator("peer-rubric-editor > [role=status]")).to_have_text("Protocol is now number 2 of 2.")
    page.get_by_role("button", name="Edit Protocol").click()
    expect(page.locator("[data-criterion=c1] input").first).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("[data-criterion]").first).to_have_attribute("data-criterion", "c1")
    expect(page.locator("[data-criterion=c1] input").first).to_be_focused()
    points = page.locator("[data-option=o1] input").first
    points.focus()
    page.keyboard.press("Alt+ArrowDown")
    save(page)
    page.wait_for_function("notices.length === 2")
    assert [row["id"] for row in sent[0]["rubric"]] == ["c1", "c2"]
    assert [option["id"] for option in sent[0]["rubric"][0]["options"]] == ["o2", "o1", "o3"]


def test_a_criterion_is_added_filled_and_counted(page: Page, mock: Mock) -> None:
    sent = open_form(page, mock, REVIEW, [(200, TAKEN)])
    expect(page.get_by_text("30 + 50 = 80 %")).to_be_visible()
    page.get_by_role("button", name="Add a criterion").click()
    row = page.locator("[data-criterion]").last
    expect(row.get_by_label("Name").first).to_be_focused()
    page.keyboard.type("Conclusion")
    row.get_by_label("Share of the grade, in %").fill("20")
    expect(page.get_by_text("30 + 50 + 20 = 100 %")).to_be_visible()
    row.get_by_role("button", name="Add an option").click()
    expect(row.get_by_label("Points").last).to_have_value("2")
    row.get_by_label("Name").last.fill("Argued")
    row.get_by_role("button", name="Remove option 1").click()
    save(page)
    page.wait_for_function("notices.length === 2")
    added = sent[0]["rubric"][2]
    assert (added["name"], added["weight"], [option["points"] for option in added["options"]]) == (
        "Conclusion",
        20,
        [1, 2],
    )


def test_a_removed_criterion_comes_back_by_undo(page: Page, mock: Mock) -> None:
    open_form(page, mock, REVIEW, [(200, TAKEN)])
    page.get_by_role("button", name="Remove Protocol").click()
    expect(page.get_by_role("button", name="Edit Uncertainties")).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-criterion] .row-title")).to_have_text(["Protocol", "Uncertainties"])
    expect(page.get_by_role("button", name="Edit Protocol")).to_be_focused()


def test_shares_are_made_even(page: Page, mock: Mock) -> None:
    open_form(page, mock, REVIEW, [(200, TAKEN)])
    page.get_by_role("button", name="Share evenly").click()
    expect(page.get_by_text("50 + 50 = 100 %")).to_be_visible()


@pytest.mark.parametrize(("width", "lang"), [pytest.param(900, "en", id="dialog"), *PAGES])
def test_no_violation_with_everything_open_and_wrong(page: Page, mock: Mock, width: int, lang: str) -> None:
    answer = refusal(wanted="Too many.", rubric__0__weight="Not 100.", rubric__1__options="No points.")
    page.set_viewport_size({"width": width, "height": 900})
    open_form(page, mock, REVIEW, [answer], lang)
    page.locator(".settings button[type=submit]").click()
    page.locator(".option-row").first.wait_for()
    check(page)
