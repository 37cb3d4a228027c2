"""The settings form in Studio, on a page with the runtime's two calls."""

import json

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.static.axe import violations
from tests.browser.static.mock_server import Mock

pytestmark = pytest.mark.browser

FORM = """<!doctype html><html lang="en"><head><title>Settings</title>
<link rel="stylesheet" href="/dist/peer-studio.css"></head><body><main><h1>Settings</h1><div class="xblock">
<form class="peer-studio" novalidate data-saving="Saving…">
  <p class="peer-studio-error" role="alert" hidden></p>
  <div class="peer-studio-field"><label for="a">Title</label>
    <input type="text" id="a" name="display_name" value="Talk"></div>
  <div class="peer-studio-field"><label for="b">Anonymity</label><select id="b" name="anonymity">
    <option value="named">Named</option><option value="staff" selected>Staff</option></select></div>
  <div class="peer-studio-field"><label><input type="checkbox" name="is_divided" checked> Divided</label></div>
  <div class="peer-studio-actions"><button type="button" class="peer-studio-cancel">Cancel</button>
    <button type="submit" class="peer-studio-save">Save settings</button></div>
</form></div></main>
<script src="/dist/peer-studio.js"></script>
<script>
  window.notices = [];
  PeerStudio({ handlerUrl: (_element, name) => "/handler/" + name, notify: (name, data) => notices.push([name, data]) },
    [document.querySelector(".xblock")]);
</script></body></html>"""


def open_form(page: Page, mock: Mock, status: int, answer: dict[str, object]) -> list[dict[str, object]]:
    """The form, and what it sends; the handler answers as told."""
    sent: list[dict[str, object]] = []

    def handle(route: Route) -> None:
        sent.append(json.loads(route.request.post_data or "null"))
        route.fulfill(status=status, json=answer)

    page.route("**/studio", lambda route: route.fulfill(body=FORM, content_type="text/html"))
    page.route("**/handler/save_settings", handle)
    page.goto(f"{mock.url}/studio")
    return sent


def test_settings_are_sent_with_their_types(page: Page, mock: Mock) -> None:
    sent = open_form(page, mock, 200, {"result": "success"})
    page.get_by_label("Title").fill("Our talk")
    page.get_by_role("button", name="Save settings").click()
    page.wait_for_function("notices.length === 2")
    assert sent == [{"display_name": "Our talk", "anonymity": "staff", "is_divided": True}]
    assert [name for name, _data in page.evaluate("notices")] == ["save", "save"]


def test_refused_field_is_named_marked_and_focused(page: Page, mock: Mock) -> None:
    error = {"code": "invalid", "field": "display_name", "message": "Write a title.", "details": {}}
    open_form(page, mock, 400, {"error": error})
    page.get_by_role("button", name="Save settings").click()
    expect(page.get_by_role("alert")).to_have_text("Write a title.")
    expect(page.get_by_label("Title")).to_be_focused()
    expect(page.get_by_label("Title")).to_have_attribute("aria-invalid", "true")
    assert page.evaluate("notices.at(-1)") == ["error", {"msg": "Write a title."}]
    assert violations(page) == []


def test_cancel_tells_studio(page: Page, mock: Mock) -> None:
    open_form(page, mock, 200, {})
    page.get_by_role("button", name="Cancel").click()
    assert page.evaluate("notices") == [["cancel", {}]]
